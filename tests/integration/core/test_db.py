from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from backend.config import Settings
from backend.core.cluster import Cluster
from backend.core.db import Database, connect, fetch_texts
from backend.core.db import database_url as database_url_of
from backend.core.errors import OperatorError, Overloaded
from backend.core.migrations import migrate, pending_migrations


@pytest.fixture
def reads(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    with psycopg.connect(database_url) as connection:
        assert pending_migrations(connection) == set()


def test_a_newer_database_is_refused(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("INSERT INTO public.schema_migrations (version) VALUES ('9999')")
        try:
            with pytest.raises(OperatorError, match=r"newer version of the program \(it has 9999\)"):
                migrate(database_url)
        finally:
            connection.execute("DELETE FROM public.schema_migrations WHERE version = '9999'")


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(OperatorError, match="cannot be used") as caught:
        connect("postgresql://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_the_public_role_reads_no_table(database: Database) -> None:
    with database.read() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT name FROM register.entity")


def test_the_public_role_reads_the_views(database: Database) -> None:
    with database.read() as connection:
        assert connection.execute("SELECT current_user AS role").fetchone() == {"role": "public_reader"}
        connection.execute("SELECT name FROM serving.entity").fetchall()


def test_the_public_role_writes_nothing(database: Database) -> None:
    with database.read() as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute("CREATE TEMPORARY TABLE left_behind (n integer)")


def test_a_slow_statement_is_cancelled_and_answered_as_busy(database_url: str) -> None:
    hurried = Database(database_url, statement_timeout_ms=50)
    with pytest.raises(Overloaded), hurried.read() as connection:
        connection.execute("SELECT pg_sleep(5)")
    hurried.close()


def test_without_the_limit_the_same_statement_runs_to_its_end(database_url: str) -> None:
    patient = Database(database_url, statement_timeout_ms=0)
    with patient.read() as connection:
        connection.execute("SELECT pg_sleep(0.2)")
    patient.close()


def backend_id(database: Database) -> int:
    with database.read() as connection:
        return connection.info.backend_pid


def sessions(database_url: str, backends: set[int]) -> int:
    """How many of these backends still live."""
    with psycopg.connect(database_url) as connection:
        living = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
        row = connection.execute(living, (list(backends),)).fetchone()
    assert row is not None
    return int(row[0])


def settle(database_url: str, backends: set[int], wanted: int) -> int:
    """A backend ends a moment after its connection."""
    deadline = time.monotonic() + 60
    while sessions(database_url, backends) != wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    return sessions(database_url, backends)


def test_a_thread_keeps_its_connection_and_shares_it_with_no_other(reads: Database) -> None:
    own = [backend_id(reads) for _ in range(3)]
    with ThreadPoolExecutor(1) as other:
        others = [other.submit(backend_id, reads).result() for _ in range(3)]
    assert len(set(own)) == 1
    assert len({*own, *others}) == 2


def test_the_connection_of_an_ended_thread_is_closed(reads: Database, database_url: str) -> None:
    with ThreadPoolExecutor(1) as thread:
        backend = thread.submit(backend_id, reads).result()
        assert sessions(database_url, {backend}) == 1  # the control: while the thread lives, so does it
    assert settle(database_url, {backend}, 0) == 0


def test_closing_ends_the_connections_of_all_threads(reads: Database, database_url: str) -> None:
    with ThreadPoolExecutor(1) as thread:
        backends = {backend_id(reads), thread.submit(backend_id, reads).result()}
        reads.close()
        assert settle(database_url, backends, 0) == 0
        assert thread.submit(backend_id, reads).result() not in backends


def test_closing_waits_for_who_reads(reads: Database) -> None:
    with ThreadPoolExecutor(1) as thread:
        with reads.read() as connection:
            closed = thread.submit(reads.close)
            assert connection.execute("SELECT pg_sleep(0.1), 1 AS one").fetchall()[0]["one"] == 1
            assert not closed.done()
        closed.result(60)
    assert connection.closed


def end_backend(database_url: str, backend: int) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 10000)", (backend,))


def test_a_server_that_went_away_between_two_reads_is_noticed_before_the_next(
    reads: Database, database_url: str
) -> None:
    before = backend_id(reads)
    end_backend(database_url, before)
    assert backend_id(reads) != before
    with reads.read() as connection:
        assert fetch_texts(connection, "SELECT $1::integer + 1", ["41"]) == [["42"]]


@pytest.mark.parametrize("by_libpq", [False, True])
def test_a_connection_that_breaks_in_use_is_answered_as_busy_and_replaced(
    reads: Database, database_url: str, *, by_libpq: bool
) -> None:
    before = backend_id(reads)

    def read_on() -> None:
        with reads.read() as connection:
            end_backend(database_url, before)
            fetch_texts(connection, "SELECT 1", []) if by_libpq else connection.execute("SELECT 1")

    with pytest.raises(Overloaded):
        read_on()
    assert backend_id(reads) != before


def test_a_restarted_server_is_read_again_with_no_failure_after(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path / "restarted.json", durable=False)
    # Without migrations there is no role but the user's own.
    database = Database(lambda: cluster.running_url() or "postgresql://127.0.0.1:1/none")
    try:
        with psycopg.connect(cluster.start(), autocommit=True) as connection:
            connection.execute("CREATE ROLE public_reader")
        before = backend_id(database)
        cluster.stop()
        with pytest.raises(Overloaded):
            backend_id(database)
        cluster.start()
        assert backend_id(database) != before
    finally:
        database.close()
        cluster.remove()


def test_a_database_that_is_away_is_answered_as_busy() -> None:
    with pytest.raises(Overloaded):
        backend_id(Database("postgresql://someone:secret@127.0.0.1:1/none"))


def no_transaction_as(database: Database) -> None:
    with database.transaction("tip_writer") as connection:
        connection.execute("SELECT 1")


def test_no_transaction_can_begin_while_it_is_away() -> None:
    with pytest.raises(Overloaded):
        no_transaction_as(Database("postgresql://someone:secret@127.0.0.1:1/none"))


def test_a_transaction_whose_connection_breaks_is_answered_as_busy(database_url: str) -> None:
    def broken(database: Database) -> None:
        with database.transaction("operator") as connection:
            end_backend(database_url, connection.info.backend_pid)
            connection.execute("SELECT 1")

    with pytest.raises(Overloaded):
        broken(Database(database_url))


def test_a_wrong_statement_in_a_transaction_is_still_an_error_of_ours(database_url: str) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero), Database(database_url).transaction("operator") as connection:
        connection.execute("SELECT 1 / 0")


def test_no_database_at_all_is_busy_for_a_reader_and_a_sentence_for_an_operator(tmp_path: Path) -> None:
    settings = Settings.from_environment({"VAR_DIR": str(tmp_path)})
    none = Database(lambda: database_url_of(settings))
    for failure in (Overloaded, OperatorError):
        with pytest.raises(failure, match="No database is running here"):
            backend_id(none)
        with pytest.raises(failure, match="No database is running here"):
            no_transaction_as(none)


def test_what_a_read_left_open_does_not_reach_the_next(reads: Database) -> None:
    with reads.read() as connection:
        connection.execute("BEGIN")
        connection.execute("SET LOCAL statement_timeout = 7")
    with reads.read() as connection:
        assert connection.info.transaction_status == TransactionStatus.IDLE
        assert connection.execute("SHOW statement_timeout").fetchall() == [{"statement_timeout": "3s"}]


def test_other_errors_pass_and_the_connection_stays(reads: Database) -> None:
    before = backend_id(reads)
    with reads.read() as connection, pytest.raises(psycopg.errors.DivisionByZero):
        fetch_texts(connection, "SELECT 1 / $1::integer", ["0"])
    assert backend_id(reads) == before


def test_a_statement_by_libpq_is_cancelled_in_time(database_url: str) -> None:
    hurried = Database(database_url, statement_timeout_ms=50)
    with pytest.raises(Overloaded), hurried.read() as connection:
        fetch_texts(connection, "SELECT pg_sleep(5)", [])
    hurried.close()


def test_texts_come_as_they_are_and_are_prepared_once(reads: Database) -> None:
    statement = "SELECT n, nullif(n, 1), $1 || '虚构' FROM generate_series(1, 2) AS n"
    with reads.read() as connection:
        for term in ("甲", "'"):
            rows = fetch_texts(connection, statement, [term])
            assert rows == [["1", None, f"{term}虚构"], ["2", "2", f"{term}虚构"]]
        assert fetch_texts(connection, "SELECT 1 WHERE false", []) == []
        held = connection.execute("SELECT count(*) AS n FROM pg_prepared_statements WHERE statement = %s", (statement,))
        assert held.fetchall() == [{"n": 1}]


def test_a_person_can_have_no_point(connection: psycopg.Connection[dict[str, object]]) -> None:
    connection.execute(
        """INSERT INTO register.area (code, name, level, city_bubble_code, label_point, label_tile_x, label_tile_y,
                                      provider, provider_version, provider_crs)
           VALUES ('99', '虚构省', 'province', '99', ST_Point(114, 38, 4326), 0, 0, 'test', '1', 'EPSG:4326')"""
    )
    insert = """INSERT INTO register.entity (identity_key, has_identifier, kind, name, name_folded, area_code,
                                             placed_by, point, tile_key, source)
                VALUES (%(key)s, true, %(kind)s, '虚构', '虚构', '99', 'registered_address',
                        ST_Point(114, 38, 4326), 1, 'demo')"""
    connection.execute(insert, {"key": b"a", "kind": "company"})
    with pytest.raises(psycopg.errors.CheckViolation, match="entity_person_without_place"):
        connection.execute(insert, {"key": b"b", "kind": "person"})
