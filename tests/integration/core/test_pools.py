"""Transactions use one another's connections, and meet nothing of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from threading import Barrier, Event
from typing import Any

import psycopg
import pytest

from backend.core import pools
from backend.core.db import Connection, Database
from backend.core.errors import Overloaded

# What a transaction can leave behind, and where the next would meet it.
LEAVES = """
SELECT set_config('app.court', 'another', false), pg_advisory_lock(4711);
CREATE TEMPORARY TABLE kept (line integer);
SET ROLE public_reader
"""
MEETS = """
SELECT
  current_user::text AS role,
  coalesce(current_setting('app.court', true), '') AS court,
  to_regclass('kept')::text AS kept,
  (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
  current_setting('lock_timeout') AS lock_timeout
"""
CLEAN = {"role": "operator", "court": "", "kept": None, "locks": 0, "lock_timeout": "30s"}


@pytest.fixture
def alone(database_url: str) -> Iterator[Database]:
    """One connection a role, so that a transaction gets that of the one before."""
    database = Database(database_url, pool_size=1)
    yield database
    database.close()


def _backend(connection: Connection) -> int:
    row = connection.execute("SELECT pg_backend_pid() AS backend").fetchone()
    assert row
    return int(row["backend"])


def _left_and_met(database: Database) -> tuple[bool, Any]:
    """Whether two transactions had the same connection, and what the second met."""
    with database.transaction("operator") as connection:
        first = _backend(connection)
        connection.execute(LEAVES)
    with database.transaction("operator") as connection:
        return _backend(connection) == first, connection.execute(MEETS).fetchone()


def test_a_transaction_meets_nothing_of_the_one_before(alone: Database) -> None:
    assert _left_and_met(alone) == (True, CLEAN)


def test_without_forgetting_the_next_transaction_meets_everything(
    alone: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(pools, "_forgets", lambda _connection: True)
    same, met = _left_and_met(alone)
    assert same
    assert met == {**CLEAN, "role": "public_reader", "court": "another", "kept": "kept", "locks": 1}


def test_a_failed_transaction_leaves_its_connection_fit_for_use(alone: Database) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), alone.transaction("operator") as connection:
        connection.execute("SELECT 1 / 0")
    with alone.transaction("operator") as connection:
        assert connection.execute(MEETS).fetchone() == CLEAN


def test_each_role_has_connections_of_its_own(alone: Database) -> None:
    with alone.transaction("court") as court, alone.transaction("operator") as operator:
        roles = [connection.execute(MEETS).fetchone() for connection in (court, operator)]
    assert [row and row["role"] for row in roles] == ["court", "operator"]


def test_one_more_than_the_pool_holds_waits_and_is_told_that_the_service_is_busy(
    alone: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with alone.transaction("operator"):  # opens the one connection, which may take longer than what follows
        pass
    monkeypatch.setattr(pools, "CONNECT_SECONDS", 0.2)
    with alone.transaction("operator"), pytest.raises(Overloaded), alone.transaction("operator"):
        pass
    with alone.transaction("operator") as connection:
        assert connection.execute(MEETS).fetchone() == CLEAN


def test_a_pool_holds_no_more_than_it_may(database_url: str) -> None:
    database, meet = Database(database_url, pool_size=3), Barrier(3)

    def own(_turn: int) -> int:
        with database.transaction("operator") as connection:
            meet.wait(60)
            return _backend(connection)

    with ExitStack() as stack:
        stack.callback(database.close)
        threads = stack.enter_context(ThreadPoolExecutor(9))
        assert len(set(threads.map(own, range(9)))) == 3


def test_whoever_waits_is_served_before_who_comes_again(alone: Database) -> None:
    """One thread that never pauses must not keep the others waiting until they give up."""
    served, done, seen = Counter[str](), Event(), []

    def ask_again_and_again() -> None:
        while not done.is_set():
            with alone.transaction("operator"):
                served["greedy"] += 1

    with ThreadPoolExecutor(1) as thread:
        greedy = thread.submit(ask_again_and_again)
        try:
            for _ in range(31):
                with alone.transaction("operator"):
                    seen.append(served["greedy"])
        finally:
            done.set()
        greedy.result()
    assert max(later - earlier for earlier, later in pairwise(seen)) <= 100


def _fill_and_end(database: Database, url: str) -> None:
    """Three connections, which the server ends while they rest."""
    with ExitStack() as stack:
        backends = [_backend(stack.enter_context(database.transaction("operator"))) for _ in range(3)]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(backend, 10000) FROM unnest(%s) AS backend", (backends,))


def test_what_the_server_has_ended_is_not_lent(database_url: str) -> None:
    database = Database(database_url, pool_size=3)
    _fill_and_end(database, database_url)
    for _ in range(3):
        with database.transaction("operator") as connection:
            assert connection.execute(MEETS).fetchone() == CLEAN
    database.close()


def test_without_looking_an_ended_connection_is_lent(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(pools, "_has_ended", lambda _connection: False)
    database = Database(database_url, pool_size=3)
    _fill_and_end(database, database_url)
    with pytest.raises(Overloaded), database.transaction("operator") as connection:
        connection.execute(MEETS)
    database.close()
