"""How the court console's pages are made: language, forms, tables and their CSV, and refusals as pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request
from marshmallow import EXCLUDE, Schema, ValidationError
from sqlalchemy import ColumnElement, DateTime, Select, Text, case, cast, func, or_, select

from backend.core.access import CourtBlueprint, came_for
from backend.core.clock import CHINA
from backend.core.db import Connection, fetch_all
from backend.core.errors import FieldError, Invalid, ProductError, status_of
from backend.core.problems import retry_header

LANGUAGE_COOKIE = "court_language"
PAGE_ROWS = 50
# Far beyond any table; what is larger would not fit where PostgreSQL counts.
_MAX_PAGE = 1_000_000
# What makes a spreadsheet take a cell's text for a formula, after spaces and full-width, too (OWASP, CSV injection).
_FORMULA = re.compile(r"\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def t(zh: str, en: str) -> str:
    """The words in the reader's language: Chinese unless they chose English."""
    return en if language() == "en" else zh


def language() -> str:
    return "en" if request.cookies.get(LANGUAGE_COOKIE) == "en" else "zh"


def render(template: str, status: int = 200, **values: Any) -> Response:
    """A page of the console from a template under `templates/`."""
    return Response(render_template(template, **values), status, mimetype="text/html")


def read_form(schema: Schema) -> dict[str, Any]:
    """What a form says, checked; `errors` in an `Invalid` point at its fields.

    Raises:
        Invalid: a field is missing or makes no sense.
    """
    return _loaded(schema, {name: said if len(said) > 1 else said[0] for name, said in request.form.lists()})


def _loaded(schema: Schema, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        read: dict[str, Any] = schema.load(given, unknown=EXCLUDE)
    except ValidationError as error:
        wrong: dict[str, Any] = error.messages  # type: ignore[assignment]  # field → messages
        said = ((name, " ".join(map(str, why)) if isinstance(why, list) else str(why)) for name, why in wrong.items())
        raise Invalid(errors=tuple(FieldError(f"/body/{name}", why) for name, why in said)) from None
    return read


def read_json(schema: Schema) -> dict[str, Any]:
    """What a script of the console sent, checked.

    Raises:
        Invalid: it is no JSON object, or a field is missing or makes no sense.
    """
    given = request.get_json(silent=True)
    if not isinstance(given, dict) or not _storable(given):
        raise Invalid("A JSON object is needed, without NUL or half of a character.")
    return _loaded(schema, given)


def _storable(given: Any) -> bool:
    """Whether the database can hold all texts of a JSON value, which can spell what no form can carry."""
    if isinstance(given, Mapping):
        return all(_storable(name) and _storable(value) for name, value in given.items())
    if isinstance(given, list):
        return all(map(_storable, given))
    # Surrogates, D800 to DFFF, come in pairs that JSON has joined, or not at all.
    return not isinstance(given, str) or not re.search(r"[\0\ud800-\udfff]", given)


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


def local_time(value: datetime | None) -> str:
    """A moment as a clock in China shows it, to the minute."""
    return "" if value is None else value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def day(value: date | None) -> str:
    """A day with its weekday, in the reader's language."""
    if value is None:
        return ""
    if language() == "en":
        return f"{value:%a} {value.day} {value:%b %Y}"
    return f"{value.year}年{value.month}月{value.day}日(周{'一二三四五六日'[value.weekday()]})"


def _refusal(error: ProductError) -> Response:
    return refusal_page(status_of(error), error, retry_header(error))


def refusal_page(status: int, error: Any, headers: Mapping[str, str]) -> Response:
    """Why something was not done, and what next; `error` has a title, perhaps a detail, and that in Chinese (zh)."""
    page = render("console/refusal.html", status, error=error, status_code=status, headers=headers, back=came_for())
    page.headers.update(headers)
    return page


class DeskBlueprint(CourtBlueprint):
    """A feature's pages at the console: guarded, and refused in pages rather than in problem documents."""

    def __init__(self, name: str, import_name: str, url_prefix: str) -> None:
        super().__init__(name, import_name, url_prefix)
        self.register_error_handler(ProductError, _refusal)
