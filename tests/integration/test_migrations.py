from __future__ import annotations

import psycopg

from backend.core.migrations import migrate, pending_migrations
from tests.databases import make_database
from tests.integration.dump_schema import SCHEMA_FILE, dump


def test_the_reviewed_schema_is_what_the_migrations_make(database_url: str) -> None:
    assert dump(database_url) == SCHEMA_FILE.read_text("utf-8"), "make schema renews it"


def test_every_migration_can_be_undone_and_done_again(database_url: str) -> None:
    url = make_database(database_url, "undone")
    with psycopg.connect(url, autocommit=True) as connection:
        count = len(connection.execute("SELECT version FROM public.schema_migrations").fetchall())
        for _ in range(count):
            migrate(url, ["down"])
        assert connection.execute("SELECT version FROM public.schema_migrations").fetchall() == []
        migrate(url)
        assert pending_migrations(connection) == set()
    assert dump(url) == dump(database_url)


def test_a_second_database_on_one_server_finds_the_roles_there(database_url: str) -> None:
    url = make_database(database_url, "second", "template1")
    migrate(url)
    with psycopg.connect(url, options="-c role=public_reader") as connection:
        assert connection.execute("SELECT count(*) FROM serving.entity").fetchone() == (0,)


def test_every_table_view_and_function_says_what_it_is(connection: psycopg.Connection[dict[str, object]]) -> None:
    silent = connection.execute(
        """SELECT format('%s.%s', nspname, relname) AS name
           FROM pg_class INNER JOIN pg_namespace ON pg_namespace.oid = relnamespace
           WHERE nspname IN ('register', 'serving', 'audit', 'sealed') AND relkind IN ('r', 'v', 'm')
               AND obj_description(pg_class.oid, 'pg_class') IS NULL
           UNION ALL
           SELECT format('%s.%s()', nspname, proname)
           FROM pg_proc INNER JOIN pg_namespace ON pg_namespace.oid = pronamespace
           WHERE nspname IN ('register', 'serving', 'audit', 'sealed')
               AND obj_description(pg_proc.oid, 'pg_proc') IS NULL"""
    ).fetchall()
    assert silent == []


def test_the_application_owns_nothing(connection: psycopg.Connection[dict[str, object]]) -> None:
    owners = connection.execute(
        """SELECT DISTINCT pg_get_userbyid(relowner) AS owner
           FROM pg_class INNER JOIN pg_namespace ON pg_namespace.oid = relnamespace
           WHERE nspname IN ('register', 'serving', 'audit', 'sealed')"""
    ).fetchall()
    assert {row["owner"] for row in owners} == {"owner", "audit_owner"}
