"""The rules of counting, over both stores; and what happens when Redis goes away."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from backend.config import Limits
from backend.core import budgets as core_budgets
from backend.core.budgets import DAY, Budgets, Grant, MemoryBudgets, Window
from backend.core.clock import CHINA
from backend.core.shared_budgets import AWAY_SECONDS, FallbackBudgets, RedisBudgets, make_budgets
from backend.core.visitors import Reader
from tests.integration.conftest import RedisServer

BEGIN = 1_790_000_000
SMALL = replace(
    Limits.from_environment({}, "127.0.0.1"),
    people_an_hour=5,
    people_a_day=8,
    people_an_hour_per_address=12,
    full_name_searches_an_hour=2,
    full_name_searches_an_hour_per_address=3,
)
ME = Reader("me", "here")


class Clock:
    now = float(BEGIN)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["memory", "redis"])
def budgets(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Budgets]:
    if request.param == "memory":
        yield MemoryBudgets(SMALL, clock)
    else:
        yield RedisBudgets(request.getfixturevalue("redis").url, SMALL, clock)


def people(*numbers: int) -> list[str]:
    return [str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))) for number in numbers]


def take(budgets: Budgets, *numbers: int, reader: Reader = ME, **named: Any) -> Grant:
    return budgets.take(reader, people(*numbers), **named)


def cut(budgets: Budgets, *numbers: int, reader: Reader = ME, **named: Any) -> list[int]:
    return [numbers[place] for place in take(budgets, *numbers, reader=reader, **named).cut]


def test_people_beyond_the_budget_are_cut_until_the_window_ends(budgets: Budgets, clock: Clock) -> None:
    clock.now += 10
    assert take(budgets, 1, 2, 3) == Grant([], None, 2, 3600)
    clock.now += 60
    assert take(budgets, 4, 5, 6, 7) == Grant([2, 3], BEGIN + 10 + 3600, 0, 3540)


def test_seeing_the_same_person_again_costs_nothing(budgets: Budgets) -> None:
    for _ in range(20):
        assert take(budgets, 1, 2, 3).left == 2
    assert cut(budgets, 1, 4, 2, 5, 6, 3) == [6]
    assert cut(budgets, 1, 2, 3, 4, 5) == []


def test_a_window_ends_when_it_says_and_not_before(budgets: Budgets, clock: Clock) -> None:
    take(budgets, 1, 2, 3, 4, 5)
    clock.now = BEGIN + 3599
    assert cut(budgets, 6) == [6]
    clock.now = BEGIN + 3600
    assert cut(budgets, 6, 7, 8) == []


def test_a_day_holds_what_hours_would_allow(budgets: Budgets, clock: Clock) -> None:
    take(budgets, 1, 2, 3, 4, 5)
    clock.now += 3600
    assert cut(budgets, 6, 7, 8, 9, 10) == [9, 10]
    assert take(budgets, 9).until == BEGIN + 86_400
    clock.now += 3600
    # Somebody of the day's eight costs nothing of the day.
    assert cut(budgets, 1, 9) == [9]
    clock.now = BEGIN + 86_400
    assert cut(budgets, 9, 10) == []


def test_an_address_holds_what_its_visitors_would_each_be_allowed(budgets: Budgets, clock: Clock) -> None:
    for number in range(2):
        assert cut(budgets, *range(5 * number, 5 * number + 5), reader=Reader(f"v{number}", "here")) == []
    assert cut(budgets, 10, 11, 12, 0, reader=Reader("v2", "here")) == [12]
    assert cut(budgets, 12, reader=Reader("v3", "here")) == [12]
    # Who was shown to anybody behind the address costs the address nothing; another address is free.
    assert cut(budgets, 1, 2, 3, reader=Reader("v3", "here")) == []
    assert cut(budgets, 12, 13, reader=Reader("v4", "there")) == []
    clock.now += 3600
    assert cut(budgets, 12, reader=Reader("v3", "here")) == []


def test_the_earliest_window_that_cuts_is_told(budgets: Budgets, clock: Clock) -> None:
    take(budgets, *range(100, 105), reader=Reader("a", "here"))
    clock.now += 100
    take(budgets, *range(105, 110), reader=Reader("b", "here"))
    take(budgets, 1, 2)
    assert take(budgets, 3).until == BEGIN + 3600
    clock.now = BEGIN + 3600
    assert take(budgets, 3, 4, 5).until is None
    assert take(budgets, 6).until == BEGIN + 100 + 3600


def test_who_was_found_by_name_is_shown_beyond_the_budget_so_many_times(budgets: Budgets, clock: Clock) -> None:
    take(budgets, 1, 2, 3, 4, 5)
    assert cut(budgets, 6, 7, 8, by_name=[0, 2]) == [7]
    assert cut(budgets, 6, 8) == []  # seen now, so that their pages open with the name
    assert cut(budgets, 9, by_name=[0]) == []
    assert cut(budgets, 10, by_name=[0]) == [10]
    assert take(budgets, 10, by_name=[0]).left == 0
    clock.now += 3600
    take(budgets, 11, 12, 13)
    assert cut(budgets, 14, 15, 16, 17, by_name=[3]) == [14, 15, 16]


def test_an_address_has_searches_of_its_own(budgets: Budgets) -> None:
    for number in range(3):
        reader = Reader(f"v{number}", "here")
        assert cut(budgets, 20 + number, reader=reader, by_name=[0]) == []
    full = Reader("v9", "here")
    assert cut(budgets, *range(30, 36), reader=full, by_name=[5]) == [35]
    elsewhere = Reader("v9b", "there")
    assert cut(budgets, *range(30, 36), reader=elsewhere, by_name=[5]) == []


def test_a_proof_is_spent_once(budgets: Budgets, clock: Clock) -> None:
    assert budgets.spend("a", BEGIN + 600)
    assert budgets.spend("b", BEGIN + 600)
    clock.now += 599
    assert not budgets.spend("a", BEGIN + 600)
    assert not budgets.spend("b", BEGIN + 600)


def test_a_proof_serves_again_for_the_very_same_and_for_nothing_else(budgets: Budgets) -> None:
    assert [budgets.spend("a", BEGIN + 600, use) for use in ("one", "one", "two", "", "one")] == [
        True, True, False, False, True,
    ]  # fmt: skip
    assert [budgets.spend("b", BEGIN + 600, use) for use in ("", "", "one")] == [True, False, False]


# BEGIN is 800 seconds into an hour, and 22:13 in China.
HOUR_ENDS = BEGIN + 2800
DAY_ENDS = HOUR_ENDS + 3600


def test_an_attempt_counts_in_every_window_or_in_none(budgets: Budgets, clock: Clock) -> None:
    address, name = Window("address", 2), Window("name", 3, DAY)
    assert [budgets.attempt([address, name]) for _ in range(2)] == [0, 0]
    clock.now += 100
    assert budgets.attempt([address, name]) == 2700
    assert budgets.attempt([Window("other", 2), name]) == 0, "the refused one was not counted"
    assert budgets.attempt([name]) == DAY_ENDS - clock.now
    assert budgets.attempt([address, name]) == DAY_ENDS - clock.now, "the longest of the full windows"
    clock.now = HOUR_ENDS
    assert budgets.attempt([address]) == 0
    clock.now = DAY_ENDS
    assert budgets.attempt([address, name]) == 0


def test_windows_end_on_the_hour_and_at_midnight_in_china_whenever_they_begin(budgets: Budgets, clock: Clock) -> None:
    for begin in range(BEGIN, HOUR_ENDS, 700):
        clock.now = begin
        assert budgets.attempt([Window(f"hour {begin}", 1)]) == 0
        assert budgets.attempt([Window(f"day {begin}", 1, DAY)]) == 0
        assert budgets.attempt([Window(f"long {begin}", 1, DAY, least=DAY)]) == 0
        assert budgets.attempt([Window(f"hour {begin}", 1)]) == HOUR_ENDS - begin
        assert budgets.attempt([Window(f"day {begin}", 1, DAY)]) == DAY_ENDS - begin
        assert budgets.attempt([Window(f"long {begin}", 1, DAY, least=DAY)]) == DAY_ENDS + DAY - begin
    assert datetime.fromtimestamp(DAY_ENDS, CHINA).strftime("%H:%M:%S") == "00:00:00"


def test_looking_counts_nothing(budgets: Budgets, clock: Clock) -> None:
    address = Window("address", 2)
    assert [budgets.attempt([address], count=False) for _ in range(5)] == [0] * 5
    assert [budgets.attempt([address]) for _ in range(2)] == [0, 0]
    clock.now += 100
    assert budgets.attempt([address], count=False) == 2700


def together(redis: RedisServer, clock: Clock) -> FallbackBudgets:
    return FallbackBudgets(RedisBudgets(redis.url, SMALL, clock), MemoryBudgets(SMALL, clock), clock)


def test_what_was_counted_and_spent_stays_so_when_redis_dies(redis: RedisServer, clock: Clock) -> None:
    budgets, full, used = together(redis, clock), Window("full", 2), Window("used", 2)
    assert [budgets.attempt([full]) for _ in range(3)] == [0, 0, 2800]
    assert [budgets.attempt([used]), budgets.spend("a", BEGIN + 600), budgets.spend("b", BEGIN + 600, "it")] == [
        0, True, True,
    ]  # fmt: skip
    redis.stop()
    try:
        assert [budgets.attempt([full]), budgets.attempt([full], count=False)] == [2800, 2800]
        assert [budgets.attempt([used]) for _ in range(2)] == [0, 2800]
        assert [budgets.spend("a", BEGIN + 600), budgets.spend("b", BEGIN + 600, "else")] == [False, False]
        assert [budgets.spend("b", BEGIN + 600, "it"), budgets.spend("c", BEGIN + 600)] == [True, True]
        # The control: without what was noted here, all of it is open again.
        budgets._own = MemoryBudgets(SMALL, clock)
        assert [budgets.attempt([full]), budgets.spend("a", BEGIN + 600)] == [0, True]
    finally:
        redis.start()


def test_a_redis_that_comes_back_empty_opens_nothing_either(redis: RedisServer, clock: Clock) -> None:
    budgets, full, used = together(redis, clock), Window("full", 2), Window("used", 3)
    assert [budgets.attempt([full]) for _ in range(3)] == [0, 0, 2800]
    assert [budgets.attempt([used]) for _ in range(2)] == [0, 0]
    assert budgets.spend("a", BEGIN + 600)
    redis.empty()
    assert [budgets.attempt([full]), budgets.attempt([used]), budgets.attempt([used])] == [2800, 0, 2800]
    assert not budgets.spend("a", BEGIN + 600)


def test_a_worker_knows_what_others_counted_since_it_last_asked(redis: RedisServer, clock: Clock) -> None:
    one, other, full, used = together(redis, clock), together(redis, clock), Window("full", 3), Window("used", 3)
    assert [one.attempt([full]) for _ in range(3)] == [0, 0, 0]
    assert [one.attempt([used]), one.attempt([used])] == [0, 0]
    assert [other.attempt([full]), other.attempt([used], count=False)] == [2800, 0]
    redis.stop()
    try:
        assert [other.attempt([full]), other.attempt([used]), other.attempt([used])] == [2800, 0, 2800]
    finally:
        redis.start()


def test_attempts_in_redis_end_by_themselves(redis: RedisServer, clock: Clock) -> None:
    budgets = RedisBudgets(redis.url, SMALL, clock)
    budgets.attempt([Window("a", 3)])
    assert [budgets._redis.ttl(key) in range(2790, 2801) for key in budgets._redis.scan_iter()] == [True]


def test_nothing_in_redis_about_attempts_and_proofs_is_finer_than_the_hour(redis: RedisServer, clock: Clock) -> None:
    held = []
    for second in (BEGIN, BEGIN + 1111, HOUR_ENDS - 700):
        redis.empty()
        clock.now = second
        budgets = RedisBudgets(redis.url, SMALL, clock)
        budgets.attempt([Window("filing:address", 3), Window("tip:target", 3, DAY), Window("paid", 1, DAY, least=DAY)])
        budgets.spend("a", second + 600, "it")
        ends = {key: second + budgets._redis.ttl(key) for key in budgets._redis.scan_iter()}  # type: ignore[operator]
        assert all(-1 <= (end + 1) % 3600 - 1 <= 1 for end in ends.values()), ends
        held.append(sorted(redis.dump().splitlines()))
    assert held[0] == held[1] == held[2]


def test_attempts_held_in_memory_are_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_budgets, "MAX_ATTEMPTS", 10)
    bounded = MemoryBudgets(SMALL, clock)
    for number in range(50):
        bounded.attempt([Window(f"w{number}", 1), Window("kept", 100)])
    assert len(bounded._attempts) == 10
    assert bounded.attempt([Window("w49", 1)]) > 0
    assert "kept" in bounded._attempts


def test_memory_is_bounded_and_lets_go_of_those_unused_longest(clock: Clock) -> None:
    bounded = MemoryBudgets(SMALL, clock, max_held=200)
    for number in range(100):
        reader = Reader(f"v{number}", f"a{number}")
        take(bounded, 1, 2, 3, reader=reader)
        take(bounded, 1, reader=ME)
    assert bounded._held <= 200
    assert bounded._held == sum(1 + len(window.seen) for window in bounded._windows.values())
    assert take(bounded, 2, 3, 4, 5, 6).cut == [4], "who reads on keeps their window"
    clock.now += 86_400
    take(bounded, 1, reader=Reader("new", "new"))
    assert len(bounded._windows) == 3


def test_redis_holds_no_id_of_a_person_and_ends_by_itself(redis: RedisServer, clock: Clock) -> None:
    budgets = RedisBudgets(redis.url, SMALL, clock)
    take(budgets, 1, by_name=[0])
    budgets.spend("a", BEGIN + 600)
    for key in budgets._redis.scan_iter():
        assert budgets._redis.ttl(key) in range(1, 86_401)
    assert people(1)[0] not in redis.dump()


def test_without_redis_each_worker_counts_and_goes_back_when_it_is_there(redis: RedisServer, clock: Clock) -> None:
    budgets = FallbackBudgets(RedisBudgets(redis.url, SMALL, clock), MemoryBudgets(SMALL, clock), clock)
    assert cut(budgets, 1, 2, 3, 4, 5, 6) == [6]
    redis.stop()
    try:
        clock.now += 1
        assert cut(budgets, 11, 12, 13, 14, 15, 16) == [16], "limits hold, counted here"
        assert budgets.spend("a", BEGIN + 600)
        assert not budgets.spend("a", BEGIN + 600)
    finally:
        redis.start()
    assert cut(budgets, 16) == [16]
    clock.now += AWAY_SECONDS
    assert cut(budgets, 16, 17) == []
    assert "people:hour:me" in redis.dump()


def test_a_dead_redis_alone_would_be_an_error(clock: Clock) -> None:
    # The control of the test above.
    with pytest.raises(RedisConnectionError):
        take(RedisBudgets("redis://127.0.0.1:1/0", SMALL, clock), 1)


def test_redis_is_used_when_it_is_named() -> None:
    assert isinstance(make_budgets(SMALL), MemoryBudgets)
    assert isinstance(make_budgets(replace(SMALL, redis_url="redis://127.0.0.1:1/0")), FallbackBudgets)
