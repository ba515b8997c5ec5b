"""A court's uploaded list: checked without a trace on the disk, kept as rows that may be stored, applied as approved.

The file itself is kept nowhere: it may hold full ID numbers. Rows that could not be taken are sealed with a key that
only the uploading browser has. Works as the role operator, whose statements name the court; the console's own role
reads the outcome and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import aiosql
from psycopg import Rollback

from backend.config import Settings
from backend.core.db import Connection, Database
from backend.core.errors import Conflict, Invalid, NotFound, OperatorError
from backend.core.officers import Officer
from backend.listings import queries
from backend.listings.domain.record import Register
from backend.listings.importing import CHUNK, find_identity_key, is_guarded
from backend.listings.intake import Intake
from backend.listings.keys import Hasher, RowHasher
from backend.listings.mapping import load_mapping
from backend.listings.memory_xlsx import QuarantineSheet
from backend.listings.readers import NumberedRecord, open_rows
from backend.listings.sniff import sniff_upload
from backend.listings.traces import RevealedMinor, begin_trace, read_refused, withdraw_minors

statements: Any = aiosql.from_path(Path(__file__).with_name("lists_queries.sql"), "psycopg")
SOURCE = "court"


class NotAList(Invalid):
    """This file is no list that can be read"""


class ListOutdated(Conflict):
    """The register has changed since this list was checked: check it again"""


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, and whether it is the court's whole list."""

    name: str
    content: bytes
    whole: bool


@dataclass(frozen=True)
class Checked:
    """A list that was checked, and the rows that could not be taken."""

    id: uuid.UUID
    quarantine: QuarantineSheet


def check(database: Database, settings: Settings, upload: Upload, officer: Officer, court_code: str) -> Checked:
    """Check a file for the officer's own court and keep what may be stored; nothing shown changes.

    Raises:
        NotAList: it is no list, damaged, packed to fill a memory, or has too many rows; says so in one sentence.
    """
    sheet = QuarantineSheet()
    try:
        source = sniff_upload(upload.name, upload.content)
        with database.transaction("operator") as connection:
            identifier = uuid.uuid4()
            statements.insert_list(
                connection, id=identifier, court=officer.court_id, name=source.path.name, sha256=source.sha256,
                whole=upload.whole, officer=officer.id,
            )  # fmt: skip
            register = queries.read_register(connection, court_code)
            key = find_identity_key(connection, settings, make=True)
            intake = Intake(register, Hasher(key, SOURCE), RowHasher(key, SOURCE, register), load_mapping(), sheet)
            intake.refused = read_refused(connection)
            with open_rows(source, intake.mapping) as (_, records):
                _keep(connection, identifier, intake, _few(records, settings.desk.list_max_rows))
            if not intake.rows:
                raise NotAList(f"{source.path.name} holds no rows.")
            plan_again(connection, identifier, {"rows": intake.rows, "quarantined": _reasons(intake)})
    except OperatorError as error:
        raise NotAList(str(error)) from None
    return Checked(identifier, sheet)


def _few(records: Iterator[NumberedRecord], most: int) -> Iterator[NumberedRecord]:
    for count, record in enumerate(records):
        if count == most:
            raise NotAList(f"More than {most:,} rows: have the list imported by command line (listings import).")
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


@contextmanager
def staging(connection: Connection) -> Iterator[None]:
    """The staging tables for a piece of work; gone afterwards, so that a transaction can hold several."""
    queries.create_staging(connection)
    begin_trace(connection)
    yield
    for table in ("staged", "waiting", "same", "kept", "moved", "planned", "candidate", "absent", "undone"):
        connection.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")


def find(connection: Connection, identifier: uuid.UUID) -> Mapping[str, Any]:
    """A list, held until the transaction ends. Raises NotFound."""
    row: Mapping[str, Any] | None = statements.lock_list(connection, list=identifier)
    if row is None:
        raise NotFound
    return row


def plan_again(connection: Connection, identifier: uuid.UUID, read: Mapping[str, Any] | None = None) -> None:
    """Decide what a list would do as the register is now, and change nothing else.

    Args:
        connection: a transaction of the role operator.
        identifier: of the list.
        read: what was counted while its rows were read; None keeps what was counted before.
    """
    row = find(connection, identifier)
    given = {one["listing_id"]: one["cause"] for one in statements.note_given_causes(connection, list=identifier)}
    changes: list[dict[str, Any]] = []
    counts: dict[str, Any] = dict(read or {name: row["counts"][name] for name in ("rows", "quarantined")})
    with connection.transaction(), staging(connection):
        stage_rows(connection, row, removals_only=False)
        counts.update(plan_rows(connection, row, uuid.uuid4()))
        changes = [
            *statements.list_changes(connection),
            *(dict(one, differences={}) for one in statements.list_dropped(connection)),
            *(dict(one, differences={}) for one in statements.list_withdrawn(connection)),
        ]
        raise Rollback
    if row["whole"]:
        change = queries.FullListChange(
            statements.count_current(connection, court=row["court_id"]), counts["dropped"], counts["kept"]
        )
        counts["guarded"] = is_guarded(change, counts["new"] + counts["republished"])
    statements.forget_changes(connection, list=identifier)
    for one in changes:
        if one["action"] == "dropped":
            one["cause"] = given.get(one["listing_id"])
        said = {**one, "differences": json.dumps(one["differences"], ensure_ascii=False)}
        statements.insert_change(connection, list=identifier, **said)
    statements.update_check(connection, list=identifier, counts=json.dumps(counts), digest=digest_of(changes))


def digest_of(changes: list[dict[str, Any]]) -> bytes:
    """SHA-256 of what would happen to which listing; causes that officers state are no part of it."""
    said = sorted(
        json.dumps([one["action"], str(one["listing_id"]), one["name"], one["case_number"], one["differences"]])
        for one in changes
    )
    return hashlib.sha256("\n".join(said).encode()).digest()


def stage_rows(connection: Connection, row: Mapping[str, Any], *, removals_only: bool) -> None:
    """Put a list's kept rows into the staging tables.

    Raises:
        NotAList: a row is another court's; what was checked never is.
    """
    statements.stage_again(connection, list=row["id"], removals_only=removals_only)
    if statements.count_strange(connection, court=row["court_id"]):
        raise NotAList("A row is another court's.")
    kept = [one["content"] for one in statements.list_others(connection, list=row["id"], kind="kept")]
    queries.insert_kept(
        connection,
        [bytes.fromhex(one["key"]) for one in kept if one["key"]],
        [one["name"] for one in kept if one["name"]],
    )


def plan_rows(connection: Connection, row: Mapping[str, Any], file_id: uuid.UUID) -> dict[str, int]:
    """Plan what is staged; how many of each kind."""
    minors = [_minor(one["content"]) for one in statements.list_others(connection, list=row["id"], kind="minor")]
    counts: dict[str, int] = dict.fromkeys(_COUNTED, 0)
    counts["withdrawn"] = withdraw_minors(connection, minors)
    counts.update(queries.plan(connection, file_id))
    if row["whole"]:
        court = _court(queries.read_register(connection, row["court_code"]))
        change = queries.plan_full_list(connection, court, SOURCE)
        counts.update(dropped=change.leave, kept=change.stay)
        statements.state_causes(connection, list=row["id"])
    else:
        statements.create_absent(connection)
    return counts


_COUNTED = ("new", "changed", "unchanged", "republished", "removed", "withdrawn", "unknown", "dropped", "kept")


def _court(register: Register) -> Any:
    return register.only_court


def _minor(said: Mapping[str, Any]) -> RevealedMinor:
    listing, identity = bytes.fromhex(said["listing"]), bytes.fromhex(said["identity"])
    return RevealedMinor(listing, identity, date.fromisoformat(said["published_on"]), said["certain"])
