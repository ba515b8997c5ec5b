from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backend.areas.geojson import read_geojson
from backend.core.errors import OperatorError

SQUARE = {"type": "Polygon", "coordinates": [[[114, 38], [115, 38], [115, 39], [114, 39], [114, 38]]]}
BESIDE = {"type": "Polygon", "coordinates": [[[115, 38], [116, 38], [116, 39], [115, 39], [115, 38]]]}
BOTH = {"type": "Polygon", "coordinates": [[[114, 38], [116, 38], [116, 39], [114, 39], [114, 38]]]}


def feature(code: str, geometry: Any = SQUARE, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code, **properties}, "geometry": geometry}


def write(folder: Path, *features: Any, **members: Any) -> Path:
    path = folder / "own.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}), "utf-8")
    return path


def test_adds_the_city_and_the_province_above_a_county(tmp_path: Path) -> None:
    source = read_geojson(write(tmp_path, feature("990101", name="东虚区")))
    assert source.names == {"990101": "东虚区", "9901": None, "99": None}
    assert source.parents == {"990101": "9901", "9901": "99", "99": None}


def test_takes_the_parent_that_the_file_states(tmp_path: Path) -> None:
    source = read_geojson(write(tmp_path, feature("990101", parent="99")))
    assert source.parents == {"990101": "99", "99": None}


def test_takes_codes_with_filling_zeros_and_as_numbers(tmp_path: Path) -> None:
    source = read_geojson(write(tmp_path, feature("990000", None), feature(990101, parent="990100")))  # type: ignore[arg-type]
    assert set(source.names) == {"99", "9901", "990101"}


def test_a_parent_keeps_only_the_ground_that_nothing_below_it_covers(tmp_path: Path) -> None:
    partly = read_geojson(write(tmp_path, feature("9901", BOTH), feature("990101", SQUARE)))
    assert partly.shapes["9901"].bounds == (115, 38, 116, 39)
    fully = read_geojson(
        write(tmp_path, feature("9901", BOTH), feature("990101", SQUARE), feature("990102", BESIDE)),
    )
    assert set(fully.shapes) == {"990101", "990102"}


def test_mends_a_ring_that_crosses_itself(tmp_path: Path) -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[114, 38], [115, 39], [115, 38], [114, 39], [114, 38]]]}
    source = read_geojson(write(tmp_path, feature("990101", bow_tie)))
    assert source.shapes["990101"].is_valid
    assert source.shapes["990101"].area == pytest.approx(0.5)


def test_names_its_version_by_its_content(tmp_path: Path) -> None:
    first = read_geojson(write(tmp_path, feature("990101")))
    other = read_geojson(write(tmp_path, feature("990102")))
    assert first.provider == "own.geojson"
    assert first.version != other.version


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (feature("99011"), "2, 4 or 6 digits"),
        (feature("990101", level="city"), "level 'city' does not go with code 990101"),
        (feature("990101", parent="98"), "parent '98' is not above 990101"),
        (feature("990101", parent="99010"), "parent '99010' is not above 990101"),
        (feature("99", parent="9"), "is not above 99"),
        (feature("990101", {"type": "Point", "coordinates": [114, 38]}), "must be a Polygon"),
        (feature("990101", {"type": "Polygon", "coordinates": "here"}), "cannot be read"),
        (feature("990101", {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}), "cannot be read"),
        (
            feature("990101", {"type": "Polygon", "coordinates": [[[4e6, 5e6], [4e6, 6e6], [5e6, 6e6], [4e6, 5e6]]]}),
            "not longitude, latitude",
        ),
        ({"type": "Feature", "properties": {"name": "x"}, "geometry": None}, "no property code"),
        ("nonsense", "no property code"),
    ],
)
def test_says_which_feature_is_wrong_and_why(tmp_path: Path, bad: Any, words: str) -> None:
    with pytest.raises(OperatorError, match=f"feature 2: .*{words}"):
        read_geojson(write(tmp_path, feature("990199"), bad))


def test_refuses_a_code_that_stands_there_twice(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="feature 2: code 990101 stands there twice"):
        read_geojson(write(tmp_path, feature("990101"), feature("990101")))


def test_refuses_another_coordinate_system(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    with pytest.raises(OperatorError, match="another coordinate system"):
        read_geojson(write(tmp_path, feature("990101"), crs=crs))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"features": []}', b"\xff\xfe\x00"])
def test_refuses_what_is_no_collection(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "own.geojson"
    path.write_bytes(content)
    with pytest.raises(OperatorError, match=r"own\.geojson is not a"):
        read_geojson(path)


def test_says_that_a_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read: No such file"):
        read_geojson(tmp_path / "none.geojson")
