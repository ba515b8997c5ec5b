"""Positions: boxes, web-mercator cells and the GCJ-02 datum.

Coordinates are longitude, latitude in degrees, WGS 84 (EPSG:4326), unless a name says `gcj02`. Cells are those of
the usual web map (256-pixel web mercator, EPSG:3857), column x from the west, row y from the north.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

# A cell at zoom 21 is 19 m wide at the equator: bodies that share one count as standing at the same place.
CELL_ZOOM = 21
# Web mercator ends where its square does: atan(sinh(pi)).
MAX_LATITUDE = 85.0511287798066
MAX_BOX_WIDTH = 90.0
MAX_BOX_HEIGHT = 60.0

# Krassovsky 1940, on which the obfuscation of GCJ-02 is computed (eviltransform, coord-convert and gcoord agree).
_SEMI_MAJOR = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323


@dataclass(frozen=True)
class BBox:
    """A box in degrees, WGS 84; never crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> BBox:
        """Read `west,south,east,north`.

        Raises:
            ValueError: not four finite numbers, outside the globe, inverted, empty, across the antimeridian, or
                larger than 90° × 60°.
        """
        parts = text.split(",")
        if len(parts) != 4:
            raise ValueError("must be four numbers: west,south,east,north")
        west, south, east, north = (_finite(part) for part in parts)
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
            raise ValueError("longitude must be within ±180 and latitude within ±90")
        if west >= east:
            raise ValueError("west must be less than east; a box may not cross the antimeridian")
        if south >= north:
            raise ValueError("south must be less than north")
        if east - west > MAX_BOX_WIDTH or north - south > MAX_BOX_HEIGHT:
            raise ValueError(f"must be at most {MAX_BOX_WIDTH:.0f}° wide and {MAX_BOX_HEIGHT:.0f}° high")
        return cls(west, south, east, north)


def parse_position(text: str) -> tuple[float, float]:
    """Read `lon,lat` in degrees.

    Raises:
        ValueError: not two finite numbers on the globe.
    """
    parts = text.split(",")
    if len(parts) != 2:
        raise ValueError("must be two numbers: lon,lat")
    lon, lat = _finite(parts[0]), _finite(parts[1])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError("longitude must be within ±180 and latitude within ±90")
    return lon, lat


def _finite(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number") from None
    if not math.isfinite(value) or not text.isascii() or "_" in text:  # Python's `float` takes `1_0` and `１` too
        raise ValueError(f"{text!r} is not a finite number")
    return value


def cell(lon: float, lat: float, zoom: int = CELL_ZOOM) -> tuple[int, int]:
    """Column and row of the web-mercator cell that holds a WGS 84 position; poles fall into the outermost row."""
    size = 1 << zoom
    lat = max(-MAX_LATITUDE, min(MAX_LATITUDE, lat))
    x = math.floor((lon + 180) / 360 * size)
    y = math.floor((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    return max(0, min(size - 1, x)), max(0, min(size - 1, y))


def tile_bounds(z: int, x: int, y: int) -> BBox:
    """The WGS 84 box of a web-mercator tile."""
    size = 1 << z

    def latitude(row: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / size))))

    return BBox(x / size * 360 - 180, latitude(y + 1), (x + 1) / size * 360 - 180, latitude(y))


def morton(x: int, y: int) -> int:
    """Interleave a cell's column (even bits) and row (odd bits): cells of one tile share a prefix and lie together."""
    return _spread(x) | (_spread(y) << 1)


def tile_key(lon: float, lat: float) -> int:
    """Morton code, 42 bits, of the zoom-21 cell that holds a WGS 84 position."""
    return morton(*cell(lon, lat))


def tile_key_range(z: int, x: int, y: int) -> tuple[int, int]:
    """The half-open range of `tile_key`s inside one tile."""
    shift = 2 * (CELL_ZOOM - z)
    first = morton(x, y) << shift
    return first, first + (1 << shift)


def _spread(value: int) -> int:
    # The classic bit spread of a 32-bit number into the even bits of a 64-bit one.
    value = (value | (value << 16)) & 0x0000FFFF0000FFFF
    value = (value | (value << 8)) & 0x00FF00FF00FF00FF
    value = (value | (value << 4)) & 0x0F0F0F0F0F0F0F0F
    value = (value | (value << 2)) & 0x3333333333333333
    return (value | (value << 1)) & 0x5555555555555555


def wgs84_to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Shift a WGS 84 position into the datum of Chinese web maps; identity outside China's box."""
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return lon, lat
    east, north = _offset_metres(lon - 105.0, lat - 35.0)
    angle = math.radians(lat)
    magic = 1 - _ECCENTRICITY_SQUARED * math.sin(angle) ** 2
    d_lat = math.degrees(north * magic**1.5 / (_SEMI_MAJOR * (1 - _ECCENTRICITY_SQUARED)))
    d_lon = math.degrees(east * math.sqrt(magic) / (_SEMI_MAJOR * math.cos(angle)))
    return lon + d_lon, lat + d_lat


def gcj02_to_wgs84(lon_gcj02: float, lat_gcj02: float) -> tuple[float, float]:
    """Undo `wgs84_to_gcj02`: three fixed-point steps reach 0.2 mm, where one step leaves up to 4.5 m."""
    lon, lat = lon_gcj02, lat_gcj02
    for _ in range(3):
        shifted_lon, shifted_lat = wgs84_to_gcj02(lon, lat)
        lon, lat = lon + lon_gcj02 - shifted_lon, lat + lat_gcj02 - shifted_lat
    return lon, lat


def _offset_metres(x: float, y: float) -> tuple[float, float]:
    # The published GCJ-02 polynomial; x and y are degrees from 105° E, 35° N.
    sin, pi = math.sin, math.pi
    common = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + common
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + common
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    return east, north
