from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import math
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import NotFound
from backend.core.geo import BBox, cell, tile_key
from backend.entities.domain import (
    Filters,
    Near,
    Place,
    Position,
    Search,
    Tile,
    decode_cursor,
    encode_cursor,
    ground_mask,
    grounds_of,
)

SOMEBODY = "0b6dbd5b-5fa5-4b6a-9bd0-8c4a4f0cbd4e"
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
BY_DATE = Filters(kinds=("person",))
BY_MATCH = Filters(search=Search.parse("虚构公司"))
BY_DISTANCE = Filters(near=Near(114.5, 38.0, 3000.0))


def test_folds_a_name_as_the_register_does() -> None:
    assert Search.parse(" 歐陽 娜・娜 ").name == "欧阳娜娜"


def test_reads_a_case_number_in_any_bracket_and_spacing() -> None:
    assert Search.parse("( 2019 )冀9999执 123号").case_key == Search.parse("〔2019〕冀9999执123号").case_key


def test_a_name_without_digits_is_no_case_number() -> None:
    assert Search.parse("张三丰").case_key is None


@pytest.mark.parametrize("text", ["91999999MA0000000X", " 91999999ma 0000000x", "９１９９９９９９ＭＡ０００００００Ｘ"])
def test_reads_a_credit_code_however_it_is_typed(text: str) -> None:
    assert Search.parse(text).uscc == "91999999MA0000000X"


@pytest.mark.parametrize("text", ["张三", "abc", "123", "张ab", "㐀㐁", "𠀀𠀁", "张 三"])
def test_takes_two_chinese_characters_or_three_letters(text: str) -> None:
    assert Search.parse(text).name


@pytest.mark.parametrize(
    "text", ["", " ", "张", "ab", "张a", "%%%%", "___", "。。。", "😀😀😀😀", "张 ", "a b", "\u200b\u200b\u200b"]
)
def test_refuses_a_term_that_is_too_short(text: str) -> None:
    with pytest.raises(ValueError, match="at least two Chinese characters"):
        Search.parse(text)


def test_refuses_a_term_that_is_too_long() -> None:
    assert Search.parse("张" * 100).name
    with pytest.raises(ValueError, match="at most 100"):
        Search.parse("张" * 101)


@pytest.mark.parametrize("text", ["张三\x00丰", "张三\x07丰", "张三\ud800丰"])
def test_refuses_control_characters_and_lone_surrogates(text: str) -> None:
    with pytest.raises(ValueError, match="control"):
        Search.parse(text)


@given(st.text())
def test_any_text_is_either_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert Search.parse(text).name


@given(st.sets(st.integers(1, 6)))
def test_grounds_come_back_from_their_mask(grounds: set[int]) -> None:
    assert grounds_of(ground_mask(sorted(grounds))) == sorted(grounds)


@pytest.mark.parametrize(
    ("filters", "position"),
    [
        (BY_DATE, ("2026-03-01", SOMEBODY)),
        (BY_MATCH, (2, -0.72, "虚构公司甲", False, SOMEBODY)),
        (BY_DISTANCE, (0.1 + 0.2, SOMEBODY)),
    ],
)
def test_a_cursor_brings_back_its_place(filters: Filters, position: Position) -> None:
    assert decode_cursor(KEY, filters, encode_cursor(KEY, filters, Place(position, 7))) == Place(position, 7)


@pytest.mark.parametrize(
    "other",
    [
        Filters(),
        Filters(kinds=("company",)),
        Filters(kinds=("person",), area="13"),
        Filters(kinds=("person",), ground_mask=1),
        Filters(kinds=("person",), notice=False),
        Filters(kinds=("person",), court=UUID(SOMEBODY)),
        Filters(kinds=("person",), bbox=BBox(1, 2, 3, 4)),
    ],
)
def test_a_cursor_belongs_to_its_filters(other: Filters) -> None:
    cursor = encode_cursor(KEY, BY_DATE, Place(("2026-03-01", SOMEBODY)))
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(KEY, other, cursor)


@pytest.mark.parametrize(
    "position",
    [
        ("2026-03-01",),
        ("2026-03-01", SOMEBODY, 1),
        ("2026-13-01", SOMEBODY),
        ("2026-03-01\0", SOMEBODY),
        (20260301, SOMEBODY),
        ("2026-03-01", "x"),
        (),
    ],
)
def test_a_forged_place_is_refused_even_with_a_right_digest(position: Position) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(KEY, BY_DATE, encode_cursor(KEY, BY_DATE, Place(position)))


@pytest.mark.parametrize(
    "position", [(math.inf, SOMEBODY), (math.nan, SOMEBODY), (10**400, SOMEBODY), (True, SOMEBODY)]
)
def test_a_forged_distance_is_refused(position: Position) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(KEY, BY_DISTANCE, encode_cursor(KEY, BY_DISTANCE, Place(position)))


@pytest.mark.parametrize("position", [(2, "a", SOMEBODY), (-1, "a", SOMEBODY), (0, "a\0", SOMEBODY), (0, 1, SOMEBODY)])
def test_a_forged_rank_is_refused(position: Position) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(KEY, BY_MATCH, encode_cursor(KEY, BY_MATCH, Place(position)))


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_anything_else_is_no_cursor(text: str) -> None:
    with pytest.raises(ValueError, match="not a cursor"):
        decode_cursor(KEY, BY_DATE, text)


def test_a_changed_or_padded_cursor_is_refused() -> None:
    cursor = encode_cursor(KEY, BY_DATE, Place(("2026-03-01", SOMEBODY)))
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-1] ^= 1
    changed = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    for forged in (cursor + "=", cursor + "A", cursor[:-2], changed, cursor.swapcase()):
        with pytest.raises(ValueError, match="not a cursor"):
            decode_cursor(KEY, BY_DATE, forged)


def test_a_cursor_made_with_another_key_or_with_none_is_refused() -> None:
    place = Place(("2026-03-01", SOMEBODY))
    content = json.dumps([0, *place.position], separators=(",", ":")).encode()
    plain = hashlib.blake2b(repr(BY_DATE).encode() + b"\0" + content, digest_size=12).digest() + content
    for forged in (encode_cursor(OTHER_KEY, BY_DATE, place), base64.urlsafe_b64encode(plain).decode().rstrip("=")):
        with pytest.raises(ValueError, match="not a cursor"):
            decode_cursor(KEY, BY_DATE, forged)
    # The control: the right key opens it.
    assert decode_cursor(OTHER_KEY, BY_DATE, encode_cursor(OTHER_KEY, BY_DATE, place)) == place


def test_a_cursor_does_not_show_the_name_it_holds() -> None:
    cursor = encode_cursor(KEY, BY_MATCH, Place((2, -0.72, "虚构公司甲", True, SOMEBODY)))
    assert "虚构公司甲".encode() not in base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))


def test_the_same_place_has_the_same_cursor() -> None:
    place = Place(("2026-03-01", SOMEBODY), 20)
    assert encode_cursor(KEY, BY_DATE, place) == encode_cursor(KEY, BY_DATE, place)
    assert encode_cursor(KEY, BY_DATE, place) != encode_cursor(KEY, BY_DATE, Place(place.position, 40))


@pytest.mark.parametrize("z", ["-1", "19", "", "1.0", "01", "1e1", "a", "１", " 1", "9" * 5000])
def test_names_a_zoom_that_does_not_exist(z: str) -> None:
    with pytest.raises(NotFound) as caught:
        Tile.parse(z, "0", "0")
    assert [error.pointer for error in caught.value.errors] == ["/path/z"]


@pytest.mark.parametrize(("z", "x", "y"), [("1", "2", "2"), ("0", "1", "-1"), ("18", "262144", "00"), ("5", "x", "+1")])
def test_names_a_column_and_row_that_do_not_exist(z: str, x: str, y: str) -> None:
    with pytest.raises(NotFound) as caught:
        Tile.parse(z, x, y)
    assert [error.pointer for error in caught.value.errors] == ["/path/x", "/path/y"]


def test_takes_the_last_tile_of_each_zoom() -> None:
    for z in range(19):
        last = (1 << z) - 1
        assert Tile.parse(str(z), str(last), str(last)) == Tile(z, last, last)


def test_draws_provinces_then_cities_then_counties() -> None:
    levels = [Tile(z, 0, 0).level for z in range(19)]
    assert levels == ["province"] * 6 + ["city"] * 3 + ["county"] * 10


@given(st.floats(-180, 179.999), st.floats(-85, 85), st.integers(12, 18))
def test_cells_are_eight_by_eight_a_tile(lon: float, lat: float, z: int) -> None:
    tile, key = Tile(z, *cell(lon, lat, z)), tile_key(lon, lat)
    first, end = tile.keys
    assert first <= key < end
    assert (end - 1 >> tile.cell_shift) - (first >> tile.cell_shift) == 63


@given(st.floats(-180, 179.999), st.floats(-85, 85), st.integers(0, 18))
def test_a_label_lies_in_the_columns_and_rows_of_its_tile(lon: float, lat: float, z: int) -> None:
    tile, (column, row) = Tile(z, *cell(lon, lat, z)), cell(lon, lat)
    assert tile.label_columns[0] <= column <= tile.label_columns[1]
    assert tile.label_rows[0] <= row <= tile.label_rows[1]


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 50_000), st.floats(0, 360))
def test_the_box_holds_the_circle(lon: float, lat: float, radius_m: float, bearing: float) -> None:
    box = Near(lon, lat, radius_m).box()
    reached_lon, reached_lat = _walk(lon, lat, radius_m * 0.99, bearing)
    assert box.south <= reached_lat <= box.north
    assert box.west <= reached_lon <= box.east


def _walk(lon: float, lat: float, metres: float, bearing: float) -> tuple[float, float]:
    angle, course = metres / 6_371_000, math.radians(bearing)
    phi = math.radians(lat)
    sine = math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * math.cos(course)
    end = math.asin(max(-1.0, min(1.0, sine)))
    east = math.atan2(
        math.sin(course) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * math.sin(end)
    )
    return (lon + math.degrees(east) + 540) % 360 - 180, math.degrees(end)
