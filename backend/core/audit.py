"""The audit trail: one entry for every change of state, chained so that nothing is changed unnoticed.

`append` writes in the caller's transaction. `verify` recomputes the chain here, not in the database, whose superuser
could change the functions too. An erased body leaves its digest, so the chain stays whole (design.md section 5).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from backend.core.db import Connection

_BEGINNING = sha256(b"court listings audit").digest()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FETCHED_AT_ONCE = 5000
# What audit.erase() records; the record itself can only be erased with a record of that.
ERASURE = "audit.erase"


@dataclass(frozen=True)
class Record:
    """What is to be recorded.

    Attributes:
        action: object and verb, e.g. `listing.delete`; never personal, for it cannot be erased.
        content: who, what and why; can be erased.
        court_id: whose entry it is; None for the installation as a whole.
    """

    action: str
    content: Mapping[str, Any]
    court_id: UUID | None = None


@dataclass(frozen=True)
class Head:
    """The last link of a chain; sequence 0 is the empty chain."""

    sequence: int
    digest: bytes


@dataclass(frozen=True)
class Entry:
    """One link as it is stored; `salt` and `content` are None once erased."""

    sequence: int
    recorded_at: datetime
    court_id: UUID | None
    action: str
    body_digest: bytes
    digest: bytes
    salt: bytes | None
    content: str | None

    def follows(self, previous: bytes) -> bytes:
        """The digest that this entry must have behind another digest."""
        microseconds = (self.recorded_at - _EPOCH) // timedelta(microseconds=1)
        link = self.sequence.to_bytes(8, "big", signed=True) + microseconds.to_bytes(8, "big", signed=True)
        link += self.court_id.bytes if self.court_id else bytes(16)
        link += sha256(self.action.encode()).digest() + self.body_digest
        return sha256(previous + link).digest()

    @property
    def body_holds(self) -> bool:
        if self.content is None or self.salt is None:
            return True
        return sha256(self.salt + self.content.encode()).digest() == self.body_digest


@dataclass(frozen=True)
class Break:
    """The first place where the chain is not what it was.

    Attributes:
        sequence: of the first entry that is wrong or missing.
        reason: in a few words, for an operator.
    """

    sequence: int
    reason: str


def append(connection: Connection, records: Sequence[Record]) -> None:
    """Record in the transaction of `connection`; its order among other transactions is that of their commits."""
    connection.execute(
        "SELECT audit.append(%s, %s, %s)",
        (
            [record.action for record in records],
            [record.court_id for record in records],
            [json.dumps(record.content, ensure_ascii=False, default=str) for record in records],
        ),
    )


def find_head(connection: Connection) -> Head:
    with connection.cursor(row_factory=class_row(Head)) as cursor:
        head = cursor.execute("SELECT sequence, digest FROM audit.head").fetchone()
    if head is None:
        raise LookupError("the audit trail has no head")
    return head


def _tell_nobody(_: int) -> None:
    """Where nobody waits for the outcome of a walk."""


def verify(
    connection: Connection, known: Iterable[Head] = (), tell: Callable[[int], None] = _tell_nobody
) -> Break | None:
    """Walk the whole chain; None when it is whole, every known head lies in it, and files' events are what it says.

    Args:
        connection: in one transaction of one snapshot, so that entries and head are of one moment.
        known: heads kept outside the database: what shows that the end was cut off.
        tell: is told now and then which entry was reached.
    """
    head = find_head(connection)
    expected: dict[int, set[bytes]] = {}
    for one in known:
        # A trail that was written anew may have been signed anew: each head that was ever signed counts.
        expected.setdefault(one.sequence, set()).add(one.digest)
    last = Head(0, _BEGINNING)
    erased: set[int] = set()
    for entry in _entries(connection):
        if entry.sequence % _FETCHED_AT_ONCE == 0:
            tell(entry.sequence)
        reason = _fault(entry, last) or _unlike(expected.pop(entry.sequence, set()), entry.digest)
        if reason:
            return Break(min(entry.sequence, last.sequence + 1), reason)
        last = Head(entry.sequence, entry.digest)
        if entry.content is None:
            erased.add(entry.sequence)
        elif entry.action == ERASURE:
            erased.discard(json.loads(entry.content).get("sequence"))
    if max(head.sequence, *expected, 0) > last.sequence:
        return Break(last.sequence + 1, "the end is cut off")
    if head != last:
        return Break(last.sequence, "the head is not the last entry")
    if erased:
        return Break(min(erased), "what the entry says was erased without a record of it")
    return _unlike_file(connection)


def _unlike_file(connection: Connection) -> Break | None:
    """A file has one entry for many events, which lie outside the chain (docs/adr/0014)."""
    row = connection.execute("SELECT register.first_unlike_file() AS sequence").fetchone()
    if row is None or row["sequence"] is None:
        return None
    return Break(row["sequence"], "the events of the file that it counts were changed")


def _entries(connection: Connection) -> Iterator[Entry]:
    with connection.cursor("audit_entries", row_factory=class_row(Entry)) as cursor:
        cursor.itersize = _FETCHED_AT_ONCE
        yield from cursor.execute(
            """SELECT
                   entry.sequence, entry.recorded_at, entry.court_id, entry.action, entry.body_digest, entry.digest,
                   body.salt, body.content
               FROM audit.entry
               LEFT JOIN audit.body ON body.sequence = entry.sequence
               ORDER BY entry.sequence"""
        )


def _fault(entry: Entry, last: Head) -> str | None:
    if entry.sequence != last.sequence + 1:
        return "an entry is missing" if entry.sequence > last.sequence else "an entry is repeated"
    if entry.follows(last.digest) != entry.digest:
        return "the entry was changed, put in or moved"
    return None if entry.body_holds else "what the entry says was changed"


def _unlike(signed: set[bytes], digest: bytes) -> str | None:
    return "the entry is not the one whose digest was signed" if signed - {digest} else None
