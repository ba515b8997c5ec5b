"""A court's desk over a database in which imports commit: its officers, and the lists they send."""

from __future__ import annotations

import io
import json
import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from werkzeug.test import TestResponse

from backend.app import create_app
from backend.core.jobs import Work
from backend.core.sessions import COOKIE, begin_session
from backend.listings.lists_applying import apply_approved
from tests.integration.desk import Seat
from tests.integration.listings.lists import COURTS, Importer


@dataclass
class ListDesk:
    """The console over the importer's database."""

    importer: Importer
    url: str

    def __post_init__(self) -> None:
        self.app = create_app(self.importer.settings, self.importer.database)

    def leave(self) -> None:
        """Leave nobody behind for other tests of this database."""
        with psycopg.connect(self.url) as connection:
            connection.execute("TRUNCATE register.officer CASCADE")

    def seat(self, *roles: str, court: int = 0) -> Seat:
        with psycopg.connect(self.url, row_factory=dict_row) as connection:
            row = connection.execute(
                "INSERT INTO register.officer (court_id, login, name, roles)"
                " VALUES (%s, %s, '虚构人员', %s) RETURNING id",
                (COURTS[court].id, f"desk.{uuid.uuid4().hex[:12]}", list(roles)),
            ).fetchone()
        assert row
        with self.importer.database.transaction("doorkeeper") as connection:
            token = begin_session(connection, row["id"], proved=True, agent="test")
        client = self.app.test_client()
        client.set_cookie(COOKIE, token, domain="localhost", secure=True)
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/court/", base_url="https://localhost").text)
        assert found
        return Seat(client, row["id"], found[1])

    def send(self, seat: Seat, rows: Sequence[Any] | bytes, name: str = "list.json", **form: Any) -> TestResponse:
        """A form as a browser sends it; the test client itself would put a large one on the disk."""
        content = rows if isinstance(rows, bytes) else json.dumps(list(rows), ensure_ascii=False).encode()
        parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in {"csrf": seat.csrf, **form}.items()]
        parts.append(f'name="list"; filename="{name}"\r\n\r\n'.encode() + content)
        body = (
            b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--edge--\r\n"
        )
        return seat.client.post(
            "/court/lists/", input_stream=io.BytesIO(body), content_length=len(body),
            content_type="multipart/form-data; boundary=edge", base_url="https://localhost",
        )  # fmt: skip

    def check(self, seat: Seat, rows: Sequence[Any] | bytes, **form: Any) -> str:
        """The address of a list that was taken."""
        answer = self.send(seat, rows, **form)
        assert answer.status_code == 303, answer.text
        assert self.settled(answer.location) == "checked", seat.get(answer.location).text
        return answer.location

    def settled(self, path: str) -> str:
        """The state of a list once its check is over."""
        for _ in range(600):
            with psycopg.connect(self.url) as connection:
                row = connection.execute(
                    "SELECT state FROM register.court_list WHERE id = %s", (path.rpartition("/")[2],)
                ).fetchone()
            assert row
            if row[0] != "checking":
                return str(row[0])
            time.sleep(0.05)
        raise AssertionError("the check does not end")

    def approve(self, asked: str, seat: Seat, count: int | None = None) -> TestResponse:
        seat.post(f"{asked}/open")
        return seat.post(f"{asked}/approve", **({} if count is None else {"count": str(count)}))

    def work(self) -> int:
        """What the worker does when it is told to."""
        work = Work(self.importer.database, self.importer.settings)
        return apply_approved(work.database, work.settings)

    def take(self, clerk: Seat, approver: Seat, rows: Sequence[Any], **form: Any) -> str:
        """A list all the way; its address."""
        path = self.check(clerk, rows, **form)
        asked = clerk.post(f"{path}/ask", reason="虚构的理由").location
        approver.post(f"{asked}/open")
        page = approver.get(asked).text
        count = re.search(r"输入 (\d+) 以确认", page)
        answer = self.approve(asked, approver, int(count[1]) if count else None)
        assert answer.status_code == 303, answer.text
        assert self.work() == 1
        return path


def states(register: psycopg.Connection[DictRow]) -> dict[int, str]:
    """State by the number of the case."""
    rows = register.execute("SELECT case_key, state FROM register.listing").fetchall()
    return {int(row["case_key"].rpartition("执")[2].removesuffix("号")): row["state"] for row in rows}
