from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import jsonschema
import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import DictRow

from backend.app import create_app
from backend.config import Settings
from backend.core.db import Connection, Database
from tests.integration.register import Register

Check = Callable[[str, Any], None]


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


def client_on(connection: psycopg.Connection[DictRow]) -> FlaskClient:
    return create_app(Settings.from_environment({}), SameTransaction(connection)).test_client()


@pytest.fixture
def register(connection: psycopg.Connection[DictRow]) -> Register:
    return Register(connection)


@pytest.fixture
def client(connection: psycopg.Connection[DictRow]) -> FlaskClient:
    return client_on(connection)


@pytest.fixture(scope="session")
def check() -> Check:
    """Holds an answer to a schema of the published OpenAPI text; undeclared keys are refused there."""
    app = create_app(Settings.from_environment({}), Database("postgresql://unused"))
    schemas = app.test_client().get("/v1/openapi.json").get_json()["components"]["schemas"]

    def against(name: str, answer: Any) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        jsonschema.Draft202012Validator(schema).validate(answer)

    return against
