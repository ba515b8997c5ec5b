"""One page of a list in one statement: its items as JSON, its end, how fresh it is, and what was asked in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, and_, case, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from backend.core.db import Connection
from backend.entities.domain import Filters, Position
from backend.entities.freshness import fresh_courts, freshness_columns
from backend.entities.list_by_distance import ByDistance, reach_values
from backend.entities.list_by_publication import ByPublication
from backend.entities.list_in_box import InBox, cell_values
from backend.entities.queries import Shape, values
from backend.entities.statements import Statement, constant, given

# A statement takes one row more than its largest page, so that a planner which knows the number stops there.
_PAGES = (20, 100)
# JSON text holds no line break.
_BETWEEN = "\n"


@dataclass(frozen=True)
class Page:
    """A page of the listed.

    Attributes:
        items: summaries as JSON text.
        following: the place of the last item where the list goes on, else None.
        as_of: when the oldest list behind the answer was imported, RFC 3339; None before the first import.
        unknown: names of the filters whose value does not exist.
        by_name: places of those whose full name was searched for.
    """

    items: Sequence[str]
    following: Position | None
    as_of: str | None
    unknown: tuple[str, ...]
    by_name: frozenset[int] = frozenset()


def find_page(connection: Connection, filters: Filters, *, limit: int, after: Position | None = None) -> Page:
    """A page of the listed, newest or nearest first."""
    shape = Shape.of(filters)
    size = next(size for size in _PAGES if limit <= size)
    asked = values(filters) | {"limit": str(limit)}
    if after is not None:
        asked |= {"after_key": str(after[0]), "after_id": str(after[1])}
    if filters.near:
        asked |= reach_values(filters.near)
    elif filters.bbox:
        asked |= cell_values(filters.bbox)
    found = _statement(shape, size, after is not None).row(connection, asked)
    items, key, last_id, as_of, known_area, known_court = (None if part is None else part.decode() for part in found)
    unknown = [name for name, known in (("area", known_area), ("court", known_court)) if known == "false"]
    return Page(
        items.split(_BETWEEN) if items else (),
        None if key is None or last_id is None else (float(key) if filters.near else key, last_id),
        as_of,
        tuple(unknown),
    )


@lru_cache(maxsize=500)
def _statement(shape: Shape, size: int, continued: bool) -> Statement:  # noqa: FBT001
    order = _order(shape)(shape, size, continued)
    rows = order.rows().subquery("found")
    place = func.row_number().over(order_by=order.sort(rows)).label("place")
    page = select(rows, place).order_by(*order.sort(rows)).limit(constant(size + 1)).cte("page")
    fresh = fresh_courts(page)
    limit = given("limit", BigInteger)
    shown = page.c.place <= limit
    ends = and_(page.c.place == limit, select(func.max(page.c.place)).scalar_subquery() > limit)
    as_of = func.concat(constant("'\"'"), fresh.c.as_of, constant("'\"}'"))
    item = page.c.summary.op("||")(case((fresh.c.as_of.is_(None), constant("'null}'")), else_=as_of))
    ids = cast(page.c.entity_id, Text)
    return Statement.compose(
        select(
            _joined(item, page.c.place).filter(shown),
            func.max(cast(page.c.key, Text)).filter(ends),
            func.max(ids).filter(ends),
            *freshness_columns(shape),
        ).select_from(page.outerjoin(fresh, fresh.c.courts == page.c.courts))
    )


def _order(shape: Shape) -> type[ByDistance | ByPublication]:
    if shape.near:
        return ByDistance
    return InBox if shape.bbox else ByPublication


def _joined(text: ColumnElement[str], place: ColumnElement[int]) -> Any:
    return func.string_agg(text, aggregate_order_by(func.chr(constant(10)), place))
