"""A checked list takes effect: what two officers approved, and what leaves for a stated cause; what the worker does."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.config import Settings
from backend.core.db import Connection, Database
from backend.core.errors import OperatorError, ProductError
from backend.core.officers import Officer, Signatures
from backend.listings import queries
from backend.listings.domain.life import ApprovalMissing
from backend.listings.importing import Progress, follow
from backend.listings.lists import (
    SOURCE,
    ListOutdated,
    NotReady,
    digest_of,
    enter_file,
    file_of,
    find,
    plan_again,
    plan_rows,
    planned_changes,
    stage_rows,
    staging,
    statements,
)
from backend.listings.lists_taking_back import undo
from backend.listings.traces import FileTrace, note_moves, write_trace


def approve(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    """Sign a list, which the worker then applies; as the console's own role, in the approval's transaction.

    Raises:
        NotReady: it was applied or discarded meanwhile.
        ListOutdated: it was checked again since it was sent.
    """
    identifier = uuid.UUID(request["list"])
    row = statements.find_list(connection, list=identifier)
    if row is None or row["state"] not in ("checked", "failed"):
        raise NotReady
    if row["digest"].hex() != request["digest"]:
        raise ListOutdated
    if signed.approver is None or signed.approver.id == signed.officer.id:
        raise ApprovalMissing("A second officer must approve a list.")
    statements.approve_list(connection, list=identifier, asked_by=signed.officer.id, approved_by=signed.approver.id)
    statements.defer_apply(connection)


def apply_approved(database: Database, settings: Settings) -> int:
    """Apply or take back every list that was signed, each whole or not at all; how many. Others are checked again.

    What fails is told on the list's own page.
    """
    with database.transaction("operator") as connection:
        waiting = list(statements.list_to_apply(connection))
    return sum(_do(database, settings, row["id"], row["state"]) for row in waiting)


def _do(database: Database, settings: Settings, identifier: uuid.UUID, state: str) -> bool:
    """Whether a list was applied, or taken back."""
    if state == "checking":
        _check_again(database, identifier)
        return False
    return _undo(database, settings, identifier) if state == "undoing" else _apply(database, identifier)


def begin_check(connection: Connection, identifier: uuid.UUID) -> None:
    """Have the worker look again at what a list would do.

    Raises:
        NotReady: it takes effect already, or took it.
    """
    if statements.begin_check_again(connection, list=identifier) is None:
        raise NotReady
    statements.defer_apply(connection)


def _check_again(database: Database, identifier: uuid.UUID) -> None:
    try:
        with database.transaction("operator") as connection:
            plan_again(connection, identifier)
            statements.update_list_state(connection, list=identifier, state="checked", failure=None)
    except Exception:
        _set_state(database, identifier, "failed", "An unforeseen error; nothing was changed.")
        raise


def _undo(database: Database, settings: Settings, identifier: uuid.UUID) -> bool:
    with database.transaction("operator") as connection:
        row = statements.find_undo_officers(connection, list=identifier)
    asker = Officer(row["asker"], row["court_id"], tuple(row["asker_roles"]))
    approver = Officer(row["approver"], row["court_id"], tuple(row["approver_roles"])) if row["approver"] else None
    try:
        undo(database, settings.desk.list_undo_hours, identifier, Signatures(asker, approver))
    except (OperatorError, ProductError) as error:
        _set_state(database, identifier, "applied", str(error) or type(error).__doc__)
        return False
    return True


def _apply(database: Database, identifier: uuid.UUID) -> bool:
    def tell(phase: str) -> None:
        with database.transaction("operator") as other:
            statements.update_progress(other, list=identifier, progress=phase)

    _set_state(database, identifier, "applying", None)
    try:
        with database.transaction("operator") as connection, queries.bulk_change(connection):
            _apply_whole(connection, identifier, tell)
    except ListOutdated as error:
        with database.transaction("operator") as connection:
            plan_again(connection, identifier)
        _set_state(database, identifier, "checked", error.title)
        return False
    except (OperatorError, ProductError) as error:
        _set_state(database, identifier, "failed", str(error) or type(error).__doc__)
        return False
    except Exception:
        _set_state(database, identifier, "failed", "An unforeseen error; nothing was changed.")
        raise
    return True


def _set_state(database: Database, identifier: uuid.UUID, state: str, failure: str | None) -> None:
    with database.transaction("operator") as connection:
        statements.update_list_state(connection, list=identifier, state=state, failure=failure)


def _apply_whole(connection: Connection, identifier: uuid.UUID, tell: Callable[[str], None]) -> None:
    tell("waiting")
    queries.lock_imports(connection, lambda: None)
    # Not locked before the last statement: progress is written to it beside this transaction.
    row = statements.read_list(connection, list=identifier)
    if row["approved_by"] is None:
        raise ApprovalMissing("A second officer must approve a list.")
    with staging(connection) as since:
        tell("plan")
        file_id = enter_file(connection, row)
        stage_rows(connection, row, removals_only=False)
        counts = plan_rows(connection, row, file_id)
        if digest_of(planned_changes(connection)) != row["digest"]:
            raise ListOutdated
        tell("apply")
        _write(connection, row, file_id, Written(counts, row["approved_by"], since))
    statements.mark_applied(connection, list=identifier, file=file_id)


@dataclass(frozen=True)
class Written:
    """What goes into the trail with a file: the numbers, who approved it, and the last event before it."""

    counts: Mapping[str, Any]
    approver: uuid.UUID | None
    since: int


def _write(connection: Connection, row: Mapping[str, Any], file_id: uuid.UUID, written: Written) -> None:
    """Write what is planned, remember what stood before, and leave events and an entry in the trail."""
    identifier, court = row["id"], str(row["court_id"])
    statements.keep_before(connection, list=identifier)
    file = file_of(row)
    queries.apply_plan(connection, file_id, file, queries.Outcome(written.counts, {court}))
    if not file.full_list_of:
        queries.end_absent(connection, file_id)
    note_moves(connection, full_list=True)
    follow(connection, written.counts.get("new", 0) + written.counts.get("changed", 0), Progress())
    statements.keep_new(connection, list=identifier)
    statements.note_entities(connection, list=identifier)
    trace = FileTrace(
        file_id, row["sha256"], SOURCE, file.full_list_of, written.approver, written.counts, written.since
    )
    write_trace(connection, trace, {court})


def remove_stated(database: Database, identifier: uuid.UUID, officer: Officer) -> int:
    """Take off at once whoever the list removes for a stated cause; how many. The rest of the list waits as before.

    Nobody else signs: leaving for a stated cause never waits (domain.md section 4).

    Raises:
        NotFound, Forbidden: no such list of the officer's court, or the officer is no clerk.
        NotReady: it was applied already, or is being applied.
    """
    with database.transaction("operator") as connection, queries.bulk_change(connection):
        queries.lock_imports(connection, lambda: None)
        row = find(connection, identifier)
        officer.must_be("clerk", row["court_id"])
        if row["state"] not in ("checked", "failed"):
            raise NotReady
        partly = {**row, "whole": False, "approver_login": None}
        with staging(connection) as since:
            file_id = enter_file(connection, partly)
            stage_rows(connection, partly, removals_only=True)
            queries.plan(connection, file_id)
            statements.create_absent(connection)
            statements.name_absent(connection, list=identifier)
            removed: int = statements.count_leaving(connection)
            _write(connection, partly, file_id, Written({"rows": removed, "removed": removed}, None, since))
        statements.forget_before(connection, list=identifier)
        plan_again(connection, identifier)
    return removed


def forget_closed(database: Database, settings: Settings) -> None:
    """Keep nothing of lists that can be undone no more, and of those that nobody sent on."""
    with database.transaction("operator") as connection:
        statements.forget_closed(connection, hours=settings.desk.list_undo_hours, days=settings.desk.list_kept_days)
