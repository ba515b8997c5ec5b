"""How the court console's pages are made: language, forms, and refusals as pages; `desk_tables.py` has its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request
from marshmallow import EXCLUDE, Schema, ValidationError

from backend.core.access import CourtBlueprint, came_for
from backend.core.clock import CHINA
from backend.core.errors import FieldError, Invalid, ProductError, status_of
from backend.core.problems import retry_header

LANGUAGE_COOKIE = "court_language"


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
