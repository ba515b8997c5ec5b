"""The harness of `make bench` at a small size: every row has figures, and nothing failed. No time is asserted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from backend.config import ROOT
from backend.core.cluster import Cluster
from tests.bench.national.__main__ import run
from tests.bench.national.load import run_wrk
from tests.bench.national.options import Options
from tests.bench.national.table import BEGIN, END

_DOCUMENT = f"# Figures\n\n{BEGIN}\nold\n{END}\n\nThe rest.\n"


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Options]:
    folder = tmp_path_factory.mktemp("bench")
    document = folder / "performance.md"
    document.write_text(_DOCUMENT, "utf-8")
    yield Options(
        rows=10_000, seconds=0.2, rounds=1, paths=20, connections=4, import_rows=1000, folder=folder, peers=False,
        areas=str(ROOT / "tests/data/areas/fictional.geojson"), result=folder / "result.json", document=document,
    )  # fmt: skip
    Cluster(folder / "cluster.json").remove()


@pytest.fixture(scope="module")
def result(options: Options) -> dict[str, Any]:
    run(options)
    found: dict[str, Any] = json.loads(options.result.read_text("utf-8"))
    return found


def test_every_row_has_a_figure(result: dict[str, Any]) -> None:
    without = {row["what"]: row["note"] for row in result["rows"] if row["measured"] is None}
    assert all("not installed" in note for note in without.values()), without
    assert len(result["rows"]) - len(without) >= 20


def test_nothing_failed(result: dict[str, Any]) -> None:
    for row in result["rows"]:
        for measured in row["figures"].values():
            if isinstance(measured, list) and measured and isinstance(measured[0], dict):
                assert [one["errors"] for one in measured] == [0] * len(measured), row["what"]


def test_writes_its_table_between_the_markers(options: Options, result: dict[str, Any]) -> None:
    assert options.document is not None
    text = options.document.read_text("utf-8")
    assert text.startswith(f"# Figures\n\n{BEGIN}\n")
    assert text.endswith(f"\n{END}\n\nThe rest.\n")
    assert "old" not in text
    assert all(row["what"] in text for row in result["rows"])


def test_lists_as_many_as_asked_for(options: Options, result: dict[str, Any]) -> None:  # noqa: ARG001
    cluster = Cluster(options.folder / "cluster.json")
    url = f"{cluster.start().rpartition('/')[0]}/national"
    try:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT count(*) FROM serving.listed").fetchone()
            ever = connection.execute("SELECT count(*) FROM register.entity").fetchone()
    finally:
        cluster.stop()
    assert row == (options.rows,)
    assert ever == (options.ever,)


def test_failed_answers_are_counted(tmp_path: Path) -> None:
    """The control of `test_nothing_failed`: a server that answers 404 is seen to fail."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Refuses(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    paths = tmp_path / "paths"
    paths.write_text("/a\n", "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), Refuses) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        measured = run_wrk(f"http://127.0.0.1:{server.server_port}/", paths, connections=2, seconds=0.3)
        server.shutdown()
    assert measured.errors > 0
