"""Verifications of the audit trail: an auditor asks, the worker walks the chain, which is every court's and long."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql

from backend.core.audit import Break, Head, find_head, verify
from backend.core.audit_jobs import head_file
from backend.core.db import Connection, Database
from backend.core.errors import NotFound, OperatorError
from backend.core.jobs import Job, Work
from backend.core.officers import Officer

_statements: Any = aiosql.from_path(Path(__file__).with_name("trail_queries.sql"), "psycopg")


def ask_check(connection: Connection, officer: Officer) -> UUID:
    """Have the trail verified by the worker; where that was asked for already, the same verification."""
    _statements.insert_check(connection, court=officer.court_id, officer=officer.id)
    _statements.defer_verify(connection)
    check: UUID = _statements.find_open_check(connection)
    return check


def find_check(connection: Connection, check: UUID) -> dict[str, Any]:
    """Raises NotFound for what is not there or another court's."""
    row: dict[str, Any] | None = _statements.find_check(connection, wanted=check)
    if row is None:
        raise NotFound
    return row


def find_last_check(connection: Connection) -> dict[str, Any] | None:
    row: dict[str, Any] | None = _statements.find_last_check(connection)
    return row


def verify_asked(work: Work) -> str:
    """Do every verification that was asked for; what each found stands on its own page."""
    with work.database.transaction("operator") as connection:
        waiting = [row["id"] for row in _statements.list_open_checks(connection)]
    for check in waiting:
        _verify(work, check)
    return f"核验 {len(waiting)} 次 verified {len(waiting)} times"


def _verify(work: Work, check: UUID) -> None:
    try:
        known = head_file(work.settings).read()
        head, broken = _walk(work.database, check, known)
    except OperatorError as error:
        _end(work.database, check, Head(0, b""), [], Break(0, str(error)))
        return
    _end(work.database, check, head, known, broken)


def _walk(database: Database, check: UUID, known: list[Head]) -> tuple[Head, Break | None]:
    with database.transaction("operator") as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        head = find_head(connection)

        def tell(walked: int) -> None:
            with database.transaction("operator") as beside:
                _statements.tell_check(beside, wanted=check, walked=walked, total=head.sequence)

        tell(0)
        return head, verify(connection, known, tell)


def _end(database: Database, check: UUID, head: Head, known: list[Head], broken: Break | None) -> None:
    with database.transaction("operator") as connection:
        _statements.end_check(
            connection, wanted=check, walked=head.sequence, signed=len(known), head=head.digest,
            broken_at=broken.sequence if broken else None, reason=broken.reason if broken else None,
        )  # fmt: skip


JOBS = (
    # deferred the moment an auditor asks; by the clock for one whose worker has died
    Job("verify-audit", "*/10 * * * *", "verifies the audit trail where an auditor asked", verify_asked),
)
