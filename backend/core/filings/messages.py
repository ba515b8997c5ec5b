"""What is written after a filing: stored under its key, read back by whoever bears its receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg

from backend.core.db import Database
from backend.core.filings.filing import Filing, commit, statements, writing
from backend.core.filings.refusals import Destroyed, NotStored, OtherContents, UnknownReceipt
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.envelopes import is_equal
from backend.core.sealing.receipts import row_key
from backend.core.sealing.rows import Place, unwrap_row, wrap_row


@dataclass(frozen=True)
class Part:
    """A stored part, its own layer taken off; still sealed or boxed."""

    name: str
    key_id: int
    data: bytes = field(repr=False)

    @property
    def n(self) -> int:
        return int(self.name.partition("/")[2])


@dataclass(frozen=True)
class Words:
    """The nth message from a phone, sealed to the court's box key of number `key_id`."""

    n: int
    key_id: int
    sealed: bytes = field(repr=False)


def unwrap_parts(filing: Filing, rows: list[dict[str, Any]], key: bytes) -> list[Part]:
    court, tip = str(filing.court_id), str(filing.id)
    return [
        Part(
            row["part"], row["key_id"], unwrap_row(row["data"], Place(court, tip, row["key_id"], row["part"]), key)
        )
        for row in rows
    ]  # fmt: skip


def list_answers(database: Database, store: ShredStore, filing: Filing, lookup: bytes) -> list[Part]:
    """What the court has written to a bearer, in order; nothing once the filing is destroyed."""
    key = store.find(filing.id)
    if key is None:
        return []
    with writing(database) as connection:
        rows = list(statements.list_parts(connection, rowkey=row_key(lookup), direction="c"))
    return unwrap_parts(filing, rows, key)


def add_words(database: Database, store: ShredStore, filing: Filing, lookup: bytes, words: Words) -> None:
    """Store later words of a bearer; sent again as they are, they are stored once.

    Raises:
        OtherContents: other words have this number.
        Destroyed: the filing's key is gone.
        NotStored: whether they are stored is not certain.
    """
    key = store.find(filing.id)
    if key is None:
        raise Destroyed
    place = Place(str(filing.court_id), str(filing.id), words.key_id, f"i/{words.n}")
    try:
        with writing(database) as connection:
            added = statements.put_message(
                connection, rowkey=row_key(lookup), n=words.n, key_id=words.key_id,
                content=wrap_row(words.sealed, place, key),
            )  # fmt: skip
            commit(connection)
    except psycopg.Error:
        raise NotStored from None
    if not added:
        _check_same(database, filing, lookup, words, key)


def count_words(database: Database, lookup: bytes) -> int:
    with writing(database) as connection:
        return len(list(statements.list_parts(connection, rowkey=row_key(lookup), direction="i")))


def _check_same(database: Database, filing: Filing, lookup: bytes, words: Words, key: bytes) -> None:
    with writing(database) as connection:
        rows = list(statements.list_parts(connection, rowkey=row_key(lookup), direction="i"))
        statements.confirm_durable(connection)
        commit(connection)
    held = {part.n: part.data for part in unwrap_parts(filing, rows, key)}
    if words.n not in held:
        raise UnknownReceipt
    if not is_equal(held[words.n], words.sealed):
        raise OtherContents
