"""The areas of a map tile and how many count in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, Uuid, cast, func, select, true

from backend.entities.domain import KINDS, Tile
from backend.entities.queries import Shape
from backend.entities.statements import constant, given
from backend.entities.tables import area, counted, counted_by_court, current_count, current_court_count


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


def areas_in_tile(shape: TileShape) -> Select[Any]:
    """Areas whose label stands in the tile and where somebody counts, with the number of each kind."""
    shown = (
        *(area.c[name] for name in ("code", "name", "name_en", "level")),
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
