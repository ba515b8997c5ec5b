"""What role `court` can touch is its own court's: read from the catalogue, so that no new table is forgotten."""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.clocks.service import store_clocks
from tests.integration.register import TODAY, Register

Connection = psycopg.Connection[DictRow]

# What belongs to no court although it refers to what does; each with its reason.
OPEN_TABLES = {"register.court_name": "what courts are called, known to everybody; read only"}
OPEN_VIEWS = {
    "register.own_readiness": "counts what its reader may not see, for the acting court alone",
    "register.announced_notice": "notices that are announced to everybody, from whichever court",
}
_NAMES = "looks names up; entities belong to no court"
_UPKEEP = "brings what is served up to date; shows nothing and takes no court's rows"
OPEN_FUNCTIONS = {
    "audit.append": "adds to the trail, which names the court that the caller says",
    "jobs.defer_apply_lists": "wakes the job that applies lists two officers have signed",
    "jobs.defer_verify_audit": "wakes the job that verifies the trail, which is one for all courts",
    "register.close_ended_notices": "closes what the calendar has ended already, for every court alike",
    "register.index_name_keys": _UPKEEP,
    "register.refresh_statistics": _UPKEEP,
    "serving.end_bulk": _UPKEEP,
    "serving.rebuild": _UPKEEP,
    "serving.names_among": _NAMES,
    "serving.names_around": _NAMES,
    "serving.names_one_off": _NAMES,
    "serving.names_walked": _NAMES,
    "serving.names_with_any": _NAMES,
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
            -- by the court itself, or by a row that is
            AND pg_get_expr(polqual, polrelid) ~ 'acting_court|EXISTS' AND polwithcheck IS NULL
    ) AS narrowed
FROM belonging
INNER JOIN pg_class ON pg_class.oid = belonging.oid
WHERE
    pg_class.relnamespace IN ('register'::regnamespace, 'sealed'::regnamespace, 'audit'::regnamespace)
    AND (
        has_table_privilege('court', pg_class.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        OR has_any_column_privilege('court', pg_class.oid, 'SELECT, INSERT, UPDATE')
    )
"""
_VIEWS = """
SELECT oid::regclass::text AS name
FROM pg_class
WHERE
    relnamespace IN ('register'::regnamespace, 'sealed'::regnamespace, 'audit'::regnamespace)
    AND relkind IN ('v', 'm')
    AND has_table_privilege('court', oid, 'SELECT')
    AND NOT coalesce('security_invoker=true' = ANY(reloptions), false)
"""
# What runs with its owner's rights, past every policy, and does not ask which court acts.
_FUNCTIONS = """
SELECT oid::regproc::text AS name
FROM pg_proc
WHERE
    prosecdef AND prorettype <> 'trigger'::regtype AND has_function_privilege('court', oid, 'EXECUTE')
    AND pronamespace::regnamespace::text IN ('register', 'sealed', 'serving', 'jobs', 'audit', 'desk')
    AND prosrc !~ 'acting_court|may_act_for'
"""


def _open_tables(connection: Connection) -> set[str]:
    rows = connection.execute(_TOUCHED).fetchall()
    return {row["name"] for row in rows if not (row["forced"] and row["narrowed"])}


def _open_views(connection: Connection) -> set[str]:
    return {row["name"] for row in connection.execute(_VIEWS)}


def _open_functions(connection: Connection) -> set[str]:
    return {row["name"] for row in connection.execute(_FUNCTIONS)}


def test_every_table_of_courts_shows_a_court_its_own_rows_only(connection: Connection) -> None:
    assert len(connection.execute(_TOUCHED).fetchall()) > 25
    assert _open_tables(connection) == OPEN_TABLES.keys()


def test_every_view_reads_with_its_readers_rights(connection: Connection) -> None:
    assert _open_views(connection) == OPEN_VIEWS.keys()


def test_every_function_with_its_owners_rights_asks_which_court_acts(connection: Connection) -> None:
    assert _open_functions(connection) == OPEN_FUNCTIONS.keys()


@pytest.mark.parametrize(
    ("change", "opened"),
    [
        ("ALTER TABLE register.listing NO FORCE ROW LEVEL SECURITY", "register.listing"),
        ("ALTER TABLE audit.entry NO FORCE ROW LEVEL SECURITY", "audit.entry"),
        ("ALTER TABLE audit.body NO FORCE ROW LEVEL SECURITY", "audit.body"),
        ("DROP POLICY own_court ON register.listing_event", "register.listing_event"),
        ("ALTER POLICY own_court ON register.review USING (true)", "register.review"),
        ("ALTER POLICY own_court ON register.task WITH CHECK (true)", "register.task"),
        ("GRANT SELECT ON register.objection_reminder TO court", "register.objection_reminder"),
        ("CREATE TABLE register.new (court_id uuid); GRANT SELECT (court_id) ON register.new TO court", "register.new"),
    ],
)
def test_what_is_left_open_is_found(connection: Connection, change: str, opened: str) -> None:
    connection.execute(change)  # type: ignore[arg-type,call-overload,unused-ignore]
    assert _open_tables(connection) - OPEN_TABLES.keys() == {opened}


def test_a_function_that_asks_for_no_court_is_found(connection: Connection) -> None:
    connection.execute(
        "CREATE FUNCTION register.everybody() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
        " AS 'SELECT count(*) FROM register.officer'; GRANT EXECUTE ON FUNCTION register.everybody() TO court"
    )
    assert _open_functions(connection) - OPEN_FUNCTIONS.keys() == {"register.everybody"}


def test_a_view_with_its_owners_rights_is_found(connection: Connection) -> None:
    connection.execute("ALTER VIEW register.tip_desk SET (security_invoker = false)")
    assert _open_views(connection) - OPEN_VIEWS.keys() == {"register.tip_desk"}


# As the product's pools come to the role, and as whoever is given a way to log in as it would.
SET_ROLE, LOGGED_IN = "SET LOCAL ROLE court", "SET LOCAL SESSION AUTHORIZATION court"


def _as_court(connection: Connection, how: str, court: uuid.UUID | None, sql: str, *values: Any) -> Any:
    """What role `court` gets from a statement, acting for a court or for none; undone."""
    with connection.transaction(force_rollback=True):
        connection.execute(how)  # type: ignore[call-overload,arg-type,unused-ignore]
        connection.execute("SELECT set_config('app.court', %s, true)", (str(court or ""),))
        return connection.execute(sql, values).fetchall()


def _given(register: Register, connection: Connection) -> tuple[tuple[Any, ...], tuple[Any, ...], tuple[Any, ...]]:
    """Statements that act for the first court: pay its notice, act as its officer, open a review of its decision."""
    store_clocks(connection)
    own, other = register.courts[:2]
    person = register.entity()
    shown = register.listing(person)
    register.listing(person, court_id=other)
    clerk, approver = register.officer(own, "a.clerk", "clerk"), register.officer(own, "an.approver", "approver")
    return (
        ("SELECT register.pay_notice(%s, 5000, %s, %s) AS paid", register.notice(shown), clerk, approver),
        ("SELECT * FROM register.take_down_elsewhere(%s, 'death', %s, %s)", person, TODAY, clerk),
        ("SELECT register.open_reviews(%s, %s) AS higher", _refused_objection(connection, own, clerk), TODAY),
    )


def _refused_objection(connection: Connection, court: uuid.UUID, officer: uuid.UUID) -> uuid.UUID:
    filing = uuid.uuid4()
    connection.execute(
        "INSERT INTO sealed.filing VALUES (%s, 'objection', %s, 'court', %s, 1, 1, %s, %s, %s, 'closed', %s)",
        (filing, court, court, "2026-03-01T00:00:00Z", b"e" * 32, b"h" * 32, TODAY),
    )
    connection.execute(
        "INSERT INTO register.objection (filing_id, court_id, filed_on, due_on, outcome, decided_on, officer_id)"
        " VALUES (%s, %s, %s, %s, 'not_founded', %s, %s)",
        (filing, court, TODAY, TODAY, TODAY, officer),
    )
    return filing


@pytest.mark.parametrize("how", [SET_ROLE, LOGGED_IN])
def test_no_function_acts_for_another_court_or_for_none(register: Register, connection: Connection, how: str) -> None:
    pay, take_down, review = _given(register, connection)
    own, other = register.courts[:2]
    for acting in (other, None):
        assert _as_court(connection, how, acting, *pay) == [{"paid": False}]
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="has no listing of this entity"):
            _as_court(connection, how, acting, *take_down)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="no objection of the acting court"):
            _as_court(connection, how, acting, *review)
        assert _as_court(connection, how, acting, "SELECT FROM register.listing WHERE court_id = %s", own) == []
    assert _as_court(connection, how, own, *pay) == [{"paid": True}]  # the control
    assert len(_as_court(connection, how, own, *take_down)) == 2
    assert _as_court(connection, how, own, *review) == [{"higher": None}]


def test_an_operator_acts_for_every_court(register: Register, connection: Connection) -> None:
    """By SET ROLE; and so does whoever is logged in with an operator's rights, as commands of an own server are."""
    pay, _, _ = _given(register, connection)
    for how in ("SET LOCAL ROLE operator", "SET LOCAL SESSION AUTHORIZATION operator", "RESET ROLE"):
        assert _as_court(connection, how, None, *pay) == [{"paid": True}]
