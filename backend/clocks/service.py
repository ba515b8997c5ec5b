"""Loads the calendar of working days, the law's clocks and causes, and how long what is kept, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from backend.clocks.seed import (
    CALENDAR_FILE,
    CAUSES_FILE,
    CLOCKS_FILE,
    PROVISIONAL,
    RETENTION_FILE,
    CalendarDay,
    read_calendar,
    read_causes,
    read_clocks,
    read_retention,
)
from backend.core.db import Connection, Database, load_queries
from backend.core.errors import OperatorError

_queries = load_queries(__file__)


def lacks_rows(database: Database) -> bool:
    """Whether this version knows a time limit, a cause or a term of keeping that the database lacks: load them."""
    causes = read_causes(CAUSES_FILE)
    with database.transaction("operator") as connection:
        lacking: bool = _queries.lacks_rows(
            connection,
            clocks=[rule.name for rule in read_clocks(CLOCKS_FILE)],
            kept=[kept.what for kept in read_retention(RETENTION_FILE)],
            actions=[cause.action for cause in causes],
            codes=[cause.code for cause in causes],
        )
    return lacking


def load_clocks(
    database: Database, calendar: Path | None = None, clocks: Path | None = None, retention: Path | None = None
) -> tuple[int, int, int]:
    """Load the tables, from an operator's files or the committed ones, and count open duties anew by them.

    How many days and clocks they hold, and of how many duties the last day is another one now.

    A calendar replaces the years that it names and leaves all others; days that stand in for an arrangement that is not
    out yet (`PROVISIONAL`) replace none.

    Raises:
        OperatorError: a file makes no sense, or two clocks of one name overlap; nothing is changed then.
    """
    with database.transaction("operator") as connection:
        files = calendar or CALENDAR_FILE, clocks or CLOCKS_FILE, retention or RETENTION_FILE
        return *store_clocks(connection, *files), _queries.count_duties_anew(connection)


def store_clocks(
    connection: Connection,
    calendar: Path = CALENDAR_FILE,
    clocks: Path = CLOCKS_FILE,
    retention: Path = RETENTION_FILE,
) -> tuple[int, int]:
    """The same on a connection whose role may write the register; the caller commits."""
    days, rules = read_calendar(calendar), read_clocks(clocks)
    _store_calendar(connection, days)
    for rule in rules:
        _queries.save_clock(connection, **asdict(rule))
    for cause in read_causes(CAUSES_FILE):
        _queries.save_cause(connection, **asdict(cause))
    for kept in read_retention(retention):
        _queries.save_retention(connection, **asdict(kept))
    overlapping = _queries.find_overlap(connection)
    if overlapping:
        raise OperatorError(f"Two clocks {overlapping} would hold on one day: give the older one a valid_until.")
    return len(days), len(rules)


def calendar_gaps(database: Database) -> dict[int, bool]:
    """Years in which duties end, or will within a month, without the State Council's arrangement.

    Of each, whether the days off of the standing regulation are loaded; else the week alone counts there.
    """
    with database.transaction("operator") as connection:
        return {row["year"]: row["provisional"] for row in _queries.list_gaps(connection)}


def provisional_years(database: Database) -> list[int]:
    """Years whose arrangement by the State Council is still to be loaded."""
    with database.transaction("operator") as connection:
        return [row["year"] for row in _queries.list_provisional_years(connection, provisional=PROVISIONAL)]


def _store_calendar(connection: Connection, read: Sequence[CalendarDay]) -> None:
    settled = {row["year"] for row in _queries.list_settled_years(connection, provisional=PROVISIONAL)}
    days = [day for day in read if PROVISIONAL not in day.source or day.day.year not in settled]
    _queries.delete_calendar_of(connection, years=sorted({day.day.year for day in days}))
    _queries.insert_calendar_days(
        connection,
        days=[day.day for day in days],
        working=[day.works for day in days],
        names=[day.name for day in days],
        sources=[day.source for day in days],
    )
