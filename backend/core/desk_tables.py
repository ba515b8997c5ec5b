"""Tables of the court console: sorted, filtered and paged by their address; as CSV without a formula in any cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from sqlalchemy import ColumnElement, DateTime, Select, Text, case, cast, func, or_, select

from backend.core.clock import CHINA
from backend.core.db import Connection, fetch_all
from backend.core.desk import local_time, t

PAGE_ROWS = 50
# Far beyond any table; what is larger would not fit where PostgreSQL counts.
_MAX_PAGE = 1_000_000
# What makes a spreadsheet take a cell's text for a formula, after spaces and full-width, too (OWASP, CSV injection).
_FORMULA = re.compile(r"\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


@dataclass(frozen=True)
class Heading:
    """One column of a table: its key in the address, and both names."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True)
class Column(Heading):
    """A column of a statement, and what it shows, sorts and is searched by."""

    shown: ColumnElement[Any]


@dataclass(frozen=True)
class _View:
    """How the address wants a table: sorted by a column, which way, with a text in its rows, and which page of it.

    In the address, so that a view of a table can be kept and shared; its file is of the same view.
    """

    sort: str
    down: bool
    find: str
    number: int


def _asked_view(columns: Sequence[Heading], default_sort: str, *, default_down: bool = False) -> _View:
    sort = request.args.get("sort", "")
    is_chosen = sort in {column.key for column in columns}
    return _View(
        sort if is_chosen else default_sort,
        request.args.get("down") == "1" if is_chosen else default_down,
        request.args.get("find", "").strip()[:100],
        min(max(1, request.args.get("page", 1, type=int)), _MAX_PAGE),
    )


@dataclass(frozen=True)
class Table:
    """What a table of the console shows: `columns`, and a `statement` whose columns carry the columns' keys.

    Until a column is chosen it is sorted by `default_sort`, with `default_down` the latest first.
    """

    columns: Sequence[Column]
    statement: Select[Any]
    default_sort: str
    default_down: bool = False

    def fetch(self, connection: Connection) -> Page:
        """The page that the address asks for."""
        view = self._asked()
        wanted = self._wanted(view)
        [total] = fetch_all(connection, select(func.count().label("n")).select_from(wanted.order_by(None).subquery()))
        shown = wanted.limit(PAGE_ROWS).offset((view.number - 1) * PAGE_ROWS)
        return Page(self.columns, fetch_all(connection, shown), total["n"], view)

    def csv(self, connection: Connection, name: str) -> Response:
        """All rows of the view that the address asks for, as a file for a spreadsheet."""
        return _file(name, self.columns, fetch_all(connection, self._wanted(self._asked())))

    def _asked(self) -> _View:
        return _asked_view(self.columns, self.default_sort, default_down=self.default_down)

    def _wanted(self, view: _View) -> Select[Any]:
        """Sorted and searched by what is shown, which may be less than what there is."""
        shown = self.statement.subquery()
        wanted = select(shown)
        if view.find:
            texts = (_as_text(shown.c[column.key]) for column in self.columns)
            wanted = wanted.where(or_(*(text.icontains(view.find, autoescape=True) for text in texts)))
        by = shown.c[view.sort]
        # Of rows that are alike under this column, too, each stands on one page and on no other.
        others = (column for column in shown.c if column.key != view.sort)
        return wanted.order_by(by.desc().nulls_last() if view.down else by.asc().nulls_last(), *others)


def _as_text(shown: ColumnElement[Any]) -> ColumnElement[str]:
    """As a page shows it."""
    if isinstance(shown.type, DateTime):
        return func.to_char(func.timezone(CHINA.key, shown), "YYYY-MM-DD HH24:MI", type_=Text)
    return cast(shown, Text)


def worded(field: ColumnElement[Any], words: Mapping[str, tuple[str, str]]) -> ColumnElement[str]:
    """A column of codes in the reader's words; a code without words as it is."""
    return case({code: t(zh, en) for code, (zh, en) in words.items()}, value=field, else_=field)


def said(field: ColumnElement[Any], words: Mapping[str, Mapping[str, str]]) -> ColumnElement[str]:
    """As `worded`, by the `zh` and `en` that the answers of the public interface hold too."""
    return worded(field, {code: (text["zh"], text["en"]) for code, text in words.items()})


@dataclass(frozen=True)
class Sheet:
    """A table of rows that are at hand; what they hold under the columns' keys is what is shown.

    They stay in their own order until the address asks for another.
    """

    columns: Sequence[Heading]
    rows: Sequence[Mapping[str, Any]]

    def page(self) -> Page:
        """The page that the address asks for."""
        view = _asked_view(self.columns, "")
        wanted, first = self._wanted(view), (view.number - 1) * PAGE_ROWS
        return Page(self.columns, wanted[first : first + PAGE_ROWS], len(wanted), view)

    def csv(self, name: str) -> Response:
        """All rows of the view that the address asks for, as a file for a spreadsheet."""
        return _file(name, self.columns, self._wanted(_asked_view(self.columns, "")))

    def _wanted(self, view: _View) -> list[Mapping[str, Any]]:
        sought = view.find.casefold()
        rows = [row for row in self.rows if any(sought in cell(row[one.key]).casefold() for one in self.columns)]
        if not view.sort:
            return rows
        known = [row for row in rows if row[view.sort] is not None]
        known.sort(key=lambda row: row[view.sort], reverse=view.down)
        return known + [row for row in rows if row[view.sort] is None]


@dataclass(frozen=True)
class Page:
    """Some rows of a table, as `console/macros.html` shows them."""

    columns: Sequence[Heading]
    rows: Sequence[Mapping[str, Any]]
    total: int
    view: _View

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE_ROWS))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that searches the table must send along, so that its sort and filters stay."""
        passing = {"find", "page", "csv"}
        return [(name, value) for name, value in request.args.items(multi=True) if name not in passing]

    @property
    def sorted_by(self) -> list[tuple[str, str]]:
        """What a form that filters the table must send along, so that its sort stays."""
        return [(name, value) for name, value in self.kept if name in {"sort", "down"}]

    def address(self, **changes: Any) -> str:
        """This page's address with other parameters."""
        kept = {**request.args.to_dict(), **changes}
        return f"{request.path}?{urlencode({key: value for key, value in kept.items() if value is not None})}"


def _file(name: str, columns: Sequence[Heading], rows: Iterable[Mapping[str, Any]]) -> Response:
    titles = [t(column.zh, column.en) for column in columns]
    return csv_answer(name, titles, ([row[column.key] for column in columns] for row in rows))


def csv_answer(name: str, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    """A CSV file that spreadsheets read in Chinese, in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles)
    for row in rows:
        writer.writerow([neutral_cell(value) for value in row])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def neutral_cell(value: Any) -> str:
    """The text of a cell; what a spreadsheet would compute stands behind an apostrophe."""
    text = cell(value)
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute what a cell holds."""
    return _FORMULA.match(text) is not None


def cell(value: Any) -> str:
    """What a table shows, as text."""
    if isinstance(value, datetime):
        return local_time(value)
    return "" if value is None else str(value)
