from __future__ import annotations

import math
import random

import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.geo import (
    BBox,
    cell,
    gcj02_to_wgs84,
    morton,
    parse_position,
    tile_bounds,
    tile_key,
    tile_key_range,
    wgs84_to_gcj02,
)

CENTIMETRE_IN_DEGREES = 1e-7
IN_CHINA = st.tuples(st.floats(73.5, 135), st.floats(18, 53.5))
ON_THE_MAP = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


@given(IN_CHINA)
def test_gcj02_agrees_with_prcoords_to_a_centimetre(position: tuple[float, float]) -> None:
    lon, lat = position
    theirs = prcoords.wgs_gcj((lat, lon))
    assert wgs84_to_gcj02(lon, lat) == pytest.approx((theirs[1], theirs[0]), abs=CENTIMETRE_IN_DEGREES)
    back = prcoords.gcj_wgs_bored((lat, lon))
    assert gcj02_to_wgs84(lon, lat) == pytest.approx((back[1], back[0]), abs=CENTIMETRE_IN_DEGREES)


@given(IN_CHINA)
def test_gcj02_round_trip_stays_within_a_millimetre(position: tuple[float, float]) -> None:
    assert gcj02_to_wgs84(*wgs84_to_gcj02(*position)) == pytest.approx(position, abs=1e-8)


def test_gcj02_shifts_shijiazhuang_by_half_a_kilometre() -> None:
    lon, lat = wgs84_to_gcj02(114.53, 38.01)
    metres = math.hypot((lon - 114.53) * 87_700, (lat - 38.01) * 111_000)
    assert 500 < metres < 570


def test_gcj02_leaves_positions_outside_china_alone() -> None:
    assert wgs84_to_gcj02(2.35, 48.85) == (2.35, 48.85)


@given(ON_THE_MAP, st.integers(0, 21))
def test_a_cell_holds_its_position(position: tuple[float, float], zoom: int) -> None:
    bounds = tile_bounds(zoom, *cell(*position, zoom))
    assert bounds.west - 1e-9 <= position[0] <= bounds.east + 1e-9
    assert bounds.south - 1e-9 <= position[1] <= bounds.north + 1e-9


@given(ON_THE_MAP)
def test_each_zoom_halves_the_cell_above(position: tuple[float, float]) -> None:
    x, y = cell(*position)
    assert all(cell(*position, zoom) == (x >> (21 - zoom), y >> (21 - zoom)) for zoom in range(22))


@given(ON_THE_MAP, st.integers(0, 18))
def test_tile_keys_of_a_tile_are_one_range(position: tuple[float, float], z: int) -> None:
    first, beyond = tile_key_range(z, *cell(*position, z))
    assert first <= tile_key(*position) < beyond


def test_morton_interleaves_column_and_row() -> None:
    assert [morton(0, 0), morton(1, 0), morton(0, 1), morton(3, 5)] == [0, 1, 2, 0b100111]
    rng = random.Random(1)
    pairs = {(rng.randrange(1 << 21), rng.randrange(1 << 21)) for _ in range(1000)}
    assert len({morton(x, y) for x, y in pairs}) == len(pairs)


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3",
        "1,2,3,4,5",
        "2,0,1,1",
        "0,1,1,0",
        "1,0,1,1",
        "nan,0,1,1",
        "0,0,inf,1",
        "0,0,1e999,1",
        "170,0,-170,1",
        "0,0,91,1",
        "0,-30,1,31",
        "-181,0,1,1",
        "0,0,1,91",
        "a,b,c,d",
        "",
        "1_0,0,20,1",
        "１,0,20,1",
    ],
)
def test_bbox_refuses_what_is_no_box(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        BBox.parse(text)


def test_bbox_reads_west_south_east_north() -> None:
    assert BBox.parse("114.4, 37.9,114.7,38.1") == BBox(114.4, 37.9, 114.7, 38.1)


@pytest.mark.parametrize("text", ["1", "1,2,3", "nan,1", "181,0", "0,91", "x,y"])
def test_position_refuses_what_is_off_the_globe(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_position(text)
