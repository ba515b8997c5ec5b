"""Who is meant by a name as people type it: names that may be meant, in the order of the search contract.

Exact, prefix, contains, pinyin, initials, similar (docs/adr/0006). The first two are one range of names, which
`matches` reads with those who bear them; here are the others. A tier is asked only when the reader goes on past the
ones before it, and every statement is answered by an index and bounded. Each tier decides by the name alone whether an
earlier one has it, so that a page can begin anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from operator import contains
from pathlib import Path
from typing import Any

import aiosql

from backend.core.db import Connection
from backend.core.name_brands import read_body
from backend.core.name_forms import brand_key, spelling_keys, spellings, spells, spelt_as_usual
from backend.core.name_readings import of_character
from backend.core.names import fold
from backend.entities.domain import HOW_MATCHED
from backend.entities.name_similar import similar_names

_statements: Any = aiosql.from_path(Path(__file__).with_name("name_queries.sql"), "psycopg")
EXACT, PREFIX, CONTAINS, PINYIN, INITIALS, SIMILAR = range(len(HOW_MATCHED))
_NEXT = "\x01"
# So many names that contain a text come at once; the reader's page is usually full by then.
AROUND_AT_ONCE = 40
# So many names are gone through for a text whose pairs of characters are common, first and, where few had it, later.
WALKED = (1_000, 10_000)
# So many names of one spelling and kind are compared; who needs more must type more.
_MOST_NAMES = 500
_MOST_SIMILAR = 100
# Where names found by walking stand: behind all that are ordered by how well they fit, bodies first, each by name.
_WALKED_DISTANCE = {False: -0.002, True: -0.001}


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
        return (False,) * self.bodies + (True,) * self.people


# Rank, how far from a perfect score, name, whether a person's.
Place = tuple[int, float, str, bool]


@dataclass(frozen=True)
class Candidate:
    """A listed name that may be meant.

    Attributes:
        place: sorts candidates; best first, within one score by name.
        score: 1 for an exact match, less for any other.
    """

    place: Place
    score: float

    @classmethod
    def scored(cls, rank: int, name: str, score: float, *, is_person: bool) -> Candidate:
        return cls((rank, -score, name, is_person), score)

    @property
    def name(self) -> str:
        return self.place[2]

    @property
    def is_person(self) -> bool:
        return self.place[3]

    @property
    def how(self) -> str:
        return HOW_MATCHED[self.place[0]]


@dataclass(frozen=True)
class Batch:
    """Candidates that come together, and the place up to which every name has been looked at with them."""

    candidates: list[Candidate]
    reached: Place


def share(text: str, name: str) -> float:
    """How much of a name a text is: the score of a name that begins with it."""
    return round(min(0.99, len(text) / len(name)), 2)


def containing(connection: Connection, query: NameQuery, after: Place | None = None) -> Iterator[Batch]:
    """Names that contain the text, best first; behind them those of a text whose pairs of characters are common.

    With `after`, begins with the candidate of that place itself, since several entities may share a name.
    """
    # In the order of the text, which tells a name's place from its brand.
    pairs = list(dict.fromkeys(query.name[place : place + 2] for place in range(len(query.name) - 1)))
    if not pairs:
        return
    common: set[bool] = set()
    yield from _around(connection, query, pairs, after, common)
    for is_person in query.kinds:
        if is_person in common:
            yield from _walked(connection, query.name, after, is_person=is_person)


def _around(
    connection: Connection, query: NameQuery, pairs: list[str], after: Place | None, common: set[bool]
) -> Iterator[Batch]:
    """Names by the index; notes for which kind (`is_person`) every pair is too common to look names up by it."""
    reached, again = after or (CONTAINS, -1.0, "", False), True
    while True:
        rows = _statements.list_names_around(
            connection, people=query.people, bodies=query.bodies, part=query.name, pairs=pairs,
            brand=brand_key(query.name), score=-reached[1], from_name=reached[2], most=AROUND_AT_ONCE,
        )  # fmt: skip
        found = []
        for is_person, name, score in ((row["is_person"], row["name_folded"], row["score"]) for row in rows):
            if name is None:
                common.add(is_person)
            else:
                found.append(Candidate.scored(CONTAINS, name, score, is_person=is_person))
        end = _known_until(found)
        shown = [one for one in found if one.place > reached or (again and one.place == reached)]
        shown = sorted((one for one in shown if end is None or one.place <= end), key=lambda one: one.place)
        if shown:
            yield Batch(shown, shown[-1].place)
        if end is None:
            return
        reached, again = end, False


def _known_until(found: list[Candidate]) -> Place | None:
    """Of a kind that has more to come, the last name bounds what is known of the order; None when all is known."""
    by_kind = ([one.place for one in found if one.is_person == is_person] for is_person in (False, True))
    return min((max(places) for places in by_kind if len(places) == AROUND_AT_ONCE), default=None)


def _walked(connection: Connection, text: str, after: Place | None, *, is_person: bool) -> Iterator[Batch]:
    distance = _WALKED_DISTANCE[is_person]
    if after and after[1] > distance:
        return
    first = after[2] if after and after[1] == distance else ""
    for walked in chain(WALKED[:1], repeat(WALKED[1])):
        rows = list(
            _statements.list_names_walked(
                connection, people=is_person, part=text, from_name=first, most=AROUND_AT_ONCE, walked=walked
            )
        )  # fmt: skip
        found = [
            Candidate(
                (CONTAINS, distance, row["name_folded"], is_person), round(0.8 * share(text, row["name_folded"]), 3)
            )
            for row in rows
            if row["is_found"]
        ]
        if not rows:
            return
        yield Batch(found, (CONTAINS, distance, rows[-1]["name_folded"], is_person))
        if rows[-1]["is_found"] and len(found) < AROUND_AT_ONCE:
            return
        first = rows[-1]["name_folded"] + _NEXT


def is_contained(text: str, name: str, *, is_person: bool) -> bool:
    """Whether a name contains a text; in a body's name what stands in brackets may be left out."""
    return text in name or (not is_person and text in read_body(name).bare)


def guesses(connection: Connection, query: NameQuery, after: Place | None) -> Iterator[Batch]:
    """Names that are spelt as typed, have the initials, or are similar: likely somebody else's."""
    for found in _guessed(connection, query, after[0] if after else PINYIN):
        shown = sorted((one for one in found if after is None or one.place >= after), key=lambda one: one.place)
        if shown:
            yield Batch(shown, shown[-1].place)


def _guessed(connection: Connection, query: NameQuery, first_rank: int) -> Iterator[list[Candidate]]:
    if first_rank <= INITIALS:
        yield from _spelling_tiers(connection, query)
    yield _similar(connection, query)


def _spelling_tiers(connection: Connection, query: NameQuery) -> list[list[Candidate]]:
    keys = [spelling_keys(spelling) for spelling in query.spellings]
    if not keys:
        return []
    readings, initials = (list(set().union(*kind)) for kind in zip(*keys, strict=True))
    rows = _statements.list_names_spelt(
        connection, people=query.people, bodies=query.bodies, readings=readings, initials=initials, most=_MOST_NAMES
    )
    found: tuple[list[Candidate], list[Candidate]] = ([], [])
    for row in rows:
        is_person, name, by_initials = row["is_person"], row["name_folded"], row["by_initials"]
        if is_contained(query.name, name, is_person=is_person):
            continue
        score = _initials_fit(query, name, is_person=is_person) if by_initials else _pinyin_fits(query, name, is_person)
        if score:
            rank = INITIALS if by_initials else PINYIN
            found[by_initials].append(Candidate.scored(rank, name, score, is_person=is_person))
    return list(found)


def _pinyin_fits(query: NameQuery, name: str, is_person: bool) -> float:  # noqa: FBT001
    score = _spelt(query, name, is_person=is_person)
    usual = score and any(spelt_as_usual(spelling, name) for spelling in query.spellings)
    return 0.95 if usual else score


def _initials_fit(query: NameQuery, name: str, *, is_person: bool) -> float:
    if not _has_initials(query, name) or _spelt(query, name, is_person=is_person):
        return 0.0
    if any(spelt_as_usual(spelling, name, first_letters=True) for spelling in query.spellings):
        return 0.6
    return 0.58 if any(_begin_usually(spelling, name) for spelling in query.spellings) else 0.55


def _begin_usually(spelling: str, name: str) -> bool:
    """Whether the letters begin any usual reading of each character: 蔚 is Wei to most, though Yu as a surname."""
    ways = [of_character(character).usual for character in name]
    read = [{way[0] for way in usual} for usual in ways if usual]
    return len(read) == len(spelling) and all(map(contains, read, spelling))


def _has_initials(query: NameQuery, name: str) -> bool:
    return any(spells(spelling, name, first_letters=True) for spelling in query.spellings)


def _spelt(query: NameQuery, name: str, *, is_person: bool) -> float:
    """How well a spelling fits: 0.9 the whole name, less a body's name without place, or its brand; 0 not at all."""
    parts = [(0.9, name)]
    if not is_person:
        body = read_body(name)
        parts += [(0.8, body.without_place), *((0.7, brand) for brand in body.brands)]
    fitting = (score for score, part in parts if any(spells(spelling, part) for spelling in query.spellings))
    return next(fitting, 0.0)


def _similar(connection: Connection, query: NameQuery) -> list[Candidate]:
    found = []
    for is_person, scores in similar_names(connection, query.name, query.kinds).items():
        kept = sorted(scores, key=lambda name: (-scores[name], name))
        for name in kept[:_MOST_SIMILAR]:
            earlier = is_contained(query.name, name, is_person=is_person) or _has_initials(query, name)
            if not earlier and not _spelt(query, name, is_person=is_person):
                found.append(Candidate.scored(SIMILAR, name, scores[name], is_person=is_person))
    return found
