"""The least that any Flask route can cost: an empty one, and one that looks up its answer by primary key.

Served by granian like the product: `granian --interface wsgi tests.bench.ceilings:app`, with DATABASE_URL set.
The look-up is prepared, binary and on a connection that its thread keeps.
"""

from __future__ import annotations

import os
import threading
from typing import Any

import psycopg
from flask import Flask, Response

app = Flask(__name__)
_own = threading.local()


@app.get("/empty")
def empty() -> Response:
    return Response(b"", mimetype="application/json")


@app.get("/look-up/<int:place>")
def look_up(place: int) -> Response:
    row = _connection().execute(
        "SELECT body FROM bench.answer WHERE place = %s", (place,), prepare=True, binary=True
    ).fetchone()  # fmt: skip
    return Response(row[0] if row else b"", status=200 if row else 404, mimetype="application/json")


def _connection() -> psycopg.Connection[Any]:
    if not hasattr(_own, "connection"):
        _own.connection = psycopg.connect(
            os.environ["DATABASE_URL"], autocommit=True, options="-c role=public_reader -c jit=off"
        )
    connection: psycopg.Connection[Any] = _own.connection
    return connection
