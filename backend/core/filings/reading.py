"""Opening a filing as an officer: recorded before its key is lent, and limited, so that nobody empties the store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from backend.core.errors import NotFound
from backend.core.filings.filing import Filing, Target, statements
from backend.core.filings.keyring import Reader
from backend.core.filings.messages import Part, number_of, store_part, unwrap_parts
from backend.core.filings.refusals import Destroyed, NotAReader, TooManyOpened
from backend.core.filings.shred_store import ShredStore
from backend.core.officers import Officer
from backend.core.sealing.conversations import Message, box_to_informant, unseal_from_informant
from backend.core.sealing.letters import Address, Letter, unseal_letter
from backend.core.sealing.photos import open_photo
from backend.core.sealing.refusals import CannotOpen, Malformed, Misdirected, TooLong

UNWRAPPINGS, UNWRAPPING_SECONDS = 30, 600


@dataclass(frozen=True)
class Opened:
    """A filing as its reader sees it.

    Attributes:
        photos: JPEGs, to be decoded by nothing that runs what it reads.
        words: later messages that prove themselves to be the sender's.
        refused: numbers of those that do not: whoever can write must not be able to shut the letter up.
    """

    filing: Filing
    letter: Letter
    photos: tuple[bytes, ...]
    words: tuple[Message, ...]
    answers: int
    refused: tuple[int, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Where an officer reads: the database, the shred store, and the officer's open keyring."""

    database: Database
    store: ShredStore
    reader: Reader

    def open(self, record: Callable[[Connection, Officer], tuple[Filing, Target]]) -> Opened:
        """Open a filing of the reader's court, once `record` has recorded that for good.

        Raises:
            NotFound: no such filing, or it is destroyed.
            NotAReader: the reader holds no key of the court that opens it.
            TooManyOpened: more than 30 in ten minutes.
            CannotOpen, Malformed, Misdirected: the letter or a photo was not sealed as the protocol says.
        """
        with self.database.transaction("operator") as connection:
            filing, target = record(connection, self.reader.acting)
        key = self.store.find(filing.id)
        if key is None:
            raise Destroyed
        with self.database.transaction("operator") as connection:
            rows = list(statements.list_all_parts(connection, filing=filing.id))
        return self._opened(filing, target, rows, key)

    def answer(self, connection: Connection, opened: Opened, text: str) -> int:
        """Box an answer to whoever filed and store it; its number. The caller's transaction decides whether it stays.

        Raises:
            NotAReader, Destroyed: as `open`.
            TooLong: more than the box holds.
        """
        key_id, secret = self.reader.newest("box")
        n = opened.answers + 1
        boxed = box_to_informant(Message(n, text), opened.letter.answering.reply, secret)
        store_part(connection, self.store, opened.filing, Part(f"c/{n}", key_id, boxed))
        return n

    def trace(self, connection: Connection, action: str, filing: Filing, more: dict[str, Any]) -> None:
        """Record an officer's act on a filing in the caller's transaction."""
        said = {"number": filing.number, "officer": self.reader.officer, **more}
        append(connection, [Record(action, said, filing.court_id)])

    def _opened(self, filing: Filing, target: Target, rows: list[dict[str, Any]], key: bytes) -> Opened:
        later = [row for row in rows if row["part"].startswith("i/")]
        parts = unwrap_parts(filing, [row for row in rows if row not in later], key)
        by_name = {part.name: part.data for part in parts}
        address = Address(str(filing.court_id), str(target.id), filing.key_id)
        letter = unseal_letter(by_name["sealed"], self.reader.pair("box", filing.key_id), address)
        photos = [open_photo(by_name[f"photo/{n}"], photo) for n, photo in enumerate(letter.photos, start=1)]
        answers = [part.n for part in parts if part.name.startswith("c/")]
        words, refused = [], []
        for row in later:
            try:
                (part,) = unwrap_parts(filing, [row], key)
                words.append(self._words(part, letter.answering.speak))
            except (CannotOpen, Malformed, Misdirected, TooLong):
                refused.append(number_of(row["part"]))
        return Opened(filing, letter, tuple(photos), tuple(words), max(answers, default=0), tuple(refused))

    def _words(self, part: Part, speak: bytes) -> Message:
        # The phone may have sealed to the key before the present one, or to one newer than the filing's.
        numbers = sorted((number for use, number in self.reader.secrets if use == "box"), reverse=True)
        for number in [part.key_id, *numbers]:
            try:
                return unseal_from_informant(part.data, self.reader.pair("box", number), speak)
            except (CannotOpen, NotAReader):
                continue
        raise CannotOpen


def record_loan(connection: Connection, officer: Officer, purpose: str, number: int) -> tuple[Filing, Target]:
    """Record that an officer opens a filing, for good, before anything of it is lent.

    Raises:
        NotFound: the court has no such filing, or it is destroyed.
        NotAReader: nothing that the officer could open it with is kept.
        TooManyOpened: more than 30 in ten minutes.
    """
    row = statements.find_filing_of_court(connection, court=officer.court_id, purpose=purpose, number=number)
    if row is None or row["state"] in ("shredding", "shredded"):
        raise NotFound
    target = Target(row.pop("target_kind"), row.pop("target_id"))
    filing = Filing(**row)
    if not any(one["use"] == "box" for one in statements.list_secrets(connection, officer=officer.id)):
        raise NotAReader
    count_opened(connection, officer.id, filing.id)
    said = {"officer": officer.id, "purpose": purpose, "number": number}
    append(connection, [Record("filing.open", said, filing.court_id)])
    statements.mark_checking(connection, filing=filing.id)
    return filing, target


def count_opened(connection: Connection, officer: UUID, filing: UUID) -> None:
    """Count what an officer opens of a filing. Raises TooManyOpened."""
    statements.lock_officer(connection, officer=officer)
    statements.forget_unwrapped(connection, seconds=UNWRAPPING_SECONDS)
    if statements.count_unwrapped(connection, officer=officer, filing=filing, seconds=UNWRAPPING_SECONDS) >= (
        UNWRAPPINGS
    ):
        raise TooManyOpened
    statements.note_unwrapped(connection, officer=officer, filing=filing)
