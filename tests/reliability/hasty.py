"""The server with one protection off: its commits do not wait for the disk. For a control only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

import backend
from backend.core.db import Connection, Database
from backend.core.filings import filing


@contextmanager
def _hasty(database: Database) -> Iterator[Connection]:
    with database.transaction(filing.WRITER) as connection:
        connection.execute("SET LOCAL synchronous_commit = off")
        yield connection


def create_app() -> Flask:
    filing.writing = _hasty
    return backend.create_app()
