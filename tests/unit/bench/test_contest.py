from __future__ import annotations

import pytest

from tests.bench.national.contest import Contest, run
from tests.bench.national.load import Measured


def _measured(per_second: float, errors: int = 0) -> Measured:
    return Measured(per_second, None, None, None, errors)


def test_contenders_take_turns() -> None:
    asked: list[str] = []

    def ask(name: str) -> Measured:
        asked.append(name)
        return _measured(1)

    run({"a": lambda: ask("a"), "b": lambda: ask("b")}, rounds=2)
    assert asked == ["a", "b", "a", "b"]


def test_a_ratio_is_the_median_of_the_rounds_own() -> None:
    contest = Contest(
        {"a": [_measured(1), _measured(4), _measured(9)], "b": [_measured(1), _measured(2), _measured(3)]}
    )
    ratio = contest.ratio("a", "b")
    assert (ratio.median, ratio.low, ratio.high) == (2, 1, 3)


def test_what_drawing_values_takes_is_taken_off() -> None:
    contest = Contest({"sql": [_measured(100)], "fetch": [_measured(200)]})
    assert contest.sql_only("sql", "fetch") == [pytest.approx(200)]


def test_names_contenders_with_errors() -> None:
    assert Contest({"a": [_measured(1)], "b": [_measured(1, 3), _measured(1, 1)]}).errors == {"b": 4}
