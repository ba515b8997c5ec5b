"""The audit trail verified by the worker where an auditor asks, in a database of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from backend.app import create_app
from backend.config import Settings
from backend.console.trail_checks import verify_asked
from backend.core import audit
from backend.core.audit import Record, append
from backend.core.audit_jobs import head_file, sign_head
from backend.core.db import Database
from backend.core.jobs import Work
from backend.core.sessions import COOKIE, begin_session
from tests.databases import database_of_its_own
from tests.integration.conftest import WITHOUT_LIMITS
from tests.integration.desk import Seat
from tests.integration.register import Register

CHANGED = "UPDATE audit.entry SET action = '{}' WHERE sequence = 3"


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    with (
        database_of_its_own(database_url, "trail_checks") as url,
        psycopg.connect(url, row_factory=dict_row, autocommit=True) as connection,
    ):
        yield Register(connection)


@pytest.fixture
def work(register: Register, tmp_path: Path) -> Work:
    url = register.connection.info.dsn
    settings = Settings.from_environment({**WITHOUT_LIMITS, "VAR_DIR": str(tmp_path)})
    return Work(Database(f"{url} password={register.connection.info.password}"), settings)


def _auditor(register: Register, work: Work) -> Seat:
    officer = register.officer(register.courts[0], "trail.auditor", "auditor")
    with work.database.transaction("doorkeeper") as connection:
        token = begin_session(connection, officer, proved=True, agent="test")
    client = create_app(work.settings, work.database).test_client()
    client.set_cookie(COOKIE, token, domain="localhost", secure=True)
    page = client.get("/court/settings/", base_url="https://localhost").text
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found
    return Seat(client, officer, found[1])


def _change(connection: psycopg.Connection[DictRow], action: str) -> None:
    """What a superuser can do."""
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(CHANGED.format(action))  # type: ignore[arg-type,call-overload,unused-ignore]


def test_a_verification_runs_beside_its_page_and_tells_what_it_found(
    register: Register, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "_FETCHED_AT_ONCE", 2)
    auditor, verify = _auditor(register, work), "/court/settings/audit/verify"
    append(register.connection, [Record("test.noise", {}, register.courts[court % 2]) for court in range(6)])
    for forged in ("no JSON", '{"officer": "\\u0000"}', "[" * 20_000):
        said = (["test.forged"], [register.courts[0]], [forged])
        register.connection.execute("SELECT audit.append(%s, %s, %s)", said)
    for query in ("", "?login=trail.auditor"):
        assert auditor.get(f"/court/settings/audit/{query}").status_code == 200, "a forged entry hides no other"
    sign_head(work.database, work.settings)
    path = auditor.post(verify).location
    assert auditor.post(verify).location == path  # one at a time
    assert "data-progress" in auditor.get(path).text
    queued = register.connection.execute("SELECT task_name FROM jobs.procrastinate_jobs").fetchall()
    assert queued == [{"task_name": "verify-audit"}]

    told = []
    with monkeypatch.context() as watched:
        original = audit._entries

        def watch(connection: psycopg.Connection[DictRow]) -> Iterator[audit.Entry]:
            for entry in original(connection):
                yield entry
                told.append(auditor.get(path).text)

        watched.setattr(audit, "_entries", watch)
        assert "1" in verify_asked(work)
    assert re.search(r"正在核验:4 / \d+ 条", told[4])
    page = auditor.get(path).text
    assert "完整:全部" in page
    assert "1 个已签名的链头" in page
    assert "data-progress" not in page
    assert path.removeprefix("/court") in auditor.get("/court/settings/audit/?sort=sequence").text
    assert "0" in verify_asked(work)


def test_a_verification_names_the_entry_and_the_head_that_are_not_whole(register: Register, work: Work) -> None:
    auditor, verify = _auditor(register, work), "/court/settings/audit/verify"
    append(register.connection, [Record("test.noise", {}, register.courts[court % 2]) for court in range(6)])
    sign_head(work.database, work.settings)
    _change(register.connection, "test.other")
    path = auditor.post(verify).location
    verify_asked(work)
    page = auditor.get(path).text
    assert 'role="alert"' in page
    assert "在第 3 条处不完整" in page
    _change(register.connection, "test.noise")
    path = auditor.post(verify).location
    verify_asked(work)
    assert "完整:全部" in auditor.get(path).text  # the control

    with head_file(work.settings).path.open("a") as file:
        file.write("damaged\n")
    path = auditor.post(verify).location
    verify_asked(work)
    assert "已损坏" in auditor.get(path).text
