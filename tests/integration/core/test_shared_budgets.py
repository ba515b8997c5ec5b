"""What is counted and spent in Redis, and what happens when Redis goes away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from backend.core.budgets import DAY, MemoryBudgets, Window
from backend.core.limits import make_budgets
from backend.core.shared_budgets import AWAY_SECONDS, FallbackBudgets, RedisBudgets
from tests.integration.conftest import RedisServer
from tests.integration.core.counting import BEGIN, HOUR_ENDS, SMALL, Clock, cut, people, take


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
