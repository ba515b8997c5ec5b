"""Storing a filing: its key first, then one transaction, and only behind its commit the certificate.

A filing whose key was lost would be lost itself, so the key is on disk before the first row is written; a crash
between leaves a key without a row, which is swept, and never a row without a key.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import psycopg

from backend.core.db import Connection, Database
from backend.core.errors import Overloaded
from backend.core.filings.refusals import NotStored, OtherContents
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.certificates import Certificate, sign_certificate
from backend.core.sealing.chains import Link, env_of, next_link
from backend.core.sealing.labels import HASH_BYTES
from backend.core.sealing.photos import photo_hash
from backend.core.sealing.receipts import row_key
from backend.core.sealing.rows import Place, wrap_row

statements: Any = aiosql.from_path(Path(__file__).with_name("filing_queries.sql"), "psycopg")
# Writes nothing but what its functions write, and reads nothing but what they answer.
WRITER = "tip_writer"


# What leaves it uncertain whether something is stored. Its own words may hold what was being stored.
StorageError = (OSError, psycopg.Error, Overloaded)


@dataclass(frozen=True)
class Target:
    """What a filing is about."""

    kind: str
    id: UUID


@dataclass(frozen=True)
class Submission:
    """What a sender handed in; `key_id` is the number of the court's box key."""

    purpose: str
    court: UUID
    target: Target
    key_id: int
    lookup: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    photos: Sequence[bytes] = field(default=(), repr=False)

    @property
    def env(self) -> bytes:
        return env_of(self.sealed, [photo_hash(blob) for blob in self.photos])


@dataclass(frozen=True)
class Filing:
    """A stored filing, as far as it is not sealed; `hour` is UTC."""

    id: UUID
    purpose: str
    court_id: UUID
    key_id: int
    number: int
    hour: datetime
    env: bytes
    head: bytes
    state: str
    closed_on: date | None = None

    def certificate(self, seed: bytes) -> Certificate:
        """Always the same for the same filing: Ed25519 draws nothing."""
        hour = self.hour.astimezone(UTC)
        return sign_certificate(Certificate(str(self.court_id), self.number, hour, self.env, self.head), seed)


# What a feature adds in the transaction that stores, before the counter is locked.
Beside = Callable[[Connection, UUID], None]


def find(database: Database, lookup: bytes) -> Filing | None:
    """The filing of a bearer; its commit is as durable as this answer once this returns."""
    with writing(database) as connection:
        found = _find(connection, lookup)
        if found:
            statements.confirm_durable(connection)
            commit(connection)
        return found


def file(database: Database, store: ShredStore, submission: Submission, beside: Beside) -> Filing:
    """Store a submission, or find the one that was stored before under its receipt with the same contents.

    Raises:
        OtherContents: the receipt was used for something else.
        NotStored: whether it is stored is not certain; sent again as it is, it is stored once.
    """
    filing = uuid.uuid4()
    try:
        key = store.make(filing)
        with writing(database) as connection:
            stored = _store(connection, filing, key, submission, beside)
            if stored is None:
                connection.rollback()
            else:
                commit(connection)
    except StorageError:
        raise NotStored from None
    if stored is None:
        with suppress(OSError):
            store.erase(filing)
        stored = find(database, submission.lookup)
    return same_contents(stored, submission)


def same_contents(stored: Filing | None, submission: Submission) -> Filing:
    """The stored filing, if it is this submission. Raises OtherContents, or NotStored where it is gone meanwhile."""
    if stored is None:
        raise NotStored
    if (stored.purpose, stored.court_id, stored.env) != (submission.purpose, submission.court, submission.env):
        raise OtherContents
    return stored


def _store(connection: Connection, filing: UUID, key: bytes, submission: Submission, beside: Beside) -> Filing | None:
    parts = [("sealed", submission.sealed)]
    parts += [(f"photo/{n}", blob) for n, blob in enumerate(submission.photos, start=1)]
    court = str(submission.court)
    rows = [wrap_row(data, Place(court, str(filing), submission.key_id, part), key) for part, data in parts]
    if not statements.put_parts(
        connection, filing=filing, rowkey=row_key(submission.lookup), key_id=submission.key_id,
        parts=[part for part, _ in parts], contents=rows,
    ):  # fmt: skip
        return None
    beside(connection, filing)
    return _enter(connection, filing, submission)


def _enter(connection: Connection, filing: UUID, submission: Submission) -> Filing:
    last = statements.lock_counter(connection, court=submission.court, purpose=submission.purpose)
    # The counter's own env is not kept; the chain needs number and head only.
    link = next_link(Link(last["number"], bytes(HASH_BYTES), last["head"]), submission.env)
    hour = statements.enter_filing(
        connection, filing=filing, court=submission.court, purpose=submission.purpose,
        target_kind=submission.target.kind, target=submission.target.id, key_id=submission.key_id,
        number=link.number, env=link.env, head=link.head,
    )  # fmt: skip
    return Filing(
        filing, submission.purpose, submission.court, submission.key_id, link.number, hour, link.env, link.head,
        "received",
    )  # fmt: skip


def _find(connection: Connection, lookup: bytes) -> Filing | None:
    row = statements.find_filing(connection, rowkey=row_key(lookup))
    return Filing(**row) if row else None


@contextmanager
def writing(database: Database) -> Iterator[Connection]:
    """A transaction of the writing role whose commit waits for the disk."""
    with database.transaction(WRITER) as connection:
        connection.execute("SET LOCAL synchronous_commit = on")
        yield connection


def commit(connection: Connection) -> None:
    """Commit, and take a warning for a failure.

    Raises:
        NotStored: SQLSTATE 01000: committed on this server's disk only, since its wait for a standby was cut short.
    """
    warnings: list[str] = []

    def note(diagnostic: psycopg.errors.Diagnostic) -> None:
        if diagnostic.severity_nonlocalized == "WARNING":
            warnings.append(diagnostic.sqlstate or "")

    connection.add_notice_handler(note)
    try:
        connection.commit()
    finally:
        connection.remove_notice_handler(note)
    if warnings:
        raise NotStored
