"""Bad input gets a problem document that names the parameter, and never the database's own words."""

from __future__ import annotations

import uuid

import pytest
from flask.testing import FlaskClient

from tests.integration.conftest import Check
from tests.integration.register import Register

LISTS = [
    ("foo=1", "foo"),
    ("Kind=person", "Kind"),
    ("limit=0", "limit"),
    ("limit=101", "limit"),
    ("limit=-1", "limit"),
    ("limit=1.5", "limit"),
    ("limit=", "limit"),
    ("limit=1e1", "limit"),
    ("limit=%2B5", "limit"),
    ("limit=1_0", "limit"),
    ("limit=%D9%A1", "limit"),
    ("limit=" + "9" * 5000, "limit"),
    ("limit=5&limit=6", "limit"),
    ("q=a&q=b", "q"),
    ("q=", "q"),
    ("q=%E5%BC%A0", "q"),
    ("q=ab", "q"),
    ("q=%25%25%25", "q"),
    ("q=" + "a" * 101, "q"),
    ("q=abc%00", "q"),
    ("q=abc%07", "q"),
    ("area=99", "area"),
    ("area=1", "area"),
    ("area=", "area"),
    ("area=13%2525", "area"),
    ("area=%D9%A1%D9%A3", "area"),
    ("area=13%00", "area"),
    ("area=130108000", "area"),
    ("area=13&area=11", "area"),
    (f"court={uuid.UUID(int=1)}", "court"),
    ("court=x", "court"),
    ("court=", "court"),
    ("court=%7B0b6dbd5b-5fa5-4b6a-9bd0-8c4a4f0cbd4e%7D", "court"),
    ("kind=debtor", "kind"),
    ("kind=person&kind=x", "kind"),
    ("kind=", "kind"),
    ("ground=0", "ground"),
    ("ground=7", "ground"),
    ("ground=1&ground=x", "ground"),
    ("ground=1,4", "ground"),
    ("notice=1", "notice"),
    ("notice=yes", "notice"),
    ("notice=TRUE", "notice"),
    ("notice=", "notice"),
    ("bbox=", "bbox"),
    ("bbox=1,2,3", "bbox"),
    ("bbox=1,2,3,4,5", "bbox"),
    ("bbox=115,38,114,39", "bbox"),
    ("bbox=114,39,115,38", "bbox"),
    ("bbox=114,38,114,39", "bbox"),
    ("bbox=nan,38,115,39", "bbox"),
    ("bbox=114,38,inf,39", "bbox"),
    ("bbox=114,38,1e999,39", "bbox"),
    ("bbox=20,0,111,10", "bbox"),
    ("bbox=100,-10,120,51", "bbox"),
    ("bbox=179,0,-179,10", "bbox"),
    ("bbox=179,0,181,10", "bbox"),
    ("bbox=1_0,0,11,10", "bbox"),
    ("bbox=%D9%A1,0,11,10", "bbox"),
    ("near=114,38&radius_m=%D9%A1", "radius_m"),
    ("bbox=a,b,c,d", "bbox"),
    ("near=", "near"),
    ("near=114", "near"),
    ("near=nan,38", "near"),
    ("near=114,inf", "near"),
    ("near=181,38", "near"),
    ("near=114,91", "near"),
    ("near=114,38&radius_m=0", "radius_m"),
    ("near=114,38&radius_m=-1", "radius_m"),
    ("near=114,38&radius_m=50001", "radius_m"),
    ("near=114,38&radius_m=1e308", "radius_m"),
    ("near=114,38&radius_m=1e999", "radius_m"),
    ("near=114,38&radius_m=nan", "radius_m"),
    ("near=114,38&radius_m=x", "radius_m"),
    ("radius_m=100", "radius_m"),
    ("crs=epsg4326", "crs"),
    ("crs=", "crs"),
    ("cursor=", "cursor"),
    ("cursor=AAAA", "cursor"),
    ("cursor=%E5%BC%A0", "cursor"),
    ("cursor=" + "A" * 4000, "cursor"),
]


def pointers(client: FlaskClient, path: str, status: int = 422) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    problem = answer.get_json()
    assert problem["status"] == status
    text = answer.get_data(as_text=True).lower()
    assert not any(word in text for word in ("psycopg", "sqlstate", "select ", "traceback", "postgres"))
    return [error["pointer"] for error in problem["errors"]]


@pytest.mark.parametrize(("query", "name"), LISTS)
def test_lists_name_the_bad_parameter(client: FlaskClient, register: Register, query: str, name: str) -> None:
    del register
    assert set(pointers(client, f"/v1/entities?{query}")) == {f"/query/{name}"}


@pytest.mark.parametrize("raw", ["q=%FF%FE", "q=%ED%A0%80%E5%BC%A0", "q=%C0%80abc", "%FF=1", "kind=%E5"])
def test_a_query_that_is_not_utf8_is_refused(client: FlaskClient, register: Register, raw: str) -> None:
    del register
    assert pointers(client, f"/v1/entities?{raw}") == ["/query"]


def test_several_mistakes_are_named_together(client: FlaskClient, register: Register) -> None:
    del register
    found = pointers(client, "/v1/entities?limit=0&kind=x&foo=1&near=nan,1")
    assert sorted(found) == ["/query/foo", "/query/kind", "/query/limit", "/query/near"]


def test_a_cursor_is_refused_under_other_filters_or_changed(client: FlaskClient, register: Register) -> None:
    for _ in range(3):
        register.listing(register.entity())
    cursor = client.get("/v1/entities?limit=1").get_json()["next"]
    assert client.get(f"/v1/entities?limit=2&cursor={cursor}").status_code == 200
    for query in (
        f"kind=person&cursor={cursor}",
        f"area=13&cursor={cursor}",
        f"cursor={cursor}A",
        f"cursor={cursor[1:]}",
    ):
        assert pointers(client, f"/v1/entities?{query}") == ["/query/cursor"]


@pytest.mark.parametrize("form", ["json", "mvt"])
@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("-1/0/0", ["z"]),
        ("19/0/0", ["z"]),
        ("00/0/0", ["z"]),
        ("1.0/0/0", ["z"]),
        ("x/0/0", ["z"]),
        ("%EF%BC%91/0/0", ["z"]),
        ("99999999999999999999/0/0", ["z"]),
        ("1/2/0", ["x"]),
        ("1/-1/0", ["x"]),
        ("18/262144/0", ["x"]),
        ("3/1e1/0", ["x"]),
        ("1/0/2", ["y"]),
        ("1/0/01", ["y"]),
        ("1/0/%00", ["y"]),
        ("0/1/1", ["x", "y"]),
    ],
)
def test_tiles_that_do_not_exist_are_not_found(
    client: FlaskClient, register: Register, address: str, names: list[str], form: str
) -> None:
    del register
    assert pointers(client, f"/v1/map/{address}.{form}", 404) == [f"/path/{name}" for name in names]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/map/0/0/0.json?area=13", "area"),
        ("/v1/map/0/0/0.json?kind=x", "kind"),
        ("/v1/map/0/0/0.json?ground=9", "ground"),
        ("/v1/map/0/0/0.json?notice=maybe", "notice"),
        ("/v1/map/0/0/0.json?notice=true&notice=true", "notice"),
        ("/v1/map/0/0/0.json?crs=bd09", "crs"),
        ("/v1/map/0/0/0.mvt?crs=gcj02", "crs"),
        ("/v1/map/0/0/0.mvt?court=1", "court"),
    ],
)
def test_tiles_name_the_bad_parameter(client: FlaskClient, register: Register, path: str, name: str) -> None:
    del register
    assert set(pointers(client, path)) == {f"/query/{name}"}


def test_a_detail_takes_no_query(client: FlaskClient, register: Register) -> None:
    person = register.entity()
    register.listing(person)
    assert pointers(client, f"/v1/entities/{person}?lang=zh") == ["/query/lang"]


def test_problems_have_the_documented_shape(client: FlaskClient, register: Register, check: Check) -> None:
    del register
    for path in ("/v1/entities?limit=0", "/v1/entities/x", "/v1/map/19/0/0.json"):
        check("Problem", client.get(path).get_json())


def test_every_route_documents_its_answers_and_problems(client: FlaskClient) -> None:
    paths = client.get("/v1/openapi.json").get_json()["paths"]
    for path, media in {
        "/v1/entities": "application/json",
        "/v1/entities/{entity_id}": "application/json",
        "/v1/map/{z}/{x}/{y}.json": "application/geo+json",
        "/v1/map/{z}/{x}/{y}.mvt": "application/vnd.mapbox-vector-tile",
    }.items():
        answers = paths[path]["get"]["responses"]
        assert list(answers["200"]["content"]) == [media]
        for status in ("422", "503", *(["404"] if "{" in path else [])):
            assert list(answers[status]["content"]) == ["application/problem+json"]
        for parameter in paths[path]["get"].get("parameters", []):
            assert parameter["in"] == "path" or parameter["description"]
