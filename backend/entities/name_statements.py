"""The statements that show who bears a name, each composed once for every shape of filters.

SQLAlchemy Core would take longer to compose one than these answers take; so they stand as text in `name_bearers.sql`,
with marks for the conditions, which are those of `queries.shared_conditions`, and for the summary.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import aiosql
from psycopg.rows import tuple_row

from backend.core.db import Connection
from backend.entities.domain import Filters

# The last code point: in collation "C" every text that begins with `x` sorts before `x` followed by it.
LAST = "\U0010ffff"
# So many of those whose names begin with the text are held against the filters at once.
WALKED = 1500
# From here on an area's own people and bodies are gone through, rather than the names of the country.
_CITY_DIGITS = 4
Row = tuple[Any, ...]
_texts: Any = aiosql.from_path(Path(__file__).with_name("name_bearers.sql"), "psycopg")
_ITEM = """\
concat(
    bearer.summary,
    coalesce(
        to_char(
            -- nearly everybody has one listing
            CASE cardinality(bearer.courts)
                WHEN 1 THEN (SELECT court.as_of FROM serving.court WHERE court.id = bearer.courts[1])
                ELSE (SELECT min(court.as_of) FROM serving.court WHERE court.id = ANY(bearer.courts))
            END AT TIME ZONE 'UTC',
            '"\\""YYYY-MM-DD"T"HH24:MI:SS"Z\\""'
        ),
        'null'
    )
) AS item"""
_CONDITIONS = {
    "kinds": "bearer.kind = ANY(%(kinds)s)",
    "area": "(bearer.area_code >= %(area)s AND bearer.area_code < %(area_end)s)",
    # The areas come as an array, computed once.
    "bbox": """(
        ST_Intersects(bearer.point, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326))
        OR (
            bearer.point IS NULL
            AND bearer.area_code = ANY(ARRAY(
                SELECT area.code
                FROM serving.area
                WHERE ST_Intersects(area.label_point, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326))
            ))
        )
    )""",
    "near": """ST_Distance(
        geography(bearer.point), geography(ST_SetSRID(ST_MakePoint(%(lon)s, %(lat)s), 4326))
    ) <= %(radius_m)s""",
    "court": "%(court)s = ANY(bearer.courts)",
    # One and the same listing must be the court's and stand on one of the grounds.
    "court and grounds": """EXISTS (
        SELECT
        FROM unnest(bearer.courts, bearer.court_masks) AS held (court, mask)
        WHERE held.court = %(court)s AND held.mask & %(grounds)s <> 0
    )""",
    "grounds": "bearer.ground_mask & %(grounds)s <> 0",
    "notice": "bearer.notice = %(notice)s",
}


def shape(filters: Filters) -> tuple[str, ...]:
    """Which filters are set, by the names of their conditions."""
    found = [name for name in ("area", "bbox", "near", "kinds") if getattr(filters, name)]
    if filters.notice is not None:
        found.append("notice")
    if filters.court:
        found.append("court and grounds" if filters.ground_mask else "court")
    elif filters.ground_mask:
        found.append("grounds")
    return tuple(found)


def parameters(filters: Filters) -> dict[str, Any]:
    """The values of the conditions."""
    values: dict[str, Any] = {"court": filters.court, "grounds": filters.ground_mask, "notice": filters.notice}
    if filters.kinds:
        values["kinds"] = list(filters.kinds)
    if filters.area:  # a code is a prefix of the codes below it, and ':' follows the digits
        values |= {"area": filters.area, "area_end": filters.area + ":"}
    if filters.bbox:
        box = filters.bbox
        values |= {"west": box.west, "south": box.south, "east": box.east, "north": box.north}
    if filters.near:
        values |= {"lon": filters.near.lon, "lat": filters.near.lat, "radius_m": filters.near.radius_m}
    return values


def is_narrow(filters: Filters) -> bool:
    """Whether so few pass that a search goes through them rather than through the names: a court's, or a city's."""
    return bool(filters.court or (filters.area and len(filters.area) >= _CITY_DIGITS))


def list_beginning(connection: Connection, filters: Filters, keys: Mapping[str, Any]) -> list[Row]:
    """`(name, is_person, id, item)` of those whose names begin with a text, in this order.

    Where a filter leaves many out, no more than `WALKED` are looked at; a last row without an item then says how far
    that was.
    """
    name = "begin_filtered"
    if filters.court:
        name = "begin_in_court"
    elif filters.area:
        name = "begin_in_area"
    elif not shape(filters):
        name = "begin_anywhere"
    return _fetch(connection, name, filters, {**keys, "walked": WALKED})


def list_bearing(connection: Connection, filters: Filters, keys: Mapping[str, Any]) -> list[Row]:
    """`(place, id, item)` of those who bear some names, place by place, counted from 1."""
    return _fetch(connection, "bear", filters, keys)


def list_containing(connection: Connection, filters: Filters, keys: Mapping[str, Any]) -> list[Row]:
    """`(name, is_person, id, item, score)` of those of a narrow filter, best first."""
    # Planned for its own values: what suits a large county is slow for a small one.
    return _fetch(connection, "contain_in_court" if filters.court else "contain", filters, keys, prepare=False)


def list_coded(connection: Connection, filters: Filters, keys: Mapping[str, Any]) -> list[Row]:
    """`(name, is_person, id, item)` of those with a case number or a credit code, by name."""
    return _fetch(connection, "bear_code", filters, keys)


def _fetch(
    connection: Connection, name: str, filters: Filters, keys: Mapping[str, Any], *, prepare: bool = True
) -> list[Row]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(
            composed(name, shape(filters)), {**parameters(filters), **keys}, prepare=prepare
        ).fetchall()


@lru_cache(maxsize=1024)
def composed(name: str, names: tuple[str, ...]) -> str:
    """A statement with the conditions of one shape of filters."""
    # Place by place the area holds already.
    conditions = [_CONDITIONS[one] for one in names if (name, one) != ("begin_in_area", "area")]
    text: str = getattr(_texts, name).sql
    return text.replace("bearer.item", _ITEM).replace("bearer.passes", "\nAND ".join(conditions) or "true")
