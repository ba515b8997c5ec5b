"""The bodies of a map tile at their points, by cell."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, Text, cast, func, select, true
from sqlalchemy.dialects.postgresql import BIT

from backend.core.geo import CELL_ZOOM
from backend.entities.domain import KINDS, Tile
from backend.entities.queries import Shape, shared_conditions
from backend.entities.statements import constant, given
from backend.entities.tables import listed


def cells_in_tile(filters: Shape) -> Select[Any]:
    """Cells with bodies at points: who stands alone in one is named, the others are counted."""
    cells = _grouped_by_cell(filters).cte("cells")
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
            *shared_conditions(filters, row),
        )
        .lateral("alone")
    )
    expansion_zoom = _expansion_zoom(cells.c.first_key, cells.c.last_key).label("expansion_zoom")
    return select(cells, own, expansion_zoom).select_from(cells.outerjoin(own, true()))


def _grouped_by_cell(filters: Shape) -> Select[Any]:
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
            *shared_conditions(filters),
        )
        .group_by(cell)
    )


def _expansion_zoom(first_key: ColumnElement[int], last_key: ColumnElement[int]) -> ColumnElement[int]:
    """First zoom whose cells hold the two keys apart, which is that of their highest differing pair of bits."""
    differing = func.ltrim(cast(cast(first_key.op("#")(last_key), BIT(2 * CELL_ZOOM)), Text), constant("'0'"))
    highest_bit = func.nullif(func.length(differing), constant(0), type_=Integer) - constant(1)
    return constant(Tile.MAX_ZOOM) - highest_bit // constant(2)
