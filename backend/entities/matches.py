"""Who a search finds, in order: first by case number or credit code, then by name, tier after tier, page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from backend.core.db import Connection
from backend.entities import name_statements as statements
from backend.entities.domain import HOW_MATCHED, Filters, Position, Search
from backend.entities.name_search import (
    CONTAINS,
    EXACT,
    PINYIN,
    PREFIX,
    Batch,
    Candidate,
    NameQuery,
    containing,
    guesses,
    share,
)

# A case number or a credit code names its holder before any name does.
_BY_CODE = -1
_FIRST_ID, _LAST_ID = "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"
# Where those begin who are likely somebody else.
_GUESSES: Position = (PINYIN, -1.0, "", False, _FIRST_ID)
# Names whose bearers are looked up at once, of the first batch and of later ones: a page is usually full by then.
_NAMES_AT_ONCE = (24, 120)
# After so many looks at names whom a filter leaves out, a page ends as it is, and the next one goes on there.
_MOST_LOOKS = 12


@dataclass(frozen=True)
class Found:
    """One of the listed as a search shows them.

    Attributes:
        position: rank in `HOW_MATCHED` (-1 by code), distance from a perfect score, folded name, whether a
            person's, id.
        text: the summary as JSON text, with how the search matched.
    """

    position: Position
    text: str


@dataclass(frozen=True)
class Matches:
    """Some of those whom a search finds; `end` is the place behind which the next page begins, None at the last."""

    found: list[Found]
    end: Position | None


@dataclass(frozen=True)
class _Look:
    """What one statement found, and the place up to which everybody has been looked at with it."""

    found: list[Found]
    reached: Position | None = None


def find_matches(
    connection: Connection, filters: Filters, search: Search, *, limit: int, after: Position | None = None
) -> Matches:
    """The best matches behind a place.

    A page that shows an exact match ends before the guesses, which are most likely somebody else: they are asked for
    by whoever goes on. It may also end early where a filter leaves out nearly everybody whose name fits.
    """
    found: list[Found] = []
    rank = _BY_CODE if after is None else int(after[0])
    if rank < PINYIN:
        for looks, look in enumerate(_look_by_name(connection, filters, search, limit + 1, after), start=1):
            found += look.found
            if len(found) > limit:
                return Matches(found[:limit], found[limit - 1].position)
            if looks >= _MOST_LOOKS and look.reached:
                return Matches(found, look.reached)
        if any(one.position[0] in (_BY_CODE, EXACT) for one in found):
            return Matches(found, _GUESSES)
        after = None
    for looks, look in enumerate(_guess(connection, filters, search, limit + 1, after), start=1):
        found += look.found
        if len(found) > limit:
            return Matches(found[:limit], found[limit - 1].position)
        if looks >= _MOST_LOOKS and look.reached:
            return Matches(found, look.reached)
    return Matches(found, None)


def _look_by_name(
    connection: Connection, filters: Filters, search: Search, limit: int, after: Position | None
) -> Iterator[_Look]:
    rank = _BY_CODE if after is None else int(after[0])
    if rank == _BY_CODE:
        if search.uscc or search.case_key:
            yield _Look(_coded(connection, filters, search, limit, after))
        after = None
    if not search.name:
        return
    if rank < CONTAINS:
        yield from _beginning(connection, filters, search.name, limit, after)
        after = None
    if statements.is_narrow(filters):
        yield _Look(_containing(connection, filters, search.name, limit, after))
    else:
        batches = containing(connection, _query(filters, search), _place(after))
        yield from _bearers(connection, filters, batches, limit, after)


def _guess(
    connection: Connection, filters: Filters, search: Search, limit: int, after: Position | None
) -> Iterator[_Look]:
    if search.name:
        batches = guesses(connection, _query(filters, search), _place(after))
        yield from _bearers(connection, filters, batches, limit, after)


def _query(filters: Filters, search: Search) -> NameQuery:
    kinds = set(filters.kinds)
    people, bodies = not kinds or "person" in kinds, not kinds or bool(kinds - {"person"})
    return NameQuery.parse(search.text, people=people, bodies=bodies)


def _place(after: Position | None) -> tuple[int, float, str, bool] | None:
    return None if after is None else (int(after[0]), float(after[1]), str(after[2]), bool(after[3]))


def _coded(connection: Connection, filters: Filters, search: Search, limit: int, after: Position | None) -> list[Found]:
    keys = {
        "case_key": search.case_key, "uscc": search.uscc, "most": limit,
        "name": after[2] if after else "", "id": after[4] if after else _FIRST_ID,
    }  # fmt: skip
    rows = statements.list_coded(connection, filters, keys)
    return [_found((_BY_CODE, 0.0, row[0], row[1], str(row[2])), 1.0, row[3]) for row in rows]


def _beginning(
    connection: Connection, filters: Filters, name: str, limit: int, after: Position | None
) -> Iterator[_Look]:
    """Exact and prefix: one range of names, which the name itself leads."""
    behind = (after[2], after[3], after[4]) if after else (name, False, _FIRST_ID)
    while True:
        keys = {
            "first": behind[0], "until": name + statements.LAST, "most": limit,
            "name": behind[0], "is_person": behind[1], "id": behind[2],
        }  # fmt: skip
        rows = statements.list_beginning(connection, filters, keys)
        walked_to = rows.pop() if rows and rows[-1][3] is None else None
        found = [_begins(name, row) for row in rows]
        if walked_to is None:
            yield _Look(found)
            return
        behind = walked_to[0], walked_to[1], str(walked_to[2])
        rank = EXACT if walked_to[0] == name else PREFIX
        yield _Look(found, (rank, -1.0 if rank == EXACT else 0.0, *behind))


def _begins(name: str, row: statements.Row) -> Found:
    if row[0] == name:
        return _found((EXACT, -1.0, row[0], row[1], str(row[2])), 1.0, row[3])
    return _found((PREFIX, 0.0, row[0], row[1], str(row[2])), share(name, row[0]), row[3])


def _containing(connection: Connection, filters: Filters, name: str, limit: int, after: Position | None) -> list[Found]:
    _, distance, behind, is_person, entity_id = after or (CONTAINS, -1.0, "", False, _FIRST_ID)
    keys = {
        "part": name, "brand": f"#{name}", "most": limit,
        "distance": distance, "name": behind, "is_person": is_person, "id": entity_id,
    }  # fmt: skip
    rows = statements.list_containing(connection, filters, keys)
    return [_found((CONTAINS, -row[4], row[0], row[1], str(row[2])), row[4], row[3]) for row in rows]


def _bearers(
    connection: Connection, filters: Filters, batches: Iterator[Batch], limit: int, after: Position | None
) -> Iterator[_Look]:
    """Who bears the candidate names now, in their order; of the name at `after` only those behind its id."""
    at_once, more = _NAMES_AT_ONCE
    for batch in batches:
        if not batch.candidates:
            yield _Look([], (*batch.reached, _LAST_ID))
        first = 0
        while first < len(batch.candidates):
            candidates = batch.candidates[first : first + at_once]
            found = _bearers_of(connection, filters, candidates, limit, after)
            first, at_once = first + at_once, more
            yield _Look(found, (*candidates[-1].place, _LAST_ID))


def _bearers_of(
    connection: Connection, filters: Filters, candidates: Sequence[Candidate], limit: int, after: Position | None
) -> list[Found]:
    goes_on = after is not None and candidates[0].place == _place(after)
    keys = {
        "names": [candidate.name for candidate in candidates],
        "people": [candidate.is_person for candidate in candidates],
        "behind": after[4] if after and goes_on else _FIRST_ID,
        "most": limit,
    }
    found = []
    for place, entity_id, item in statements.list_bearing(connection, filters, keys):
        candidate = candidates[place - 1]
        found.append(_found((*candidate.place, str(entity_id)), candidate.score, item))
    return found


def _found(position: Position, score: float, item: Any) -> Found:
    how = HOW_MATCHED[max(EXACT, int(position[0]))]
    return Found(position, f'{item},"match":{{"how":"{how}","score":{json.dumps(score)}}}}}')
