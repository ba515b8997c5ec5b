"""Dates in China: a listing's last day ends at midnight in Asia/Shanghai, wherever the server stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present instant, UTC, aware."""
    return datetime.now(UTC)


def today() -> date:
    """The date in China; the database's own answer is `serving.today()`."""
    return now().astimezone(CHINA).date()


def rfc3339(instant: datetime) -> str:
    """An aware instant as RFC 3339 in UTC, whole seconds: `2026-11-21T10:00:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rfc3339_or_none(instant: datetime | None) -> str | None:
    """The same of an instant that may be missing."""
    return rfc3339(instant) if instant else None
