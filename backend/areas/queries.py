"""Areas in the database: bulk writes here, fixed statements in `queries.sql`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely import Point

from backend.areas.english import english_name
from backend.areas.outlines import Area
from backend.areas.providers import AreaSource
from backend.core.db import Connection, load_queries
from backend.core.geo import cell

queries = load_queries(__file__)

_COPY_AREAS = """
COPY staged_area (
    code, name, level, parent_code, city_bubble_code, label_point, label_tile_x, label_tile_y, outline,
    name_en, provider, provider_version, provider_crs
) FROM STDIN
"""
_COPY_OUTLINES = "COPY staged_outline (area_code, max_zoom, outline) FROM STDIN"


def stage_areas(connection: Connection, source: AreaSource, areas: Sequence[Area]) -> None:
    """Copy a source's areas and their simplified outlines into the staging tables."""
    origin = (source.provider, source.version, source.crs)
    with connection.cursor() as cursor:
        with cursor.copy(_COPY_AREAS) as copy:
            for area in areas:
                copy.write_row(_row(area) + origin)
        with cursor.copy(_COPY_OUTLINES) as copy:
            for area in areas:
                for max_zoom, outline in area.simplified.items():
                    copy.write_row((area.code, max_zoom, _ewkb(outline)))


def apply_staged(connection: Connection) -> dict[str, int]:
    """Make the register equal to what is staged; how many areas were added, changed, removed and kept."""
    counts: dict[str, int] = queries.apply_staged_area(connection)
    queries.delete_replaced_outlines(connection)
    queries.insert_staged_outlines(connection)
    counts["removed"] = queries.delete_gone_areas(connection)
    counts["kept"] = queries.count_kept_areas(connection)
    return counts


def _row(area: Area) -> tuple[Any, ...]:
    outline = None if area.outline is None else _ewkb(area.outline)
    return (
        area.code, area.name, area.level, area.parent, area.city_bubble,
        _ewkb(Point(area.label_point)), *cell(*area.label_point), outline,
        None if area.name is None else english_name(area.name),
    )  # fmt: skip


def _ewkb(geometry: shapely.Geometry) -> str:
    text: str = shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True)
    return text
