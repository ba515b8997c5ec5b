"""A court's full list imported again with 1 % of its rows changed, beside a raw COPY of the same list."""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from backend.config import Settings
from backend.core.db import Database
from backend.core.migrations import migrate
from backend.listings.importing import Options as ImportOptions
from backend.listings.importing import Progress, Summary
from backend.listings.mapping import load_mapping
from backend.listings.service import import_file
from tests.bench.import_rate import records, time_copy, write_staged
from tests.bench.national.build import sibling
from tests.bench.national.options import Options
from tests.bench.national.table import Row, at_most
from tests.integration.listings.conftest import load_courts
from tests.integration.listings.lists import COURTS

_DATABASE = "imports"


def import_rows(options: Options, url: str) -> Iterator[Row]:
    """In a database of its own, made for this and dropped."""
    maintenance, target = sibling(url, "postgres"), sibling(url, _DATABASE)
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {_DATABASE}")
    try:
        migrate(target)
        load_courts(target)
        with tempfile.TemporaryDirectory() as folder:
            yield from _measure(Database(target), Path(folder), options.import_rows)
    finally:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {_DATABASE} WITH (FORCE)")


def _measure(database: Database, folder: Path, rows: int) -> Iterator[Row]:
    first, second, staged = folder / "first.json", folder / "second.json", folder / "staged.copy"
    _write(first, records(rows))
    _write(second, _changed(records(rows)))
    settings = Settings.from_environment({"VAR_DIR": str(folder)})
    new, _, _ = _timed_import(database, settings, first)
    write_staged(database, second, staged)
    bare = min(time_copy(database, staged) for _ in range(3))
    whole, after_reading, summary = _timed_import(database, settings, second)
    figures = {
        "rows": rows, "changed": summary.changed, "unchanged": summary.unchanged, "first_import_s": new,
        "whole_s": whole, "after_reading_s": after_reading, "copy_s": bare,
    }  # fmt: skip
    note = (
        f"{rows:,} rows, {summary.changed:,} changed; {after_reading:.1f} s after the last row was read,"
        f" {whole:.1f} s in all, {new:.1f} s when all were new, raw COPY {bare:.2f} s"
    )
    yield at_most(
        "full list with 1 % changes, diff and apply: times a raw COPY", after_reading / bare, 2, note, figures
    )
    ratio = f"{whole / bare:.3g}"
    yield Row("the same from opening the file to the commit", "", ratio, None, "reading and checking included", figures)


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _changed(rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    dice = random.Random(3)
    for row in rows:
        yield row | {"duty": f"{row['duty']}另付1元。"} if dice.random() < 0.01 else row


def _timed_import(database: Database, settings: Settings, path: Path) -> tuple[float, float, Summary]:
    """Seconds in all and after the last row was read, and what the import says it did."""
    read_until = [0.0]
    progress = Progress(lambda _: read_until.__setitem__(0, time.perf_counter()))
    court = COURTS[0].code
    options = ImportOptions(load_mapping(), full_list_of=court)
    started = time.perf_counter()
    summary = import_file(database, settings, path, options, progress)
    ended = time.perf_counter()
    if summary.quarantined:
        raise RuntimeError(f"the import refused rows: {summary.quarantined}")
    return ended - started, ended - read_until[0], summary
