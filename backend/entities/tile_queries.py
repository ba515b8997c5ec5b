"""Statements behind map tiles; who counts is decided by the same conditions as in the lists."""

from __future__ import annotations

from typing import Any

from psycopg.rows import DictRow
from sqlalchemy import (
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Text,
    Uuid,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import BIT

from backend.core.db import Connection, fetch_all
from backend.core.geo import CELL_ZOOM
from backend.entities.domain import KINDS, Filters, Tile
from backend.entities.queries import conditions
from backend.entities.tables import area, current_listing, current_notice, entity

# Units along the side of a vector tile, as every reader of the format expects.
_EXTENT = 4096


def list_area_counts(connection: Connection, tile: Tile, filters: Filters) -> list[DictRow]:
    """Areas whose label point lies in the tile, with the counts of those who stand in them; areas of none are left out.

    Up to zoom 11 everybody counts, from 12 on only those without a point.
    """
    return fetch_all(connection, _areas(tile, filters).order_by("code"))


def list_cells(connection: Connection, tile: Tile, filters: Filters) -> list[DictRow]:
    """Bodies at points, by cell (8 × 8 a tile): `id` and its fields where one stands alone, else NULL and counts."""
    return fetch_all(connection, _cells(tile, filters).order_by("cell"))


def find_vector_tile(connection: Connection, tile: Tile, filters: Filters) -> bytes:
    """The same features as a Mapbox vector tile; empty bytes when there are none."""
    layers = [_layer("area", _areas(tile, filters), ("code", "name", "level", *KINDS), tile)]
    if tile.has_points:
        cells = _cells(tile, filters).cte("shown")
        several = select(cells).where(cells.c.id.is_(None))
        alone = select(cells).where(cells.c.id.is_not(None))
        layers += [
            _layer("cluster", several, ("count", *KINDS, "expansion_zoom"), tile),
            _layer("entity", alone, ("id", "kind", "name", "listings", "notice", "source"), tile),
        ]
    found = fetch_all(connection, select(*(layer.label(f"layer_{number}") for number, layer in enumerate(layers))))
    return b"".join(bytes(layer) for layer in found[0].values())


def _areas(tile: Tile, filters: Filters) -> Select[Any]:
    member, bubble = area.alias("member"), area.alias("bubble")
    bubble_code: dict[str, ColumnElement[str]] = {
        "province": func.left(member.c.code, 2),
        "city": member.c.city_bubble_code,
        "county": member.c.code,
    }
    shown = (
        *(bubble.c[name] for name in ("code", "name", "level")),
        func.ST_X(bubble.c.label_point).label("lon"),
        func.ST_Y(bubble.c.label_point).label("lat"),
    )
    found = (
        select(*shown, *_counts())
        .join_from(entity, member, member.c.code == entity.c.area_code)
        .join(bubble, bubble.c.code == bubble_code[tile.level])
        .where(
            bubble.c.label_tile_x.between(*tile.label_columns),
            bubble.c.label_tile_y.between(*tile.label_rows),
            *conditions(filters),
        )
        .group_by(*shown)
    )
    return found.where(entity.c.point.is_(None)) if tile.has_points else found


def _cells(tile: Tile, filters: Filters) -> Select[Any]:
    cells = _grouped_by_cell(tile, filters).cte("cells")
    of_this = current_listing.c.entity_id == cast(cells.c.id, Uuid)
    listings = select(func.count()).select_from(current_listing).where(of_this).scalar_subquery()
    notice = exists(select(1).where(current_notice.c.entity_id == cast(cells.c.id, Uuid)))
    return select(
        cells,
        _expansion_zoom(cells.c.first_key, cells.c.last_key).label("expansion_zoom"),
        listings.label("listings"),
        notice.label("notice"),
    )


def _grouped_by_cell(tile: Tile, filters: Filters) -> Select[Any]:
    first_key, end_key = tile.keys
    cell = entity.c.tile_key.op(">>")(literal(tile.cell_shift, Integer)).label("cell")
    alone = func.count() == 1
    # Where a body stands alone, the least of its values are its values.
    own: dict[str, ColumnElement[str]] = {
        "id": cast(entity.c.id, Text),
        "kind": entity.c.kind,
        "name": entity.c.name,
        "source": entity.c.source,
    }
    return (
        select(
            cell,
            func.count().label("count"),
            *_counts(),
            func.avg(func.ST_X(entity.c.point)).label("lon"),
            func.avg(func.ST_Y(entity.c.point)).label("lat"),
            func.min(entity.c.tile_key).label("first_key"),
            func.max(entity.c.tile_key).label("last_key"),
            *(case((alone, func.min(value))).label(name) for name, value in own.items()),
        )
        .where(entity.c.tile_key >= first_key, entity.c.tile_key < end_key, *conditions(filters))
        .group_by(cell)
    )


def _counts() -> list[ColumnElement[int]]:
    return [func.count().filter(entity.c.kind == kind).label(kind) for kind in KINDS]


def _expansion_zoom(first_key: ColumnElement[int], last_key: ColumnElement[int]) -> ColumnElement[int]:
    """First zoom whose cells hold the two keys apart, which is that of their highest differing pair of bits."""
    differing = func.ltrim(cast(cast(first_key.op("#")(last_key), BIT(2 * CELL_ZOOM)), Text), "0")
    highest_bit = func.nullif(func.length(differing), 0, type_=Integer) - 1
    return literal(Tile.MAX_ZOOM, Integer) - highest_bit // 2


def _layer(name: str, rows: Select[Any], properties: tuple[str, ...], tile: Tile) -> ColumnElement[bytes]:
    feature = rows.subquery(f"{name}_rows")
    point = func.ST_Transform(func.ST_SetSRID(func.ST_MakePoint(feature.c.lon, feature.c.lat), 4326), 3857)
    bounds = func.ST_TileEnvelope(tile.z, tile.x, tile.y)
    # Not clipped: the tile was chosen by its key, and rounding must not lose whoever stands on its edge.
    geometry = func.ST_AsMVTGeom(point, bounds, _EXTENT, 0, false()).label("geom")
    shaped = select(*(feature.c[key] for key in properties), geometry).subquery(name)
    layer = func.ST_AsMVT(shaped.table_valued(), name, _EXTENT, "geom")
    return func.coalesce(select(layer).scalar_subquery(), literal(b"", LargeBinary))
