"""Who a search finds, in order: first by case number or credit code, then by name, tier after tier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from psycopg.rows import DictRow
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    FromClause,
    Text,
    Uuid,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)

from backend.core.db import Connection, fetch_all
from backend.entities.domain import HOW_MATCHED, Filters, Position, Search
from backend.entities.name_search import Candidate, NameQuery, batches
from backend.entities.queries import conditions
from backend.entities.tables import current_listing, entity, listed

# A case number or a credit code names its holder before any name does.
_BY_CODE = -1
# So many candidate names are looked up at once: a page is usually full by then.
_NAMES_AT_ONCE = 40


@dataclass(frozen=True)
class Match:
    """One of the listed, how it was found and its place among the others.

    Attributes:
        place: rank in `HOW_MATCHED` (-1 by code), distance from a perfect score, folded name, whether a person's.
        score: 1 for an exact match, less for any other.
    """

    id: UUID
    place: tuple[int, float, str, bool]
    score: float

    @property
    def how(self) -> str:
        return HOW_MATCHED[max(0, self.place[0])]

    @property
    def is_person(self) -> bool:
        return self.place[3]

    @property
    def position(self) -> Position:
        return (*self.place, str(self.id))


def list_matches(
    connection: Connection, filters: Filters, search: Search, *, limit: int, after: Position | None = None
) -> list[Match]:
    """The best matches behind a place, at most so many; each tier of the search is asked only when it is reached."""
    return list(islice(_matches(connection, filters, search, limit, after), limit))


def _matches(
    connection: Connection, filters: Filters, search: Search, limit: int, after: Position | None
) -> Iterator[Match]:
    if after is None or after[0] == _BY_CODE:
        yield from _by_code(connection, filters, search, limit, after)
        after = None
    kinds = set(filters.kinds)
    query = NameQuery.parse(
        search.text, people=not kinds or "person" in kinds, bodies=not kinds or bool(kinds - {"person"})
    )
    start = None if after is None else (int(after[0]), float(after[1]), str(after[2]), bool(after[3]))
    for batch in batches(connection, query, start):
        for first in range(0, len(batch), _NAMES_AT_ONCE):
            candidates = batch[first : first + _NAMES_AT_ONCE]
            behind = str(after[4]) if after and candidates[0].place == start else None
            yield from _bearers(connection, filters, candidates, limit, behind)


def _by_code(
    connection: Connection, filters: Filters, search: Search, limit: int, after: Position | None
) -> Iterator[Match]:
    codes: list[ColumnElement[bool]] = []
    if search.uscc:
        codes.append(entity.c.uscc == search.uscc)
    if search.case_key:
        in_case = select(current_listing.c.entity_id).where(current_listing.c.case_key == search.case_key)
        codes.append(entity.c.id.in_(in_case))
    if not codes:
        return
    keys = (entity.c.name_folded, entity.c.id)
    found = select(entity.c.id, listed.c.kind, entity.c.name_folded).select_from(_listed_entity())
    found = found.where(or_(*codes), *conditions(filters))
    if after:
        found = found.where(tuple_(*keys) > tuple_(literal(str(after[2])), cast(str(after[4]), Uuid)))
    for row in fetch_all(connection, found.order_by(*keys).limit(limit)):
        yield Match(row["id"], (_BY_CODE, 0.0, row["name_folded"], row["kind"] == "person"), 1.0)


def _bearers(
    connection: Connection, filters: Filters, candidates: Sequence[Candidate], limit: int, behind: str | None
) -> Iterator[Match]:
    """Who bears the candidate names now, in their order; of the first name only those behind an id."""
    for row in _list_bearers(connection, filters, candidates, limit, behind):
        candidate = candidates[row["place"] - 1]
        yield Match(row["id"], candidate.place, candidate.score)


def _list_bearers(
    connection: Connection, filters: Filters, candidates: Sequence[Candidate], limit: int, behind: str | None
) -> list[DictRow]:
    names = literal([candidate.name for candidate in candidates], ARRAY(Text))
    people = literal([candidate.is_person for candidate in candidates], ARRAY(Boolean))
    wanted = (
        func.unnest(names, people)
        .table_valued("name", "is_person", with_ordinality="place", name="wanted")
        .render_derived()
    )
    bearer = (
        select(entity.c.id)
        .select_from(_listed_entity())
        .where(
            entity.c.name_folded == wanted.c.name,
            (listed.c.kind == "person") == wanted.c.is_person,
            *conditions(filters),
        )
    )
    if behind:
        bearer = bearer.where(or_(wanted.c.place > 1, entity.c.id > cast(behind, Uuid)))
    bearers = bearer.order_by(entity.c.id).limit(limit).lateral("bearers")
    page = select(wanted.c.place, bearers.c.id).select_from(wanted.join(bearers, true()))
    return fetch_all(connection, page.order_by(wanted.c.place, bearers.c.id).limit(limit))


def _listed_entity() -> FromClause:
    return listed.join(entity, entity.c.id == listed.c.entity_id)
