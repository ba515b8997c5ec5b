"""The rules of counting, over both stores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from backend.core import budgets as core_budgets
from backend.core.budgets import DAY, Budgets, Grant, MemoryBudgets, Window
from backend.core.clock import CHINA
from backend.core.shared_budgets import RedisBudgets
from backend.core.visitors import Reader
from tests.integration.core.counting import BEGIN, DAY_ENDS, HOUR_ENDS, ME, SMALL, Clock, cut, take


@pytest.fixture(params=["memory", "redis"])
def budgets(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Budgets]:
    if request.param == "memory":
        yield MemoryBudgets(SMALL, clock)
    else:
        yield RedisBudgets(request.getfixturevalue("redis").url, SMALL, clock)


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


def test_attempts_held_in_memory_are_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_budgets, "MAX_ATTEMPTS", 10)
    bounded = MemoryBudgets(SMALL, clock)
    for number in range(50):
        bounded.attempt([Window(f"w{number}", 1), Window("kept", 100)])
    assert len(bounded._attempts) == 10
    assert bounded.attempt([Window("w49", 1)]) > 0
    assert "kept" in bounded._attempts


def test_proofs_held_in_memory_are_bounded_and_end(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_budgets, "MAX_PROOFS", 10)
    bounded = MemoryBudgets(SMALL, clock)
    for number in range(50):
        assert bounded.spend(f"p{number}", BEGIN + 600)
    assert len(bounded._spent) == 10
    assert not bounded.spend("p49", BEGIN + 600)
    clock.now = BEGIN + 600
    bounded.spend("next", BEGIN + 1200)
    assert [*bounded._spent] == ["next"]


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
