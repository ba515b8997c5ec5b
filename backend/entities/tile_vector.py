"""A map tile as a Mapbox vector tile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Double, LargeBinary, Select, func, literal_column, select

from backend.entities.domain import KINDS
from backend.entities.statements import constant, given

# Units along the side of a vector tile, as every reader of the format expects.
_EXTENT = 4096


def layers(area_rows: Select[Any], cell_rows: Select[Any] | None) -> list[ColumnElement[bytes]]:
    """Layers `area`, `cluster` and `entity`; one after another they are a vector tile."""
    found = [_layer("area", area_rows, ("code", "name", "name_en", "level", *KINDS))]
    if cell_rows is not None:
        cells = cell_rows.cte("shown")
        several = select(cells).where(cells.c.id.is_(None))
        alone = select(cells).where(cells.c.id.is_not(None))
        found += [
            _layer("cluster", several, ("count", *KINDS, "expansion_zoom")),
            _layer("entity", alone, ("id", "kind", "name", "listings", "notice", "source")),
        ]
    return found


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
