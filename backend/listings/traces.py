"""What an import leaves behind: one event for each listing it moved, and one entry in the audit trail for the file.

First publications are events of the statement that inserts them (docs/adr/0014); the entry counts those, too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import aiosql
import psycopg

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import OperatorError

_statements: Any = aiosql.from_path(Path(__file__).with_name("trace_queries.sql"), "psycopg")


@dataclass(frozen=True)
class Refused:
    """Whom no file may list now, by the hashes of rows.

    Attributes:
        deceased: identity keys of those who have died.
        known: listing keys of theirs that the court is to decide about, which a file may go on naming.
        barred: listing keys that were deleted at the creditor's request too short a time ago (Article 10).
        minors: identity keys, each with the last day on which its person is known to have been a minor.
    """

    deceased: frozenset[bytes]
    known: frozenset[bytes]
    barred: frozenset[bytes]
    minors: Mapping[bytes, date]

    def __bool__(self) -> bool:
        return bool(self.deceased or self.barred or self.minors)


class RevealedMinor(NamedTuple):
    """A row that shows its person to be a minor, as hashes; `certain` False where only the year of birth says it."""

    listing_key: bytes
    identity_key: bytes
    published_on: date
    certain: bool


class FileTrace(NamedTuple):
    """What the entry of a file says beside what was written."""

    file_id: UUID
    sha256: bytes
    source: str
    court: str | None
    approver: UUID | None
    counts: Mapping[str, Any]
    since: int


def begin_trace(connection: Connection) -> int:
    """The table in which a file's moves wait for their events, dropped with the transaction; the last event yet."""
    _statements.create_moved(connection)
    last: int = _statements.find_last_event(connection)
    return last


def read_refused(connection: Connection) -> Refused:
    """Whom a file may not list.

    Raises:
        OperatorError: somebody may be barred, and the law's time limits are not loaded.
    """
    rows = list(_statements.list_deceased(connection))
    try:
        barred = frozenset(bytes(row["listing_key"]) for row in _statements.list_barred(connection))
    except psycopg.errors.NoDataFound:
        raise OperatorError("The law's time limits are not loaded: run `flask --app backend clocks load`.") from None
    known = frozenset(bytes(row["listing_key"]) for row in rows if row["listing_key"])
    minors = {bytes(row["identity_key"]): row["minor_on"] for row in _statements.list_minors(connection)}
    return Refused(frozenset(bytes(row["identity_key"]) for row in rows), known, barred, minors)


def find_approver(connection: Connection, login: str, court: str) -> UUID:
    """The officer who approves a full list of a court, given by its id.

    Raises:
        OperatorError: no active officer of that court with that login has the role approver.
    """
    officer: UUID | None = _statements.find_approver(connection, login=login, court=court)
    if officer is None:
        raise OperatorError(
            f"{login} is no active officer of this court with the role approver: see `officers list`, or add one"
            " with `officers add`."
        )
    return officer


def withdraw_minors(connection: Connection, minors: Sequence[RevealedMinor], file_id: UUID) -> dict[str, int]:
    """Take down what is shown of those whom the file shows to be minors (Article 4).

    Called before the plan, so that no row of the file shows them again.

    Returns:
        `withdrawn`: listings taken down; `overruled`: other rows of the file that would have listed them.
    """
    if not minors:
        return {"withdrawn": 0, "overruled": 0}
    possible = [minor.listing_key for minor in minors if not minor.certain]
    _statements.open_checks_of_minors(connection, listing_keys=possible)
    certain = [minor for minor in minors if minor.certain]
    revealed = {
        "listing_keys": [minor.listing_key for minor in certain],
        "identity_keys": [minor.identity_key for minor in certain],
        "published": [minor.published_on for minor in certain],
    }
    overruled = _statements.forget_rows_of_minors(connection, **revealed, import_file_id=file_id)
    return {"withdrawn": _statements.withdraw_minors(connection, **revealed), "overruled": overruled}


def note_moves(connection: Connection, *, full_list: bool) -> None:
    """Remember what the applied plan did to listings that were there before the file."""
    _statements.note_planned(connection)
    if full_list:
        _statements.note_absent(connection)


def write_trace(connection: Connection, trace: FileTrace, courts: Collection[str]) -> None:
    """One event a moved listing and one audit entry, late in the transaction: whoever else appends waits for it."""
    _statements.close_tasks_of_ended(connection)
    _statements.insert_events(connection, file=trace.file_id)
    events = _statements.digest_events(connection, file=trace.file_id, since=trace.since)
    content = {
        "import_file": trace.file_id,
        "sha256": trace.sha256.hex(),
        "source": trace.source,
        "full_list_of": trace.court,
        "approver": trace.approver,
        "counts": dict(trace.counts),
        "events": events["number"],
        "events_digest": events["digest"],
    }
    court = trace.court or (next(iter(courts)) if len(courts) == 1 else None)
    append(connection, [Record("listings.import", content, UUID(court) if court else None)])


def write_demo_cleared(connection: Connection, listings: int, digest: str) -> None:
    """The entry of demo records that are deleted, whose own events go with them."""
    append(connection, [Record("demo.clear", {"listings": listings, "listings_sha256": digest})])


def digest_demo(connection: Connection) -> str:
    digest: str = _statements.digest_demo(connection)
    return digest
