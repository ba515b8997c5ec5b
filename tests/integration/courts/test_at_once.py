"""What several do at the same moment to one officer's sign-in, and what an upgrade makes of officers: all committed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from time import monotonic
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from backend.core.db import Connection, Database
from backend.core.keys import Keys
from backend.core.migrations import migrate
from backend.core.sessions import begin_session
from backend.courts import sign_in, sign_in_codes
from backend.courts.sign_in import check_password, set_password
from tests.databases import database_of_its_own
from tests.integration.courts.arrival import PASSWORD, SECRET, code_of
from tests.integration.register import Register

pytestmark = pytest.mark.usefixtures("quick_hashes")

KEYS = Keys("5a" * 32, Path("/nonexistent"))
BEFORE = "0054"


@pytest.fixture(scope="module")
def url(database_url: str) -> Iterator[str]:
    with database_of_its_own(database_url, "officers_at_once") as url:
        yield url


@pytest.fixture(scope="module")
def court(url: str) -> uuid.UUID:
    return _court(url)


def _court(url: str) -> uuid.UUID:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return Register(connection).courts[0]


def _officer(url: str, court: uuid.UUID, login: str, *roles: str) -> uuid.UUID:
    with psycopg.connect(url, row_factory=dict_row) as connection:
        row = connection.execute(
            "INSERT INTO register.officer (court_id, login, name, roles) VALUES (%s, %s, 'x', %s) RETURNING id",
            (court, login, list(roles)),
        ).fetchone()
    assert row
    identifier: uuid.UUID = row["id"]
    return identifier


def _rows(url: str, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql, values).fetchall()


@pytest.fixture
def alone(database_url: str) -> Iterator[str]:
    """A database with no other test's officers."""
    with database_of_its_own(database_url, "officers_upgraded") as url:
        yield url


def test_an_upgrade_leaves_nobody_keeper_and_approver(alone: str) -> None:
    url, court = alone, _court(alone)
    while str(_rows(url, "SELECT max(version) FROM public.schema_migrations")[0][0]) >= BEFORE:
        migrate(url, ["down"])
    both = _officer(url, court, "both", "keeper", "approver")
    clerk = _officer(url, court, "both.and.clerk", "keeper", "approver", "clerk")
    _officer(url, court, "demo-both", "keeper", "approver")
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO register.court_key (court_id, use, number, key, not_after, signature, signed_by)"
            " SELECT %s, use, 1, decode(repeat('6b', 32), 'hex'), now() + interval '1 year', %s, signer"
            " FROM (VALUES ('sign', NULL), ('box', 1)) AS made (use, signer)",
            (court, b"s" * 64),
        )
        for officer in (both, clerk):
            connection.execute(
                "INSERT INTO register.officer_key (officer_id, public_key, wrapped) VALUES (%s, %s, %s)",
                (officer, b"k" * 32, b"w" * 88),
            )
            connection.execute(
                "INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed)"
                " SELECT %s, use, 1, %s, %s FROM unnest(ARRAY['sign', 'box']) AS use",
                (court, officer, b"x" * 80),
            )
        connection.execute(
            "INSERT INTO desk.credential (officer_id, password_hash, provisional_until)"
            " VALUES (%s, '$argon2id$', now() + interval '1 day')",
            (both,),
        )
    migrate(url)
    roles = _rows(url, "SELECT login, roles, kept FROM register.officer WHERE login ~ 'both' ORDER BY login")
    assert roles == [
        ("both", ["keeper"], True), ("both.and.clerk", ["keeper", "clerk"], True), ("demo-both", ["approver"], False),
    ]  # fmt: skip
    held = _rows(url, "SELECT officer_id, use FROM register.court_secret ORDER BY use")
    assert set(held) == {(both, "sign"), (clerk, "sign"), (clerk, "box")}
    assert _rows(url, "SELECT FROM desk.credential") == []


def _with_code(url: str, court: uuid.UUID, login: str) -> tuple[Database, uuid.UUID]:
    officer, database = _officer(url, court, login, "clerk"), Database(url, pool_size=20)
    set_password(database, login, PASSWORD)
    with database.transaction("doorkeeper") as connection:
        sign_in_codes.set_totp(connection, KEYS, officer, SECRET)
    return database, officer


def test_a_code_that_twenty_give_at_once_is_taken_from_one(url: str, court: uuid.UUID) -> None:
    database, officer = _with_code(url, court, "twenty.at.once")
    code, together = code_of(), Barrier(20)

    def give(_: int) -> bool:
        with database.transaction("doorkeeper") as connection:
            together.wait(60)
            return sign_in_codes.take_code(connection, KEYS, officer, code)

    with ThreadPoolExecutor(20) as threads:
        assert sorted(threads.map(give, range(20))) == [False] * 19 + [True]


def test_without_the_lock_two_would_use_the_same_code(
    url: str, court: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: both look before either has used it up."""
    database, officer = _with_code(url, court, "two.at.once")
    code, both_have_looked = code_of(), Barrier(2)

    def look(connection: Connection, officer: uuid.UUID) -> Any:
        found = connection.execute(
            "SELECT totp_secret, totp_last_step FROM desk.credential WHERE officer_id = %s", (officer,)
        ).fetchone()
        both_have_looked.wait(60)
        return found

    use_step = sign_in.statements.use_step
    monkeypatch.setattr(sign_in_codes, "statements", SimpleNamespace(lock_totp=look, use_step=use_step))

    def give(_: int) -> bool:
        with database.transaction("doorkeeper") as connection:
            return sign_in_codes.take_code(connection, KEYS, officer, code)

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(give, range(2))) == [True, True]


def _sign_in_while_promoted(url: str, court: uuid.UUID, login: str, look: Callable[[Connection, str, str], Any]) -> int:
    """An officer's sign-in that has looked at the password as two officers make them an approver: sessions left."""
    officer, database = _officer(url, court, login, "clerk"), Database(url, pool_size=20)
    set_password(database, login, PASSWORD)
    looked = Event()

    def enter() -> None:
        with database.transaction("doorkeeper") as connection:
            assert look(connection, login, PASSWORD)
            looked.set()
            _wait_until_promoted_or_waiting(url, officer)
            begin_session(connection, officer, proved=False, agent="late")

    def promote() -> None:
        looked.wait(60)
        with database.transaction("operator") as connection:
            connection.execute("UPDATE register.officer SET roles = '{approver}' WHERE id = %s", (officer,))

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(enter), threads.submit(promote)]:
            done.result(60)
    return len(_rows(url, "SELECT FROM desk.session WHERE officer_id = %s", officer))


def _wait_until_promoted_or_waiting(url: str, officer: uuid.UUID) -> None:
    """Until the change of roles waits for a lock, or has waited for none."""
    until = monotonic() + 60
    with psycopg.connect(url, autocommit=True) as connection:
        while monotonic() < until:
            came = connection.execute(
                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                " UNION ALL SELECT FROM register.officer WHERE id = %s AND roles = '{approver}'",
                (officer,),
            ).fetchone()
            if came is not None:
                return


@pytest.mark.parametrize(("held", "left"), [(True, 0), (False, 1)])
def test_a_sign_in_under_way_leaves_no_session_of_a_new_approver(
    url: str, court: uuid.UUID, *, held: bool, left: int
) -> None:
    """Not held, the control, it would leave one that two officers' signature then made an approver's."""
    look = check_password if held else _look_only
    assert _sign_in_while_promoted(url, court, f"late.{left}", look) == left


def _look_only(connection: Connection, login: str, _: str) -> Any:
    return connection.execute(
        "SELECT credential.officer_id FROM desk.credential"
        " INNER JOIN register.officer ON officer.id = credential.officer_id WHERE login = %s",
        (login,),
    ).fetchone()
