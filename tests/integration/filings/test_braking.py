"""Limits on filing and guessing, with Redis, without it, and with Redis killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.core.counters import FallbackCounters, MemoryCounters, RedisCounters
from tests.integration.conftest import RedisServer
from tests.integration.filing_world import World, copy_of

LIMITS = {
    "RATE_LIMITS": "on",
    "FILINGS_AN_HOUR_PER_ADDRESS": "3",
    "FILINGS_A_DAY_PER_TARGET": "4",
    "UNKNOWN_RECEIPTS_AN_HOUR": "5",
}


@pytest.fixture
def limited(world: World, tmp_path: Path) -> Iterator[World]:
    with copy_of(world, "limited", tmp_path / "var", **LIMITS) as limited:
        yield limited


def file_from(world: World, address: str, target: str = "court") -> int:
    phone = world.phone(world.court if target == "court" else world.listings[0])
    body = phone.seal() | {"challenge": world.challenge()}
    return world.post("", body, address).status_code


def test_an_address_files_so_many_in_an_hour_and_another_is_not_hindered(limited: World) -> None:
    assert [file_from(limited, "192.0.2.1") for _ in range(4)] == [201, 201, 201, 429]
    assert file_from(limited, "192.0.2.2") == 201


def test_a_listing_is_objected_to_so_often_in_a_day_and_the_court_stays_open(limited: World) -> None:
    addresses = [f"192.0.2.{n}" for n in range(5)]
    assert [file_from(limited, address, "listing") for address in addresses] == [201, 201, 201, 201, 429]
    assert file_from(limited, "192.0.2.9") == 201


def test_guessing_receipts_ends_soon_and_says_when_to_come_back(limited: World) -> None:
    codes = [limited.post("/status", {"lookup": limited.phone().lookup}, "192.0.2.7") for _ in range(7)]
    assert [answer.status_code for answer in codes] == [404] * 5 + [429] * 2
    assert 0 < int(codes[-1].headers["Retry-After"]) <= 3600
    assert limited.post("/status", {"lookup": limited.phone().lookup}, "192.0.2.8").status_code == 404


def test_asking_for_a_true_receipt_under_another_purpose_is_no_guess(limited: World) -> None:
    phone = limited.phone(limited.other_listing)
    body = phone.seal() | {"challenge": limited.challenge()}
    assert limited.post("", body, "192.0.2.20").status_code == 201
    asked = {"json": {"lookup": phone.lookup}, "environ_overrides": {"REMOTE_ADDR": "192.0.2.21"}}
    client = limited.app.test_client()
    answers = [client.post("/v1/tips/status", **asked) for _ in range(7)]
    assert {answer.status_code for answer in answers} == {404}
    assert limited.post("/status", {"lookup": phone.lookup}, "192.0.2.21").status_code == 200


def test_without_limits_nobody_is_stopped(world: World) -> None:
    assert {file_from(world, "127.0.0.1") for _ in range(5)} == {201}


def test_counters_in_redis_count_as_those_in_memory_do(redis: RedisServer) -> None:
    for counters in (MemoryCounters(), RedisCounters(redis.url)):
        assert [counters.add("a", 60)[0] for _ in range(3)] == [1, 2, 3]
        assert counters.add("a", 60, amount=0)[0] == 3
        assert counters.add("b", 60)[0] == 1
        assert 0 < counters.add("a", 60)[1] <= 60


def test_a_window_ends_and_memory_is_bounded() -> None:
    now = 1000.0
    counters = MemoryCounters(lambda: now, max_held=2)
    counters.add("a", 60)
    now += 61
    assert counters.add("a", 60) == (1, 60)
    for key in ("b", "c"):
        counters.add(key, 60)
    assert counters.add("a", 60) == (1, 60)


def test_killed_redis_leaves_counting_to_this_process(redis: RedisServer) -> None:
    counters = FallbackCounters(RedisCounters(redis.url), MemoryCounters(), clock=lambda: 0.0)
    counters.add("a", 60)
    redis.stop()
    try:
        assert [counters.add("a", 60)[0] for _ in range(2)] == [1, 2]
    finally:
        redis.start()


def test_what_is_counted_names_no_address_and_no_target(limited: World) -> None:
    file_from(limited, "192.0.2.77", "listing")
    held = str(limited.app.extensions["filing_counters"]._held)
    assert "192.0.2.77" not in held
    assert str(limited.listings[0]) not in held
    assert limited.listings[0].hex not in held
    assert held.count("filing ") == 1
