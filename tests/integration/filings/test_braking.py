"""Limits on filing and guessing, with Redis, without it, and with Redis killed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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


def test_limits_are_shared_through_redis_and_hold_when_it_is_killed(
    world: World, redis: RedisServer, tmp_path: Path
) -> None:
    with copy_of(world, "shared", tmp_path / "var", REDIS_URL=redis.url, **LIMITS) as shared:
        guesses = [shared.post("/status", {"lookup": shared.phone().lookup}, "192.0.2.7") for _ in range(6)]
        assert [answer.status_code for answer in guesses] == [404] * 5 + [429]
        assert "attempts:guess:" in redis.dump()
        redis.stop()
        try:
            alone = [shared.post("/status", {"lookup": shared.phone().lookup}, "192.0.2.7") for _ in range(6)]
            assert [answer.status_code for answer in alone] == [404] * 5 + [429]
            assert [file_from(shared, "192.0.2.1") for _ in range(4)] == [201, 201, 201, 429]
        finally:
            redis.start()


def test_a_filing_refused_for_its_address_does_not_use_up_its_listing(limited: World) -> None:
    assert [file_from(limited, "192.0.2.1") for _ in range(4)] == [201, 201, 201, 429]
    assert [file_from(limited, "192.0.2.1", "listing") for _ in range(4)] == [429] * 4
    assert file_from(limited, "192.0.2.2", "listing") == 201


def test_what_is_counted_names_no_address_and_no_target(limited: World) -> None:
    file_from(limited, "192.0.2.77", "listing")
    held = str(limited.app.extensions["brakes"].budgets._attempts)
    assert "192.0.2.77" not in held
    assert str(limited.listings[0]) not in held
    assert limited.listings[0].hex not in held
    assert held.count("filing:") == 1
