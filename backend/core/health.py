"""Liveness, readiness and metrics, outside the versioned API."""

from __future__ import annotations

import time
from functools import cache

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from backend.core.errors import Overloaded
from backend.core.http import database
from backend.core.migrations import pending_migrations

health = Blueprint("health", __name__)

# By endpoint, never by path: a path or query may hold somebody's name.
REQUESTS = Counter("http_requests_total", "Requests answered", ["endpoint", "method", "status"])
SECONDS = Histogram("http_request_seconds", "Time to answer", ["endpoint"])
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


@health.get("/healthz")
def healthz() -> Response:
    """The process answers; says nothing about the database."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> Response:
    """The database answers and has every migration of this version."""
    with database().read() as connection:
        pending = pending_migrations(connection)
    if pending:
        raise Overloaded("The database is being migrated.")
    return jsonify(status="ready")


@health.get("/metrics")
def metrics() -> Response:
    """Prometheus text format."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def register_metrics(app: Flask) -> None:
    """Count and time every request."""
    app.before_request(_start)
    app.after_request(_count)


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    # A counter that is read every few seconds would date what must not be dated finer than the hour.
    if g.get("unmetered"):
        return response
    endpoint = request.endpoint or "none"
    # A caller may make up methods, each of which would be kept for ever.
    method = request.method if request.method in _METHODS else "other"
    _requests(endpoint, method, response.status_code).inc()
    started = g.get("started")
    if started is not None:
        _seconds(endpoint).observe(time.perf_counter() - started)
    return response


@cache  # finding a metric's child takes longer than counting with it
def _requests(endpoint: str, method: str, status: int) -> Counter:
    return REQUESTS.labels(endpoint, method, status)


@cache
def _seconds(endpoint: str) -> Histogram:
    return SECONDS.labels(endpoint)
