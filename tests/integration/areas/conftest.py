from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import DictRow

from backend.app import create_app
from backend.areas.service import read_source, store_areas
from backend.config import Settings
from backend.core.db import Connection, Database

FICTIONAL = Path(__file__).parents[2] / "data" / "areas" / "fictional.geojson"


class SameTransaction(Database):
    """Reads as the public role inside the test's own transaction, so that nothing needs to be committed."""

    def __init__(self, connection: psycopg.Connection[DictRow]) -> None:
        super().__init__("postgresql://unused")
        self.connection = connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with self.connection.transaction():
            self.connection.execute("SET LOCAL ROLE public_reader")
            yield self.connection
            self.connection.execute("RESET ROLE")


@pytest.fixture
def fictional(connection: psycopg.Connection[DictRow]) -> psycopg.Connection[DictRow]:
    """A transaction in which the invented province is loaded."""
    store_areas(connection, read_source(str(FICTIONAL), Path()))
    return connection


@pytest.fixture
def client(fictional: psycopg.Connection[DictRow]) -> FlaskClient:
    return create_app(Settings.from_environment({}), SameTransaction(fictional)).test_client()
