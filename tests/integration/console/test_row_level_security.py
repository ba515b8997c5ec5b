"""What role `court` can touch is its own court's: read from the catalogue, so that no new table is forgotten."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow

Connection = psycopg.Connection[DictRow]

# What belongs to no court although it refers to what does; each with its reason.
OPEN_TABLES = {"register.court_name": "what courts are called, known to everybody; read only"}
OPEN_VIEWS = {
    "register.own_readiness": "counts what its reader may not see, for the acting court alone",
    "register.announced_notice": "notices that are announced to everybody, from whichever court",
}

# Tables with a court, what refers to them, what refers to that …; of these, what role `court` may touch at all.
_TOUCHED = """
WITH RECURSIVE belonging AS (
    SELECT attribute.attrelid AS oid
    FROM pg_attribute AS attribute
    INNER JOIN pg_class ON pg_class.oid = attribute.attrelid AND pg_class.relkind IN ('r', 'p')
    WHERE attribute.attname = 'court_id' AND NOT attribute.attisdropped
    UNION
    SELECT pg_constraint.conrelid
    FROM pg_constraint
    INNER JOIN belonging ON belonging.oid = pg_constraint.confrelid
    WHERE pg_constraint.contype = 'f'
)

SELECT
    pg_class.oid::regclass::text AS name,
    pg_class.relrowsecurity AND pg_class.relforcerowsecurity AS forced,
    EXISTS (
        SELECT FROM pg_policy
        WHERE
            pg_policy.polrelid = pg_class.oid AND pg_policy.polname = 'own_court'
            AND NOT pg_policy.polpermissive AND pg_policy.polcmd = '*'
            AND pg_policy.polroles = ARRAY['court'::regrole::oid]
    ) AS narrowed
FROM belonging
INNER JOIN pg_class ON pg_class.oid = belonging.oid
WHERE
    pg_class.relnamespace IN ('register'::regnamespace, 'sealed'::regnamespace)
    AND (
        has_table_privilege('court', pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege('court', pg_class.oid, 'SELECT, INSERT, UPDATE')
    )
"""
_VIEWS = """
SELECT oid::regclass::text AS name
FROM pg_class
WHERE
    relnamespace IN ('register'::regnamespace, 'sealed'::regnamespace) AND relkind IN ('v', 'm')
    AND has_table_privilege('court', oid, 'SELECT')
    AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
"""


def _open_tables(connection: Connection) -> set[str]:
    rows = connection.execute(_TOUCHED).fetchall()
    return {row["name"] for row in rows if not (row["forced"] and row["narrowed"])}


def _open_views(connection: Connection) -> set[str]:
    return {row["name"] for row in connection.execute(_VIEWS)}


def test_every_table_of_courts_shows_a_court_its_own_rows_only(connection: Connection) -> None:
    assert len(connection.execute(_TOUCHED).fetchall()) > 25
    assert _open_tables(connection) == OPEN_TABLES.keys()


def test_every_view_reads_with_its_readers_rights(connection: Connection) -> None:
    assert _open_views(connection) == OPEN_VIEWS.keys()


@pytest.mark.parametrize(
    ("change", "opened"),
    [
        ("ALTER TABLE register.listing NO FORCE ROW LEVEL SECURITY", "register.listing"),
        ("DROP POLICY own_court ON register.listing_event", "register.listing_event"),
        ("GRANT SELECT ON register.objection_reminder TO court", "register.objection_reminder"),
        ("CREATE TABLE register.new (court_id uuid); GRANT SELECT (court_id) ON register.new TO court", "register.new"),
    ],
)
def test_what_is_left_open_is_found(connection: Connection, change: str, opened: str) -> None:
    connection.execute(change)  # type: ignore[arg-type,call-overload,unused-ignore]
    assert _open_tables(connection) - OPEN_TABLES.keys() == {opened}


def test_a_view_with_its_owners_rights_is_found(connection: Connection) -> None:
    connection.execute("ALTER VIEW register.tip_desk SET (security_invoker = false)")
    assert _open_views(connection) - OPEN_VIEWS.keys() == {"register.tip_desk"}
