"""What every public route shares: strict queries, documented problems, validators and cache headers.

A query is refused with 422 when a parameter is unknown, repeated without being a list, or not UTF-8; flask-smorest
and Werkzeug let all three pass by default.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable
from functools import reduce, wraps
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import flask_smorest
from flask import Flask, Request, Response, current_app, json, request
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import PreconditionFailed

from backend.config import Settings
from backend.core.db import Database
from backend.core.errors import FieldError, Invalid
from backend.core.problems import PROBLEM_JSON, ProblemSchema
from backend.core.strict_reading import strict_json, strict_query

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Answers that name people: no shared cache may keep them, no search engine may index them.
PRIVATE_HEADERS = (("Cache-Control", "private, max-age=30"), ("X-Robots-Tag", "noindex, noarchive"))


def text_header(description: str) -> dict[str, Any]:
    """A header of an answer, as the OpenAPI text tells it."""
    return {"description": description, "schema": {"type": "string"}}


# How the headers of `cached_json`, `private_json` and `unstored` are told in the OpenAPI text.
_TAG = {"ETag": text_header("Changes with the answer.")}
PUBLIC_TOLD = _TAG | {"Cache-Control": text_header("`public`; `max-age=30` where nothing else is said.")}
PRIVATE_TOLD = _TAG | {name: text_header(f"`{value}`") for name, value in PRIVATE_HEADERS}
UNSTORED_TOLD = {"Cache-Control": text_header("`no-store`")}
_RETRY = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}}
# A route's view, whatever it takes.
View = Callable[..., Any]


class QuerySchema(Schema):
    """A route's query parameters; whatever it does not declare is refused. `fields.List` may be repeated."""

    class Meta:
        unknown = RAISE


# Far more than any form has fields; a body of a hundred thousand unknown ones is not told about each.
MOST_COMPLAINTS = 100


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

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002  # webargs passes both
        return strict_json(req)

    def handle_error(
        self,
        error: ValidationError,
        req: Request,  # noqa: ARG002  # webargs passes them all
        schema: Schema,  # noqa: ARG002
        **_: Any,
    ) -> Any:
        messages: dict[str, Any] = error.messages  # type: ignore[assignment]  # location → field → messages
        complaints = (
            FieldError(_pointer("body" if location == "json" else location, name), _first_text(detail))
            for location, by_field in messages.items()
            for name, detail in (by_field.items() if isinstance(by_field, dict) else [("", by_field)])
        )
        raise Invalid(errors=tuple(islice(complaints, MOST_COMPLAINTS)))


def _pointer(location: str, name: str) -> str:
    # Marshmallow's own word for a body that is no object at all.
    return f"/{location}" if name in ("", "_schema") else f"/{location}/{name}"


class Blueprint(flask_smorest.Blueprint):
    """flask-smorest's Blueprint with strict parsing and with its errors in the OpenAPI text."""

    ARGUMENTS_PARSER = StrictParser()

    def arguments(self, schema: type[Schema], *, location: str = "json", **options: Any) -> Callable[[View], View]:
        """Document and read what a view takes; its schema is made once, which takes longer than reading with it."""
        decorator = super().arguments(schema, location=location, **options)
        made = schema()

        def document(view: View) -> View:
            @wraps(view)
            def reading(*args: Any, **path: Any) -> Any:
                return view(*args, self.ARGUMENTS_PARSER.parse(made, request, location=location), **path)

            reading._apidoc = decorator(view)._apidoc  # type: ignore[attr-defined]  # noqa: SLF001  # as below
            return reading

        return document

    def response(self, *args: Any, **options: Any) -> Callable[[View], View]:
        """Document what a view answers; it returns a `Response` and is called as it is."""
        return _documenting(super().response(*args, **options))

    def alt_response(self, *args: Any, **options: Any) -> Callable[[View], View]:
        """Document what else a view, or a hook before it, may answer."""
        return _documenting(super().alt_response(*args, **options))

    def kept(self, schema: Any, *, headers: dict[str, Any] = PUBLIC_TOLD, **options: Any) -> Callable[[View], View]:
        """Document what a view answers by `cached_json` or `private_json`: it is sent anew only if it changed."""
        answers = (
            self.response(200, schema, headers=headers, **options),
            self.alt_response(304, description="Unchanged since the `ETag` in If-None-Match"),
            self.alt_response(
                412, schema=ProblemSchema, content_type=PROBLEM_JSON, description="Changed since the one in If-Match"
            ),
        )
        return lambda view: reduce(lambda so_far, document: document(so_far), answers, view)

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
        if "POST" in options.get("methods", ()):
            refused[408] = "Its body came too slowly; send it again as it is"
            refused[413] = "Its body is too large"
        if "<" in rule:
            refused[404] = "Unknown, ended or malformed"
        for status, description in refused.items():
            headers = _RETRY if status in (429, 503) else None
            document = self.alt_response(
                status, schema=ProblemSchema, content_type=PROBLEM_JSON, description=description, headers=headers
            )
            view_func = document(view_func)
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)


def _documenting(decorator: Callable[[View], View]) -> Callable[[View], View]:
    # Each of flask-smorest's wrappers asks anew whether the view is a coroutine: with five, 25 µs of every answer.
    def document(view: View) -> View:
        view._apidoc = decorator(view)._apidoc  # type: ignore[attr-defined]  # noqa: SLF001  # its own place for it
        return view

    return document


class ReadyAnswer(Response):
    """A whole body with all its headers, sent as they are.

    Werkzeug copies and searches the headers of any other response once more, for a length to count or an address to
    complete, and wraps the body: a tenth of an answer that is one look-up.

    Attributes:
        more_headers: sent after its own; the same for every answer, so they are put together once.
    """

    more_headers: tuple[tuple[str, str], ...] = ()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response(self.status, [*self.headers, *self.more_headers])
        return () if environ["REQUEST_METHOD"] == "HEAD" else self.iter_encoded()


def refuse_undeclared_query() -> None:
    """Before each API request: a route that declares no query takes none.

    Raises:
        Invalid: a query string on a route without one.
    """
    if not request.query_string or not request.path.startswith("/v1/"):
        return
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return
    documented = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    if not any(parameter.get("in") == "query" for parameter in documented):
        names = strict_query(request.query_string, repeatable=set()) or {"": ""}
        raise Invalid(errors=tuple(FieldError(f"/query/{name}", "unknown parameter") for name in names))


class UnspooledRequest(Request):
    """A request whose uploads stay in memory: Werkzeug writes them to the disk from 500 kB on, ID numbers and all.

    How large one may be is decided by `max_content_length`, before it is read.
    """

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


def register_http(app: Flask) -> None:
    app.request_class = UnspooledRequest
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
        mimetype: e.g. `application/geo+json`; of a kind that needs no charset.
    """
    return _conditional(body, mimetype, (("Cache-Control", f"public, max-age={max_age}"),))


def private_json(body: bytes | str | Any) -> Response:
    """An answer that names people: kept by no shared cache and no search engine."""
    return _conditional(body, "application/json", PRIVATE_HEADERS)


def unstored(body: dict[str, Any], status: int = 200) -> Response:
    """An answer that nothing on its way may keep."""
    response = Response(json.dumps(body, ensure_ascii=False), status=status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _conditional(body: bytes | str | Any, mimetype: str, headers: tuple[tuple[str, str], ...]) -> Response:
    if not isinstance(body, bytes):
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        body = text.encode()
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()
    described = [
        ("Content-Type", mimetype), ("Content-Length", str(len(body))), *headers, ("ETag", f'"{tag}"'),
    ]  # fmt: skip
    if "HTTP_IF_MATCH" in request.environ and request.if_match and tag not in request.if_match:
        raise PreconditionFailed
    if "HTTP_IF_NONE_MATCH" in request.environ:
        # To Werkzeug `If-Match: *`, which holds, would be a failure.
        conditions = {**request.environ, "HTTP_IF_MATCH": ""}
        return Response(body, headers=described).make_conditional(conditions)  # type: ignore[return-value]
    return ReadyAnswer([body], headers=described)


def _first_text(detail: Any) -> str:
    while isinstance(detail, (dict, list)):
        detail = next(iter(detail.values() if isinstance(detail, dict) else detail))
    return str(detail)
