"""How long searches for names take, as a ratio to an exact look-up in SQL on the same connection.

One client, server and client on one machine: the figures hold a round trip of some 50 µs each, which favours the slow.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from backend.core.db import Connection
from backend.core.names import fold
from backend.entities.domain import Filters, Search
from backend.entities.matches import find_matches
from backend.entities.name_search import NameQuery, containing
from tests.bench.eval_queries import Corpus, spelt

_HOT = ("公司", "有限", "张伟", "商贸", "科技", "zwm", "wxm", "石家庄")
_EXACT = "SELECT count(*) FROM serving.bearer WHERE name_folded = %s"


@dataclass(frozen=True)
class Latency:
    """Milliseconds of one statement or one whole search, over `runs` different texts."""

    what: str
    runs: int
    p50_ms: float
    p99_ms: float
    p99_to_exact_p50: float


def measure(connection: Connection, corpus: Corpus, dice: random.Random, runs: int) -> list[Latency]:
    """Every statement over texts drawn from the names; then whole searches, hot texts among them."""
    people, names = dice.sample(corpus.people, runs), dice.sample(corpus.names, runs)
    wrong = [name[:-1] + dice.choice("伟娜芳军鑫淼") for name in people]
    steps: dict[str, tuple[list[str], Callable[[Connection, str], object]]] = {
        "exact look-up in SQL": (names, _look_up),
        "search: exact name": (names, _search),
        "search: prefix of two": ([name[:2] for name in names], _search),
        "search: two characters within": ([_middle(name, dice) for name in names], _search),
        "two characters within, in SQL": ([_middle(name, dice) for name in names], _around),
        "search: full pinyin": (["".join(spelt(name)) for name in people], _search),
        "search: initials": (["".join(part[0] for part in spelt(name)) for name in people], _search),
        "search: one wrong character": (wrong, _search),
        "search: hot texts": (list(_HOT) * 20, _search),
    }
    exact_ms = 0.0
    found = []
    for what, (texts, ask) in steps.items():
        latency = _latency(what, [_timed(connection, ask, text) for text in texts], exact_ms)
        exact_ms = exact_ms or latency.p50_ms
        found.append(latency)
    return found


def exact_and_contains(connection: Connection, names: list[str]) -> tuple[Latency, Latency]:
    """An exact look-up of each name, and a search for two characters inside it, in turns."""
    dice = random.Random(7)
    exact, contains = [], []
    for name in names:
        exact.append(_timed(connection, _look_up, name))
        contains.append(_timed(connection, _around, _middle(name, dice)))
    usual = sorted(exact)[len(exact) // 2]
    return _latency("exact", exact, usual), _latency("contains two characters", contains, usual)


def _latency(what: str, times: list[float], exact_ms: float) -> Latency:
    times = sorted(times)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    return Latency(what, len(times), p50, p99, p99 / (exact_ms or p50))


def _timed(connection: Connection, ask: Callable[[Connection, str], object], text: str) -> float:
    started = time.perf_counter()
    ask(connection, text)
    return 1000 * (time.perf_counter() - started)


def _middle(name: str, dice: random.Random) -> str:
    first = dice.randint(0, len(name) - 2)
    return name[first : first + 2]


def _look_up(connection: Connection, text: str) -> object:
    return connection.execute(_EXACT, (text,), prepare=True).fetchall()


def _around(connection: Connection, text: str) -> object:
    return next(containing(connection, NameQuery.parse(text)), None)


def _search(connection: Connection, text: str) -> object:
    # As the route does, but for texts too short to be asked.
    search = Search(text, fold(text), None, None)
    return find_matches(connection, Filters(search), search, limit=20)
