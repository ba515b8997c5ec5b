"""A court's keys as its keeper makes them at the console: what the browser's worker made is checked and stored.

The signing key waits for the root, which signs it offline; that key states all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from backend.core.clock import now
from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid
from backend.core.sealing.statements import Statement
from backend.core.sealing.wire import to_bytes, to_text
from backend.courts.keeping import KEY_DAYS, SIGN_DAYS, may_hold, statements, store_statement
from backend.courts.keys import fingerprint
from backend.courts.keys_of_officers import KeyWork, NotAHolder, Sealed, queries


class NoRecoveryKey(Conflict):
    """Make the recovery key first"""


class RecoveryKeyThere(Conflict):
    """The court has a recovery key"""


class RequestThere(Conflict):
    """A signing key waits for the root's signature already"""


class NoRequest(Conflict):
    """No signing key waits for the root's signature"""


class OtherStatement(Invalid):
    """This is not the key that was asked for"""


class NoSigner(Conflict):
    """The court has no signing key that is good now"""


@dataclass(frozen=True)
class Term:
    """Of the next key of a use: its number, and the last moment it may be good for."""

    number: int
    not_after: datetime


def next_term(connection: Connection, court: UUID, use: str) -> Term:
    """What a new key of a use must say."""
    last = statements.find_last_key(connection, court=court, use=use)
    days = SIGN_DAYS if use == "sign" else KEY_DAYS
    return Term(last["number"] + 1 if last else 1, (now() + timedelta(days=days)).replace(microsecond=0))


@dataclass(frozen=True)
class CourtKeys(KeyWork):
    """What a keeper does with the court's own keys."""

    def make_recovery(self, public_key: bytes) -> None:
        """Store the public half of the court's recovery key. Raises RecoveryKeyThere."""
        if statements.find_recovery_key(self.connection, court=self.court):
            raise RecoveryKeyThere
        try:
            with self.connection.transaction():
                statements.insert_recovery_key(self.connection, court=self.court, public_key=public_key)
        except psycopg.errors.UniqueViolation:
            raise RecoveryKeyThere from None
        self.trace("keys.recovery", {"fingerprint": fingerprint(public_key)})

    def request(self, unsigned: Statement, sealed: Sequence[Sealed]) -> None:
        """Keep a new signing key until the root has signed it.

        Raises:
            RequestThere: one waits. NoRecoveryKey, NotAHolder: it is not sealed to whom it should be.
            OtherStatement: another court's, use or number, or good for too long.
        """
        self._check_next(unsigned, "sign")
        self._check_holders("sign", sealed)
        listed = [
            {"officer": str(one.officer) if one.officer else None, "fingerprint": one.fingerprint,
             "sealed": to_text(one.data)}
            for one in sealed
        ]  # fmt: skip
        try:
            with self.connection.transaction():
                queries.insert_key_request(
                    self.connection, court=self.court, number=unsigned.number, key=unsigned.key,
                    not_after=unsigned.not_after, sealed=Jsonb(listed), by=self.keeper.id,
                )  # fmt: skip
        except psycopg.errors.UniqueViolation:
            raise RequestThere from None
        self.trace("keys.request", {"number": unsigned.number, "fingerprint": fingerprint(unsigned.key)})

    def drop_request(self) -> None:
        """Let a signing key go that the root has not signed. Raises NoRequest."""
        waiting = self.find_request()
        queries.delete_key_request(self.connection)
        self.trace("keys.drop_request", {"number": waiting.number, "fingerprint": fingerprint(waiting.key)})

    def find_request(self) -> Statement:
        """What the root is asked to sign. Raises NoRequest."""
        return self._statement_asked_for(self._find_request())

    def certify(self, signed: Statement, root: bytes) -> None:
        """Take the signing key into use that the root has signed.

        Raises:
            NoRequest, OtherStatement: it was not asked for.
            UntrustedKey: the root did not sign it. OldKey: it came too late.
        """
        row = self._find_request()
        asked = self._statement_asked_for(row)
        if signed.signed_items() != asked.signed_items():
            raise OtherStatement
        store_statement(self.connection, signed, root)
        queries.delete_key_request(self.connection)
        # Roles and keys may have changed while the root was asked: it goes to whoever may hold it still.
        allowed = self._allowed("sign")
        self._store(
            "sign", signed, [one for one in _kept(row["sealed"]) if allowed.get(one.officer) == one.fingerprint]
        )

    def make(self, stated: Statement, sealed: Sequence[Sealed], root: bytes) -> None:
        """Store a box or reward key that the court's signing key states.

        Raises:
            OtherStatement, NoRecoveryKey, NotAHolder, NoSigner: as `request`.
            UntrustedKey: not signed by the court's present signing key. OldKey: somebody was sooner.
        """
        if stated.use not in ("box", "reward"):
            raise OtherStatement
        self._check_next(stated, stated.use)
        self._check_holders(stated.use, sealed)
        self._check_signer()
        store_statement(self.connection, stated, root)
        self._store(stated.use, stated, sealed)

    def certify_server(self, stated: Statement, server_key: bytes, root: bytes) -> None:
        """Store the court's word for this server's key for certificates; raises as `make`."""
        self._check_next(stated, "cert")
        if stated.key != server_key:
            raise OtherStatement
        self._check_signer()
        store_statement(self.connection, stated, root)
        self.trace("keys.made", {"use": "cert", "number": stated.number})

    def _store(self, use: str, stated: Statement, sealed: Sequence[Sealed]) -> None:
        for one in sealed:
            self.put(use, stated.number, one)
        holders = [one.officer for one in sealed if one.officer]
        self.trace("keys.made", {"use": use, "number": stated.number, "holders": holders})

    def _check_next(self, stated: Statement, use: str) -> None:
        following = next_term(self.connection, self.court, use)
        fits = (stated.court, stated.use, stated.number) == (str(self.court), use, following.number)
        # The clock of the keeper's page may be a little behind ours.
        if not fits or not now() < stated.not_after <= following.not_after + timedelta(minutes=5):
            raise OtherStatement

    def _check_holders(self, use: str, sealed: Sequence[Sealed]) -> None:
        allowed, named = self._allowed(use), [one.officer for one in sealed]
        if None not in named or len(set(named)) < len(named):
            raise NotAHolder
        if any(allowed.get(one.officer) != one.fingerprint for one in sealed):
            raise NotAHolder

    def _check_signer(self) -> None:
        row = statements.find_last_key(self.connection, court=self.court, use="sign")
        if row is None or row["not_after"] <= now():
            raise NoSigner

    def _allowed(self, use: str) -> dict[UUID | None, str]:
        """Who may hold a secret of a use, recovery included, with the fingerprints of their keys."""
        recovery = statements.find_recovery_key(self.connection, court=self.court)
        if recovery is None:
            raise NoRecoveryKey
        rows = queries.list_holders(self.connection)
        compared = [row for row in rows if row["public_key"] and row["compared"] and may_hold(row["roles"], use)]
        return {None: fingerprint(recovery), **{row["id"]: fingerprint(row["public_key"]) for row in compared}}

    def _find_request(self) -> Mapping[str, Any]:
        row: Mapping[str, Any] | None = queries.find_key_request(self.connection)
        if row is None:
            raise NoRequest
        return row

    def _statement_asked_for(self, row: Mapping[str, Any]) -> Statement:
        return Statement(str(self.court), "sign", row["number"], row["key"], row["not_after"].astimezone(UTC))


def _kept(listed: Sequence[Mapping[str, Any]]) -> list[Sealed]:
    return [
        Sealed(UUID(one["officer"]) if one["officer"] else None, one["fingerprint"], to_bytes(one["sealed"]))
        for one in listed
    ]
