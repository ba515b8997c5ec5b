from __future__ import annotations

from typing import Any

import pytest

from backend.core.geo import wgs84_to_gcj02
from backend.listings.domain.placement import Place, Point
from backend.listings.domain.record import Content, check
from backend.listings.domain.rejection import Reason, Rejected
from tests.unit.listings.factories import body, fictional_uscc, person, register

POINT = {"registered_lon": "114.5", "registered_lat": "38.0"}
OFFICE = {"registered_address": "甲区虚构大街1号虚构大厦", **POINT}


def place_of(row: Any) -> Place:
    said = check(row, register())[1]
    assert isinstance(said, Content)
    return said.place


def test_a_person_stands_in_the_county_of_the_file() -> None:
    assert place_of(person(area_code="990102")) == Place("990102", "county")


def test_a_person_stands_in_the_courts_area_otherwise() -> None:
    assert place_of(person()) == Place("990101", "court_area")


def test_a_person_never_has_a_point() -> None:
    assert place_of(person(**OFFICE)) == Place("990101", "court_area")


def test_a_body_stands_at_its_registered_address() -> None:
    place = place_of(body(**OFFICE))
    assert place == Place(None, "registered_address", Point(114.5, 38.0), OFFICE["registered_address"])
    assert place_of(body(**OFFICE, area_code="990102")).area_code == "990102"


def test_gcj02_columns_are_converted() -> None:
    lon, lat = wgs84_to_gcj02(114.5, 38.0)
    row = body(registered_address="虚构大街1号", registered_lon_gcj02=str(lon), registered_lat_gcj02=str(lat))
    assert place_of(row).point == pytest.approx((114.5, 38.0), abs=1e-7)


@pytest.mark.parametrize(
    "home",
    [
        {"identifier": fictional_uscc("92")},
        {"identifier": "9999991980****0174"},
        {"name": "钱示例建材有限公司"},
        {"registered_address": "虚构路1号301室"},
        {"registered_address": "虚构路1号２号楼"},
        {"registered_address": "虚构路1号3单元"},
        {"registered_address": "虚构村12号"},
        {"registered_address": "虚构小区"},
        {"registered_address": "虚构路1号３０１室"},
        {"registered_address": "虚构路3幢12号"},
        {"registered_address": "虚构街二组５号"},
        *({"registered_address": f"虚构路1号{home}"} for home in ("家属院", "宿舍", "公寓", "住宅", "别墅")),
        {"registered_address": ""},
    ],
)
def test_where_somebody_may_live_is_never_shown(home: dict[str, str]) -> None:
    assert place_of(body(**{**OFFICE, **home})) == Place("990101", "court_area")


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        ("38.0", "114.5"),
        ("0", "0"),
        ("114.5", ""),
        ("", "38.0"),
        ("x", "38"),
        ("nan", "38"),
        ("inf", "38"),
        ("114,5", "38"),
        ("114.5", "-38"),
    ],
)
def test_impossible_coordinates_are_refused(lon: str, lat: str) -> None:
    with pytest.raises(Rejected) as caught:
        place_of(body(registered_address="虚构大街1号", registered_lon=lon, registered_lat=lat))
    assert caught.value.reason is Reason.IMPOSSIBLE_COORDINATES


@pytest.mark.parametrize("code", ["990103", "9901", "99", "甲区"])
def test_an_area_that_is_no_county_is_refused(code: str) -> None:
    with pytest.raises(Rejected) as caught:
        place_of(person(area_code=code))
    assert (caught.value.field, caught.value.reason) == ("area_code", Reason.UNKNOWN_AREA)
