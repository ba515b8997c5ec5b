"""Dates in every form that the official feed and its copies write (docs/import.md)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from backend.core.clock import CHINA
from backend.listings.domain.rejection import Reason, Rejected

# No court decision that a list can still hold is older; earlier dates are empty fields of some program.
EARLIEST = date(1949, 10, 1)
_YEAR_MONTH_DAY = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?(.*)", re.DOTALL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})((?:\d{6})?)")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_CLOCK = re.compile(
    r"[T ]*(\d{1,2})[:：时点](\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?)?[分秒]?\s*(Z|[+-]\d{2}:?\d{2})?|\d{6}|"
)


@lru_cache(maxsize=65_536)
def read_date(text: str) -> date | None:
    """The date a text means in China, or None for an empty text.

    Reads `2017年05月12日`, `2023年4月24日`, `20200508`, `2016-02-05` (also with `/` or `.`), any of them with a time
    of day, and seconds or milliseconds since 1970. A time with a zone is converted to Asia/Shanghai; without one it
    is Chinese time.

    Raises:
        ValueError: not a date, or a day that does not exist.
    """
    if not text:
        return None
    if _EPOCH.fullmatch(text):
        seconds = int(text) if len(text) == 10 else int(text) / 1000
        return datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).date()
    match = _COMPACT.fullmatch(text) or _YEAR_MONTH_DAY.fullmatch(text)
    if not match:
        raise ValueError("not a date")
    clock = _CLOCK.fullmatch(match[4])
    if not clock:
        raise ValueError("not a time of day")
    day = date(int(match[1]), int(match[2]), int(match[3]))
    return _in_china(day, clock) if clock[4] else day


def _in_china(day: date, clock: re.Match[str]) -> date:
    zone = "+00:00" if clock[4] == "Z" else clock[4]
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    instant = datetime(day.year, day.month, day.day, int(clock[1]), int(clock[2]), tzinfo=UTC) - offset
    return instant.astimezone(CHINA).date()


def check_date(field: str, text: str, *, latest: date) -> date | None:
    """The date of a field, or None when it is empty.

    Raises:
        Rejected: unreadable, not in the calendar, before 1949 or after `latest`.
    """
    try:
        day = read_date(text)
    except (ValueError, OverflowError):
        impossible = re.fullmatch(r"\d{4}\D+\d{1,2}\D+\d{1,2}\D*|\d{8}", text)
        raise Rejected(field, Reason.IMPOSSIBLE_DATE if impossible else Reason.UNREADABLE_DATE) from None
    if day is None:
        return None
    if day < EARLIEST:
        raise Rejected(field, Reason.IMPOSSIBLE_DATE)
    if day > latest:
        raise Rejected(field, Reason.FUTURE_DATE)
    return day
