"""Who is meant by a name as people type it: candidates in the order of the search contract, one tier after the other.

Exact, prefix, contains, pinyin, initials, similar (design.md section 4). A tier is asked only when the reader goes on
past the ones before it, and every statement is answered by an index and bounded. Each tier decides by the name alone
whether an earlier one has it, so that a page can begin anywhere. Candidates are names: whether somebody with the name
is listed now, and where, is for the statement that shows them to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosql

from backend.core.db import Connection
from backend.core.name_brands import read_body
from backend.core.name_forms import brand_key, grams, spelling_keys, spellings, spells, spelt_as_usual
from backend.core.names import fold
from backend.entities.domain import HOW_MATCHED
from backend.entities.name_similar import similar_names

_statements: Any = aiosql.from_path(Path(__file__).with_name("name_queries.sql"), "psycopg")
_EXACT, _PREFIX, _CONTAINS, _PINYIN, _INITIALS, _SIMILAR = range(len(HOW_MATCHED))
# The last code point: in collation "C" every text that begins with `x` sorts before `x` followed by it.
_LAST = "\U0010ffff"
_NEXT = "\x01"
PREFIX_BATCH = 200
# So many names of one tier and kind are compared; who needs more must type more.
MOST_NAMES = 500
# Names with a pair of characters that every hundredth name has: a hundred of them stand within some ten thousand.
_MOST_COMMON_NAMES, _MOST_WALKED = 100, 20_000
_MOST_SIMILAR = 100


@dataclass(frozen=True)
class NameQuery:
    """What was typed, in the forms that are looked up, and whose names are meant.

    Attributes:
        name: folded, as `register.name.name_folded` is.
        spellings: as toneless pinyin, ü as v; empty when no letters were typed.
    """

    name: str
    spellings: tuple[str, ...]
    people: bool = True
    bodies: bool = True

    @classmethod
    def parse(cls, text: str, *, people: bool = True, bodies: bool = True) -> NameQuery:
        return cls(fold(text), spellings(text), people, bodies)

    @property
    def kinds(self) -> tuple[bool, ...]:
        """`is_person` of the names that are meant."""
        return (True,) * self.people + (False,) * self.bodies


@dataclass(frozen=True)
class Candidate:
    """A listed name that may be meant.

    Attributes:
        rank: place of `how` in `HOW_MATCHED`.
        score: 1 for an exact match, less for any other.
    """

    rank: int
    name: str
    is_person: bool
    score: float

    @property
    def how(self) -> str:
        return HOW_MATCHED[self.rank]

    @property
    def place(self) -> Place:
        """Sorts candidates; names that begin with the text run by name, all others best first."""
        return self.rank, 0.0 if self.rank == _PREFIX else -self.score, self.name, self.is_person


# Rank, how far from a perfect score, name, whether a person's.
Place = tuple[int, float, str, bool]


def batches(connection: Connection, query: NameQuery, after: Place | None = None) -> Iterator[list[Candidate]]:
    """Candidates in order, a tier or a part of one at a time; stop reading when the page is full.

    With `after`, begins with the candidate of that place itself, since several entities may share a name.
    """
    if not query.name:
        return
    for rank, tier in enumerate(_TIERS):
        if after and rank < after[0]:
            continue
        if rank == _PREFIX:
            yield from _prefix_batches(connection, query, after)
            continue
        candidates = sorted(tier(connection, query), key=lambda candidate: candidate.place)
        if after:
            candidates = [candidate for candidate in candidates if candidate.place >= after]
        if candidates:
            yield candidates


def _exact(connection: Connection, query: NameQuery) -> Iterator[Candidate]:
    rows = _statements.list_exact_names(connection, people=query.people, bodies=query.bodies, name=query.name)
    for row in rows:
        yield Candidate(_EXACT, row["name_folded"], row["is_person"], 1.0)


def _prefix_batches(connection: Connection, query: NameQuery, after: Place | None) -> Iterator[list[Candidate]]:
    # What sorts first behind a name; the name itself is found by the exact tier.
    first = after[2] if after and after[0] == _PREFIX else query.name + _NEXT
    while True:
        rows = list(
            _statements.list_names_from(
                connection, people=query.people, bodies=query.bodies,
                first_name=first, until_name=query.name + _LAST, most=PREFIX_BATCH,
            )
        )  # fmt: skip
        found = [
            Candidate(_PREFIX, row["name_folded"], row["is_person"], _share(query.name, row["name_folded"]))
            for row in rows
        ]
        shown = [candidate for candidate in found if not after or candidate.place >= after]
        if shown:
            yield shown
        if len(rows) < PREFIX_BATCH:
            return
        first = rows[-1]["name_folded"] + _NEXT


def _share(text: str, name: str) -> float:
    return round(min(0.99, len(text) / len(name)), 2)


def _contains(connection: Connection, query: NameQuery) -> Iterator[Candidate]:
    for is_person in query.kinds:
        for name in dict.fromkeys(_names_around(connection, query.name, is_person=is_person)):
            if is_contained(query.name, name, is_person=is_person) and not name.startswith(query.name):
                is_brand = not is_person and query.name in read_body(name).brands
                share = 0.8 * _share(query.name, name)
                # Names that hold the text only without what stands in brackets come last.
                score = 0.9 if is_brand else share if query.name in name else 0.1 * share
                yield Candidate(_CONTAINS, name, is_person, round(score, 3))


def _names_around(connection: Connection, text: str, *, is_person: bool) -> Iterator[str]:
    pairs = grams(text)
    if not pairs:
        return
    if not is_person:
        yield from _names(_statements.list_names_with_any, connection, is_person, keys=[brand_key(text)])
    known = _statements.list_common_grams(connection, people=is_person, grams=list(pairs))
    if pairs <= {row["gram"] for row in known}:
        walked = _statements.list_names_walked(
            connection, people=is_person, part=text, most=_MOST_COMMON_NAMES, walked=_MOST_WALKED
        )
        yield from (row["name_folded"] for row in walked)
    else:
        yield from _names(_statements.list_names_with_all, connection, is_person, keys=list(pairs))


def is_contained(text: str, name: str, *, is_person: bool) -> bool:
    """Whether a name contains a text; in a body's name what stands in brackets may be left out."""
    return text in name or (not is_person and text in read_body(name).bare)


def _pinyin(connection: Connection, query: NameQuery) -> Iterator[Candidate]:
    wanted = {key for spelling in query.spellings for key in spelling_keys(spelling)[0]}
    for is_person, name in _with_any(connection, query, wanted):
        score = _spelt(query, name, is_person=is_person)
        if score:
            usual = any(spelt_as_usual(spelling, name) for spelling in query.spellings)
            yield Candidate(_PINYIN, name, is_person, 0.95 if usual else score)


def _initials(connection: Connection, query: NameQuery) -> Iterator[Candidate]:
    wanted = {key for spelling in query.spellings for key in spelling_keys(spelling)[1]}
    for is_person, name in _with_any(connection, query, wanted):
        if _has_initials(query, name) and not _spelt(query, name, is_person=is_person):
            usual = any(spelt_as_usual(spelling, name, first_letters=True) for spelling in query.spellings)
            yield Candidate(_INITIALS, name, is_person, 0.6 if usual else 0.55)


def _has_initials(query: NameQuery, name: str) -> bool:
    return any(spells(spelling, name, first_letters=True) for spelling in query.spellings)


def _with_any(connection: Connection, query: NameQuery, wanted: set[str]) -> Iterator[tuple[bool, str]]:
    """Names with one of the keys that no earlier tier has."""
    if not wanted:
        return
    for is_person in query.kinds:
        for name in _names(_statements.list_names_with_any, connection, is_person, keys=list(wanted)):
            if not is_contained(query.name, name, is_person=is_person):
                yield is_person, name


def _spelt(query: NameQuery, name: str, *, is_person: bool) -> float:
    """How well a spelling fits: 0.9 the whole name, less a body's name without place, or its brand; 0 not at all."""
    parts = [(0.9, name)]
    if not is_person:
        body = read_body(name)
        parts += [(0.8, body.without_place), *((0.7, brand) for brand in body.brands)]
    fitting = (score for score, part in parts if any(spells(spelling, part) for spelling in query.spellings))
    return next(fitting, 0.0)


def _similar(connection: Connection, query: NameQuery) -> Iterator[Candidate]:
    for is_person in query.kinds:
        scores = similar_names(connection, query.name, is_person=is_person)
        kept = sorted(scores, key=lambda name: (-scores[name], name))
        for name in kept[:_MOST_SIMILAR]:
            earlier = is_contained(query.name, name, is_person=is_person) or _has_initials(query, name)
            if not earlier and not _spelt(query, name, is_person=is_person):
                yield Candidate(_SIMILAR, name, is_person, scores[name])


def _names(statement: Any, connection: Connection, is_person: bool, *, keys: list[str]) -> list[str]:  # noqa: FBT001
    return [row["name_folded"] for row in statement(connection, people=is_person, keys=keys, most=MOST_NAMES)]


_TIERS: tuple[Callable[[Connection, NameQuery], Iterator[Candidate]], ...] = (
    _exact,
    lambda _connection, _query: iter(()),
    _contains,
    _pinyin,
    _initials,
    _similar,
)
