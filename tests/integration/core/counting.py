"""Small budgets, a clock that is set, and people by number."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from backend.config import Limits
from backend.core.budgets import Budgets, Grant
from backend.core.visitors import Reader

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
# BEGIN is 800 seconds into an hour, and 22:13 in China.
HOUR_ENDS = BEGIN + 2800
DAY_ENDS = HOUR_ENDS + 3600


class Clock:
    now = float(BEGIN)

    def __call__(self) -> float:
        return self.now


def people(*numbers: int) -> list[str]:
    return [str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))) for number in numbers]


def take(budgets: Budgets, *numbers: int, reader: Reader = ME, **named: Any) -> Grant:
    return budgets.take(reader, people(*numbers), **named)


def cut(budgets: Budgets, *numbers: int, reader: Reader = ME, **named: Any) -> list[int]:
    return [numbers[place] for place in take(budgets, *numbers, reader=reader, **named).cut]
