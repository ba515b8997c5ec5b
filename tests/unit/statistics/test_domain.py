from __future__ import annotations

from datetime import date

from backend.statistics.domain import CAUSES, put_together


def test_quarters_follow_one_another_over_years() -> None:
    quarters = put_together([], date(2026, 6, 30))
    assert [quarter["from"] for quarter in quarters[:2]] == ["2023-07-01", "2023-10-01"]
    assert (quarters[-1]["from"], quarters[-1]["to"]) == ("2026-04-01", "2026-06-30")
    assert [quarter["to"] for quarter in quarters[:3]] == ["2023-09-30", "2023-12-31", "2024-03-31"]
    assert all(set(quarter["ended"]) == set(CAUSES) for quarter in quarters)


def test_a_number_stands_in_its_own_cell_and_what_is_missing_is_none() -> None:
    rows = [
        {"quarter": date(2026, 4, 1), "cell": "settled", "number": 10},
        {"quarter": date(2026, 1, 1), "cell": "listed", "number": 5},
        {"quarter": date(2020, 1, 1), "cell": "listed", "number": 50},
    ]
    before, last = put_together(rows, date(2026, 6, 30))[-2:]
    assert (before["listed"], last["listed"]) == (5, 0)
    assert (before["ended"]["settled"], last["ended"]["settled"]) == (0, 10)
    assert last["objections"] == {"filed": 0, "upheld": 0, "median_days": None}
