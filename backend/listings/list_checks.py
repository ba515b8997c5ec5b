"""The check of an uploaded file: goes on in this process when the upload has been answered, one after another.

The file is kept nowhere but in this process's memory, since it may hold full ID numbers: no other process, and no
queue, could be handed it. What is kept of it are rows that may be stored; those that could not be taken are sealed
with a key that only the uploading browser has. With the process the file is gone, and its list is told to be lost.
"""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

from nacl.secret import SecretBox

from backend.config import Settings
from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from backend.core.errors import OperatorError, Overloaded, trace_of
from backend.core.officers import Officer
from backend.listings import queries
from backend.listings.domain.refusal import NotTaken, Refusal, told
from backend.listings.importing import CHUNK, find_identity_key
from backend.listings.intake import Intake
from backend.listings.keys import Hasher, RowHasher
from backend.listings.lists import SOURCE, NotAList, plan_again, staging, statements
from backend.listings.mapping import load_mapping
from backend.listings.memory_xlsx import QuarantineSheet
from backend.listings.readers import NumberedRecord, open_rows
from backend.listings.sniff import SourceFile, sniff_upload
from backend.listings.traces import RevealedMinor, read_refused

# Files that are in memory at once: one is read, the others wait for it.
_held = BoundedSemaphore(3)
_one = Lock()
# A check of which nothing came for so long went down with its process; the longest take a few minutes.
LOST_MINUTES = 30
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, whether it is the court's whole list, and the key of the browser that sent it."""

    name: str
    content: bytes
    whole: bool
    key: bytes


@dataclass(frozen=True)
class _Check:
    """What is checked, for whom."""

    id: uuid.UUID
    source: SourceFile
    court_code: str
    key: bytes


def begin(database: Database, settings: Settings, upload: Upload, officer: Officer, court_code: str) -> uuid.UUID:
    """Enter a file as a list of the officer's own court, and check it beside the request; the list's id.

    Raises:
        NotAList: it is no list at all, by its first bytes; says so in one sentence.
        Overloaded: too many others wait to be checked.
    """
    if not _held.acquire(blocking=False):
        raise Overloaded("Other lists are being checked; try again in a moment.")
    try:
        begun = _enter(database, upload, officer, court_code)
        # Nothing waits for it when the process ends: its transaction is undone.
        Thread(target=_run, args=(database, settings, begun), daemon=True).start()
    except BaseException:
        _held.release()
        raise
    return begun.id


def _enter(database: Database, upload: Upload, officer: Officer, court_code: str) -> _Check:
    try:
        source = sniff_upload(upload.name, upload.content)
    except NotTaken as error:
        raise NotAList(str(error), zh=error.zh) from None
    identifier = uuid.uuid4()
    with database.transaction("operator") as connection:
        statements.insert_list(
            connection, id=identifier, court=officer.court_id, name=source.path.name, sha256=source.sha256,
            whole=upload.whole, officer=officer.id,
        )  # fmt: skip
        said = {"list": identifier, "officer": officer.id, "whole": upload.whole}
        append(connection, [Record("list.upload", said, officer.court_id)])
    return _Check(identifier, source, court_code, upload.key)


def _run(database: Database, settings: Settings, begun: _Check) -> None:
    try:
        with _one:
            _check(database, settings, begun)
    except (OperatorError, NotAList) as error:
        _refuse(database, begun.id, told(error))
    except Exception as error:  # noqa: BLE001 - raised out of a thread, its words would be printed
        # They may quote the file, in which full ID numbers stand.
        _log.error("unforeseen error in the check of a list\n%s", trace_of(error))
        _refuse(database, begun.id, Refusal.UNFORESEEN.told())
    finally:
        _held.release()


def _refuse(database: Database, identifier: uuid.UUID, why: str) -> None:
    with database.transaction("operator") as connection:
        statements.refuse_list(connection, list=identifier, failure=why)


def _check(database: Database, settings: Settings, begun: _Check) -> None:
    """Read a file and keep what may be stored; nothing shown changes.

    Raises:
        OperatorError: it is damaged, packed to fill a memory, or has too many rows; says so in one sentence.
    """

    def tell(progress: str) -> None:
        with database.transaction("operator") as beside:
            statements.update_progress(beside, list=begun.id, progress=progress)

    sheet = QuarantineSheet()
    with database.transaction("operator") as connection:
        register = queries.read_register(connection, begun.court_code)
        key = find_identity_key(connection, settings, make=True)
        intake = Intake(register, Hasher(key, SOURCE), RowHasher(key, SOURCE, register), load_mapping(), sheet)
        intake.refused = read_refused(connection)
        with open_rows(begun.source, intake.mapping) as (_, records):
            _keep(connection, begun.id, intake, _few(records, settings.desk.list_max_rows, tell))
        if not intake.rows:
            raise NotTaken(Refusal.NO_ROWS, name=begun.source.path.name)
        tell("plan")
        plan_again(connection, begun.id, {"rows": intake.rows, "quarantined": _reasons(intake)})
        sealed = bytes(SecretBox(begun.key).encrypt(sheet.workbook())) if sheet.rows else None
        if not statements.finish_check(connection, list=begun.id, quarantine=sealed):
            raise NotTaken(Refusal.TOO_LONG)


def _few(records: Iterator[NumberedRecord], most: int, tell: Callable[[str], None]) -> Iterator[NumberedRecord]:
    """The records, of which no more than `most` are taken; `tell` is told now and then how many were read."""
    for count, record in enumerate(records):
        if count == most:
            raise NotTaken(Refusal.TOO_MANY_ROWS, most=most)
        if count % CHUNK == 0:
            tell(f"read {count}")
        yield record


def _reasons(intake: Intake) -> dict[str, int]:
    return {reason.name.lower(): number for reason, number in intake.quarantined.items()}


def _keep(connection: Connection, identifier: uuid.UUID, intake: Intake, records: Iterator[NumberedRecord]) -> None:
    """Check all rows, and keep what they may leave behind."""
    with staging(connection):
        chunk = []
        for row in intake.staged(records):
            chunk.append(row)
            if len(chunk) == CHUNK:
                queries.stage(connection, chunk)
                chunk = []
        queries.stage(connection, chunk)
        statements.keep_rows(connection, list=identifier)
    others = [("kept", {"key": key.hex(), "name": None}) for key in sorted(intake.kept_keys)]
    others += [("kept", {"key": None, "name": name}) for name in sorted(intake.kept_names)]
    others += [("minor", _as_json(minor)) for minor in intake.minors]
    for kind, content in others:
        statements.keep_other(connection, list=identifier, kind=kind, content=json.dumps(content, ensure_ascii=False))


def _as_json(minor: RevealedMinor) -> dict[str, Any]:
    return {
        "listing": minor.listing_key.hex(), "identity": minor.identity_key.hex(),
        "published_on": minor.published_on.isoformat(), "certain": minor.certain,
    }  # fmt: skip


def end_lost(database: Database) -> None:
    """Tell of checks whose process has ended."""
    with database.transaction("operator") as connection:
        statements.end_lost_checks(connection, minutes=LOST_MINUTES, failure=Refusal.STOPPED.told())
