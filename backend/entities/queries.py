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
    Select,
    Text,
    Uuid,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from backend.core.db import Connection, fetch_all, load_queries
from backend.core.geo import BBox
from backend.entities.domain import Filters, Near, Position
from backend.entities.tables import area, court, current_listing, current_notice, entity

fixed = load_queries(__file__)


def list_summaries(
    connection: Connection, filters: Filters, *, limit: int, after: Position | None = None
) -> list[DictRow]:
    """A page of the listed, newest or nearest first; `key_0`, `key_1` … are each one's place in the list."""
    order = _order(filters)
    keys = [key.label(f"key_{number}") for number, key in enumerate(order.keys)]
    place = func.row_number().over(order_by=order.sort).label("place")
    page = select(*_ENTITY_COLUMNS, *keys, place).select_from(order.source)
    page = page.where(*conditions(filters), *order.conditions)
    if after is not None:
        page = page.where(order.after(after))
    return fetch_all(connection, _summarised(page.order_by(*order.sort).limit(limit)))


def list_summaries_of(connection: Connection, ids: Sequence[UUID]) -> list[DictRow]:
    """The listed with these ids, in the order of the ids; who is not listed now is left out."""
    wanted = literal(list(ids), ARRAY(Uuid))
    place = func.array_position(wanted, entity.c.id).label("place")
    return fetch_all(connection, _summarised(select(*_ENTITY_COLUMNS, place).where(entity.c.id == func.any(wanted))))


def find_summary(connection: Connection, entity_id: UUID) -> DictRow | None:
    """One entity with its bodies' fields; None when it has no current listing, whatever the reason."""
    page = select(*_ENTITY_COLUMNS, literal(1).label("place")).where(entity.c.id == entity_id)
    return next(iter(fetch_all(connection, _summarised(page))), None)


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """What `serving.entity` must fulfil under the filters, the search term apart."""
    found: list[ColumnElement[bool]] = []
    if filters.kinds:
        found.append(entity.c.kind == func.any(literal(list(filters.kinds), ARRAY(Text))))
    if filters.area:  # a code is a prefix of the codes below it, and ':' follows the digits
        found += [entity.c.area_code >= filters.area, entity.c.area_code < filters.area + ":"]
    if filters.bbox:
        found.append(_stands_in(filters.bbox))
    if filters.near:
        found.append(func.ST_Intersects(entity.c.point, _envelope(filters.near.box())))
        found.append(_distance(filters.near) <= filters.near.radius_m)
    if filters.court or filters.ground_mask:
        found.append(_has_listing(filters))
    if filters.notice is not None:
        found.append(_has_notice() if filters.notice else ~_has_notice())
    return found


def _has_listing(filters: Filters) -> ColumnElement[bool]:
    # One and the same listing must be the court's and stand on one of the grounds.
    wanted = select(1).where(current_listing.c.entity_id == entity.c.id)
    if filters.court:
        wanted = wanted.where(current_listing.c.court_id == filters.court)
    if filters.ground_mask:
        wanted = wanted.where(current_listing.c.ground_mask.op("&")(filters.ground_mask) != 0)
    return exists(wanted)


def _has_notice() -> ColumnElement[bool]:
    return exists(select(1).where(current_notice.c.entity_id == entity.c.id))


def _stands_in(box: BBox) -> ColumnElement[bool]:
    # The areas come as an array, computed once, so that both sides of the OR can use an index.
    labelled = select(area.c.code).where(func.ST_Intersects(area.c.label_point, _envelope(box)))
    return or_(
        func.ST_Intersects(entity.c.point, _envelope(box)),
        and_(entity.c.point.is_(None), entity.c.area_code == func.any(func.array(labelled.scalar_subquery()))),
    )


def _envelope(box: BBox) -> ColumnElement[Any]:
    return func.ST_MakeEnvelope(box.west, box.south, box.east, box.north, 4326)


def _distance(near: Near) -> ColumnElement[float]:
    """Metres on the ellipsoid from the position asked for; only ever used to filter and sort."""
    position = func.ST_SetSRID(func.ST_MakePoint(near.lon, near.lat), 4326)
    return func.ST_Distance(func.geography(entity.c.point), func.geography(position))


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
    keys = (_distance(near), entity.c.id)

    def after(position: Position) -> ColumnElement[bool]:
        distance_m, entity_id = position
        return tuple_(*keys) > tuple_(literal(distance_m), cast(entity_id, Uuid))

    return _Order(entity, keys, keys, after)


def _by_publication() -> _Order:
    """Newest first, each entity at its latest current listing: walked from an index, so a page never sorts them all."""
    latest, later = current_listing.alias("latest"), current_listing.alias("later")
    is_latest = ~exists(
        select(1).where(
            later.c.entity_id == latest.c.entity_id,
            tuple_(later.c.published_on, later.c.id) > tuple_(latest.c.published_on, latest.c.id),
        )
    )
    source = entity.join(latest, latest.c.entity_id == entity.c.id)

    def after(position: Position) -> ColumnElement[bool]:
        published_on, entity_id = date.fromisoformat(str(position[0])), cast(position[1], Uuid)
        behind = or_(latest.c.published_on < published_on, latest.c.entity_id > entity_id)
        return and_(latest.c.published_on <= published_on, behind)

    keys = (latest.c.published_on, latest.c.entity_id)
    return _Order(source, keys, (keys[0].desc(), keys[1]), after, (is_latest,))


_ENTITY_COLUMNS = (
    entity.c.id,
    entity.c.kind,
    entity.c.name,
    entity.c.sex,
    entity.c.age_band,
    entity.c.uscc,
    entity.c.representative,
    entity.c.registered_address,
    entity.c.area_code,
    entity.c.placed_by,
    entity.c.source,
)


def _summarised(page: Select[Any]) -> Select[Any]:
    """The rows of a page with what their current listings say together; only the page's rows are looked up."""
    rows = page.cte("page")
    listing = current_listing.alias("listing")
    newest_first = (listing.c.published_on.desc(), listing.c.id)
    together = (
        select(
            func.array_agg(aggregate_order_by(court.c.name, *newest_first)).label("court_names"),
            func.array_agg(aggregate_order_by(listing.c.case_number, *newest_first)).label("case_numbers"),
            func.bit_or(listing.c.ground_mask).label("ground_mask"),
            func.max(listing.c.published_on).label("published_on"),
            func.min(court.c.as_of).label("as_of"),
        )
        .select_from(listing.join(court, court.c.id == listing.c.court_id))
        .where(listing.c.entity_id == rows.c.id)
        .lateral("together")
    )
    notice = exists(select(1).where(current_notice.c.entity_id == rows.c.id))
    return (
        select(rows, area.c.name.label("area_name"), together, notice.label("notice"))
        .select_from(rows.join(area, area.c.code == rows.c.area_code).join(together, true()))
        .order_by(rows.c.place)
    )
