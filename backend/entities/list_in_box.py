"""Lists in a box in the order of publication: by whichever of three ways reads the fewest rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    false,
    func,
    not_,
    or_,
    select,
    true,
    union_all,
)

from backend.core.geo import BBox, cell, morton
from backend.entities.list_by_publication import ByPublication
from backend.entities.queries import at_point_in_box, item_columns, labelled, point_is_inside, shared_conditions
from backend.entities.statements import array_text, constant, given
from backend.entities.tables import listed

# So many bodies in a box are sorted; beyond it, cells and areas are read in the list's order.
_FEW_POINTS = 2_000
# Beyond so many labelled areas the box holds so much of the country that the country's own order is walked.
_FEW_AREAS = 60
# Bits that a tile key loses to name its cell at zoom 14, 2 km wide: as serving.entity_row has an index.
_CELL_SHIFT = 14
_FEW_CELLS = 64


@dataclass(frozen=True)
class InBox(ByPublication):
    """Bodies at their points, everybody else by the label point of their area."""

    def rows(self) -> CompoundSelect[Any]:
        shared = shared_conditions(self.shape)
        codes = select(func.array(labelled().scalar_subquery()).label("codes")).cte("labelled")
        few_areas = _value(select(func.cardinality(codes.c.codes) <= constant(_FEW_AREAS)))
        points = select(*item_columns, listed.c.published_on.label("key")).where(
            few_areas, at_point_in_box(listed), *shared, *self.behind()
        )
        sampled = points.limit(constant(_FEW_POINTS + 1)).cte("at_point").prefix_with("MATERIALIZED")
        few_points = _value(select(func.count() <= constant(_FEW_POINTS)).select_from(sampled))
        cells = given("cells", ARRAY(BigInteger))
        few_cells = _value(select(func.cardinality(cells) > constant(0)))
        walk = or_(not_(few_areas), and_(not_(few_points), not_(few_cells)))
        code = func.unnest(_value(select(codes.c.codes))).table_valued("code", name="a").render_derived()
        key = func.unnest(cells).table_valued("cell", name="b").render_derived()
        of_area = self.first(listed.c.area_code == code.c.code, listed.c.point.is_(None), *shared).lateral("of_area")
        in_cell = self.first(
            listed.c.tile_key.op(">>")(constant(_CELL_SHIFT)) == key.c.cell, _checked(point_is_inside(listed)), *shared
        ).lateral("in_cell")
        of_labelled = listed.c.area_code.in_(select(labelled().subquery()))
        return union_all(
            select(sampled).where(few_points),
            select(of_area).select_from(code).join(of_area, true()).where(not_(walk)),
            select(in_cell).select_from(key).join(in_cell, true()).where(not_(few_points), not_(walk)),
            select(self.first(walk, _checked(point_is_inside(listed), of_labelled), *shared).subquery()),
        )


def _checked(at_point: ColumnElement[bool], elsewhere: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """A condition on rows as they come: within CASE no plan takes it for a reason to leave the list's order."""
    return case((listed.c.point.is_not(None), at_point), else_=false() if elsewhere is None else elsewhere)


def _value(statement: Select[Any]) -> ColumnElement[Any]:
    return statement.scalar_subquery()


def cell_values(box: BBox) -> dict[str, str]:
    """What stands in the statement for a box's cells."""
    return {"cells": array_text(map(str, _cells(box)))}


def _cells(box: BBox) -> list[int]:
    """Keys of the zoom-14 cells that cover a box; none where they are too many to be read one by one."""
    west, north = cell(box.west, box.north, 14)
    east, south = cell(box.east, box.south, 14)
    if (east - west + 1) * (south - north + 1) > _FEW_CELLS:
        return []
    return [morton(x, y) for x in range(west, east + 1) for y in range(north, south + 1)]
