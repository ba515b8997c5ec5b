"""Statements behind map tiles; who counts is decided by the same conditions as in the lists."""

from __future__ import annotations

from typing import Any

from psycopg.rows import DictRow
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    cast,
    false,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import BIT

from backend.core.db import Connection, fetch_all
from backend.core.geo import CELL_ZOOM
from backend.entities.domain import KINDS, Filters, Tile
from backend.entities.queries import conditions
from backend.entities.tables import area, current_count, current_court_count, listed

# Units along the side of a vector tile, as every reader of the format expects.
_EXTENT = 4096


def list_area_counts(connection: Connection, tile: Tile, filters: Filters) -> list[DictRow]:
    """Areas whose label point lies in the tile, with the counts of those who stand in them; areas of none are left out.

    Up to zoom 11 everybody counts, from 12 on only those without a point.
    """
    return fetch_all(connection, _areas(tile, filters).order_by("code"), prepare=True)


def list_cells(connection: Connection, tile: Tile, filters: Filters) -> list[DictRow]:
    """Bodies at points, by cell (8 × 8 a tile): `id` and its fields where one stands alone, else NULL and counts."""
    return fetch_all(connection, _cells(tile, filters).order_by("cell"), prepare=True)


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
    statement = select(*(layer.label(f"layer_{number}") for number, layer in enumerate(layers)))
    found = fetch_all(connection, statement, prepare=True)
    return b"".join(bytes(layer) for layer in found[0].values())


def _areas(tile: Tile, filters: Filters) -> Select[Any]:
    counted = current_court_count if filters.court else current_count
    numbers = {kind: _sum(counted.c[kind]) if _asked(filters, kind) else literal(0, BigInteger) for kind in KINDS}
    shown = (
        *(area.c[name] for name in ("code", "name", "level")),
        func.ST_X(area.c.label_point).label("lon"),
        func.ST_Y(area.c.label_point).label("lat"),
    )
    # Only provinces count from zoom 0 on; said, so that no plan looks for the others one by one.
    of_level = [area.c.level == "province"] if tile.level == "province" else []
    return (
        select(*shown, *(number.label(kind) for kind, number in numbers.items()))
        .join_from(area, counted, counted.c.area_code == area.c.code)
        .where(
            counted.c.from_zoom == tile.counted_from_zoom,
            area.c.label_tile_x.between(*tile.label_columns),
            area.c.label_tile_y.between(*tile.label_rows),
            *of_level,
            *_counted(filters, counted),
        )
        .group_by(*shown)
        .having(sum(numbers.values(), literal(0, BigInteger)) > 0)
    )


def _counted(filters: Filters, counted: Table) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.court:
        found.append(counted.c.court_id == filters.court)
    if filters.ground_mask:
        found.append(counted.c.ground_mask.op("&")(filters.ground_mask) != 0)
    if filters.notice is not None:
        found.append(counted.c.notice if filters.notice else ~counted.c.notice)
    return found


def _asked(filters: Filters, kind: str) -> bool:
    return not filters.kinds or kind in filters.kinds


def _sum(number: ColumnElement[int]) -> ColumnElement[int]:
    return cast(func.sum(number), BigInteger)  # of bigint it is numeric


def _cells(tile: Tile, filters: Filters) -> Select[Any]:
    cells = _grouped_by_cell(tile, filters).cte("cells")
    row = listed.alias("own")
    # Whoever stands alone in a cell under the filters is the only one there with the cell's first key.
    own = (
        select(
            cast(row.c.entity_id, Text).label("id"),
            row.c.kind,
            row.c.name,
            func.cardinality(row.c.courts).label("listings"),
            row.c.notice,
            row.c.source,
        )
        .where(cells.c.count == 1, row.c.tile_key == cells.c.first_key, *conditions(filters, row))
        .lateral("alone")
    )
    expansion_zoom = _expansion_zoom(cells.c.first_key, cells.c.last_key).label("expansion_zoom")
    return select(cells, own, expansion_zoom).select_from(cells.outerjoin(own, true()))


def _grouped_by_cell(tile: Tile, filters: Filters) -> Select[Any]:
    first_key, end_key = tile.keys
    cell = listed.c.tile_key.op(">>")(literal(tile.cell_shift, Integer)).label("cell")
    return (
        select(
            cell,
            func.count().label("count"),
            *_counts(),
            func.avg(func.ST_X(listed.c.point)).label("lon"),
            func.avg(func.ST_Y(listed.c.point)).label("lat"),
            func.min(listed.c.tile_key).label("first_key"),
            func.max(listed.c.tile_key).label("last_key"),
        )
        .where(listed.c.tile_key >= first_key, listed.c.tile_key < end_key, *conditions(filters))
        .group_by(cell)
    )


def _counts() -> list[ColumnElement[int]]:
    return [func.count().filter(listed.c.kind == kind).label(kind) for kind in KINDS]


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
