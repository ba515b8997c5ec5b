from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from backend.core.audit import Break, Head, Record, append, find_head, verify
from backend.core.audit_heads import HeadFile
from backend.core.errors import OperatorError
from tests.databases import database_of_its_own

Connection = psycopg.Connection[DictRow]
COURT = uuid4()
# A superuser who wants to rewrite history switches the triggers off first.
UNGUARDED = "SET LOCAL session_replication_role = replica"


@pytest.fixture
def trail(connection: Connection) -> Connection:
    """Six entries, two of them by one call."""
    connection.execute("SET ROLE operator")
    append(connection, [_record(1), _record(2)])
    for number in range(3, 7):
        append(connection, [_record(number)])
    connection.execute("RESET ROLE")
    return connection


def _record(number: int) -> Record:
    return Record("listing.delete", {"officer": "林书记员", "number": number}, COURT if number % 2 else None)


def test_a_trail_as_it_was_written_is_whole(trail: Connection) -> None:
    assert verify(trail) is None
    assert find_head(trail).sequence == 6


def test_an_empty_trail_is_whole(connection: Connection) -> None:
    assert verify(connection) is None


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ("UPDATE audit.entry SET action = 'listing.publish' WHERE sequence = 3", 3),
        ("UPDATE audit.entry SET court_id = NULL WHERE sequence = 3", 3),
        ("UPDATE audit.entry SET recorded_at = recorded_at - interval '1 day' WHERE sequence = 4", 4),
        ("UPDATE audit.body SET content = '{}' WHERE sequence = 5", 5),
        ("DELETE FROM audit.body WHERE sequence = 5", 5),
        ("DELETE FROM audit.body WHERE sequence = 2; DELETE FROM audit.entry WHERE sequence = 2", 2),
        ("DELETE FROM audit.body WHERE sequence = 1; DELETE FROM audit.entry WHERE sequence = 1", 1),
        ("DELETE FROM audit.body WHERE sequence = 6; DELETE FROM audit.entry WHERE sequence = 6", 6),
        ("UPDATE audit.head SET sequence = 5", 6),
        ("TRUNCATE audit.entry, audit.body", 1),
        ("DELETE FROM audit.head", 6),
        ("UPDATE audit.entry SET recorded_at = 'infinity' WHERE sequence = 3", 3),
        ("UPDATE audit.entry SET sequence = -9 WHERE sequence = 3", -9),
        ("UPDATE audit.entry SET sequence = 9223372036854775807 WHERE sequence = 6", 6),
        (
            """ALTER TABLE audit.entry ALTER action DROP NOT NULL;
               UPDATE audit.entry SET action = NULL WHERE sequence = 2""",
            2,
        ),
        (
            """ALTER TABLE audit.body ALTER salt DROP NOT NULL;
               UPDATE audit.body SET salt = NULL, content = '{}' WHERE sequence = 4""",
            4,
        ),
        ("INSERT INTO audit.body (sequence, salt, content) VALUES (99, '', '{}')", 99),
        (
            """UPDATE audit.entry SET sequence = 100 WHERE sequence = 3;
               UPDATE audit.entry SET sequence = 3 WHERE sequence = 4;
               UPDATE audit.entry SET sequence = 4 WHERE sequence = 100""",
            3,
        ),
        (
            """INSERT INTO audit.entry SELECT 7, recorded_at, court_id, action, body_digest, digest
               FROM audit.entry WHERE sequence = 6""",
            7,
        ),
        (
            """UPDATE audit.entry SET sequence = sequence + 10 WHERE sequence > 3;
               UPDATE audit.entry SET sequence = sequence - 9 WHERE sequence > 3;
               INSERT INTO audit.entry SELECT 4, recorded_at, court_id, action, body_digest, digest
               FROM audit.entry WHERE sequence = 3""",
            4,
        ),
    ],
)
def test_names_the_first_entry_that_a_superuser_tampered_with(trail: Connection, change: str, sequence: int) -> None:
    trail.execute(UNGUARDED)
    trail.execute(change)
    found = verify(trail)
    # A head that was moved back leaves one entry too many: named at the last it would admit to.
    assert found is not None
    assert found.sequence == sequence, found


def test_a_head_kept_outside_shows_that_the_end_was_cut_off(trail: Connection) -> None:
    kept = find_head(trail)
    trail.execute(UNGUARDED)
    trail.execute("DELETE FROM audit.body WHERE sequence > 4; DELETE FROM audit.entry WHERE sequence > 4")
    trail.execute("UPDATE audit.head SET sequence = 4, digest = (SELECT digest FROM audit.entry WHERE sequence = 4)")
    assert verify(trail) is None, "without the kept head nobody could tell"
    assert verify(trail, [kept]) == Break(5, "the end is cut off")


def test_a_head_kept_outside_shows_that_the_whole_trail_was_written_anew(trail: Connection) -> None:
    kept = find_head(trail)
    trail.execute(UNGUARDED)
    trail.execute("DELETE FROM audit.body")
    trail.execute("DELETE FROM audit.entry")
    trail.execute("UPDATE audit.head SET sequence = 0, digest = sha256('court listings audit')")
    append(trail, [_record(number) for number in range(1, 7)])
    assert verify(trail) is None
    found = verify(trail, [kept])
    assert found is not None
    assert found.sequence == 6


def test_signing_again_does_not_make_a_rewritten_trail_whole(trail: Connection, tmp_path: Path) -> None:
    file = HeadFile(tmp_path / "heads.jsonl", tmp_path / "audit.key")
    file.sign(find_head(trail), datetime(2026, 11, 23, tzinfo=UTC))
    trail.execute(UNGUARDED)
    trail.execute("DELETE FROM audit.body")
    trail.execute("DELETE FROM audit.entry")
    trail.execute("UPDATE audit.head SET sequence = 0, digest = sha256('court listings audit')")
    append(trail, [_record(number) for number in range(1, 6)])
    for _ in range(2):
        # At five entries it looks cut off, at six like another trail.
        with pytest.raises(OperatorError, match="is not signed"):
            file.sign(find_head(trail), datetime(2026, 11, 23, 0, 10, tzinfo=UTC))
        append(trail, [_record(6)])
    found = verify(trail, [*file.read(), Head(6, b"as if signed again".ljust(32))])
    assert found == Break(6, "the entry is not the one whose digest was signed")
    both = [*file.read(), Head(6, _digest(trail, 6))]
    assert verify(trail, both) == found, "whichever was signed last"
    file.sign(Head(7, b"later".ljust(32)), datetime(2026, 11, 23, 0, 20, tzinfo=UTC))
    assert len(file.read()) == 2


def _digest(trail: Connection, sequence: int) -> bytes:
    row = trail.execute("SELECT digest FROM audit.entry WHERE sequence = %s", (sequence,)).fetchone()
    assert row is not None
    return bytes(row["digest"])


_FILE = str(uuid4())
_FORGED = [
    ("audit.erase", content)
    for content in ("", "null", "[]", "7", '{"reason": "x"}', '{"sequence": [3]}', '{"sequence": true}')
] + [
    ("listings.import", content)
    for content in (
        "", "no JSON", "[1]", "null", '"x"', "{}", '{"import_file": 7}', '{"import_file": "x", "events": 1}',
        f'{{"import_file": "{_FILE}", "events": "many", "events_digest": "00"}}',
        f'{{"import_file": "{_FILE}", "events": 1, "events_digest": "\\u0000"}}',
        f'{{"import_file": "{_FILE}", "events_digest": "00"}}',
        "[" * 100_000, "1" * 5_000,
    )
]  # fmt: skip


@pytest.mark.parametrize(("action", "content"), _FORGED, ids=range(len(_FORGED)))
def test_names_an_entry_that_is_in_its_place_and_says_what_none_says(
    trail: Connection, action: str, content: str
) -> None:
    trail.execute("SELECT audit.append(%s, %s, %s)", ([action], [COURT], [content]))
    append(trail, [_record(8)])
    assert verify(trail) == Break(7, "what the entry says has not the form of such an entry")


def test_what_other_entries_say_is_nobodys_to_read(trail: Connection) -> None:
    trail.execute("SELECT audit.append(%s, %s, %s)", (["listing.delete"], [COURT], ["no JSON"]))
    assert verify(trail) is None


def test_an_erased_body_keeps_the_chain_whole_and_is_recorded(trail: Connection) -> None:
    trail.execute("SET ROLE operator")
    trail.execute("SELECT audit.erase(3, 'PIPL Article 47')")
    trail.execute("RESET ROLE")
    assert verify(trail) is None
    held = trail.execute("SELECT count(*) AS n FROM audit.body WHERE sequence = 3").fetchone()
    assert held == {"n": 0}
    last = trail.execute("SELECT content FROM audit.body ORDER BY sequence DESC LIMIT 1").fetchone()
    assert last is not None
    assert json.loads(last["content"]) == {"sequence": 3, "reason": "PIPL Article 47"}


def test_what_was_erased_is_guessed_from_no_digest(trail: Connection) -> None:
    salts = trail.execute("SELECT DISTINCT salt FROM audit.body WHERE octet_length(salt) >= 16").fetchall()
    assert len(salts) == 6, "the same words twice have digests of their own"


@pytest.mark.parametrize("role", ["operator", "public_reader", "owner", "court", "doorkeeper", "tip_writer"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit.entry SET action = 'x'",
        "DELETE FROM audit.entry",
        "TRUNCATE audit.entry CASCADE",
        "TRUNCATE audit.body",
        "TRUNCATE audit.head",
        "DELETE FROM audit.head",
        "INSERT INTO audit.entry VALUES (9, now(), NULL, 'x', '', '')",
        "UPDATE audit.body SET content = ''",
        "DELETE FROM audit.body",
        "UPDATE audit.head SET sequence = 0",
    ],
)
def test_no_application_role_can_change_what_was_recorded(trail: Connection, role: str, statement: str) -> None:
    trail.execute(f"SET ROLE {role}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        trail.execute(statement)


# Every role that the application acts as, whatever migration made it.
_ROLES = (
    "SELECT rolname FROM pg_roles WHERE NOT rolsuper AND NOT starts_with(rolname, 'pg_') AND rolname <> 'audit_owner'"
)
_HELD = f"""
    SELECT rolname, relation, privilege
    FROM ({_ROLES}) AS role,
        unnest(ARRAY['audit.entry', 'audit.body', 'audit.head']) AS relation,
        unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
    WHERE has_table_privilege(rolname, relation, privilege)
        OR (privilege IN ('INSERT', 'UPDATE') AND has_any_column_privilege(rolname, relation, privilege))"""


def test_no_role_of_the_application_holds_a_right_to_write_the_trail(trail: Connection) -> None:
    roles = {row["rolname"] for row in trail.execute(_ROLES)}
    assert roles >= {"operator", "public_reader", "owner", "court", "tip_writer", "doorkeeper", "job_worker"}
    assert trail.execute(_HELD).fetchall() == []
    # The control: one column to one role would be seen.
    trail.execute("GRANT UPDATE (action) ON audit.entry TO court")
    assert [row["rolname"] for row in trail.execute(_HELD)] == ["court"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit.entry",
        "DELETE FROM audit.body WHERE sequence = 3",
        "UPDATE audit.body SET content = content WHERE sequence = 3",
        "DELETE FROM audit.head",
        "UPDATE audit.head SET sequence = 5, digest = (SELECT digest FROM audit.entry WHERE sequence = 5)",
        "UPDATE audit.head SET sequence = 7",
    ],
)
def test_the_trails_own_owner_is_stopped_too(trail: Connection, statement: str) -> None:
    trail.execute("SET ROLE audit_owner")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=r"only ever added to|with a record of it"):
        trail.execute(statement)


def test_the_public_reads_nothing_of_it(trail: Connection) -> None:
    trail.execute("SET ROLE public_reader")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        trail.execute("SELECT count(*) FROM audit.entry")


@pytest.fixture
def own_url(database_url: str) -> Iterator[str]:
    """A database of its own: what is committed to a trail can never be taken back."""
    with database_of_its_own(database_url, "trail") as url:
        yield url


def test_writers_at_once_leave_one_gapless_chain(own_url: str) -> None:
    def write(number: int) -> None:
        with psycopg.connect(own_url, options="-c role=operator", row_factory=dict_row) as connection:
            for _ in range(20):
                append(connection, [_record(number)])
                connection.commit()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        assert find_head(connection).sequence == 120
        assert verify(connection) is None
