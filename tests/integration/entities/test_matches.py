"""A search through the public route: every way of finding a name, in order, filtered and page by page."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.integration.register import Register


def listed(register: Register, name: str, kind: str = "person", **fields: Any) -> None:
    register.listing(register.entity(name, kind, **fields))


def found(client: FlaskClient, q: str, **filters: Any) -> list[tuple[str, str]]:
    items = client.get("/v1/entities", query_string={"q": q, **filters}).get_json()["items"]
    return [(item["name"], item["match"]["how"]) for item in items]


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
    answer = found(client, "张虚构")
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
    whole = client.get("/v1/entities", query_string={"q": "张虚构", "limit": 100}).get_json()["items"]
    seen, cursor = [], None
    while True:
        query = {"q": "张虚构", "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/entities", query_string=query).get_json()
        seen += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [item["id"] for item in seen] == [item["id"] for item in whole]
    assert len({item["id"] for item in seen}) == len(seen) > 8


@pytest.mark.usefixtures("names")
@pytest.mark.parametrize("q", ["😀😀😀", "%%%", "___", "(((", ".*.*", "张" * 100, "a" * 100, "zhang张wei", "！！！！"])
def test_odd_searches_are_answered_or_refused(client: FlaskClient, q: str) -> None:
    assert client.get("/v1/entities", query_string={"q": q}).status_code in (200, 422)
