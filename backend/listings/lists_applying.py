"""A checked list takes effect: what two officers approved, and what leaves for a stated cause; what the worker does."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from backend.config import Settings
from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from backend.core.errors import OperatorError, ProductError
from backend.core.officers import Officer, Signatures
from backend.listings import queries
from backend.listings.domain.life import ApprovalMissing
from backend.listings.domain.refusal import Refusal, told
from backend.listings.importing import Progress, follow
from backend.listings.lists import (
    SOURCE,
    ListOutdated,
    NotReady,
    digest_of,
    enter_file,
    file_of,
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
    if state == "removing":
        _remove(database, identifier)
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


def begin_removal(connection: Connection, identifier: uuid.UUID, officer: Officer, count: int) -> None:
    """Have the worker take off whoever leaves for a stated cause: so many, as the officer has counted them.

    Nobody else signs: leaving for a stated cause never waits (docs/import.md).

    Raises:
        NotReady: the list takes effect already, or took it.
    """
    if statements.begin_removal(connection, list=identifier, asked_by=officer.id) is None:
        raise NotReady
    said = {"list": identifier, "officer": officer.id, "count": count}
    append(connection, [Record("list.remove", said, officer.court_id)])
    statements.defer_apply(connection)


def _check_again(database: Database, identifier: uuid.UUID) -> None:
    try:
        with database.transaction("operator") as connection:
            plan_again(connection, identifier)
            statements.update_list_state(connection, list=identifier, state="checked", failure=None)
    except Exception:
        _set_state(database, identifier, "failed", Refusal.UNFORESEEN.told())
        raise


def _undo(database: Database, settings: Settings, identifier: uuid.UUID) -> bool:
    with database.transaction("operator") as connection:
        row = statements.find_undo_officers(connection, list=identifier)
    asker = Officer(row["asker"], row["court_id"], tuple(row["asker_roles"]))
    approver = Officer(row["approver"], row["court_id"], tuple(row["approver_roles"])) if row["approver"] else None
    try:
        undo(database, settings.desk.list_undo_hours, identifier, Signatures(asker, approver))
    except (OperatorError, ProductError) as error:
        _set_state(database, identifier, "applied", told(error))
        return False
    return True


def _apply(database: Database, identifier: uuid.UUID) -> bool:
    _set_state(database, identifier, "applying", None)
    with _failing(database, identifier):
        try:
            with database.transaction("operator") as connection, queries.bulk_change(connection):
                _apply_whole(connection, identifier, _teller(database, identifier))
        except ListOutdated as error:
            with database.transaction("operator") as connection:
                plan_again(connection, identifier)
            _set_state(database, identifier, "checked", told(error))
            return False
        return True
    return False


def _remove(database: Database, identifier: uuid.UUID) -> None:
    with database.transaction("operator") as connection:
        asker = statements.find_asker(connection, list=identifier)
    officer = Officer(asker["id"], asker["court_id"], tuple(asker["roles"]))
    with (
        _failing(database, identifier),
        database.transaction("operator") as connection,
        queries.bulk_change(connection),
    ):
        _remove_stated(connection, identifier, officer, _teller(database, identifier))


@contextmanager
def _failing(database: Database, identifier: uuid.UUID) -> Iterator[None]:
    """What goes wrong is told on the list's own page; what nobody foresaw goes on to the worker as well."""
    try:
        yield
    except (OperatorError, ProductError) as error:
        _set_state(database, identifier, "failed", told(error))
    except Exception:
        _set_state(database, identifier, "failed", Refusal.UNFORESEEN.told())
        raise


def _teller(database: Database, identifier: uuid.UUID) -> Callable[[str], None]:
    """Tells how far the work is, beside its transaction."""

    def tell(phase: str) -> None:
        with database.transaction("operator") as other:
            statements.update_progress(other, list=identifier, progress=phase)

    return tell


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


def _remove_stated(
    connection: Connection, identifier: uuid.UUID, officer: Officer, tell: Callable[[str], None]
) -> None:
    """Take off whoever the list removes for a stated cause; the rest of it waits as before.

    Raises:
        Forbidden: the officer is a clerk no more.
        NotReady: it is not to be done any more.
    """
    tell("waiting")
    queries.lock_imports(connection, lambda: None)
    # Not locked before the plan is made again: progress is written to it beside this transaction.
    row = statements.read_list(connection, list=identifier)
    officer.must_be("clerk", row["court_id"])
    if row["state"] != "removing":
        raise NotReady
    partly = {**row, "whole": False, "approver_login": None}
    with staging(connection) as since:
        tell("plan")
        file_id = enter_file(connection, partly)
        stage_rows(connection, partly, removals_only=True)
        queries.plan(connection, file_id)
        statements.create_absent(connection)
        statements.name_absent(connection, list=identifier)
        removed: int = statements.count_leaving(connection)
        tell("apply")
        _write(connection, partly, file_id, Written({"rows": removed, "removed": removed}, None, since))
    statements.forget_before(connection, list=identifier)
    plan_again(connection, identifier, taken_off=removed)
    statements.update_list_state(connection, list=identifier, state="checked", failure=None)


def forget_closed(database: Database, settings: Settings) -> None:
    """Keep nothing of lists that can be undone no more, and of those that nobody sent on."""
    with database.transaction("operator") as connection:
        statements.forget_closed(connection, hours=settings.desk.list_undo_hours, days=settings.desk.list_kept_days)
