"""What is written after a filing: stored under its key, read back by whoever bears its receipt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from backend.core.db import Connection, Database
from backend.core.filings.filing import Filing, StorageError, commit, statements, writing
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
        return number_of(self.name)


def number_of(part: str) -> int:
    """The number in a part's name: 3 of `c/3`."""
    return int(part.partition("/")[2])


@dataclass(frozen=True)
class Words:
    """The nth message from a phone, sealed to the court's box key of number `key_id`."""

    n: int
    key_id: int
    sealed: bytes = field(repr=False)


def store_part(connection: Connection, store: ShredStore, filing: Filing, part: Part) -> None:
    """Lay something under a filing's own key beside it.

    Raises:
        Destroyed: the filing's key is gone.
    """
    key = store.find(filing.id)
    if key is None:
        raise Destroyed
    content = wrap_row(part.data, Place(str(filing.court_id), str(filing.id), part.key_id, part.name), key)
    statements.insert_part(connection, filing=filing.id, part=part.name, key_id=part.key_id, content=content)


def unwrap_parts(filing: Filing, rows: list[dict[str, Any]], key: bytes) -> list[Part]:
    court, tip = str(filing.court_id), str(filing.id)
    return [
        Part(
            row["part"], row["key_id"], unwrap_row(row["data"], Place(court, tip, row["key_id"], row["part"]), key)
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Talk:
    """What is written after a filing, as far as its bearer reaches it."""

    database: Database
    store: ShredStore
    filing: Filing
    lookup: bytes = field(repr=False)

    def read(self) -> tuple[list[Part], int]:
        """What the court has written, in order, nothing once destroyed; and the number of the bearer's next words."""
        with writing(self.database) as connection:
            answers, words = (self._rows(connection, direction) for direction in ("c", "i"))
        key = self.store.find(self.filing.id)
        following = 1 + max((number_of(row["part"]) for row in words), default=0)
        return unwrap_parts(self.filing, answers, key) if key else [], following

    def holds(self, n: int, sealed: bytes) -> bool:
        """Whether these words are stored under this number, for good.

        Raises:
            OtherContents: other words have this number.
            Destroyed: the filing's key is gone.
        """
        key = self._key()
        with writing(self.database) as connection:
            rows = [row for row in self._rows(connection, "i") if row["part"] == f"i/{n}"]
            if rows:
                statements.confirm_durable(connection)
                commit(connection)
        parts = unwrap_parts(self.filing, rows, key)
        if any(not is_equal(part.data, sealed) for part in parts):
            raise OtherContents
        return bool(parts)

    def add(self, words: Words) -> None:
        """Store later words of a bearer; sent again as they are, they are stored once.

        Raises:
            OtherContents, Destroyed: as `holds`.
            NotStored: whether they are stored is not certain.
        """
        place = Place(str(self.filing.court_id), str(self.filing.id), words.key_id, f"i/{words.n}")
        content = wrap_row(words.sealed, place, self._key())
        try:
            with writing(self.database) as connection:
                added = statements.put_message(
                    connection, rowkey=row_key(self.lookup), n=words.n, key_id=words.key_id, content=content
                )
                commit(connection)
        except StorageError:
            raise NotStored from None
        if not added and not self.holds(words.n, words.sealed):
            raise UnknownReceipt

    def _key(self) -> bytes:
        key = self.store.find(self.filing.id)
        if key is None:
            raise Destroyed
        return key

    def _rows(self, connection: Connection, direction: str) -> list[dict[str, Any]]:
        return list(statements.list_parts(connection, rowkey=row_key(self.lookup), direction=direction))
