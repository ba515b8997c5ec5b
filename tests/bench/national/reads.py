"""Rows of the table that come from asking servers: ceilings, peers, the cache, slow searches, growth, memory."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.bench.name_latency import exact_and_contains
from tests.bench.national import samples
from tests.bench.national.contest import Contender, Contest, Ratio, run
from tests.bench.national.stage import Stage, Unmeasurable
from tests.bench.national.table import NOT_INSTALLED, Row, at_least, at_most, failed, figures_of

# Kind of request → what the table calls it, by the group that BENCH_ONLY names.
UNCACHED = {
    "detail": {"detail": "one entity"},
    "search": {
        "exact": "search, a common name (5 items)",
        "full_name": "search, a full name (20 items at most)",
        "prefix": "search, prefix (20 items)",
    },
    "tiles": {
        "area_tile": "area tile z 4–11, JSON",
        "area_tile_mvt": "area tile z 4–11, MVT",
        "body_tile": "tile z 12–16 of some 100 bodies, JSON",
        "body_tile_mvt": "tile z 12–16 of some 100 bodies, MVT",
    },
    "list": {"bbox": "list in a box, 100 items"},
}
_PEER_TARGETS = {"body_tile_mvt": 20.0, "bbox": 20.0, "area_tile_mvt": 200.0}
_SLOW = {"contains": "two characters inside names", "wrong": "one wrong character", "hot": "hot terms 公司, 有限, 张伟"}
_GROWN = {
    "detail": "one entity",
    "exact": "search, a common name (5 items)",
    "area_tile": "area tile z 4–11",
    "few_body_tile": "tile z 12–16 of 10 to 20 bodies",
    "bbox": "list in a box, 100 items",
}
_CEILING = 0.8
_MOST_MS = 100.0


def uncached_rows(stage: Stage) -> Iterator[Row]:
    """The product beside the empty route, the look-up of equal bytes, the same bytes from nginx, and its own SQL."""
    for group, kinds in UNCACHED.items():
        if stage.options.wants(group):
            for kind, name in kinds.items():
                yield _guarded(name, f"≥ {_CEILING}", lambda kind=kind, name=name: _uncached(stage, kind, name))


def _guarded(name: str, target: str, measure: Any) -> Row:
    try:
        row: Row = measure()
    except (Unmeasurable, RuntimeError) as error:
        return failed(name, target, str(error).replace("\n", " ")[:200])
    return row


def _contest(stage: Stage, contenders: dict[str, Contender]) -> Contest:
    contest = run(contenders, stage.options.rounds)
    if contest.errors:
        said = ", ".join(f"{number:,} errors of {name}" for name, number in contest.errors.items())
        raise Unmeasurable(said)
    return contest


def _uncached(stage: Stage, kind: str, name: str) -> Row:
    sample = stage.sample(kind)
    contest = _contest(
        stage,
        {
            "product": stage.asked_of_product(kind), "look-up": stage.look_up(kind), "empty": stage.empty(),
            "file": stage.file(kind), **stage.pgbench(kind),
        },
    )  # fmt: skip
    sql = contest.sql_only("pgbench", "fetch")
    # What a route can do at most that spends the SQL's time and a look-up's: the ceiling where SQL dominates.
    both = [
        product.per_second * (1 / rate + 1 / look_up.per_second)
        for product, rate, look_up in zip(contest.rounds["product"], sql, contest.rounds["look-up"], strict=True)
    ]
    to_look_up, to_both = contest.ratio("product", "look-up"), Ratio.of(both)
    sql_dominates = statistics.median(sql) < contest.per_second("look-up")
    note = (
        f"{contest.per_second('product'):,.0f}/s of {sample.mean_bytes:,.0f} B, p50 {contest.p50_ms('product'):.1f},"
        f" p99 {contest.p99_ms('product'):.1f} ms; look-up {contest.per_second('look-up'):,.0f}/s,"
        f" SQL {statistics.median(sql):,.0f}/s, empty {contest.per_second('empty'):,.0f}/s,"
        f" nginx {contest.per_second('file'):,.0f}/s"
    )
    figures = {"sample": len(sample.paths), "bytes": sample.mean_bytes, "sql_per_second": sql, **figures_of(contest)}
    if sql_dominates:
        note = f"{to_look_up.median:.2f} of the look-up alone; {note}"
        return at_least(f"{name}: of SQL and look-up", to_both, _CEILING, note, figures)
    return at_least(f"{name}: of the look-up route", to_look_up, _CEILING, note, figures)


def peer_rows(stage: Stage) -> Iterator[Row]:
    for kind, target in _PEER_TARGETS.items():
        name = next(names[kind] for names in UNCACHED.values() if kind in names)
        for peer, wanted in (("tipg", f"≥ {target:g}"), ("pygeoapi", "")):
            what = f"{name}: times {peer}"
            if peer not in stage.peers:
                yield failed(what, wanted, NOT_INSTALLED)
                continue
            yield _guarded(
                what,
                wanted,
                lambda kind=kind, peer=peer, what=what, target=target: _peer(stage, kind, peer, what, target),
            )


def _peer(stage: Stage, kind: str, peer: str, what: str, target: float) -> Row:
    stage.sample(kind)
    contenders = {"product": stage.asked_of_product(kind), peer: stage.peer(peer, kind)}
    contest = _contest(stage, contenders)
    ratio = contest.ratio("product", peer)
    note = (
        f"{contest.per_second('product'):,.0f}/s of {contest.bytes_each('product'):,.0f} B against"
        f" {contest.per_second(peer):,.1f}/s of {contest.bytes_each(peer):,.0f} B"
    )
    row = at_least(what, ratio, target, note, figures_of(contest))
    return row if peer == "tipg" else Row(what, "", row.measured, None, note, row.figures)


def cache_row(stage: Stage) -> Row:
    """A tile from nginx's cache beside a static file of the same bytes."""
    name = "cached tile through nginx: of a static file"

    def measure() -> Row:
        # Few enough to be fetched before the first is 30 seconds old.
        contest = _contest(stage, stage.cached("area_tile", 100))
        note = f"{contest.per_second('cached'):,.0f}/s against {contest.per_second('file'):,.0f}/s"
        return at_least(name, contest.ratio("cached", "file"), _CEILING, note, figures_of(contest))

    return _guarded(name, f"≥ {_CEILING}", measure)


def latency_rows(stage: Stage) -> Iterator[Row]:
    """Slow searches: their 99th percentile over HTTP, and that of two characters in SQL beside an exact look-up."""
    yield _guarded(
        "two characters inside names, SQL p99: times an exact look-up", "≤ 150", lambda: _contains_in_sql(stage)
    )
    for kind, name in _SLOW.items():
        what = f"{name}: HTTP p99"
        yield _guarded(what, f"≤ {_MOST_MS:g} ms", lambda kind=kind, what=what: _slow(stage, kind, what))


def _slow(stage: Stage, kind: str, what: str) -> Row:
    stage.sample(kind)
    contest = _contest(stage, {"product": stage.asked_of_product(kind)})
    note = f"{contest.per_second('product'):,.0f}/s, p50 {contest.p50_ms('product'):.1f} ms"
    return at_most(what, contest.p99_ms("product"), _MOST_MS, note, figures_of(contest), unit=" ms")


def _contains_in_sql(stage: Stage) -> Row:
    with psycopg.connect(stage.url, row_factory=dict_row) as owner:
        names = [row["name_folded"] for row in samples.list_folded_names(owner, 1000)]
    with psycopg.connect(
        stage.url, autocommit=True, row_factory=dict_row, options="-c role=public_reader -c jit=off"
    ) as connection:
        exact, contains = exact_and_contains(connection, names)
    note = (
        f"exact p50 {exact.p50_ms:.3f} ms; contains p50 {contains.p50_ms:.3f}, p99 {contains.p99_ms:.2f} ms; one client"
    )
    figures = {"exact_p50_ms": exact.p50_ms, "contains_p99_ms": contains.p99_ms}
    what = "two characters inside names, SQL p99: times an exact look-up"
    return at_most(what, contains.p99_to_exact_p50, 150, note, figures)


def growth_rows(stage: Stage) -> Iterator[Row]:
    """The same requests of data a hundredth the size: how many times as long an answer takes now."""
    for kind, name in _GROWN.items():
        what = f"growth by 100: {name}"
        yield _guarded(what, "≤ 1.2", lambda kind=kind, what=what: _growth(stage, kind, what))


def _growth(stage: Stage, kind: str, what: str) -> Row:
    stage.sample(kind)
    contest = _contest(stage, {"small": stage.asked_of_small(kind), "product": stage.asked_of_product(kind)})
    ratio = contest.ratio("small", "product")
    note = (
        f"{contest.per_second('small'):,.0f}/s of {contest.bytes_each('small'):,.0f} B before,"
        f" {contest.per_second('product'):,.0f}/s of {contest.bytes_each('product'):,.0f} B now"
    )
    return at_most(what, ratio.median, 1.2, note, figures_of(contest))


def memory_row(stage: Stage) -> Row:
    """Of the largest worker, after everything that it was asked."""
    resident = stage.product.memory_mb()
    return at_most(
        "memory of a worker", resident, 200, "resident, shared pages counted in full", {"mb": resident}, unit=" MB"
    )
