from __future__ import annotations

import struct

import pytest

from backend.areas.frykit import read_multipolygons


def _units(lon: float, lat: float) -> tuple[int, int]:
    return round((lon + 180) / 2e-6), round((lat + 90) / 2e-6)


def _table(*blobs: bytes) -> bytes:
    return struct.pack(f"<{len(blobs) + 1}I", len(blobs), *map(len, blobs)) + b"".join(blobs)


def _absolute_ring(*points: tuple[float, float]) -> bytes:
    numbers = [number for point in points for number in _units(*point)]
    return struct.pack(f"<I{len(numbers)}I", 0, *numbers)


def _difference_ring(first: tuple[float, float], *steps: tuple[int, int]) -> bytes:
    numbers = [number for step in steps for number in step]
    return struct.pack(f"<III{len(numbers)}h", 1, *_units(*first), *numbers)


SQUARE = _difference_ring((114.5, 38.0), (100, 0), (0, 100), (-100, 0), (0, -100))


def test_reads_rings_of_differences() -> None:
    (shape,) = read_multipolygons(_table(struct.pack("<I", 5) + _table(SQUARE)))
    assert shape.bounds == pytest.approx((114.5, 38.0, 114.5002, 38.0002))


def test_reads_rings_of_absolute_positions_and_holes() -> None:
    outer = _absolute_ring((114, 38), (115, 38), (115, 39), (114, 39), (114, 38))
    hole = _absolute_ring((114.4, 38.4), (114.6, 38.4), (114.6, 38.6), (114.4, 38.6), (114.4, 38.4))
    (shape,) = read_multipolygons(_table(struct.pack("<I", 5) + _table(outer, hole)))
    assert shape.area == pytest.approx(1 - 0.04)


def test_reads_shapes_of_several_parts_in_order() -> None:
    away = _absolute_ring((120, 30), (121, 30), (121, 31), (120, 30))
    two_parts = struct.pack("<I", 6) + _table(_table(SQUARE), _table(away))
    one_part = struct.pack("<I", 5) + _table(SQUARE)
    first, second = read_multipolygons(_table(two_parts, one_part))
    assert len(first.geoms) == 2
    assert len(second.geoms) == 1
