"""Limits on filing and guessing, with Redis, without it, and with Redis killed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from backend.core.budgets import MemoryBudgets
from backend.core.filings.refusals import NotStored, OtherContents
from tests.integration.conftest import RedisServer
from tests.integration.filing_world import World, copy_of

LIMITS = {
    "RATE_LIMITS": "on",
    "FILINGS_AN_HOUR_PER_ADDRESS": "3",
    "FILINGS_A_DAY_PER_TARGET": "4",
    "UNKNOWN_RECEIPTS_AN_HOUR": "5",
}


# What most of these fill is counted by the clock's hours.
pytestmark = pytest.mark.usefixtures("within_an_hour")


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


def guess(world: World, times: int) -> list[int]:
    phones = [world.phone() for _ in range(times)]
    return [world.post("/status", {"lookup": phone.lookup}, "192.0.2.7").status_code for phone in phones]


def test_limits_are_shared_through_redis_and_hold_when_it_is_killed(
    world: World, redis: RedisServer, tmp_path: Path
) -> None:
    with copy_of(world, "shared", tmp_path / "var", REDIS_URL=redis.url, **LIMITS) as shared:
        assert guess(shared, 6) == [404] * 5 + [429]
        assert "attempts:guess:" in redis.dump()
        redis.stop()
        try:
            assert guess(shared, 6) == [429] * 6
            # The control: without what the worker itself has noted, its death lets everybody guess anew.
            budgets = shared.app.extensions["brakes"].budgets
            budgets._own = MemoryBudgets(shared.app.extensions["settings"].limits)
            assert guess(shared, 6) == [404] * 5 + [429]
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


def without_proof(world: World, times: int, address: str, **wrong: Any) -> list[int]:
    bodies = [world.phone().seal() | {"challenge": "x"} | wrong for _ in range(times)]
    return [world.post("", body, address).status_code for body in bodies]


def test_filing_without_a_proof_is_guessing_receipts(limited: World) -> None:
    phone = limited.phone()
    kept = phone.seal() | {"challenge": limited.challenge()}
    assert limited.post("", kept, "192.0.2.8").status_code == 201
    ways: list[tuple[dict[str, Any], int]] = [
        ({}, 422),
        ({"target": str(uuid.UUID(int=1))}, 422),
        ({"key_id": 99}, 409),
    ]
    for number, (wrong, refused) in enumerate(ways):
        address = f"192.0.2.{100 + number}"
        known = limited.post("", phone.seal() | {"challenge": "x"} | wrong, address)
        # A receipt that is known answers otherwise, so each try tells something.
        assert (known.status_code, known.get_json()["title"]) == (409, OtherContents().title)
        assert without_proof(limited, 7, address, **wrong) == [refused] * 5 + [429] * 2
        assert limited.post("/status", {"lookup": phone.lookup}, address).status_code == 429
        assert limited.post("", phone.seal() | {"challenge": "x"} | wrong, address).status_code == 429
    # With a proof it is no guess.
    assert [file_from(limited, "192.0.2.10") for _ in range(4)] == [201, 201, 201, 429]
    assert limited.post("/status", {"lookup": limited.phone().lookup}, "192.0.2.10").status_code == 404


def test_without_limits_any_number_of_guesses_is_answered(world: World) -> None:
    """The control."""
    assert without_proof(world, 12, "127.0.0.1") == [422] * 12


@contextmanager
def dying(world: World) -> Iterator[None]:
    """The connection of whoever files is lost at the commit, behind the proof and all counts."""
    world.execute(
        "CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"
    )
    for table in ("filing", "part"):
        world.execute(
            f"CREATE CONSTRAINT TRIGGER die AFTER INSERT ON sealed.{table} DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION public.die()"
        )
    yield
    world.execute("DROP FUNCTION public.die() CASCADE")


def test_what_was_not_stored_is_sent_again_with_its_proof_and_counted_once(limited: World) -> None:
    phone = limited.phone()
    body = phone.seal() | {"challenge": limited.challenge()}
    with dying(limited):
        answers = [limited.post("", body, "192.0.2.1") for _ in range(6)]
        assert {answer.status_code for answer in answers} == {503}
        assert {answer.get_json()["title"] for answer in answers} == {NotStored().title}
        assert all("Retry-After" in answer.headers for answer in answers)
    first, again = (limited.post("", body, "192.0.2.1") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert [file_from(limited, "192.0.2.1") for _ in range(3)] == [201, 201, 429]


def test_other_filings_that_were_not_stored_are_counted_each(limited: World) -> None:
    """The control."""
    with dying(limited):
        assert [file_from(limited, "192.0.2.1") for _ in range(4)] == [503, 503, 503, 429]


def test_no_other_filing_is_let_in_by_a_proof_that_was_spent_on_one_not_stored(limited: World) -> None:
    phone = limited.phone()
    body = phone.seal() | {"challenge": limited.challenge()}
    with dying(limited):
        assert limited.post("", body, "192.0.2.1").status_code == 503
    others: list[dict[str, Any]] = [
        phone.seal(), limited.phone().seal(), body | {"target": str(limited.court)},
        body | {"lookup": limited.phone().lookup},
    ]  # fmt: skip
    for other in others:
        answer = limited.post("", other | {"challenge": body["challenge"]}, "192.0.2.2")
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/body/challenge")
    assert limited.post("", body, "192.0.2.1").status_code == 201


def test_later_words_are_paid_for_once_and_what_is_there_already_not_at_all(limited: World) -> None:
    phone = limited.phone()
    body = phone.seal() | {"challenge": limited.challenge()}
    assert limited.post("", body, "192.0.2.1").status_code == 201
    first = phone.words(1, "补充") | {"challenge": limited.challenge()}
    with dying(limited):
        assert [limited.post("/messages", first, "192.0.2.1").status_code for _ in range(4)] == [503] * 4
    other = phone.words(2, "另外") | {"challenge": first["challenge"]}
    assert limited.post("/messages", other, "192.0.2.1").status_code == 422
    assert [limited.post("/messages", first, "192.0.2.1").status_code for _ in range(4)] == [201] * 4
    taken = [limited.post("/messages", phone.words(1, "别的"), "192.0.2.1").status_code for _ in range(8)]
    assert taken == [409] * 8
    # The third of three, and none is left.
    words = [limited.post("/messages", phone.words(n, "再补充"), "192.0.2.1").status_code for n in (2, 3)]
    assert words == [201, 429]


def test_the_status_tells_where_to_go_on(limited: World) -> None:
    phone = limited.phone()
    body = phone.seal() | {"challenge": limited.challenge()}
    assert limited.post("", body, "192.0.2.1").status_code == 201
    assert limited.status(phone)["next_n"] == 1
    for n, following in ((1, 2), (4, 5)):
        assert limited.post("/messages", phone.words(n, "补充"), "192.0.2.1").status_code == 201
        assert limited.status(phone)["next_n"] == following
