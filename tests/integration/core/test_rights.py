"""What the roles behind public routes and officers' passwords may touch, whatever migration gave it."""

from __future__ import annotations

import pytest

from backend.core.db import Connection

# Whoever takes over a public route may do what its role may.
_HELD = """
SELECT role || ' ' || pg_class.oid::regclass AS held
FROM unnest(ARRAY['public_reader', 'tip_writer', 'self_checker', 'day_keeper']) AS role, pg_class
WHERE
    relkind IN ('r', 'v', 'm', 'p')
    AND relnamespace::regnamespace::text IN ('register', 'sealed', 'desk', 'audit', 'jobs', 'serving')
    AND (
        has_table_privilege(role, pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege(role, pg_class.oid, 'SELECT, INSERT, UPDATE')
    )
    -- what is served is there to be read, by this role and no further
    AND NOT (
        role = 'public_reader' AND relnamespace = 'serving'::regnamespace
        AND NOT has_table_privilege(role, pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
        AND NOT has_any_column_privilege(role, pg_class.oid, 'INSERT, UPDATE')
    )
ORDER BY 1
"""
# Passwords, second factors and sessions.
_ENTERING = """
SELECT rolname || ' ' || pg_class.oid::regclass AS held
FROM pg_roles, pg_class
WHERE
    NOT rolsuper AND NOT starts_with(rolname, 'pg_') AND rolname NOT IN ('owner', 'doorkeeper')
    AND relkind IN ('r', 'v', 'm', 'p') AND relnamespace = 'desk'::regnamespace
    AND (
        has_table_privilege(rolname, pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege(rolname, pg_class.oid, 'SELECT, INSERT, UPDATE')
    )
ORDER BY 1
"""


def _held(connection: Connection, sql: str) -> list[str]:
    return [row["held"] for row in connection.execute(sql)]  # type: ignore[call-overload,arg-type,unused-ignore]


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("GRANT SELECT (duty) ON register.listing TO public_reader", "public_reader register.listing"),
        ("GRANT SELECT ON sealed.bearer TO tip_writer", "tip_writer sealed.bearer"),
        ("GRANT UPDATE (name) ON serving.entity_row TO public_reader", "public_reader serving.entity_row"),
        ("GRANT SELECT ON register.withheld_text TO PUBLIC", "self_checker register.withheld_text"),
    ],
)
def test_a_public_role_reads_what_is_served_and_nothing_else(connection: Connection, given: str, seen: str) -> None:
    assert _held(connection, _HELD) == []
    connection.execute(given)  # type: ignore[call-overload,arg-type,unused-ignore]  # the control
    assert seen in _held(connection, _HELD)


def test_only_the_doorkeeper_reads_what_officers_enter_with(connection: Connection) -> None:
    assert _held(connection, _ENTERING) == []
    connection.execute("GRANT SELECT (password_hash) ON desk.credential TO court")  # the control
    assert _held(connection, _ENTERING) == ["court desk.credential"]
