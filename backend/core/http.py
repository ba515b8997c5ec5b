"""What every public route shares: strict queries, documented problems, validators and cache headers.

A query is refused with 422 when a parameter is unknown, repeated without being a list, or not UTF-8; flask-smorest
and Werkzeug let all three pass by default.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import flask_smorest
from flask import Flask, Request, Response, current_app, json, request
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from backend.config import Settings
from backend.core.db import Database
from backend.core.errors import FieldError, Invalid
from backend.core.problems import PROBLEM_JSON, ProblemSchema

MAX_PARAMETERS = 50
# Answers that name people: no shared cache may keep them, no search engine may index them.
PRIVATE = "private, max-age=30"


class QuerySchema(Schema):
    """A route's query parameters; whatever it does not declare is refused. `fields.List` may be repeated."""

    class Meta:
        unknown = RAISE


class StrictParser(FlaskParser):
    """Reads the query string itself and turns every complaint into an `Invalid` with pointers."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012  # webargs declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "json": RAISE,
    }

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, Any]:
        lists = {field.data_key or name for name, field in schema.load_fields.items() if isinstance(field, fields.List)}
        return strict_query(req.query_string, repeatable=lists)

    def load_json(self, req: Request, schema: Schema) -> Any:
        try:
            return super().load_json(req, schema)
        except RecursionError:
            raise Invalid(errors=(FieldError("/body", "is nested too deeply"),)) from None

    def handle_error(
        self,
        error: ValidationError,
        req: Request,  # noqa: ARG002  # webargs passes them all
        schema: Schema,  # noqa: ARG002
        **_: Any,
    ) -> Any:
        messages: dict[str, Any] = error.messages  # type: ignore[assignment]  # location → field → messages
        raise Invalid(
            errors=tuple(
                FieldError(f"/{'body' if location == 'json' else location}/{name}", _first_text(detail))
                for location, by_field in messages.items()
                for name, detail in (by_field.items() if isinstance(by_field, dict) else [("", by_field)])
            )
        )


def strict_query(raw: bytes, *, repeatable: set[str]) -> dict[str, Any]:
    """Decode a query string: text for single parameters, lists for repeatable ones.

    Raises:
        Invalid: not UTF-8, malformed, too many parameters, a NUL or a parameter repeated that may not be.
    """
    try:
        pairs = parse_qsl(
            raw.decode("utf-8"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise Invalid(errors=(FieldError("/query", "must be UTF-8"),)) from None
    except ValueError:
        raise Invalid(errors=(FieldError("/query", f"at most {MAX_PARAMETERS} parameters"),)) from None
    repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    problems = [FieldError(f"/query/{name}", "given more than once") for name in repeated if name not in repeatable]
    problems += [
        FieldError(f"/query/{name}".replace("\0", ""), "must not hold NUL")
        for name, value in pairs
        if "\0" in name or "\0" in value
    ]
    if problems:
        raise Invalid(errors=tuple(problems))
    values: dict[str, Any] = {name: value for name, value in pairs if name not in repeatable}
    for name in repeatable & {name for name, _ in pairs}:
        values[name] = [value for other, value in pairs if other == name]
    return values


class Blueprint(flask_smorest.Blueprint):
    """flask-smorest's Blueprint with strict parsing and with its errors in the OpenAPI text."""

    ARGUMENTS_PARSER = StrictParser()

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,  # noqa: FBT001  # Flask's own signature
        **options: Any,
    ) -> None:
        if view_func is None:
            raise TypeError("a route needs its view")
        refused = {
            422: "Bad, unknown or repeated parameter",
            429: "Beyond a limit of the caller's address; see Retry-After",
            503: "Busy; see Retry-After",
        }
        if "<" in rule:
            refused[404] = "Unknown, ended or malformed"
        for status, description in refused.items():
            document = self.alt_response(
                status, schema=ProblemSchema, content_type=PROBLEM_JSON, description=description
            )
            view_func = document(view_func)
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)


def refuse_undeclared_query() -> None:
    """Before each API request: a route that declares no query takes none.

    Raises:
        Invalid: a query string on a route without one.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if not request.query_string or not request.path.startswith("/v1/") or view is None:
        return
    documented = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    if not any(parameter.get("in") == "query" for parameter in documented):
        names = strict_query(request.query_string, repeatable=set()) or {"": ""}
        raise Invalid(errors=tuple(FieldError(f"/query/{name}", "unknown parameter") for name in names))


def register_http(app: Flask) -> None:
    app.before_request(refuse_undeclared_query)


def database() -> Database:
    """The database of the running application."""
    found: Database = current_app.extensions["database"]
    return found


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


def cached_json(body: bytes | str | Any, *, max_age: int = 30, mimetype: str = "application/json") -> Response:
    """An answer that names nobody: shared caches may keep it; `ETag` from its content, 304 when it still holds.

    Args:
        body: ready bytes or text, or a value to be written as JSON.
        max_age: seconds.
        mimetype: e.g. `application/geo+json`.
    """
    return _conditional(body, f"public, max-age={max_age}", mimetype)


def private_json(body: bytes | str | Any) -> Response:
    """An answer that names people: kept by no shared cache and no search engine (design.md section 4)."""
    response = _conditional(body, PRIVATE, "application/json")
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _conditional(body: bytes | str | Any, cache_control: str, mimetype: str) -> Response:
    if not isinstance(body, bytes):
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        body = text.encode()
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = cache_control
    response.set_etag(hashlib.blake2b(body, digest_size=12).hexdigest())
    return response.make_conditional(request)  # type: ignore[return-value]


def _first_text(detail: Any) -> str:
    while isinstance(detail, (dict, list)):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)
