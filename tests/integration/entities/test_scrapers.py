"""A scraper fails where thirty readers behind one address notice nothing."""

from __future__ import annotations

import itertools
import random

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.listings.demo.people import draw_name
from tests.integration.conftest import RedisServer
from tests.integration.entities.crowds import COUNTIES, fill, whole
from tests.integration.register import Register
from tests.integration.visitors_of import BEGIN, HOME, Site

Connection = psycopg.Connection[DictRow]


def scrape(site: Site, address: str = HOME, *, tokens: int = 0) -> set[str]:
    """Walk every list that counties and grounds make, and every page behind whoever was cut; ids with full names."""
    visitors = itertools.cycle([site.visitor(address) for _ in range(tokens)] or [None])
    got: set[str] = set()
    for area, ground, visitor in zip(COUNTIES * 6, sorted([1, 2, 3, 4, 5, 6] * len(COUNTIES)), visitors, strict=False):
        query = {"area": area, "ground": ground, "limit": 100}
        answer = site.list(visitor, address, **query)
        got |= whole(answer)
        while answer["next"]:
            answer = site.list(visitor, address, cursor=answer["next"], **query)
            got |= whole(answer)
        for item in answer["items"][:1]:
            detail = site.get(f"/v1/entities/{item['id']}", visitor, address).get_json()
            got |= set() if detail["name"].endswith("某") else {detail["id"]}
    return got


@pytest.mark.parametrize("store", ["memory", "redis"])
def test_a_scraper_gets_the_budget_and_without_limits_everybody(
    connection: Connection, register: Register, request: pytest.FixtureRequest, store: str
) -> None:
    fill(register, 3500)
    redis: RedisServer | None = request.getfixturevalue("redis") if store == "redis" else None
    environment = {"REDIS_URL": redis.url} if redis else {}
    assert len(scrape(Site.over(connection, **environment))) == 200
    assert len(scrape(Site.over(connection, **environment), "192.0.2.2", tokens=40)) == 1000
    everybody = scrape(Site.over(connection, RATE_LIMITS="off"), "127.0.0.1")
    assert len(everybody) == 3500


@pytest.mark.parametrize("store", ["memory", "redis"])
def test_thirty_readers_behind_one_address_notice_nothing(
    connection: Connection, register: Register, request: pytest.FixtureRequest, store: str
) -> None:
    rng = random.Random(1)
    everybody = fill(register, 3500, names=[draw_name(rng, rng.choice(["男性", "女性"])) for _ in range(3500)])
    redis: RedisServer | None = request.getfixturevalue("redis") if store == "redis" else None
    site = Site.over(connection, **({"REDIS_URL": redis.url} if redis else {}))
    for reader in range(30):
        site.now = BEGIN + 20 * reader
        visitor = site.visitor()
        pages = [site.list(visitor, area=COUNTIES[reader % 7], ground=reader % 6 + 1)]
        pages += [site.list(visitor, q=everybody[97 * reader + number]) for number in range(3)]
        assert len(pages[0]["items"]) == 20
        assert pages[0]["next"]
        assert all(page["items"][0]["match"]["how"] == "exact" for page in pages[1:])
        for page in pages:
            assert "surnames_only_until" not in page
            assert len(whole(page)) == len(page["items"])
        for page in pages[1:]:
            detail = site.get(f"/v1/entities/{page['items'][0]['id']}", visitor).get_json()
            assert not detail["name"].endswith("某")
