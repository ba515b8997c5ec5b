from __future__ import annotations

from datetime import datetime

from backend.core.budgets import DAY
from backend.core.clock import CHINA
from backend.core.filings import braking


def test_what_was_paid_for_is_known_a_whole_day_even_if_paid_before_midnight() -> None:
    late = int(datetime(2026, 1, 1, 23, 59, 59, tzinfo=CHINA).timestamp())
    assert braking._paid("mark").ends_at(late) >= late + DAY
