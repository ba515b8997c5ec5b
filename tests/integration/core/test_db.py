from __future__ import annotations

import psycopg
import pytest

from backend.core.db import Database, connect, migrate, pending_migrations
from backend.core.errors import OperatorError, Overloaded


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


def test_an_exhausted_pool_is_answered_as_busy(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.core.db.POOL_WAIT_SECONDS", 0.1)
    narrow = Database(database_url, pool_size=1)
    with narrow.read(), pytest.raises(Overloaded), narrow.read():
        pass
    narrow.close()


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
