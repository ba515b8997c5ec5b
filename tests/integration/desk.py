"""The court console in a test's own transaction: officers, who are signed in without the pages of signing in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from flask.testing import FlaskClient
from psycopg.rows import DictRow
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.config import Settings
from backend.core.db import Connection
from backend.core.sessions import COOKIE, begin_session
from tests.integration.conftest import WITHOUT_LIMITS, SameTransaction
from tests.integration.register import Register


class DeskTransaction(SameTransaction):
    """Reads and writes as each role inside the test's own transaction; what fails is undone to where it began."""

    @contextmanager
    def transaction(self, role: str) -> Iterator[Connection]:
        with self.connection.transaction():
            self.connection.execute(f"SET LOCAL ROLE {role}")
            self.connection.execute("SET LOCAL app.court = ''")
            yield self.connection
            self.connection.execute("RESET ROLE")


@dataclass
class Seat:
    """An officer at the console."""

    client: FlaskClient
    officer: uuid.UUID
    csrf: str

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url="https://localhost")

    def post(self, path: str, **form: Any) -> TestResponse:
        return self.client.post(path, data={"csrf": self.csrf, **form}, base_url="https://localhost")


@dataclass
class Console:
    """A court's console; `register` fills in what its pages show."""

    register: Register
    connection: psycopg.Connection[DictRow]
    environment: Mapping[str, str] = field(default_factory=lambda: WITHOUT_LIMITS)

    def __post_init__(self) -> None:
        self.database = DeskTransaction(self.connection)
        self.app = create_app(Settings.from_environment(self.environment), self.database)

    def seat(self, *roles: str, court: uuid.UUID | None = None, login: str = "") -> Seat:
        """A new officer with a fresh sign-in."""
        login = login or f"desk.{uuid.uuid4().hex[:12]}"
        officer = self.register.officer(court or self.register.courts[0], login, *roles)
        return self.sit(officer)

    def sit(self, officer: uuid.UUID) -> Seat:
        """Another sign-in of an officer."""
        with self.database.transaction("doorkeeper") as connection:
            token = begin_session(connection, officer, proved=True, agent="test")
        client = self.app.test_client()
        client.set_cookie(COOKIE, token, domain="localhost", secure=True)
        page = client.get("/court/settings/", base_url="https://localhost").text
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
        assert found, page
        return Seat(client, officer, found[1])
