"""Map tiles as bytes, each in one statement; who counts is decided by the same conditions as in the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text, Uuid, cast, null, select, true

from backend.core.db import Connection
from backend.entities.domain import KINDS, Filters, Tile
from backend.entities.queries import Shape, values
from backend.entities.statements import Statement, given
from backend.entities.tables import counted_today, court
from backend.entities.tile_areas import TileShape, areas_in_tile
from backend.entities.tile_cells import cells_in_tile
from backend.entities.tile_geojson import features
from backend.entities.tile_vector import layers


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
    areas, cells = areas_in_tile(shape), cells_in_tile(shape.filters) if shape.cells else None
    parts: Sequence[ColumnElement[Any]] = layers(areas, cells) if shape.vector else features(areas, cells)
    there = select(court.c.id).where(court.c.id == given("court", Uuid)).exists()
    settled = select(counted_today.c.is_today).scalar_subquery() if shape.settled else true()
    court_is_known = cast(there, Text) if shape.filters.court else cast(null(), Text)
    return Statement.compose(select(*parts, court_is_known, cast(settled, Text)))
