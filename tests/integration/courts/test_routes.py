from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import DictRow

from backend.courts.domain import court_id
from backend.courts.service import store_courts
from tests.integration.areas.listed import Listed

Connection = psycopg.Connection[DictRow]
ALL = ["虚", "虚01", "虚0101", "虚0102", "虚0103", "虚02", "虚0201", "虚0202", "虚03", "虚9001"]
_KEPT = "/?&=%+.,"


@pytest.fixture(autouse=True)
def _courts(fictional: Connection) -> None:
    store_courts(fictional)


def get(client: FlaskClient, path: str) -> Any:
    response = client.get(quote(path, safe=_KEPT))
    assert response.status_code == 200, response.text
    return response.get_json()


def codes(page: dict[str, Any]) -> list[str]:
    return [court["code"] for court in page["items"]]


def test_six_grounds_in_the_laws_words_and_in_plain_ones(client: FlaskClient) -> None:
    grounds = get(client, "/v1/grounds")
    assert [ground["id"] for ground in grounds] == [1, 2, 3, 4, 5, 6]
    assert set(grounds[0]) == {"id", "text", "plain", "short", "article", "how_it_ends"}
    assert grounds[5]["text"] == "无正当理由拒不履行执行和解协议"
    assert grounds[5]["article"].endswith("第一条第（六）项")
    assert all(set(ground[words]) == {"zh", "en"} for ground in grounds for words in ("plain", "short", "how_it_ends"))


def test_lists_courts_by_code(client: FlaskClient) -> None:
    page = get(client, "/v1/courts")
    assert codes(page) == ALL
    assert page["next"] is None
    assert page["as_of"] is None
    assert page["items"][2] == {
        "id": str(court_id("虚0101")),
        "code": "虚0101",
        "name": "甲虚市东虚区人民法院",
        "level": "basic",
        "area": {"code": "990101", "name": "东虚区", "name_en": "Dongxu District"},
        "phone": None,
        "address": None,
        "by_rule": True,
        "as_of": None,
        "accepts_tips": False,
        "accepts_objections": False,
    }


@pytest.mark.parametrize("query", ["", "q=人民法院", "area=99&q=法院"])
def test_pages_hold_every_court_once_and_in_order(client: FlaskClient, query: str) -> None:
    whole = codes(get(client, f"/v1/courts?{query}&limit=100".replace("?&", "?")))
    seen: list[str] = []
    cursor = ""
    while True:
        page = get(client, f"/v1/courts?{query}&limit=3{cursor}".replace("?&", "?"))
        assert len(page["items"]) <= 3
        seen += codes(page)
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == whole
    assert len(set(seen)) == len(ALL)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("东虚区人民法院", ["虚0101"]),
        ("東虛區 人民法院", ["虚0101"]),
        ("虚构省甲虚市东虚区人民法院", ["虚0101"]),
        ("虚0102", ["虚0102"]),
        ("南虚", ["虚0103"]),
        ("甲虚市", ["虚01", "虚0101", "虚0102", "虚0103"]),
        ("100%", []),
    ],
)
def test_finds_courts_by_any_usual_name(client: FlaskClient, term: str, found: list[str]) -> None:
    assert codes(get(client, f"/v1/courts?q={term.replace('%', '%25')}")) == found


def test_the_best_match_comes_first(client: FlaskClient, fictional: Connection) -> None:
    later = court_id("虚9001")
    fictional.execute("DELETE FROM register.court_name WHERE court_id = %s", (later,))
    fictional.execute("INSERT INTO register.court_name VALUES ('虚山县', %s)", (later,))
    assert codes(get(client, "/v1/courts?q=虚山县")) == ["虚9001", "虚0202"]


def test_area_means_everything_below_it(client: FlaskClient) -> None:
    assert codes(get(client, "/v1/courts?area=9902")) == ["虚02", "虚0201", "虚0202"]
    assert codes(get(client, "/v1/courts?area=990201")) == ["虚0201"]
    assert codes(get(client, "/v1/courts?area=99")) == ALL


def test_as_of_follows_the_area(client: FlaskClient, fictional: Connection) -> None:
    fictional.execute("UPDATE register.court SET as_of = '2026-11-21T10:00:00+08:00' WHERE code = '虚0201'")
    assert get(client, "/v1/courts")["as_of"] == "2026-11-21T02:00:00Z"
    assert get(client, "/v1/courts?area=9902")["as_of"] == "2026-11-21T02:00:00Z"
    assert get(client, "/v1/courts?area=9901")["as_of"] is None
    fictional.execute("UPDATE register.court SET as_of = '2026-11-20T10:00:00+08:00' WHERE code = '虚0202'")
    assert get(client, "/v1/courts?area=9902")["as_of"] == "2026-11-20T02:00:00Z"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/query/limit"),
        ("limit=101", "/query/limit"),
        ("limit=%2B5", "/query/limit"),
        ("limit=", "/query/limit"),
        ("cursor=AAAA", "/query/cursor"),
        ("cursor=", "/query/cursor"),
        ("area=98", "/query/area"),
        ("area=", "/query/area"),
        ("q=虚", "/query/q"),
        ("q=", "/query/q"),
        ("q=%00%00%00", "/query/q"),
        ("q=虚山&q=虚山", "/query/q"),
        ("level=basic", "/query/level"),
    ],
)
def test_refuses_a_bad_query(client: FlaskClient, query: str, pointer: str) -> None:
    response = client.get(quote(f"/v1/courts?{query}", safe=_KEPT))
    assert response.status_code == 422
    assert response.content_type == "application/problem+json"
    assert [error["pointer"] for error in response.get_json()["errors"]] == [pointer]


def test_refuses_the_cursor_of_another_list(client: FlaskClient) -> None:
    cursor = get(client, "/v1/courts?limit=1")["next"]
    assert client.get(f"/v1/courts?limit=1&area=99&cursor={cursor}").status_code == 422


def test_a_court_names_the_court_above_it(client: FlaskClient) -> None:
    court = get(client, f"/v1/courts/{court_id('虚0101')}")
    assert court["superior"] == {"id": str(court_id("虚01")), "name": "虚构省甲虚市中级人民法院"}
    assert get(client, f"/v1/courts/{court_id('虚')}")["superior"] is None


def test_a_court_without_keys_accepts_nothing(client: FlaskClient) -> None:
    court = get(client, f"/v1/courts/{court_id('虚0101')}")
    assert (court["keys"], court["accepts_tips"], court["accepts_objections"]) == ([], False, False)


def test_self_check_counts_current_listings_of_people(client: FlaskClient, fictional: Connection) -> None:
    listed = Listed(fictional)
    twice = listed.entity()
    listed.listing(twice)
    listed.listing(twice)
    listed.listing(listed.entity(has_identifier=False))
    listed.listing(listed.entity(kind="company"))
    listed.listing(listed.entity(), ended_days_ago=3)
    listed.listing(listed.entity(), court="虚0102")
    assert get(client, f"/v1/courts/{court_id('虚0101')}")["self_check"] == {"comparable": 2, "of": 3}
    assert get(client, f"/v1/courts/{court_id('虚0103')}")["self_check"] == {"comparable": 0, "of": 0}


@pytest.mark.parametrize("known", [str(uuid.UUID(int=1)), "1", "%00", court_id("虚0101").hex])
def test_unknown_and_malformed_ids_get_the_same_answer(client: FlaskClient, known: str) -> None:
    response = client.get(f"/v1/courts/{known}")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.data == client.get(f"/v1/courts/{uuid.UUID(int=2)}").data


def test_answers_are_cached_shortly(client: FlaskClient) -> None:
    for path in ("/v1/grounds", "/v1/courts", f"/v1/courts/{court_id('虚0101')}"):
        first = client.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=30"
        assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
