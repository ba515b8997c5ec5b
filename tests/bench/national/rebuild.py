"""A rebuild and swap of the serving tables beside a raw COPY, and what readers notice meanwhile."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from backend.core.db import Database
from backend.listings.service import rebuild_serving
from tests.bench.national.load import Load, run_wrk
from tests.bench.national.stage import Stage, Unmeasurable
from tests.bench.national.table import Row, at_most, failed

_READ_KINDS = ("detail", "area_tile", "body_tile", "bbox", "prefix")


def rebuild_rows(stage: Stage) -> Iterator[Row]:
    paths = _mixed(stage)
    connections = stage.options.connections
    seconds = stage.options.seconds * stage.options.rounds
    quiet = run_wrk(stage.product.address, paths, connections=connections, seconds=seconds)
    copy_seconds = _raw_copy(stage.url)
    alone = _rebuild(stage.url)
    reading = Load.start(stage.product.address, paths, connections=connections, seconds=3600)
    busy = _rebuild(stage.url)
    during = reading.stop()
    yield at_most(
        "rebuild and swap: times a raw COPY of the listings", alone / copy_seconds, 20,
        f"{alone:.1f} s alone, {busy:.1f} s while read, raw COPY {copy_seconds:.1f} s",
        {"alone_s": alone, "while_read_s": busy, "copy_s": copy_seconds},
    )  # fmt: skip
    what = "reads during a rebuild: p99 as a multiple of quiet"
    if during.errors or quiet.errors:
        yield failed(what, "≤ 3", f"{during.errors} errors during, {quiet.errors} in quiet")
        return
    p99, quiet_p99 = during.p99_ms or 0.0, quiet.p99_ms or 1.0
    yield at_most(
        what, p99 / quiet_p99, 3,
        f"p99 {p99:.0f} ms against {quiet_p99:.0f} ms; {during.per_second:,.0f}/s against {quiet.per_second:,.0f}/s;"
        " no errors",
        {"p99_ms": p99, "quiet_p99_ms": quiet_p99},
    )  # fmt: skip


def _mixed(stage: Stage) -> Path:
    """Requests of every kind in turn, those that this data has."""
    found = []
    for kind in _READ_KINDS:
        try:
            found.append(stage.sample(kind).paths)
        except Unmeasurable:
            continue
    path = stage.path_file("mixed")
    path.write_text("".join(f"{line}\n" for lines in zip(*found, strict=False) for line in lines), "utf-8")
    return path


def _rebuild(url: str) -> float:
    database = Database(url)
    started = time.perf_counter()
    rebuild_serving(database)
    seconds = time.perf_counter() - started
    database.close()
    return seconds


def _raw_copy(url: str) -> float:
    """Seconds for the rows of those listed today by COPY, as text, into a table without an index, fastest of two.

    The rows are what a rebuild reads: the current listings with every column.
    """
    with tempfile.TemporaryFile() as file, psycopg.connect(url) as connection:
        with connection.cursor().copy("COPY (SELECT * FROM serving.current_listing) TO STDOUT") as copy:
            for block in copy:
                file.write(block)
        times = []
        for _ in range(2):
            connection.execute("CREATE TABLE bench.copied AS SELECT * FROM serving.current_listing LIMIT 0")
            file.seek(0)
            started = time.perf_counter()
            with connection.cursor().copy("COPY bench.copied FROM STDIN") as copy:
                while block := file.read(1 << 18):
                    copy.write(block)
            times.append(time.perf_counter() - started)
            connection.execute("DROP TABLE bench.copied")
        connection.rollback()
    return min(times)
