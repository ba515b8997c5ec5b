"""How fresh an answer is: when the list behind it that is imported longest ago was imported, RFC 3339."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Text, Uuid, cast, func, null, select

from backend.core.db import Connection
from backend.entities.domain import Filters
from backend.entities.queries import Shape, values
from backend.entities.statements import Statement, constant, given
from backend.entities.tables import area, court


def find_freshness(connection: Connection, filters: Filters) -> tuple[str | None, tuple[str, ...]]:
    """How fresh the oldest list behind an answer under the filters is, and which filters name what does not exist."""
    shape = Shape.of(filters)
    row = _freshness(shape.area_digits, shape.court).row(connection, values(filters))
    as_of, *known = (None if part is None else part.decode() for part in row)
    return as_of, tuple(name for name, found in zip(("area", "court"), known, strict=True) if found == "false")


@lru_cache(maxsize=500)
def _freshness(area_digits: int, court_is_given: bool) -> Statement:  # noqa: FBT001
    shape = Shape(area_digits, False, False, False, False, None, court_is_given)  # noqa: FBT003
    return Statement.compose(select(*freshness_columns(shape)))


def freshness_columns(shape: Shape) -> list[ColumnElement[Any]]:
    """The age of the court's list, else of the area's oldest, else of all; whether area and court exist."""
    code = given("area", Text)
    of_court = select(court.c.as_of).where(court.c.id == given("court", Uuid)).scalar_subquery()
    if shape.court:
        as_of: ColumnElement[Any] = of_court
    elif shape.area_digits:
        # The courts whose own area lies in or above an area.
        below = select(func.min(court.c.as_of)).where(
            court.c.area_code >= code, court.c.area_code < code.op("||")(constant("':'"))
        )
        above = [func.left(code, constant(digits)) for digits in (2, 4) if digits < shape.area_digits]
        as_of = func.least(
            below.scalar_subquery(),
            *(select(func.min(court.c.as_of)).where(court.c.area_code == parent).scalar_subquery() for parent in above),
        )
    else:
        as_of = select(func.min(court.c.as_of)).scalar_subquery()
    found = select(area.c.code).where(area.c.code == code).exists()
    there = select(court.c.id).where(court.c.id == given("court", Uuid)).exists()
    return [
        _rfc3339(as_of),
        cast(found, Text) if shape.area_digits else cast(null(), Text),
        cast(there, Text) if shape.court else cast(null(), Text),
    ]


def fresh_courts(page: CTE) -> CTE:
    """When the least fresh of an item's courts had its list imported; after every import anew, so it is not stored."""
    several = select(page.c.courts).distinct().subquery("several")
    oldest = func.min(court.c.as_of)
    return (
        select(several.c.courts, _rfc3339(oldest).label("as_of"))
        .select_from(several.join(court, court.c.id == func.any(several.c.courts)))
        .group_by(several.c.courts)
        .cte("fresh")
    )


def _rfc3339(instant: ColumnElement[Any]) -> ColumnElement[str]:
    form = constant('\'YYYY-MM-DD"T"HH24:MI:SS"Z"\'')
    return func.to_char(func.timezone(constant("'UTC'"), instant), form)
