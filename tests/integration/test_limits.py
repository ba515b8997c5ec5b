"""Limits on requests, whose address counts, and what holds while limits are off."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.visitors import AddressHasher
from tests.integration.conftest import RedisServer
from tests.integration.visitors_of import HOME, Site

Connection = psycopg.Connection[DictRow]
PATH = "/v1/openapi.json"


def statuses(site: Site, times: int, **options: Any) -> list[int]:
    return [site.get(PATH, **options).status_code for _ in range(times)]


@pytest.fixture
def small(connection: Connection) -> Site:
    return Site.over(connection, REQUESTS_A_MINUTE="3")


def test_an_address_may_send_so_many_requests_a_minute(small: Site) -> None:
    assert statuses(small, 4) == [200, 200, 200, 429]
    refused = small.get("/v1/docs")
    assert refused.status_code == 429
    assert refused.content_type == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert refused.get_json() == {"title": "Too Many Requests", "status": 429}
    assert statuses(small, 1, address="192.0.2.2") == [200]
    assert small.get("/healthz").status_code == 200


def test_without_limits_nobody_is_counted(connection: Connection) -> None:
    site = Site.over(connection, REQUESTS_A_MINUTE="3", RATE_LIMITS="off")
    assert statuses(site, 20, address="127.0.0.1") == [200] * 20


def test_a_network_of_ipv6_is_one_address(small: Site) -> None:
    assert [statuses(small, 1, address=f"2001:db8::{n}")[0] for n in range(1, 5)] == [200, 200, 200, 429]
    assert statuses(small, 1, address="2001:db8:0:1::1") == [200]


def test_a_forwarded_address_counts_only_behind_a_trusted_proxy(connection: Connection) -> None:
    headers = [{"X-Forwarded-For": f"198.51.100.{n}"} for n in range(5)]
    direct = Site.over(connection, REQUESTS_A_MINUTE="3")
    assert [direct.get(PATH, headers=header).status_code for header in headers] == [200] * 3 + [429] * 2
    proxied = Site.over(connection, REQUESTS_A_MINUTE="3", TRUSTED_PROXIES="1")
    assert [proxied.get(PATH, headers=header).status_code for header in headers] == [200] * 5
    # What a caller writes before the proxy's own entry is not believed.
    forged = [{"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.9"} for n in range(5)]
    assert [proxied.get(PATH, headers=header).status_code for header in forged] == [200] * 3 + [429] * 2


def test_without_redis_limits_still_hold(connection: Connection, redis: RedisServer) -> None:
    site = Site.over(connection, REQUESTS_A_MINUTE="3", REDIS_URL=redis.url)
    assert statuses(site, 4) == [200, 200, 200, 429]
    redis.stop()
    try:
        assert statuses(site, 4) == [200, 200, 200, 429]
        away = Site.over(connection, REQUESTS_A_MINUTE="3", REDIS_URL=redis.url)
        assert statuses(away, 4) == [200, 200, 200, 429]
        assert away.challenge(address="192.0.2.9").status_code == 200
    finally:
        redis.start()


def test_no_address_is_written_to_redis(connection: Connection, redis: RedisServer) -> None:
    site = Site.over(connection, REDIS_URL=redis.url)
    site.visitor(address="198.51.100.77")
    site.get("/v1/entities", address="198.51.100.77")
    held = redis.dump()
    assert "198.51.100.77" not in held
    key = site.client.application.extensions["brakes"].keys.of("address")
    assert AddressHasher(key).digest("198.51.100.77", site.now) in held


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix",
               "X-Real-IP", "Via", "CF-Connecting-IP", "True-Client-IP", "X-Client-IP"],
)  # fmt: skip
def test_without_limits_nothing_that_was_passed_on_is_answered(connection: Connection, header: str) -> None:
    site = Site.over(connection, RATE_LIMITS="off")
    for path in (PATH, "/v1/entities", "/healthz", "/"):
        answer = site.get(path, address="127.0.0.1", headers={header: "1.2.3.4"})
        assert answer.status_code == 403
        assert answer.content_type == "application/problem+json"
    assert site.get(PATH, address="127.0.0.1").status_code == 200
    assert Site.over(connection).get(PATH, headers={header: "1.2.3.4"}).status_code == 200


def test_without_limits_only_this_machine_is_answered(connection: Connection) -> None:
    site = Site.over(connection, RATE_LIMITS="off")
    for address in ("127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"):
        assert site.get(PATH, address=address).status_code == 200
    for address in (HOME, "2001:db8::1", "", "1270.0.0.1", "::2"):
        assert site.get(PATH, address=address).status_code == 403
