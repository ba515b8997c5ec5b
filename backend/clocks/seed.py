"""Reads the tables of dates: working days, the law's clocks and causes, and how long what is kept; CSV in UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from backend.config import ROOT
from backend.core.errors import OperatorError

CALENDAR_FILE = ROOT / "sql" / "seed" / "working_days.csv"
CLOCKS_FILE = ROOT / "sql" / "seed" / "clocks.csv"
CAUSES_FILE = ROOT / "sql" / "seed" / "causes.csv"
RETENTION_FILE = ROOT / "sql" / "seed" / "retention.csv"
# In the source of days that only the standing regulation gives: the State Council tells its arrangement in late autumn.
PROVISIONAL = "国务院调休安排公布前"
_LONGEST_HOLIDAY = timedelta(days=30)
# A hundred years of days; more is a slip, and more yet no date.
_LARGEST = 36_500
# A name or an article is a line; csv's own limit is the whole process's, and larger once a list was read.
_LONGEST_CELL = 1000
_Row = TypeVar("_Row")


@dataclass(frozen=True)
class CalendarDay:
    """A day on which courts work or rest otherwise than the week says."""

    day: date
    works: bool
    name: str
    source: str


@dataclass(frozen=True)
class Clock:
    """One row of `register.clock`; `valid_until` is its last day, None while it is the law."""

    name: str
    kind: str
    amount: int
    unit: str
    valid_from: date
    valid_until: date | None
    article: str


@dataclass(frozen=True)
class Cause:
    """One row of `register.cause`."""

    action: str
    code: str
    valid_from: date
    valid_until: date | None
    article: str
    zh: str
    en: str


@dataclass(frozen=True)
class Retention:
    """One row of `register.retention`."""

    what: str
    days: int
    valid_from: date
    valid_until: date | None
    basis: str


def read_calendar(path: Path) -> list[CalendarDay]:
    """Days of a CSV file with first_day, last_day, works (yes or no), name and source.

    Raises:
        OperatorError: not such a file, or a day stands in it twice; says which line.
    """
    spans = _read(path, ("first_day", "last_day", "works", "name", "source"), _span)
    days: dict[date, CalendarDay] = {}
    for line, span in spans:
        for day in span:
            if day.day in days:
                raise OperatorError(f"{path}, line {line}: {day.day} stands in it twice.")
            days[day.day] = day
    return list(days.values())


def read_clocks(path: Path) -> list[Clock]:
    """Rows of a CSV file with the fields of `Clock` as columns.

    Raises:
        OperatorError: not such a file; says which line.
    """
    return [clock for _, clock in _read(path, tuple(field.name for field in fields(Clock)), _clock)]


def read_causes(path: Path) -> list[Cause]:
    """Rows of a CSV file with the fields of `Cause` as columns.

    Raises:
        OperatorError: not such a file; says which line.
    """
    return [cause for _, cause in _read(path, tuple(field.name for field in fields(Cause)), _cause)]


def read_retention(path: Path) -> list[Retention]:
    """Rows of a CSV file with the fields of `Retention` as columns.

    Raises:
        OperatorError: not such a file; says which line.
    """
    return [rule for _, rule in _read(path, tuple(field.name for field in fields(Retention)), _retention)]


def _retention(row: dict[str, str]) -> Retention:
    what = _one_of(row, "what", ("listing", "withheld_text", "audit_body", "tombstone_key", "removal_notice"))
    return Retention(what, _number(row, "days"), *_validity(row), row["basis"])


def _span(row: dict[str, str]) -> list[CalendarDay]:
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    if not first <= last <= first + _LONGEST_HOLIDAY:
        raise ValueError("last_day must be first_day or at most 30 days later")
    if row["works"] not in ("yes", "no"):
        raise ValueError("works must be yes or no")
    length = (last - first).days + 1
    days = (first + timedelta(days=number) for number in range(length))
    return [CalendarDay(day, row["works"] == "yes", row["name"], row["source"]) for day in days]


def _clock(row: dict[str, str]) -> Clock:
    if not row["name"] or not row["article"]:
        raise ValueError("name and article must not be empty")
    return Clock(
        row["name"],
        _one_of(row, "kind", ("duty", "right", "bar", "bound")),
        _number(row, "amount"),
        _one_of(row, "unit", ("working_day", "day", "month")),
        *_validity(row),
        row["article"],
    )


def _cause(row: dict[str, str]) -> Cause:
    since, until = _validity(row)
    return Cause(row["action"], row["code"], since, until, row["article"], row["zh"], row["en"])


def _validity(row: dict[str, str]) -> tuple[date, date | None]:
    """The first and the last day of a rule."""
    since = date.fromisoformat(row["valid_from"])
    until = date.fromisoformat(row["valid_until"]) if row["valid_until"] else None
    if until and until < since:
        raise ValueError("valid_until lies before valid_from")
    return since, until


def _number(row: dict[str, str], column: str) -> int:
    number = int(row[column])
    if not 1 <= number <= _LARGEST:
        raise ValueError(f"{column} must be 1 to {_LARGEST}")
    return number


def _one_of(row: dict[str, str], column: str, known: tuple[str, ...]) -> str:
    if row[column] not in known:
        raise ValueError(f"{column} must be one of {', '.join(known)}")
    return row[column]


def _read(path: Path, columns: tuple[str, ...], parse: Callable[[dict[str, str]], _Row]) -> Iterator[tuple[int, _Row]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = "\0"
    if "\0" in text:
        raise OperatorError(f"{path} is not a readable CSV file in UTF-8.")
    rows: Any = csv.DictReader(io.StringIO(text))
    try:
        found = list(_numbered(rows)) if tuple(rows.fieldnames or ()) == columns else None
    except csv.Error as error:
        raise OperatorError(f"{path}, line {rows.line_num}: {error}.") from None
    if found is None:
        raise OperatorError(f"{path} must have the columns {', '.join(columns)}.")
    for line, row in found:
        if None in row or None in row.values():
            raise OperatorError(f"{path}, line {line}: it has not {len(columns)} cells.")
        if any(len(cell) > _LONGEST_CELL for cell in row.values()):
            raise OperatorError(f"{path}, line {line}: a cell has more than {_LONGEST_CELL} characters.")
        try:
            yield line, parse(row)
        except ValueError as error:
            raise OperatorError(f"{path}, line {line}: {error}.") from None


def _numbered(rows: Any) -> Iterator[tuple[int, dict[str, str]]]:
    for row in rows:
        yield rows.line_num, row
