"""The audit trail: one entry for every change of state, chained so that nothing is changed unnoticed.

`append` writes in the caller's transaction. `verify` recomputes the chain here, not in the database, whose superuser
could change the functions too. An erased body leaves its digest, so the chain stays whole (docs/adr/0008).
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
from backend.core.errors import OperatorError

_BEGINNING = sha256(b"court listings audit").digest()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FETCHED_AT_ONCE = 5000
# What audit.erase() records; the record itself can only be erased with a record of that.
ERASURE = "audit.erase"
# What an import records: one entry for many events, which lie outside the chain (docs/adr/0014).
FILE = "listings.import"
# What the operator records who has restored a backup.
RESTORE = "audit.restore"


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
    """One link as it is stored; `salt` and `content` are None once erased.

    Whoever owns the database can store anything: `recorded_at` is None for a time that no entry can have.
    """

    sequence: int
    recorded_at: datetime | None
    court_id: UUID | None
    action: str
    body_digest: bytes
    digest: bytes
    salt: bytes | None
    content: str | None

    def follows(self, previous: bytes) -> bytes:
        """The digest that this entry must have behind another digest; of no entry, where it has no time."""
        if self.recorded_at is None:
            return b""
        microseconds = (self.recorded_at - _EPOCH) // timedelta(microseconds=1)
        link = self.sequence.to_bytes(8, "big", signed=True) + microseconds.to_bytes(8, "big", signed=True)
        link += self.court_id.bytes if self.court_id else bytes(16)
        link += sha256(self.action.encode()).digest() + self.body_digest
        return sha256(previous + link).digest()

    @property
    def body_holds(self) -> bool:
        if self.content is None or self.salt is None:
            return self.content is None and self.salt is None
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
    """The last link.

    Raises:
        OperatorError: it was taken out.
    """
    head = _find_head(connection)
    if head is None:
        raise OperatorError("The audit trail has no head. Run `flask --app backend audit verify`.")
    return head


def list_held(connection: Connection, heads: Sequence[Head]) -> list[Head]:
    """Those heads that lie in the trail."""
    rows = connection.execute(
        "SELECT sequence, digest FROM audit.entry WHERE sequence = ANY(%s)", ([head.sequence for head in heads],)
    )
    held = {(row["sequence"], row["digest"]) for row in rows}
    return [head for head in heads if (head.sequence, head.digest) in held]


def list_restores(connection: Connection) -> list[int]:
    """The entries that note that a backup was restored."""
    rows = connection.execute("SELECT sequence FROM audit.entry WHERE action = %s ORDER BY sequence", (RESTORE,))
    return [row["sequence"] for row in rows]


def _find_head(connection: Connection) -> Head | None:
    with connection.cursor(row_factory=class_row(Head)) as cursor:
        return cursor.execute("SELECT sequence, digest FROM audit.head").fetchone()


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
    head = _find_head(connection)
    expected: dict[int, set[bytes]] = {}
    for one in known:
        # A trail that was written anew may have been signed anew: each head that was ever signed counts.
        expected.setdefault(one.sequence, set()).add(one.digest)
    last, said = Head(0, _BEGINNING), _Said()
    for entry in _entries(connection):
        if entry.sequence % _FETCHED_AT_ONCE == 0:
            tell(entry.sequence)
        reason = _fault(entry, last) or _unlike(expected.pop(entry.sequence, set()), entry.digest) or said.take(entry)
        if reason:
            return Break(min(entry.sequence, last.sequence + 1), reason)
        last = Head(entry.sequence, entry.digest)
    return (
        _wrong_end(head, last, expected)
        or said.find_unrecorded()
        or _find_stray_body(connection)
        or said.find_unlike_file(connection)
    )


def _wrong_end(head: Head | None, last: Head, beyond: Iterable[int]) -> Break | None:
    """What the walk's last link is not: all that was signed, and the head."""
    if max(head.sequence if head else 0, *beyond, 0) > last.sequence:
        return Break(last.sequence + 1, "the end is cut off")
    return None if head == last else Break(last.sequence, "the head is not the last entry")


def _find_stray_body(connection: Connection) -> Break | None:
    row = connection.execute(
        """SELECT min(body.sequence) AS sequence
           FROM audit.body
           WHERE NOT EXISTS (SELECT FROM audit.entry WHERE entry.sequence = body.sequence)"""
    ).fetchone()
    if row is None or row["sequence"] is None:
        return None
    return Break(row["sequence"], "what the entry says stands there without the entry")


class _Said:
    """What the entries say that can be compared with something else, once the walk has passed all of them."""

    def __init__(self) -> None:
        self._erased: set[int] = set()
        self._files: list[tuple[int, UUID, tuple[int, str]]] = []

    def take(self, entry: Entry) -> str | None:
        """Remember it; the reason where it is not in the form that such an entry has."""
        if entry.content is None:
            self._erased.add(entry.sequence)
            return None
        try:
            if entry.action == ERASURE:
                self._erased.discard(_whole_number(json.loads(entry.content)["sequence"]))
            elif entry.action == FILE:
                self._take_file(entry.sequence, json.loads(entry.content))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return "what the entry says has not the form of such an entry"
        return None

    def _take_file(self, sequence: int, said: dict[str, Any]) -> None:
        file = UUID(said["import_file"])
        # Entries of earlier releases have no such digest.
        if "events_digest" in said:
            digest = bytes.fromhex(said["events_digest"]).hex()
            self._files.append((sequence, file, (_whole_number(said["events"]), digest)))

    def find_unrecorded(self) -> Break | None:
        """The first body that is gone without a record of its erasure."""
        if not self._erased:
            return None
        return Break(min(self._erased), "what the entry says was erased without a record of it")

    def find_unlike_file(self, connection: Connection) -> Break | None:
        """The first file whose events are not those that its entry counts and digests."""
        rows = connection.execute("SELECT file, number, digest FROM register.list_file_events()")
        found = {row["file"]: (row["number"], row["digest"]) for row in rows}
        for sequence, file, told in self._files:
            number, digest = found.get(file, told)
            # Fewer there are once some of their listings are reduced to tombstones.
            if number > told[0] or (number == told[0] and digest != told[1]):
                return Break(sequence, "the events of the file that it counts were changed")
        return None


def _whole_number(value: object) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _entries(connection: Connection) -> Iterator[Entry]:
    with connection.cursor("audit_entries", row_factory=class_row(Entry)) as cursor:
        cursor.itersize = _FETCHED_AT_ONCE
        yield from cursor.execute(
            """SELECT
                   -- nothing is NULL but where somebody has dropped the table's constraints
                   coalesce(entry.sequence, 0) AS sequence, entry.court_id, coalesce(entry.action, '') AS action,
                   coalesce(entry.body_digest, '') AS body_digest, coalesce(entry.digest, '') AS digest,
                   body.salt, body.content,
                   -- Python holds neither infinity nor years before 1 or after 9999
                   CASE WHEN entry.recorded_at BETWEEN '1970-01-01' AND '9999-01-01' THEN entry.recorded_at END
                       AS recorded_at
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
