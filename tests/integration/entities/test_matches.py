"""A search through the public route: every way of finding a name, in order, filtered and page by page."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import psycopg
import pytest
from flask.testing import FlaskClient

from backend.core.names import fold
from backend.entities import matches, name_search, name_statements
from tests.integration.register import Register

Connection = psycopg.Connection[Any]


def listed(register: Register, name: str, kind: str = "person", **fields: Any) -> None:
    register.listing(register.entity(name, kind, **fields))


def found(client: FlaskClient, q: str, **filters: Any) -> list[tuple[str, str]]:
    items = client.get("/v1/entities", query_string={"q": q, **filters}).get_json()["items"]
    return [(item["name"], item["match"]["how"]) for item in items]


def everyone(client: FlaskClient, q: str, **query: Any) -> list[dict[str, Any]]:
    """Everybody whom a search finds, over all its pages."""
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        asked = {"q": q, **query} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/entities", query_string=asked).get_json()
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


@pytest.fixture
def names(register: Register) -> Register:
    for name in ("章虚构", "张虚构", "张虚构甲", "小张虚构", "曾示范", "欧阳娜娜", "甄无关", "吕虚构"):
        listed(register, name)
    listed(register, "甲县虚构云岭商贸有限公司", kind="company")
    listed(register, "乙县示例云岭建材有限公司", kind="company")
    gone = register.entity("张虚构")
    register.listing(gone, "ended")
    register.listing(register.entity("张虚构"), "expired")
    return register


@pytest.mark.usefixtures("names")
def test_tiers_come_in_order_and_only_the_listed_are_shown(client: FlaskClient) -> None:
    answer = [(item["name"], item["match"]["how"]) for item in everyone(client, "张虚构")]
    assert answer[:3] == [("张虚构", "exact"), ("张虚构甲", "prefix"), ("小张虚构", "contains")]
    assert ("章虚构", "similar") in answer[3:]
    assert ("甄无关", "similar") not in answer


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("zhang xu gou", "张虚构", "pinyin"),
        ("zhāngxūgòu", "章虚构", "pinyin"),
        ("zeng1shi4fan4", "曾示范", "pinyin"),
        ("cengshifan", "曾示范", "pinyin"),
        ("lv xugou", "吕虚构", "pinyin"),
        ("lüxugou", "吕虚构", "pinyin"),
        ("oynn", "欧阳娜娜", "initials"),
        ("歐陽娜娜", "欧阳娜娜", "exact"),
        ("欧阳·娜娜", "欧阳娜娜", "exact"),
        ("云岭", "甲县虚构云岭商贸有限公司", "contains"),
    ],
)
def test_a_name_is_found_as_people_type_it(client: FlaskClient, typed: str, name: str, how: str) -> None:
    assert (name, how) in found(client, typed)


def test_filters_hold_for_every_tier(client: FlaskClient, names: Register) -> None:
    assert {name for name, _ in found(client, "虚构", kind="company")} == {"甲县虚构云岭商贸有限公司"}
    listed(names, "张虚构", area="130102")
    assert found(client, "张虚构", area="130102") == [("张虚构", "exact")]


def test_pages_visit_everyone_once_in_one_order(client: FlaskClient, names: Register) -> None:
    for _ in range(5):
        listed(names, "张虚构")
    whole = everyone(client, "张虚构", limit=100)
    seen = everyone(client, "张虚构", limit=2)
    assert [item["id"] for item in seen] == [item["id"] for item in whole]
    assert len({item["id"] for item in seen}) == len(seen) > 8


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("q", ["😀😀😀", "%%%", "___", "(((", ".*.*", "张" * 100, "a" * 100, "zhang张wei", "！！！！"])
def test_odd_searches_are_answered_or_refused(client: FlaskClient, q: str) -> None:
    assert client.get("/v1/entities", query_string={"q": q}).status_code in (200, 422)


@pytest.mark.usefixtures("names")
def test_a_page_with_an_exact_match_ends_before_the_guesses_and_leads_there(client: FlaskClient) -> None:
    first = client.get("/v1/entities", query_string={"q": "张虚构"}).get_json()
    assert "similar" not in {item["match"]["how"] for item in first["items"]}
    second = client.get("/v1/entities", query_string={"q": "张虚构", "cursor": first["next"]}).get_json()
    assert {item["match"]["how"] for item in second["items"]} == {"similar"}
    assert second["next"] is None


@pytest.mark.usefixtures("names")
def test_a_page_without_an_exact_match_goes_on_to_the_guesses(client: FlaskClient) -> None:
    answer = client.get("/v1/entities", query_string={"q": "樟虚构"}).get_json()
    assert ("张虚构", "similar") in [(item["name"], item["match"]["how"]) for item in answer["items"]]
    assert answer["next"] is None


FILTERED = [
    *("area=13", "area=1301", "area=130108", "kind=company", "ground=2&ground=3", "notice=true", "notice=false"),
    *("bbox=114,37,115,39", "court={court}", "court={court}&ground=2", "area=13&court={court}&kind=person"),
]


@pytest.mark.parametrize("filters", FILTERED)
def test_a_search_finds_under_filters_what_the_list_and_the_text_have_in_common(
    client: FlaskClient, register: Register, filters: str
) -> None:
    number = 0
    for area in ("130108", "130102", "1301", "13", "110101"):
        for kind, name in [
            ("person", "虚构"),
            ("person", "虚构甲"),
            ("company", "甲虚构公司"),
            ("company", "无关公司"),
        ]:
            for court in register.courts[:2]:
                number += 1
                listing = register.listing(register.entity(name, kind, area), grounds=[1 + number % 3], court_id=court)
                if number % 4 == 0:
                    register.notice(listing)
    query = filters.format(court=register.courts[0])
    wanted = client.get(f"/v1/entities?limit=100&{query}").get_json()["items"]
    matching = {item["id"] for item in wanted if "虚构" in item["name"]}
    assert 0 < len(matching) < number
    pages = everyone(client, "虚构", **parse_qs(query))
    assert {item["id"] for item in pages} == matching
    assert len(pages) == len(matching)


@pytest.mark.parametrize("area", ["130108", "13", ""])
def test_a_text_in_most_names_is_found_page_by_page_without_end_or_gap(
    client: FlaskClient, register: Register, connection: Connection, monkeypatch: pytest.MonkeyPatch, area: str
) -> None:
    for number in range(30):
        listed(register, f"甲{number:02}虚构公司", "company", area="130108" if number % 3 else "110101")
        listed(register, f"乙{number:02}示例", "company")
    connection.execute("INSERT INTO register.common_gram (is_person, gram) VALUES (false, '公司')")
    monkeypatch.setattr(name_search, "WALKED", (7, 11))
    monkeypatch.setattr(matches, "_MOST_LOOKS", 2)
    found = everyone(client, "公司", limit=3, **({"area": area} if area else {}))
    expected = {f"甲{number:02}虚构公司" for number in range(30) if number % 3 or not area}
    assert [item["name"] for item in found] == sorted(expected)


def test_a_rare_filter_ends_a_page_early_and_the_next_goes_on(
    client: FlaskClient, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        listing = register.listing(register.entity(f"虚构{number:02}"))
        if number % 9 == 5:
            register.notice(listing)
    monkeypatch.setattr(name_statements, "WALKED", 3)
    monkeypatch.setattr(matches, "_MOST_LOOKS", 2)
    first = client.get("/v1/entities", query_string={"q": "虚构", "notice": "true"}).get_json()
    assert len(first["items"]) < 2
    assert first["next"]
    assert [item["name"] for item in everyone(client, "虚构", notice="true")] == ["虚构05", "虚构14"]


def test_what_contains_a_text_is_found_beyond_what_one_statement_brings(
    client: FlaskClient, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_search, "AROUND_AT_ONCE", 4)
    for number in range(12):
        listed(register, f"{'甲乙丙'[number % 3] * (1 + number // 3)}云岭", "company" if number % 2 else "person")
        listed(register, f"子丑{number:02}云岭")
    found = everyone(client, "云岭", limit=5)
    places = [(-item["match"]["score"], fold(item["name"]), item["kind"] == "person") for item in found]
    assert places == sorted(places)
    assert len({item["id"] for item in found}) == len(found) == 24
