"""Errors on the wire: RFC 9457 `application/problem+json`, the same for every route and documented as such."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask, Response, json, request
from flask_smorest.utils import prepare_response
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException

from backend.core.errors import Exceeded, FieldError, Overloaded, ProductError, Unauthorized, status_of, trace_of

PROBLEM_JSON = "application/problem+json"
# Long enough for a burst to pass, short enough that a reader still waits for it.
RETRY_AFTER_SECONDS = 5
_log = logging.getLogger(__name__)


class ProblemFieldSchema(Schema):
    pointer = fields.String(required=True, metadata={"description": "Where the value stood, e.g. `/query/limit`."})
    detail = fields.String(required=True, metadata={"description": "What is wrong with it, in English."})


class ProblemSchema(Schema):
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    errors = fields.List(fields.Nested(ProblemFieldSchema))


class Api(flask_smorest.Api):
    """flask-smorest's Api with problem documents, in answers and in the OpenAPI text."""

    ERROR_SCHEMA = ProblemSchema

    def handle_http_exception(self, error: HTTPException) -> Response:
        return problem(error.code or 500, error.name, headers=dict(_headers_to_keep(error)))

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            response: dict[str, Any] = {"description": status.phrase}
            if status >= 400:
                response["schema"] = self.ERROR_SCHEMA
            prepare_response(response, self.spec, PROBLEM_JSON)
            self.spec.components.response(status.name, response, lazy=True)
        response = {"description": "Any other error", "schema": self.ERROR_SCHEMA}
        prepare_response(response, self.spec, PROBLEM_JSON)
        self.spec.components.response("DEFAULT_ERROR", response, lazy=True)


def problem(
    status: int,
    title: str,
    detail: str = "",
    errors: tuple[FieldError, ...] = (),
    headers: dict[str, str] | None = None,
) -> Response:
    """One problem document; never stored by caches."""
    body: dict[str, Any] = {"title": title, "status": status}
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = [{"pointer": error.pointer, "detail": error.detail} for error in errors]
    # A caller's own name for a field may hold half a surrogate pair, which UTF-8 cannot.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    response = Response(text, status=status, content_type=PROBLEM_JSON)
    response.headers.update(headers or {})
    response.headers["Cache-Control"] = "no-store"
    return response


def register_problems(app: Flask) -> None:
    """Answer domain errors by the one table, and everything unforeseen with a bare 500; log without personal data."""
    app.register_error_handler(ProductError, _answer_product_error)
    app.register_error_handler(Exception, _answer_unforeseen)


def _answer_product_error(error: ProductError) -> Response:
    headers = retry_header(error)
    if isinstance(error, Unauthorized):
        headers = {"WWW-Authenticate": "Bearer"}
    return problem(status_of(error), error.title, error.detail, error.errors, headers)


def retry_header(error: ProductError) -> dict[str, str]:
    """When to come back, where that is of use."""
    if isinstance(error, Exceeded):
        return {"Retry-After": str(error.retry_after)}
    return {"Retry-After": str(RETRY_AFTER_SECONDS)} if isinstance(error, Overloaded) else {}


def _answer_unforeseen(error: Exception) -> Response:
    # The address may hold a name somebody searched for, so only the endpoint is logged.
    _log.error("unforeseen error in %s\n%s", request.endpoint, trace_of(error))
    return problem(500, "Internal Server Error")


def _headers_to_keep(error: HTTPException) -> list[tuple[str, str]]:
    return [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After", "Location")]
