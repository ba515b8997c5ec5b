"""An officer's own key at the console: made, compared in person, given the court's secrets, and taken away.

Runs in `court_transaction`, where no other court exists. No secret comes here but sealed; who may be sealed to is
decided here once more, whatever the page asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import psycopg

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid
from backend.core.officers import Officer
from backend.core.sealing.wire import to_text
from backend.courts.keeping import may_hold, statements
from backend.courts.keys import fingerprint
from backend.courts.officer_changes import NoSuchOfficer

queries: Any = aiosql.from_path(Path(__file__).with_name("key_desk_queries.sql"), "psycopg")


class OwnKeyThere(Conflict):
    """You have a key already; a keeper can take it away, and then you make another"""


class OtherFingerprint(Conflict):
    """This is not the fingerprint of the officer's key; compare again, in person"""


class NotCompared(Conflict):
    """Compare the fingerprint with the officer in person first"""


class NotAHolder(Invalid):
    """A key goes to recovery, and to compared officers whose roles allow it"""


@dataclass(frozen=True)
class Sealed:
    """A secret sealed to the key of this fingerprint, of one holder; None is recovery."""

    officer: UUID | None
    fingerprint: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Granted:
    """A secret of the court sealed to an officer."""

    use: str
    number: int
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class KeyWork:
    """A keeper's work on the own court's keys, in one transaction."""

    connection: Connection
    keeper: Officer

    @property
    def court(self) -> UUID:
        return self.keeper.court_id

    def put(self, use: str, number: int, one: Sealed) -> None:
        """Keep a secret as it is sealed to one holder."""
        statements.insert_secret(
            self.connection, court=self.court, use=use, number=number, officer=one.officer, sealed=one.data
        )

    def trace(self, action: str, said: dict[str, Any]) -> None:
        append(self.connection, [Record(action, {**said, "keeper": self.keeper.id}, self.court)])


@dataclass(frozen=True)
class OfficerKeys(KeyWork):
    """What a keeper does with officers' own keys."""

    def compare(self, identifier: UUID, told: str) -> None:
        """Record that the fingerprint was compared in person.

        Raises:
            NoSuchOfficer: no acting officer of this court has a key under this id.
            OtherFingerprint: the key has another one.
        """
        self._holder(identifier, told)
        queries.mark_compared(self.connection, officer=identifier, by=self.keeper.id)
        self.trace("keys.compare", {"officer": identifier, "fingerprint": told})

    def grant(self, identifier: UUID, told: str, granted: Sequence[Granted], *, by_sheets: bool) -> int:
        """Store the court's secrets that were sealed to an officer; how many.

        Raises:
            NoSuchOfficer, OtherFingerprint: as `compare`.
            NotCompared: nobody has compared the fingerprint.
            NotAHolder: the roles do not allow one of them, or the court has no such key.
        """
        officer = self._holder(identifier, told)
        if officer["compared_at"] is None:
            raise NotCompared
        for one in granted:
            known = queries.find_key_number(self.connection, use=one.use, number=one.number)
            if not may_hold(officer["roles"], one.use) or known is None:
                raise NotAHolder
            self.put(one.use, one.number, Sealed(identifier, told, one.data))
        said = {"officer": identifier, "keys": [f"{one.use} {one.number}" for one in granted], "by_sheets": by_sheets}
        self.trace("keys.grant", said)
        return len(granted)

    def withdraw(self, identifier: UUID, reason: str) -> None:
        """Take an officer's key away with all that was sealed to it. Raises NoSuchOfficer."""
        officer = queries.lock_officer(self.connection, id=identifier)
        if officer is None or officer["public_key"] is None:
            raise NoSuchOfficer
        statements.delete_officer_secrets(self.connection, officer=identifier)
        statements.delete_officer_key(self.connection, officer=identifier)
        said = {"officer": identifier, "fingerprint": fingerprint(officer["public_key"]), "reason": reason}
        self.trace("keys.withdraw", said)

    def lend_recovery_secrets(self) -> list[dict[str, Any]]:
        """What the two sheets open, sealed; recorded before it is lent."""
        self.trace("keys.lend_recovery", {})
        rows = statements.list_recovery_secrets(self.connection, court=self.court)
        return [{"use": row["use"], "number": row["number"], "sealed": to_text(row["sealed"])} for row in rows]

    def _holder(self, identifier: UUID, told: str) -> Mapping[str, Any]:
        officer: Mapping[str, Any] | None = queries.lock_officer(self.connection, id=identifier)
        if officer is None or officer["public_key"] is None:
            raise NoSuchOfficer
        if fingerprint(officer["public_key"]) != told:
            raise OtherFingerprint
        return officer


def make_own_key(connection: Connection, officer: Officer, public_key: bytes, wrapped: bytes) -> None:
    """Keep the key that an officer's browser made. Raises OwnKeyThere."""
    try:
        with connection.transaction():
            statements.insert_officer_key(connection, officer=officer.id, public_key=public_key, wrapped=wrapped)
    except psycopg.errors.UniqueViolation:
        raise OwnKeyThere from None
    said = {"officer": officer.id, "fingerprint": fingerprint(public_key)}
    append(connection, [Record("keys.own", said, officer.court_id)])
