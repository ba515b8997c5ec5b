"""`make bench`: the national data set, the servers as in production, and one table of ratios; docs/performance.md."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from backend.core.cluster import Cluster
from tests.bench.national.build import Say, ensure_national
from tests.bench.national.imports import import_rows
from tests.bench.national.nginx import serve_nginx
from tests.bench.national.options import Options
from tests.bench.national.peers import serve_peers
from tests.bench.national.reads import cache_row, growth_rows, latency_rows, memory_row, peer_rows, uncached_rows
from tests.bench.national.rebuild import rebuild_rows
from tests.bench.national.servers import serve_ceilings, serve_product
from tests.bench.national.stage import Stage, prepare_answers
from tests.bench.national.statements import in_process
from tests.bench.national.table import Row, publish

# Growth is measured from data so many times smaller: 85 thousand to 8.5 million.
_SMALLER = 100


def main() -> None:
    print(run(Options.from_environment()))


def run(options: Options) -> str:
    """Build what is missing, measure, write the figures; returns the table."""
    options.folder.mkdir(parents=True, exist_ok=True)
    steps: list[str] = []

    def say(text: str) -> None:
        steps.append(text)
        print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)

    with _database(options, say) as (cluster_url, url, small_url):
        rows = []
        with _stage(options, url, small_url) as stage:
            for row in _reads(stage):
                rows.append(row)
                _say_row(row, say)
        if options.wants("import"):
            for row in import_rows(options, cluster_url):
                rows.append(row)
                _say_row(row, say)
    return publish(rows, options, steps)


def _reads(stage: Stage) -> Iterator[Row]:
    wants = stage.options.wants
    yield from uncached_rows(stage)
    if wants("cache"):
        yield cache_row(stage)
    if wants("latency"):
        yield from latency_rows(stage)
    if wants("growth"):
        yield from growth_rows(stage)
    if wants("rebuild"):
        yield from rebuild_rows(stage)
    if wants("memory"):
        yield memory_row(stage)
    if wants("peers"):  # last, since some of their answers take so long that they outlive the question
        yield from peer_rows(stage)


@contextmanager
def _database(options: Options, say: Say) -> Iterator[tuple[str, str, str]]:
    """The cluster with both data sets, kept for the next run; durable again once it is filled."""
    pointer = options.folder / "cluster.json"
    filling = Cluster(pointer, durable=False, settings=_settings(options))
    url = filling.start()
    try:
        small = max(1000, options.rows // _SMALLER)
        for name, rows, ever in (("small", small, small * 160 // 85), ("national", options.rows, options.ever)):
            ensure_national(url, name, areas=options.areas, rows=rows, ever=ever, say=say)
    finally:
        filling.stop()
    serving = Cluster(pointer, settings=_settings(options))
    url = serving.start()
    address = url.rpartition("/")[0]
    try:
        prepare_answers(f"{address}/national")
        yield url, f"{address}/national", f"{address}/small"
    finally:
        serving.stop()


def _settings(options: Options) -> dict[str, str]:
    """A server with this machine for itself: a quarter of its memory for buffers, as PostgreSQL's manual advises."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    # A small data set would only wait for the buffers to be set up.
    buffers_mb = min(memory_mb // 4, max(256, options.rows // 1000))
    return {
        "shared_buffers": f"{buffers_mb}MB", "effective_cache_size": f"{memory_mb // 2}MB", "work_mem": "64MB",
        "maintenance_work_mem": "1GB", "max_wal_size": "16GB", "checkpoint_timeout": "30min",
        "random_page_cost": "1.1", "max_connections": "200", "max_locks_per_transaction": "256",
        # No replica follows, so that a table filled in the transaction that made it is not logged as well.
        "wal_level": "minimal", "max_wal_senders": "0",
    }  # fmt: skip


@contextmanager
def _stage(options: Options, url: str, small_url: str) -> Iterator[Stage]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        product = stack.enter_context(serve_product(url, options.folder))
        small = stack.enter_context(serve_product(small_url, options.folder))
        ceilings = stack.enter_context(serve_ceilings(url, options.folder))
        nginx = stack.enter_context(serve_nginx(product))
        peers = stack.enter_context(serve_peers(url, options.folder)) if options.peers else {}
        client = stack.enter_context(in_process(url))
        yield Stage(options, url, product, small, small_url, ceilings, nginx, peers, client, folder)


def _say_row(row: Row, say: Say) -> None:
    reached = {True: "reached", False: "NOT REACHED", None: ""}[row.reached]
    say(f"{row.what}: {row.measured or '–'} {row.target} {reached} {row.note}")


if __name__ == "__main__":
    main()
