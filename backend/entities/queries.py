"""Statements over the listed. Lists and tiles share one filtered selection, so their counts agree under any filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import DictRow
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
)

from backend.core.db import Connection, fetch_all, load_queries
from backend.core.geo import BBox
from backend.entities.domain import Filters, Near, Position
from backend.entities.tables import area, court, current_listing, listed

fixed = load_queries(__file__)


def list_summaries(
    connection: Connection, filters: Filters, *, limit: int, after: Position | None = None
) -> list[DictRow]:
    """A page of the listed, newest or nearest first; `key_0`, `key_1` … are each one's place in the list."""
    order = _order(filters)
    keys = [key.label(f"key_{number}") for number, key in enumerate(order.keys)]
    place = func.row_number().over(order_by=order.sort).label("place")
    page = select(listed.c.summary, listed.c.courts, *keys, place).select_from(order.source)
    page = page.where(*conditions(filters), *order.conditions)
    if after is not None:
        page = page.where(order.after(after))
    rows = page.order_by(*order.sort).limit(limit).cte("page")
    return fetch_all(connection, select(rows, _as_of(rows.c.courts)).order_by(rows.c.place))


def list_summaries_of(connection: Connection, ids: Sequence[UUID]) -> list[DictRow]:
    """The listed with these ids, in the order of the ids; who is not listed now is left out."""
    wanted = literal(list(ids), ARRAY(Uuid))
    found = select(listed.c.entity_id.label("id"), listed.c.summary, _as_of(listed.c.courts))
    found = found.where(listed.c.entity_id == func.any(wanted))
    return fetch_all(connection, found.order_by(func.array_position(wanted, listed.c.entity_id)))


def conditions(filters: Filters, row: Any = listed) -> list[ColumnElement[bool]]:
    """What `serving.listed`, or an alias of it, must fulfil under the filters, the search term apart."""
    found: list[ColumnElement[bool]] = []
    if filters.kinds:
        found.append(row.c.kind == func.any(literal(list(filters.kinds), ARRAY(Text))))
    if filters.area:  # a code is a prefix of the codes below it, and ':' follows the digits
        found += [row.c.area_code >= filters.area, row.c.area_code < filters.area + ":"]
        if len(filters.area) >= 4:  # an index walks each city by date; a county is a good part of its city
            found.append(func.left(row.c.area_code, literal_column("4")) == filters.area[:4])
    if filters.bbox:
        found.append(_stands_in(filters.bbox, row))
    if filters.near:
        found.append(func.ST_Intersects(row.c.point, _envelope(filters.near.box())))
        found.append(_distance(filters.near) <= filters.near.radius_m)
    if filters.court:
        found.append(_has_listing(filters, row))
    elif filters.ground_mask:
        found.append(row.c.ground_mask.op("&")(filters.ground_mask) != 0)
    if filters.notice is not None:
        found.append(row.c.notice if filters.notice else ~row.c.notice)
    return found


def _has_listing(filters: Filters, row: Any) -> ColumnElement[bool]:
    # One and the same listing must be the court's and stand on one of the grounds.
    wanted = select(current_listing.c.entity_id).where(current_listing.c.court_id == filters.court)
    if filters.ground_mask:
        wanted = wanted.where(current_listing.c.ground_mask.op("&")(filters.ground_mask) != 0)
    return row.c.entity_id.in_(wanted)  # type: ignore[no-any-return]


def _stands_in(box: BBox, row: Any) -> ColumnElement[bool]:
    # The areas come as an array, computed once, so that both sides of the OR can use an index.
    labelled = select(area.c.code).where(func.ST_Intersects(area.c.label_point, _envelope(box)))
    return or_(
        func.ST_Intersects(row.c.point, _envelope(box)),
        and_(row.c.point.is_(None), row.c.area_code == func.any(func.array(labelled.scalar_subquery()))),
    )


def _envelope(box: BBox) -> ColumnElement[Any]:
    return func.ST_MakeEnvelope(box.west, box.south, box.east, box.north, 4326)


def _distance(near: Near) -> ColumnElement[float]:
    """Metres on the ellipsoid from the position asked for; only ever used to filter and sort."""
    position = func.ST_SetSRID(func.ST_MakePoint(near.lon, near.lat), 4326)
    return func.ST_Distance(func.geography(listed.c.point), func.geography(position))


@dataclass(frozen=True)
class _Order:
    """How a list runs: what to read, the keys that give each row its place, and what lies behind a place."""

    source: FromClause
    keys: tuple[ColumnElement[Any], ...]
    sort: tuple[ColumnElement[Any], ...]
    after: Callable[[Position], ColumnElement[bool]]
    conditions: tuple[ColumnElement[bool], ...] = ()


def _order(filters: Filters) -> _Order:
    return _by_distance(filters.near) if filters.near else _by_publication()


def _by_distance(near: Near) -> _Order:
    keys = (_distance(near), listed.c.entity_id)

    def after(position: Position) -> ColumnElement[bool]:
        distance_m, entity_id = position
        return tuple_(*keys) > tuple_(literal(distance_m), cast(entity_id, Uuid))

    return _Order(listed, keys, keys, after)


def _by_publication() -> _Order:
    """Newest first, each of the listed at its latest current listing."""
    keys = (listed.c.published_on, listed.c.entity_id)

    def after(position: Position) -> ColumnElement[bool]:
        published_on, entity_id = date.fromisoformat(str(position[0])), cast(position[1], Uuid)
        behind = or_(keys[0] < published_on, keys[1] > entity_id)
        return and_(keys[0] <= published_on, behind)

    return _Order(listed, keys, (keys[0].desc(), keys[1]), after)


def _as_of(courts: ColumnElement[Any]) -> ColumnElement[Any]:
    """When the least fresh of the courts had its list imported; after every import anew, so it is not stored."""
    oldest = select(func.min(court.c.as_of)).where(court.c.id == func.any(courts))
    return oldest.scalar_subquery().label("as_of")
