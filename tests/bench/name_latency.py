"""How long each statement of the search for names takes, as a ratio to an exact look-up on the same connection.

One client, server and client on one machine: the figures hold a round trip of some 50 µs each, which favours the slow.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from backend.core.db import Connection
from backend.core.name_forms import spelling_keys
from backend.entities import name_search, name_similar
from backend.entities.name_search import NameQuery, batches
from tests.bench.eval_queries import Corpus, spelt

_HOT = ("公司", "有限", "张伟", "商贸", "科技", "zwm", "wxm", "石家庄")


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
        "exact": (names, _exact),
        "prefix of two, 20 names": ([name[:2] for name in names], _prefix),
        "contains two characters": ([_middle(name, dice) for name in names], _around),
        "full pinyin": (people, _by_pinyin),
        "initials": (people, _by_initials),
        "one wrong character, all nets": (wrong, _similar),
        "search to the end": (wrong, _whole),
        "first batch of hot texts": (list(_HOT) * 20, _first),
        "hot texts, all that contain them": (["公司", "有限", "商贸", "科技"] * 20, _around),
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
        exact.append(_timed(connection, _exact, name))
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


def _exact(connection: Connection, text: str) -> object:
    return list(name_search._statements.list_exact_names(connection, people=True, bodies=True, name=text))


def _prefix(connection: Connection, text: str) -> object:
    return list(
        name_search._statements.list_names_from(
            connection, people=True, bodies=True, first_name=text, until_name=text + "\U0010ffff", most=20
        )
    )


def _around(connection: Connection, text: str) -> object:
    return list(name_search._names_around(connection, text, is_person=False))


def _by_pinyin(connection: Connection, name: str) -> object:
    return _with_keys(connection, spelling_keys("".join(spelt(name)))[0])


def _by_initials(connection: Connection, name: str) -> object:
    return _with_keys(connection, spelling_keys("".join(part[0] for part in spelt(name)))[1])


def _with_keys(connection: Connection, keys: set[str]) -> object:
    return list(name_search._statements.list_names_with_any(connection, people=True, keys=list(keys), most=500))


def _similar(connection: Connection, text: str) -> object:
    return name_similar.similar_names(connection, text, is_person=True)


def _whole(connection: Connection, text: str) -> object:
    return list(batches(connection, NameQuery.parse(text)))


def _first(connection: Connection, text: str) -> object:
    return next(batches(connection, NameQuery.parse(text)), None)
