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
from zoneinfo import ZoneInfo

from flask import Flask, Response, current_app, g, render_template, request, url_for
from markupsafe import Markup, escape
from marshmallow import EXCLUDE, Schema, ValidationError
from sqlalchemy import ColumnElement, Select, func, select

from backend.core.access import CourtBlueprint
from backend.core.db import Connection, fetch_all
from backend.core.errors import STATUS, FieldError, Invalid, ProductError
from backend.core.problems import retry_header
from backend.core.sessions import Session

LANGUAGE_COOKIE = "court_language"
CHINA = ZoneInfo("Asia/Shanghai")
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
        messages: dict[str, Any] = error.messages  # type: ignore[assignment]  # field → messages
        raise Invalid(errors=tuple(FieldError(f"/body/{name}", str(said)) for name, said in messages.items())) from None
    return read


def read_json(schema: Schema) -> dict[str, Any]:
    """What a script of the console sent, checked.

    Raises:
        Invalid: it is no JSON object, or a field is missing or makes no sense.
    """
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise Invalid("A JSON object is needed.")
    if not _storable(given):
        raise Invalid("must not hold NUL, nor half of a character")
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
class Column:
    """One column of a table: its key in the address, both names, and what it shows and sorts by."""

    key: str
    zh: str
    en: str
    shown: ColumnElement[Any]


@dataclass(frozen=True)
class Table:
    """What a table of the console shows: `columns`, and `rows`, a statement whose columns carry the columns' keys.

    `sort`, `down` and `page` come from the address, so that a view of a table can be kept and shared.
    """

    columns: Sequence[Column]
    statement: Select[Any]
    default_sort: str

    def fetch(self, connection: Connection) -> Page:
        """The page that the address asks for."""
        keys = [column.key for column in self.columns]
        sort = request.args.get("sort", self.default_sort)
        sort = sort if sort in keys else self.default_sort
        down = request.args.get("down") == "1"
        number = min(max(1, request.args.get("page", 1, type=int)), _MAX_PAGE)
        shown = self._ordered(sort, down=down).limit(PAGE_ROWS).offset((number - 1) * PAGE_ROWS)
        [total] = fetch_all(connection, select(func.count().label("n")).select_from(self.statement.subquery()))
        return Page(self.columns, fetch_all(connection, shown), total["n"], sort, down=down, number=number)

    def csv(self, connection: Connection, name: str) -> Response:
        """All rows as a file for a spreadsheet."""
        rows = fetch_all(connection, self._ordered(self.default_sort, down=False))
        titles = [t(column.zh, column.en) for column in self.columns]
        return csv_answer(name, titles, ([row[column.key] for column in self.columns] for row in rows))

    def _ordered(self, sort: str, *, down: bool) -> Select[Any]:
        by = next(column.shown for column in self.columns if column.key == sort)
        return self.statement.order_by(by.desc().nulls_last() if down else by.asc().nulls_last())


@dataclass(frozen=True)
class Page:
    """Some rows of a table, as `console/macros.html` shows them."""

    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    total: int
    sort: str
    down: bool
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE_ROWS))

    def address(self, **changes: Any) -> str:
        """This page's address with other parameters."""
        kept = {**request.args.to_dict(), **changes}
        return f"{request.path}?{urlencode({key: value for key, value in kept.items() if value is not None})}"


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
    text = "" if value is None else str(value)
    return f"'{text}" if _FORMULA.match(text) else text


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


def _csrf_field() -> Markup:
    session: Session | None = g.get("session")
    return Markup('<input type="hidden" name="csrf" value="%s">') % escape(session.csrf) if session else Markup("")


def _refusal(error: ProductError) -> Response:
    status = next(code for family, code in STATUS.items() if isinstance(error, family))
    response = render("console/refusal.html", status, error=error, status_code=status)
    response.headers.update(retry_header(error))
    return response


@dataclass(frozen=True)
class Place:
    """An entry of the console's navigation.

    Attributes:
        endpoint: the view it leads to, e.g. `notices_desk.show_list`.
        roles: who sees it; empty means everybody.
    """

    zh: str
    en: str
    endpoint: str
    roles: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        return url_for(self.endpoint)

    @property
    def is_here(self) -> bool:
        """Whether the page belongs to it: by its blueprint, and by the longest address where several have one."""
        every: Sequence[Place] = current_app.extensions["places"]
        blueprint = (request.endpoint or "").partition(".")[0]
        near = [place.address for place in every if place.endpoint.partition(".")[0] == blueprint]
        return self.address == max((one for one in near if request.path.startswith(one)), key=len, default=None)


def _places() -> list[Place]:
    """The navigation of whoever is signed in."""
    session: Session | None = g.get("session")
    every: Sequence[Place] = current_app.extensions["places"]
    held = set(session.officer.roles) if session else set()
    return [place for place in every if not place.roles or place.roles & held]


class DeskBlueprint(CourtBlueprint):
    """A feature's pages at the console: guarded, and refused in pages rather than in problem documents."""

    def __init__(self, name: str, import_name: str, url_prefix: str) -> None:
        super().__init__(name, import_name, url_prefix)
        self.register_error_handler(ProductError, _refusal)


def register_desk(app: Flask, places: Sequence[Place]) -> None:
    """What templates of the console may use, and its navigation in order."""
    app.extensions["places"] = places
    app.jinja_env.globals.update(t=t, language=language, csrf_field=_csrf_field, places=_places)
    app.jinja_env.filters["local_time"] = local_time
    app.jinja_env.filters["day"] = day
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"session": g.get("session")})
