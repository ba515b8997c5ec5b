"""Recall and speed of the search for names: `make eval-search`.

Fills a database of its own with generated names (or those of `--names`, one a line), asks queries of every kind, and
prints how many of the names that each must find it found, on the first page and on all pages of a reader, beside the
time of each tier's statement as a ratio to an exact look-up on the same connection. No name leaves the machine.

    EVAL_NAMES=1000000 EVAL_QUERIES=10000 python -m tests.bench.eval_search --look-alikes FILE --names FILE
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from backend.config import ROOT
from backend.core import name_index
from backend.core.cluster import Cluster
from backend.core.db import Connection, Database, refresh_statistics
from backend.core.migrations import migrate
from backend.core.names import fold
from backend.entities.domain import MAX_QUERY, Filters, Position, Search
from backend.entities.matches import Found, find_matches
from backend.entities.name_search import CONTAINS
from tests.bench import eval_queries as kinds
from tests.bench.eval_queries import Corpus, Query
from tests.bench.name_latency import Latency, measure
from tests.bench.name_lists import Listed, bodies, people

# What the requirement asks of each kind: share of names found, on the first page of how many.
REQUIRED = {
    "exact": (1.0, 20), "prefix": (1.0, 20), "contains": (1.0, 20), "traditional": (0.995, 20), "pinyin": (0.995, 20),
    "second surname reading": (0.995, 20), "initials": (1.0, 20), "wrong by sound": (0.98, 20),
    "wrong by look": (0.9, 20), "brand": (0.95, 10),
}  # fmt: skip
_READ = 100
# Names that contain what was typed stand before these and count among the names that answer to a query.
_AFTER_CONTAINS = ("wrong by sound", "wrong by look")


@dataclass(frozen=True)
class Result:
    """One kind: names to find, the share found within `page` and within 100, and milliseconds until all were found."""

    kind: str
    queries: int
    names: int
    page: int
    required: float
    recall: float
    recall_in_100: float
    missed: list[str]
    p50_ms: float
    p99_ms: float


def main() -> None:
    options = _options()
    number, dice = int(os.environ.get("EVAL_QUERIES", "10000")), random.Random(7)
    listed = _listed(options.names)
    corpus = _corpus(listed)
    cluster = Cluster(ROOT / "var" / "eval-cluster.json", durable=False)
    database = Database(options.database or cluster.start(), statement_timeout_ms=20_000)
    try:
        migrate(database.url)
        if not options.filled:
            _fill(database, listed)
        with database.read() as connection:
            results = [
                # Longer ones, a company spelt out with spaces, are refused by the service.
                _evaluate(connection, kind, [query for query in queries if len(query.text) <= MAX_QUERY])
                for kind, queries in _kinds(corpus, number, dice, options.look_alikes).items()
                if not options.only or kind in options.only
            ]
            latencies = measure(connection, corpus, dice, min(number, 2000, len(corpus.people)))
    finally:
        database.close()
        if not options.database:
            cluster.remove()
    _print(results, latencies, len(listed))
    report = {
        "names": len(listed),
        "recall": [asdict(result) for result in results],
        "latency": [asdict(latency) for latency in latencies],
    }
    Path(options.json).write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    sys.exit(any(result.recall < result.required for result in results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--names", type=Path, help="a file of people's names, one a line, instead of generated ones")
    parser.add_argument("--look-alikes", type=Path, help="groups of characters that look alike, one a line")
    parser.add_argument("--json", default=str(ROOT / "var" / "eval-search.json"), help="where the figures go")
    parser.add_argument("--database", help="use this database, and leave it running")
    parser.add_argument("--filled", action="store_true", help="the database holds these names already")
    parser.add_argument("--only", action="append", help="a kind of query; repeatable")
    return parser.parse_args()


def _listed(file: Path | None) -> list[Listed]:
    if file:
        lines = dict.fromkeys(file.read_text("utf-8").split())
        return [Listed(line, is_person=True) for line in lines if len(line) > 1]
    number = int(os.environ.get("EVAL_NAMES", "1000000"))
    # A little more, since folding makes a few of them one.
    return [*people(number * 71 // 100), *bodies(number * 31 // 100)]


def _corpus(listed: list[Listed]) -> Corpus:
    brands: defaultdict[str, set[str]] = defaultdict(set)
    for one in listed:
        if one.brand:
            brands[one.brand].add(fold(one.name))
    return Corpus(
        sorted({fold(one.name) for one in listed if one.is_person}),
        sorted({fold(one.name) for one in listed if not one.is_person}),
        {brand: frozenset(names) for brand, names in brands.items()},
    )


def _fill(database: Database, listed: list[Listed]) -> None:
    started = time.perf_counter()
    with database.transaction("owner") as connection:
        connection.execute("RESET ROLE")
        _insert_listed(connection, {(fold(one.name), one.is_person): one.name for one in listed})
    with database.transaction("operator") as connection:
        added = name_index.index_new_names(connection)
        refresh_statistics(connection)
    print(f"{added:,} distinct names listed and indexed in {time.perf_counter() - started:.0f} s", flush=True)


def _insert_listed(connection: Connection, names: dict[tuple[str, bool], str]) -> None:
    """One of the listed for each name, all by one court in one area."""
    connection.execute(
        "INSERT INTO register.area (code, name, level, city_bubble_code, label_point, label_tile_x, label_tile_y,"
        " provider, provider_version, provider_crs)"
        " VALUES ('99', '虚构省', 'province', '99', ST_SetSRID(ST_MakePoint(110, 35), 4326), 0, 0, 'test', '0', '4326')"
    )
    connection.execute(
        "INSERT INTO register.court (id, code, name, level, area_code, by_rule, as_of)"
        " VALUES (gen_random_uuid(), '虚0', '虚构法院', 'basic', '99', true, now())"
    )
    connection.execute("INSERT INTO register.import_file (name, sha256, source, counts) VALUES ('', '', 'demo', '{}')")
    connection.execute("SET LOCAL listings.bulk = 'on'")
    columns = "identity_key, has_identifier, kind, name, name_folded, area_code, placed_by, source"
    with connection.cursor() as cursor, cursor.copy(f"COPY register.entity ({columns}) FROM STDIN") as copy:
        for number, ((folded, is_person), name) in enumerate(names.items()):
            kind = "person" if is_person else "company"
            copy.write_row((number.to_bytes(8), False, kind, name, folded, "99", "court_area", "demo"))
    connection.execute(
        "INSERT INTO register.listing (entity_id, court_id, listing_key, content_hash, case_number, case_key,"
        " performance, ground_mask, published_on, import_file_id, source)"
        " SELECT entity.id, court.id, entity.identity_key, '', '（2025）虚0执0号', '2025虚0执0号', 'none', 1,"
        " DATE '2025-01-01', import_file.id, 'demo' FROM register.entity, register.court, register.import_file"
    )
    connection.execute("SELECT serving.end_bulk()")


def _kinds(corpus: Corpus, number: int, dice: random.Random, groups: Path | None) -> dict[str, Iterator[Query]]:
    made = {
        "exact": kinds.exact(corpus, number, dice),
        "prefix": kinds.prefix(corpus, number, dice),
        "contains": kinds.contains(corpus, number, dice),
        "traditional": kinds.traditional(corpus, number, dice),
        "pinyin": kinds.by_pinyin(corpus, number, dice),
        "second surname reading": kinds.by_other_surname(corpus, number, dice),
        "initials": kinds.by_initials(corpus, number, dice),
        # Some of these match too many names that contain them, and fall out.
        "wrong by sound": kinds.wrong_by_sound(corpus, 2 * number, dice),
        "wrong by look": kinds.wrong_by_look(corpus, 2 * number, dice, groups),
    }
    return made | ({"brand": kinds.by_brand(corpus, number, dice)} if corpus.brands else {})


def _evaluate(connection: Connection, kind: str, queries: list[Query]) -> Result:
    required, page = REQUIRED[kind]
    asked = names = on_page = on_pages = 0
    times, missed = [], []
    for query in queries:
        started = time.perf_counter()
        found = _read(connection, query, page)
        times.append(time.perf_counter() - started)
        begin_or_hold = sum(int(one.position[0]) <= CONTAINS for one in found)
        if kind in _AFTER_CONTAINS and begin_or_hold + len(query.expected) > kinds.MOST_MATCHES:
            continue
        asked += 1
        shown = [str(one.position[2]) for one in found]
        names += len(query.expected)
        lost = query.expected - set(shown[:page])
        on_page += len(query.expected) - len(lost)
        on_pages += len(query.expected & set(shown))
        missed += [f"{query.text} → {name}" for name in sorted(lost)]
    times.sort()
    result = Result(
        kind, asked, names, page, required, on_page / max(1, names), on_pages / max(1, names), missed[:200],
        1000 * times[len(times) // 2], 1000 * times[len(times) * 99 // 100],
    )  # fmt: skip
    _print_row(result)
    return result


def _read(connection: Connection, query: Query, page: int) -> list[Found]:
    """What a reader sees who reads page by page until all is found, or a hundred."""
    search = Search.parse(query.text)
    found: list[Found] = []
    after: Position | None = None
    while True:
        answer = find_matches(connection, Filters(search), search, limit=page, after=after)
        found += answer.found
        after = answer.end
        if after is None or len(found) >= _READ or query.expected <= {one.position[2] for one in found}:
            return found[:_READ]


def _print(results: list[Result], latencies: list[Latency], listed: int) -> None:
    print(f"\n{listed:,} names; share of names found, by kind of query:")
    for result in results:
        _print_row(result)
    print("\nms at the median and the 99th percentile; the latter as a multiple of an exact look-up at the median:")
    for one in latencies:
        print(f"{one.what:34}{one.runs:6,} runs {one.p50_ms:8.2f} {one.p99_ms:8.2f} {one.p99_to_exact_p50:8.0f} ×")


def _print_row(result: Result) -> None:
    verdict = "" if result.recall >= result.required else "   BELOW"
    print(
        f"{result.kind:24}{result.queries:7,} queries {result.names:8,} names"
        f"  first {result.page}: {result.recall:8.3%} (at least {result.required:.1%})"
        f"  first {_READ}: {result.recall_in_100:.3%}  {result.p50_ms:5.1f} / {result.p99_ms:.1f} ms{verdict}",
        flush=True,
    )


if __name__ == "__main__":
    main()
