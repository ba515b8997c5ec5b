from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
import shapely
from flask.testing import FlaskClient
from psycopg.rows import DictRow
from shapely.geometry import shape

from backend.core.geo import wgs84_to_gcj02
from backend.courts.service import store_courts
from tests.integration.areas.listed import TODAY, Listed

Connection = psycopg.Connection[DictRow]
_KEPT = "/?&=%+.,"


@pytest.fixture
def listed(fictional: Connection) -> Listed:
    store_courts(fictional)
    return Listed(fictional)


def get(client: FlaskClient, path: str) -> Any:
    response = client.get(quote(path, safe=_KEPT))
    assert response.status_code == 200, response.text
    return response.get_json(force=True)


def codes(areas: list[dict[str, Any]]) -> list[str]:
    return [area["code"] for area in areas]


def refusal(client: FlaskClient, path: str) -> list[str]:
    response = client.get(quote(path, safe=_KEPT))
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    return [error["pointer"] for error in response.get_json()["errors"]]


def test_lists_provinces(client: FlaskClient) -> None:
    assert get(client, "/v1/areas") == [
        {"code": "99", "name": "虚构省", "level": "province", "parent": None, "name_en": "Xugou Province"}
    ]


def test_lists_cities_and_the_counties_of_a_province_itself(client: FlaskClient) -> None:
    assert codes(get(client, "/v1/areas?parent=99")) == ["9901", "9902", "9903", "999001"]
    assert codes(get(client, "/v1/areas?parent=9901")) == ["990101", "990102", "990103"]
    assert get(client, "/v1/areas?parent=9903") == []


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("东虚区", ["990101"]),
        ("東 虛 區", ["990101"]),
        ("东虚", ["990101"]),
        ("甲虚市西虚", ["990102"]),
        ("甲虚西虚", ["990102"]),
        ("虚构省甲虚市", ["9901"]),
        ("虚区", ["990101", "990102", "990103"]),
        ("石家庄", []),
    ],
)
def test_finds_areas_by_name(client: FlaskClient, term: str, found: list[str]) -> None:
    assert codes(get(client, f"/v1/areas?q={term}")) == found


def test_finds_areas_by_name_below_another(client: FlaskClient) -> None:
    assert codes(get(client, "/v1/areas?q=虚区&parent=9901")) == ["990101", "990102", "990103"]
    assert get(client, "/v1/areas?q=虚区&parent=9902") == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("parent=98", "/query/parent"),
        ("parent=", "/query/parent"),
        ("parent=99&parent=99", "/query/parent"),
        ("q=虚", "/query/q"),
        ("q=ab", "/query/q"),
        ("q=" + "虚" * 101, "/query/q"),
        ("q=%00虚构", "/query/q"),
        ("name=虚构", "/query/name"),
    ],
)
def test_refuses_a_bad_list_query(client: FlaskClient, query: str, pointer: str) -> None:
    assert refusal(client, f"/v1/areas?{query}") == [pointer]


def test_an_area_says_where_it_is(client: FlaskClient) -> None:
    area = get(client, "/v1/areas/990101")
    assert area["name"] == "东虚区"
    assert area["parent"] == "9901"
    assert area["bbox"] == [114.5, 38.04, 114.72, 38.22]
    west, south, east, north = area["bbox"]
    lon, lat = area["label_point"]
    assert west < lon < east
    assert south < lat < north


def test_an_area_speaks_gcj02_when_asked(client: FlaskClient) -> None:
    area, shifted = get(client, "/v1/areas/990101"), get(client, "/v1/areas/990101?crs=gcj02")
    assert shifted["label_point"] == pytest.approx(wgs84_to_gcj02(*area["label_point"]), abs=2e-6)
    assert shifted["bbox"][:2] == pytest.approx(wgs84_to_gcj02(*area["bbox"][:2]), abs=2e-6)
    assert shifted["bbox"][2:] == pytest.approx(wgs84_to_gcj02(*area["bbox"][2:]), abs=2e-6)


@pytest.mark.parametrize(
    "path",
    ["/v1/areas/98", "/v1/areas/abc", "/v1/areas/9901010", "/v1/areas/%00", "/v1/areas/98/outline",
     "/v1/areas/%00/outline"],
)  # fmt: skip
def test_an_unknown_code_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


def test_counts_entities_and_not_listings_here_and_below(client: FlaskClient, listed: Listed) -> None:
    twice = listed.entity("990101")
    listed.listing(twice)
    listed.listing(twice)
    listed.listing(listed.entity("990101", placed_by="county"))
    listed.listing(listed.entity("990102", kind="company"))
    listed.listing(listed.entity("9901", kind="organisation"))
    listed.listing(listed.entity("990201"))  # another city
    ended = listed.entity("990101")
    listed.listing(ended, ended_days_ago=1)
    future = listed.entity("990101")
    listed.listing(future, days_ago=-1)

    assert get(client, "/v1/areas/990101")["counts"] == {"person": 2, "company": 0, "organisation": 0}
    city = get(client, "/v1/areas/9901")
    assert city["counts"] == {"person": 2, "company": 1, "organisation": 1}
    assert city["placed_by"] == {"county": 1, "court_area": 1}
    assert get(client, "/v1/areas/99")["counts"]["person"] == 3


def test_recent_counts_who_came_and_who_is_gone(client: FlaskClient, listed: Listed) -> None:
    listed.listing(listed.entity(), days_ago=5)
    twice = listed.entity()
    listed.listing(twice, days_ago=3)
    listed.listing(twice, days_ago=4)
    listed.listing(listed.entity(), days_ago=30)  # a day too long ago
    gone = listed.entity()
    listed.listing(gone, ended_days_ago=2)
    expired = listed.entity()
    listed.listing(expired, term_ends_on=TODAY - timedelta(days=1))
    still_listed = listed.entity()
    listed.listing(still_listed, ended_days_ago=2)
    listed.listing(still_listed)
    listed.listing(listed.entity(), ended_days_ago=31)

    assert get(client, "/v1/areas/990101")["recent"] == {"days": 30, "added": 0, "removed": 0}
    listed.connection.execute("SELECT serving.fold_counts()")  # as an import does at its end
    assert get(client, "/v1/areas/990101")["recent"] == {"days": 30, "added": 2, "removed": 2}
    assert get(client, "/v1/areas/990201")["recent"] == {"days": 30, "added": 0, "removed": 0}


def test_as_of_is_the_oldest_list_of_a_court_here_above_or_below(client: FlaskClient, listed: Listed) -> None:
    assert get(client, "/v1/areas/990101")["as_of"] is None
    instants = {"虚0101": "2026-11-20T10:00:00+08:00", "虚02": "2026-11-21T10:00:00+08:00"}
    for code, instant in instants.items():
        listed.connection.execute("UPDATE register.court SET as_of = %s WHERE code = %s", (instant, code))
    assert get(client, "/v1/areas/990101")["as_of"] == "2026-11-20T02:00:00Z"
    assert get(client, "/v1/areas/990102")["as_of"] is None
    assert get(client, "/v1/areas/990201")["as_of"] == "2026-11-21T02:00:00Z"
    assert get(client, "/v1/areas/99")["as_of"] == "2026-11-20T02:00:00Z"


def test_answers_are_cached_shortly_and_checked_by_etag(client: FlaskClient, listed: Listed) -> None:
    first = client.get("/v1/areas/990101")
    assert first.headers["Cache-Control"] == "public, max-age=30"
    again = client.get("/v1/areas/990101", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    listed.listing(listed.entity())
    changed = client.get("/v1/areas/990101", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_an_outline_is_a_feature_that_may_be_kept_for_a_day(client: FlaskClient) -> None:
    response = client.get("/v1/areas/990101/outline")
    feature = response.get_json(force=True)
    assert response.content_type == "application/geo+json"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert feature["type"] == "Feature"
    assert feature["properties"] == {"code": "990101", "name": "东虚区", "level": "county"}
    assert shape(feature["geometry"]).is_valid


def test_an_outline_follows_the_zoom(client: FlaskClient, fictional: Connection) -> None:
    marker = "SRID=4326;MULTIPOLYGON(((1 1,2 1,2 2,1 1)))"
    fictional.execute("UPDATE register.area_outline SET outline = %s WHERE max_zoom = 8", (marker,))
    full = "UPDATE register.area SET outline = ST_Translate(%s::geometry, 10, 0) WHERE code = '990101'"
    fictional.execute(full, (marker,))
    west = {
        zoom: shape(get(client, f"/v1/areas/990101/outline?zoom={zoom}")["geometry"]).bounds[0]
        for zoom in (5, 6, 8, 9, 14, 15, 18)
    }
    assert west == {5: 114.5, 6: 1, 8: 1, 9: 114.5, 14: 114.5, 15: 11, 18: 11}


def test_an_outline_speaks_gcj02_when_asked(client: FlaskClient) -> None:
    wgs84 = shapely.get_coordinates(shape(get(client, "/v1/areas/990202/outline?zoom=18")["geometry"]))
    gcj02 = shapely.get_coordinates(shape(get(client, "/v1/areas/990202/outline?zoom=18&crs=gcj02")["geometry"]))
    for before, after in zip(wgs84, gcj02, strict=True):
        assert tuple(after) == pytest.approx(wgs84_to_gcj02(*before), abs=2e-6)


def test_an_area_that_nobody_draws_has_no_geometry_and_a_box_of_its_label(
    client: FlaskClient, fictional: Connection
) -> None:
    fictional.execute("DELETE FROM register.area_outline WHERE area_code = '990103'")
    fictional.execute("UPDATE register.area SET outline = NULL WHERE code = '990103'")
    assert get(client, "/v1/areas/990103/outline")["geometry"] is None
    assert get(client, "/v1/areas/990103/outline?crs=gcj02")["geometry"] is None
    area = get(client, "/v1/areas/990103")
    assert area["bbox"] == area["label_point"] * 2


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("zoom=19", "/query/zoom"),
        ("zoom=-1", "/query/zoom"),
        ("zoom=1_1", "/query/zoom"),
        ("zoom=%2B5", "/query/zoom"),
        ("zoom=", "/query/zoom"),
        ("zoom=5.5", "/query/zoom"),
        ("crs=bd09", "/query/crs"),
        ("z=5", "/query/z"),
    ],
)
def test_refuses_a_bad_outline_query(client: FlaskClient, query: str, pointer: str) -> None:
    assert refusal(client, f"/v1/areas/990101/outline?{query}") == [pointer]


def test_finds_the_county_that_holds_a_position(client: FlaskClient) -> None:
    found = get(client, "/v1/areas/at?lon=114.6&lat=38.1")
    assert found == {
        "code": "990101", "name": "东虚区", "level": "county", "parent": "9901", "name_en": "Dongxu District",
    }  # fmt: skip


def test_finds_the_city_where_it_has_no_counties(client: FlaskClient) -> None:
    assert get(client, "/v1/areas/at?lon=115.0&lat=38.0")["code"] == "9903"


def test_takes_positions_in_gcj02(client: FlaskClient) -> None:
    lon, lat = 114.501, 38.1  # 100 m inside the eastern county; GCJ-02 puts it 500 m further east
    shifted_lon, shifted_lat = wgs84_to_gcj02(lon, lat)
    assert get(client, f"/v1/areas/at?lon={shifted_lon}&lat={shifted_lat}&crs=gcj02")["code"] == "990101"
    back_lon, back_lat = 2 * lon - shifted_lon, 2 * lat - shifted_lat
    assert get(client, f"/v1/areas/at?lon={back_lon}&lat={back_lat}")["code"] == "990102"


def test_a_position_outside_every_area_is_not_found(client: FlaskClient) -> None:
    response = client.get("/v1/areas/at?lon=0&lat=0")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("", ["/query/lat", "/query/lon"]),
        ("lon=114", ["/query/lat"]),
        ("lon=114&lat=nan", ["/query/lat"]),
        ("lon=inf&lat=38", ["/query/lon"]),
        ("lon=181&lat=38", ["/query/lon"]),
        ("lon=114&lat=-91", ["/query/lat"]),
        ("lon=1_1&lat=38", ["/query/lon"]),
        ("lon=&lat=38", ["/query/lon"]),
        ("lon=１１４&lat=38", ["/query/lon"]),
        ("lon=114&lat=38&crs=", ["/query/crs"]),
    ],
)
def test_refuses_a_bad_position(client: FlaskClient, query: str, pointers: list[str]) -> None:
    assert sorted(refusal(client, f"/v1/areas/at?{query}")) == pointers


def test_openapi_documents_every_route_and_its_refusals(client: FlaskClient) -> None:
    paths = get(client, "/v1/openapi.json")["paths"]
    for path in ("/v1/areas", "/v1/areas/at", "/v1/areas/{code}", "/v1/areas/{code}/outline"):
        responses = paths[path]["get"]["responses"]
        assert "application/problem+json" in responses["422"]["content"]
        assert ("404" in responses) == (path != "/v1/areas")
    assert "AreaDetail" in json.dumps(paths["/v1/areas/{code}"])
