"""An applied list is taken back by a compensating import, within a day; the worker does it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from backend.core.errors import Conflict
from backend.core.officers import Signatures
from backend.listings import queries
from backend.listings.domain.life import ApprovalMissing
from backend.listings.importing import Progress, follow
from backend.listings.lists import SOURCE, NotReady, enter_file, find, staging, statements
from backend.listings.traces import FileTrace, write_trace


class TooLate(Conflict):
    """This list can be undone no more"""


def approve_undo(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    """Sign that an applied list is taken back, which the worker then does.

    Raises:
        NotReady: it is not applied any more.
    """
    if signed.approver is None:
        raise ApprovalMissing("Somebody would be shown again: a second officer must approve.")
    begin_undo(connection, uuid.UUID(request["list"]), signed)


def begin_undo(connection: Connection, identifier: uuid.UUID, signed: Signatures) -> None:
    """Have the worker take an applied list back; without an approver only where nobody is shown again by it.

    Raises:
        NotReady: it is not applied, or not any more.
    """
    approver = signed.approver.id if signed.approver else None
    if statements.begin_undo(connection, list=identifier, asked_by=signed.officer.id, approved_by=approver) is None:
        raise NotReady
    said = {"list": identifier, "officer": signed.officer.id, "approver": approver}
    append(connection, [Record("list.undo", said, signed.officer.court_id)])
    statements.defer_apply(connection)


def refuse_late(connection: Connection, identifier: uuid.UUID, hours: int) -> None:
    """Raises TooLate for a list that was applied too long ago to be taken back, NotReady for one that is not."""
    may_undo = statements.may_undo(connection, list=identifier, hours=hours)
    if may_undo is None:
        raise NotReady
    if not may_undo:
        raise TooLate


def shows_again(connection: Connection, identifier: uuid.UUID) -> list[str]:
    """The cases of those who would be shown again if an applied list were taken back."""
    row = find(connection, identifier)
    with staging(connection):
        statements.create_undone(connection)
        statements.find_undone(connection, list=identifier, file=row["import_file_id"])
        return [one["case_number"] for one in statements.list_shown_again(connection)]


def undo(database: Database, hours: int, identifier: uuid.UUID, signed: Signatures) -> int:
    """Take an applied list back by a compensating import; how many listings are as they were before.

    What officers or other files have done to a listing since stays as it is.

    Raises:
        NotFound: no such list.
        Forbidden: the officer is a clerk of its court no more.
        NotReady, TooLate: it was never applied, is undone, or was applied too long ago.
        ApprovalMissing: somebody would be shown again, and nobody else has signed.
    """
    with database.transaction("operator") as connection, queries.bulk_change(connection):
        queries.lock_imports(connection, lambda: None)
        return _undo_in(connection, hours, identifier, signed)


def _undo_in(connection: Connection, hours: int, identifier: uuid.UUID, signed: Signatures) -> int:
    row = find(connection, identifier)
    signed.officer.must_be("clerk", row["court_id"])
    refuse_late(connection, identifier, hours)
    with staging(connection) as since:
        statements.create_undone(connection)
        statements.find_undone(connection, list=identifier, file=row["import_file_id"])
        number = statements.count_undone(connection)
        if number["shown_again"] and (signed.approver is None or signed.approver.id == signed.officer.id):
            raise ApprovalMissing("Somebody would be shown again: a second officer must approve.")
        file_id = enter_file(connection, {**row, "name": f"↩ {row['name']}"[:200], "whole": False})
        statements.undo_listings(connection, list=identifier, file=file_id)
        statements.undo_entities(connection, list=identifier)
        statements.forget_new_withheld(connection)
        statements.restore_withheld(connection, list=identifier)
        statements.reopen_duties(connection, list=identifier)
        statements.note_undone(connection)
        follow(connection, number["undone"], Progress())
        counts = {"undone": number["undone"], "shown_again": number["shown_again"]}
        approver = signed.approver.id if signed.approver else None
        trace = FileTrace(file_id, row["sha256"], SOURCE, None, approver, counts, since)
        write_trace(connection, trace, {str(row["court_id"])})
    statements.mark_undone(connection, list=identifier, file=file_id)
    undone: int = number["undone"]
    return undone
