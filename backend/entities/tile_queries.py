"""Map tiles as bytes, each in one statement; who counts is decided by the same conditions as in the lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Double,
    Integer,
    LargeBinary,
    Numeric,
    Select,
    Text,
    Uuid,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import BIT, aggregate_order_by

from backend.core.db import Connection
from backend.core.geo import CELL_ZOOM
from backend.entities.domain import KINDS, Filters, Tile
from backend.entities.queries import Shape, shared_conditions, values
from backend.entities.statements import Statement, constant, given
from backend.entities.tables import (
    area,
    counted,
    counted_by_court,
    counted_today,
    court,
    current_count,
    current_court_count,
    listed,
)

# Units along the side of a vector tile, as every reader of the format expects.
_EXTENT = 4096


@dataclass(frozen=True)
class TileShape:
    """What tiles that share a statement have in common.

    Attributes:
        from_zoom: the zoom from which on areas count as they do here; 12 leaves out those at points.
        cells: whether bodies are drawn at their points.
        kinds: those that count.
        settled: whether what is counted for the counted day may be taken for today's.
    """

    filters: Shape
    from_zoom: int
    cells: bool
    kinds: tuple[str, ...]
    vector: bool
    settled: bool = True


@dataclass(frozen=True)
class TileBody:
    """A tile's features: a JSON array's inside, or a vector tile; `court_is_known` is False for no court's id."""

    content: bytes
    court_is_known: bool


def find_tile(connection: Connection, tile: Tile, filters: Filters) -> TileBody:
    """Areas in the order of their codes, then bodies at points by cell (8 × 8 a tile), as GeoJSON features.

    Areas of nobody are left out. Up to zoom 11 everybody counts in an area, from 12 on only those without a point.
    """
    return _find(connection, tile, filters, vector=False)


def find_vector_tile(connection: Connection, tile: Tile, filters: Filters) -> TileBody:
    """The same features as a Mapbox vector tile; empty when there are none."""
    return _find(connection, tile, filters, vector=True)


def _find(connection: Connection, tile: Tile, filters: Filters, *, vector: bool) -> TileBody:
    kinds = filters.kinds or KINDS
    shape = TileShape(
        Shape.of(filters), tile.counted_from_zoom, tile.has_points and kinds != ("person",), kinds, vector
    )
    asked = values(filters) | _address(tile)
    *parts, court_is_known, settled = _statement(shape).row(connection, asked)
    if settled != b"true":
        # The day has changed and is not counted yet: rows that begin or end to hold are added.
        *parts, court_is_known, _ = _statement(replace(shape, settled=False)).row(connection, asked)
    return TileBody((b"" if vector else b",").join(part for part in parts if part), court_is_known != b"false")


def _address(tile: Tile) -> dict[str, str]:
    (west, east), (north, south), (first, end) = tile.label_columns, tile.label_rows, tile.keys
    numbers = {"west_column": west, "east_column": east, "north_row": north, "south_row": south}
    numbers |= {
        "first_key": first,
        "end_key": end,
        "cell_shift": tile.cell_shift,
        "z": tile.z,
        "x": tile.x,
        "y": tile.y,
    }
    return {name: str(number) for name, number in numbers.items()}


@lru_cache(maxsize=2000)
def _statement(shape: TileShape) -> Statement:
    parts = _layers(shape) if shape.vector else _json(shape)
    there = select(court.c.id).where(court.c.id == given("court", Uuid)).exists()
    settled = select(counted_today.c.is_today).scalar_subquery() if shape.settled else true()
    court_is_known = cast(there, Text) if shape.filters.court else cast(null(), Text)
    return Statement.compose(select(*parts, court_is_known, cast(settled, Text)))


def _areas(shape: TileShape) -> Select[Any]:
    shown = (
        *(area.c[name] for name in ("code", "name", "level")),
        func.ST_X(area.c.label_point).label("lon"),
        func.ST_Y(area.c.label_point).label("lat"),
    )
    in_tile = (
        area.c.label_tile_x.between(given("west_column", Integer), given("east_column", Integer)),
        area.c.label_tile_y.between(given("north_row", Integer), given("south_row", Integer)),
    )
    # Only provinces count from zoom 0 on; said, so that no plan looks for the others one by one.
    of_level = [area.c.level == constant("'province'")] if shape.from_zoom == 0 else []
    numbers, on = _numbers(shape)
    kinds = {
        kind: cast(func.sum(numbers.c[kind]) if kind in shape.kinds else constant(0), BigInteger) for kind in KINDS
    }
    return (
        select(*shown, *(number.label(kind) for kind, number in kinds.items()))
        .join_from(area, numbers, on)
        .where(*in_tile, *of_level)
        .group_by(*shown)
        .having(sum((kinds[kind] for kind in shape.kinds), constant(0)) > constant(0))
    )


def _numbers(shape: TileShape) -> tuple[Any, ColumnElement[bool]]:
    found = _counted(shape)
    if _source(shape) is not counted:
        rows = found.subquery("counted_here")
        return rows, rows.c.area_code == area.c.code
    # Summed for each area of the tile, so that no plan begins with all areas of the country.
    rows = found.where(counted.c.area_code == area.c.code).correlate(area).subquery("of_area")
    sums = (cast(func.sum(rows.c[kind]), BigInteger).label(kind) for kind in KINDS)
    return select(*sums).lateral("counted_here"), true()


def _counted(shape: TileShape) -> Select[Any]:
    """Numbers to be summed by area, under the filters but for the kinds."""
    filters, zoom = shape.filters, constant(shape.from_zoom)
    source = _source(shape)
    code: ColumnElement[str] = source.c.area_code
    found: list[ColumnElement[bool]] = []
    if source is counted_by_court:
        code = {0: func.left(code, constant(2)), 6: source.c.city_bubble_code}.get(shape.from_zoom, code)
        found += [~source.c.at_point] if shape.from_zoom == Tile.FIRST_POINT_ZOOM else []
    else:
        found.append(source.c.from_zoom == zoom)
    if filters.court:
        found.append(source.c.court_id == given("court", Uuid))
    if filters.grounds:
        found.append(source.c.ground_mask.op("&")(given("ground_mask", Integer)) != constant(0))
    elif source is counted:
        # The rows that count all grounds together know no notices apart.
        found.append(
            source.c.ground_mask == constant(0) if filters.notice is None else source.c.ground_mask > constant(0)
        )
    if filters.notice is not None:
        found.append(source.c.notice if filters.notice else ~source.c.notice)
    return select(code.label("area_code"), *(source.c[kind] for kind in KINDS)).where(*found)


def _source(shape: TileShape) -> Any:
    if shape.settled:
        return counted_by_court if shape.filters.court else counted
    return current_court_count if shape.filters.court else current_count


def _cells(shape: TileShape) -> Select[Any]:
    cells = _grouped_by_cell(shape).cte("cells")
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
        .where(
            cells.c.count == constant(1),
            row.c.tile_key == cells.c.first_key,
            *shared_conditions(shape.filters, row),
        )
        .lateral("alone")
    )
    expansion_zoom = _expansion_zoom(cells.c.first_key, cells.c.last_key).label("expansion_zoom")
    return select(cells, own, expansion_zoom).select_from(cells.outerjoin(own, true()))


def _grouped_by_cell(shape: TileShape) -> Select[Any]:
    cell = listed.c.tile_key.op(">>")(given("cell_shift", Integer)).label("cell")
    return (
        select(
            cell,
            func.count().label("count"),
            # Only bodies stand at points.
            constant(0).label("person"),
            *(
                func.count().filter(listed.c.kind == constant(f"'{kind}'")).label(kind)
                for kind in KINDS
                if kind != "person"
            ),
            func.avg(func.ST_X(listed.c.point)).label("lon"),
            func.avg(func.ST_Y(listed.c.point)).label("lat"),
            func.min(listed.c.tile_key).label("first_key"),
            func.max(listed.c.tile_key).label("last_key"),
        )
        .where(
            listed.c.tile_key >= given("first_key", BigInteger),
            listed.c.tile_key < given("end_key", BigInteger),
            *shared_conditions(shape.filters),
        )
        .group_by(cell)
    )


def _expansion_zoom(first_key: ColumnElement[int], last_key: ColumnElement[int]) -> ColumnElement[int]:
    """First zoom whose cells hold the two keys apart, which is that of their highest differing pair of bits."""
    differing = func.ltrim(cast(cast(first_key.op("#")(last_key), BIT(2 * CELL_ZOOM)), Text), constant("'0'"))
    highest_bit = func.nullif(func.length(differing), constant(0), type_=Integer) - constant(1)
    return constant(Tile.MAX_ZOOM) - highest_bit // constant(2)


def _json(shape: TileShape) -> list[ColumnElement[Any]]:
    areas = _areas(shape).subquery("area_rows")
    feature = _feature(
        areas,
        '"class":"area","code":"', areas.c.code, '","name":', func.to_json(areas.c.name),
        ',"level":"', areas.c.level, '","counts":', *_counts(areas),
    )  # fmt: skip
    found = [_joined(feature, areas.c.code)]
    if shape.cells:
        cells = _cells(shape).subquery("cell_rows")
        alone = _feature(
            cells,
            '"class":"entity","id":"', cells.c.id, '","kind":"', cells.c.kind, '","name":', func.to_json(cells.c.name),
            ',"listings":', cells.c.listings, ',"notice":', cast(cast(cells.c.notice, Boolean), Text),
            ',"source":"', cells.c.source, '"',
        )  # fmt: skip
        several = _feature(
            cells,
            '"class":"cluster","count":', cells.c.count, ',"counts":', *_counts(cells),
            ',"expansion_zoom":', func.coalesce(cast(cells.c.expansion_zoom, Text), constant("'null'")),
        )  # fmt: skip
        found.append(_joined(case((cells.c.id.is_not(None), alone), else_=several), cells.c.cell))
    return found


def _feature(row: Any, *properties: str | ColumnElement[Any]) -> ColumnElement[str]:
    # Seven decimals are a centimetre.
    lon, lat = (func.trim_scale(func.round(cast(row.c[name], Numeric), constant(7))) for name in ("lon", "lat"))
    parts = (
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[', lon, ",", lat, ']},"properties":{',
        *properties, "}}",
    )  # fmt: skip
    return func.concat(*(constant(f"'{part}'") if isinstance(part, str) else part for part in parts))


def _counts(row: Any) -> list[str | ColumnElement[Any]]:
    parts = [part for kind in KINDS for part in (f',"{kind}":', row.c[kind])]
    return ["{" + str(parts[0])[1:], *parts[1:], "}"]


def _joined(text: ColumnElement[str], order: ColumnElement[Any]) -> ColumnElement[str]:
    return select(func.string_agg(text, aggregate_order_by(constant("','"), order))).scalar_subquery()


def _layers(shape: TileShape) -> list[ColumnElement[Any]]:
    layers = [_layer("area", _areas(shape), ("code", "name", "level", *KINDS))]
    if shape.cells:
        cells = _cells(shape).cte("shown")
        several = select(cells).where(cells.c.id.is_(None))
        alone = select(cells).where(cells.c.id.is_not(None))
        layers += [
            _layer("cluster", several, ("count", *KINDS, "expansion_zoom")),
            _layer("entity", alone, ("id", "kind", "name", "listings", "notice", "source")),
        ]
    return layers


def _layer(name: str, rows: Select[Any], properties: tuple[str, ...]) -> ColumnElement[bytes]:
    feature = rows.subquery(f"{name}_rows")
    # Not clipped: the tile was chosen by its key, and rounding must not lose whoever stands on its edge.
    geometry = _in_tile(feature.c.lon, feature.c.lat).label("geom")
    shaped = select(*(feature.c[key] for key in properties), geometry).subquery(name)
    layer = func.ST_AsMVT(
        literal_column(name), constant(f"'{name}'"), constant(_EXTENT), constant("'geom'"), type_=LargeBinary
    )
    return select(layer).select_from(shaped).scalar_subquery()


def _in_tile(lon: ColumnElement[float], lat: ColumnElement[float]) -> ColumnElement[Any]:
    """Web mercator in units of the tile, y downwards: a quarter of the work of ST_Transform and ST_AsMVTGeom."""
    size = func.power(constant(2), given("z", Double))
    x = (lon + constant(180)) / constant(360) * size - given("x", Double)
    northing = func.asinh(func.tan(func.radians(lat))) / func.pi()
    y = (constant(1) - northing) / constant(2) * size - given("y", Double)
    return func.ST_MakePoint(func.round(x * constant(_EXTENT)), func.round(y * constant(_EXTENT)))
