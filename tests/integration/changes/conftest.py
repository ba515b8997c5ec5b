"""A database of its own for each test, since the feed is written at the commit; its day is `TODAY` until moved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from click.testing import Result
from flask import Flask
from nacl.signing import VerifyKey
from psycopg.rows import DictRow, dict_row
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.changes.service import add_recipient
from backend.config import Settings
from backend.core.db import Database
from tests.databases import make_database
from tests.integration.conftest import WITHOUT_LIMITS
from tests.integration.register import TODAY, Register

TEMPLATE, FEED = "feed_template", "feed"


@dataclass
class Feed:
    """One database, an application on it, and a recipient's key."""

    url: str
    app: Flask
    database: Database
    key: str = ""
    courts: list[UUID] = field(default_factory=list)

    @contextmanager
    def register(self) -> Iterator[Register]:
        """Writes that are committed at the end, on the day of the database."""
        with psycopg.connect(self.url, row_factory=dict_row, options="-c lock_timeout=60s") as connection:
            register = Register.__new__(Register)
            register.__dict__.update(self._register.__dict__ | {"connection": connection})
            yield register

    def fill(self) -> None:
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            self._register = Register(connection)
        self.courts = self._register.courts
        self.key = add_recipient(self.database, "虚构接收方")

    def move_to(self, day: date) -> None:
        """The day in China from now on, for every connection that is opened."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            name = connection.info.dbname
            connection.execute(f"ALTER DATABASE {name} SET listings.today = '{day.isoformat()}'")
        self.database.close()

    def execute(self, sql: str, *values: Any) -> list[DictRow]:
        with psycopg.connect(self.url, row_factory=dict_row, options="-c lock_timeout=60s") as connection:
            cursor = connection.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def get(self, path: str = "", *, key: str | None = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.app.test_client().get(f"/v1/changes{path}", headers=headers)

    def read(self, since: int = 0) -> list[tuple[str, UUID]]:
        """Everything behind a sequence, as a recipient sees it; sequences follow one another without a gap."""
        items = self._pages(since, self.key)
        assert [item["seq"] for item in items] == list(range(since + 1, since + 1 + len(items)))
        return [(item["op"], UUID(item["id"])) for item in items]

    def removed(self, since: int = 0) -> list[UUID]:
        """What everybody sees."""
        items = self._pages(since, None)
        assert all(set(item) == {"seq", "op", "id"} and item["op"] == "remove" for item in items)
        return [UUID(item["id"]) for item in items]

    def head(self) -> int:
        head: int = self.get(f"?since={10**17}").get_json()["head"]
        return head

    def run(self, *arguments: str) -> Result:
        return self.app.test_cli_runner().invoke(args=list(arguments))

    def _pages(self, since: int, key: str | None) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        cursor = ""
        while True:
            answer = self.get(f"?since={since}&limit=7{cursor}", key=key)
            assert answer.status_code == 200, answer.get_data(as_text=True)
            self.check_signature(answer)
            body = json.loads(answer.get_data())
            items += body["items"]
            if body["next"] is None:
                return items
            cursor = f"&cursor={body['next']}"

    def check_signature(self, answer: TestResponse) -> None:
        told = self.get("/key").get_json()
        VerifyKey(bytes.fromhex(told["public_key"])).verify(
            told["purpose"].encode() + answer.get_data(), bytes.fromhex(answer.headers["Signature-Ed25519"])
        )


@pytest.fixture(scope="session")
def template_url(database_url: str) -> str:
    url = make_database(database_url, TEMPLATE)
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE serving.change_head SET entered_for = %s", (TODAY,))
        connection.execute("UPDATE serving.count_day SET counted_on = %s", (TODAY,))
    return url


@pytest.fixture
def feed(template_url: str, tmp_path: Path) -> Iterator[Feed]:
    database = Database(make_database(template_url, FEED, TEMPLATE))
    app = create_app(Settings.from_environment({**WITHOUT_LIMITS, "VAR_DIR": str(tmp_path / "var")}), database)
    feed = Feed(database.url, app, database)
    feed.move_to(TODAY)
    feed.fill()
    yield feed
    database.close()
