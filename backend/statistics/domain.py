"""The quarters of a court's statistics, put together from rounded numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

ROUNDED_TO = 5
QUARTERS = 12
CAUSES = (
    "performed", "settled", "creditor_request", "no_property", "stay", "non_enforcement", "terminated",
    "early_deletion", "withdrawn", "expired", "other",
)  # fmt: skip


def put_together(numbers: Iterable[Mapping[str, Any]], last_day: date) -> list[dict[str, Any]]:
    """The last twelve whole quarters, oldest first; a number that is missing is 0, a median null.

    Args:
        numbers: rows with the first day of a quarter, a cell and its number.
        last_day: of the last whole quarter.
    """
    by_cell = {(row["quarter"], row["cell"]): row["number"] for row in numbers}
    return [_quarter(first, by_cell) for first in _first_days(last_day)]


def _first_days(last_day: date) -> list[date]:
    number = last_day.year * 4 + (last_day.month - 1) // 3
    return [date(one // 4, one % 4 * 3 + 1, 1) for one in range(number - QUARTERS + 1, number + 1)]


def _quarter(first: date, by_cell: Mapping[tuple[date, str], int]) -> dict[str, Any]:
    last = (first + timedelta(days=100)).replace(day=1) - timedelta(days=1)
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "listed": by_cell.get((first, "listed"), 0),
        "ended": {cause: by_cell.get((first, cause), 0) for cause in CAUSES},
        "objections": {
            "filed": by_cell.get((first, "filed"), 0),
            "upheld": by_cell.get((first, "upheld"), 0),
            "median_days": by_cell.get((first, "median_days")),
        },
    }
