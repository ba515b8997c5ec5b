"""A keeper's hands: stating keys along the path that phones walk, and sealing secrets to whoever may hold them.

Who may hold what follows from roles (`core/filings/roles.py`). Everything is sealed to the recovery key as well, which
lies on two sheets of paper.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import psycopg

from backend.core.audit import Record, append
from backend.core.clock import now
from backend.core.db import Connection
from backend.core.errors import Conflict, OperatorError
from backend.core.filings.roles import HOLDERS
from backend.core.sealing.envelopes import KEY_BYTES, KeyPair, seal
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, Wanted, check_statement, sign_statement
from backend.core.sealing.wraps import split_secret

statements: Any = aiosql.from_path(Path(__file__).with_name("key_queries.sql"), "psycopg")
SIGN_DAYS, KEY_DAYS = 5 * 365, 365


def may_hold(roles: Iterable[str], use: str) -> bool:
    """Whether one of the roles may hold secrets of a use."""
    return not set(HOLDERS.get(use, ())).isdisjoint(roles)


class OldKey(Conflict):
    """A key of this number or a higher one is known"""


@dataclass(frozen=True)
class Signer:
    """A court's signing key in the keeper's hands, and the number under which the court is known to use it."""

    number: int
    seed: bytes = field(repr=False)


@dataclass(frozen=True)
class Sheets:
    """The two shares of a new recovery key, for two sheets of paper."""

    first: bytes = field(repr=False)
    second: bytes = field(repr=False)


@dataclass(frozen=True)
class Root:
    """The root's public half as the server knows it, and its seed where it is at hand."""

    public: bytes
    seed: bytes | None = field(default=None, repr=False)

    def signing(self) -> bytes:
        """Raises OperatorError: the seed is not at hand or another root's."""
        if self.seed is None or verify_key_of(self.seed) != self.public:
            raise OperatorError("This is not the root whose public half is ROOT_PUBLIC_KEY.")
        return self.seed


def store_statement(connection: Connection, statement: Statement, root: bytes) -> None:
    """Store a statement after checking the path that phones will walk.

    Raises:
        UntrustedKey: not signed by the root, or by the court's newest signing key, which must be valid itself.
        OldKey: a key of this number or a higher one is known.
    """
    signer, signed_by = root, None
    if statement.use != "sign":
        signed_by, signer = _checked_signer(connection, statement.court, root)
    wanted = Wanted(statement.court, statement.use)
    check_statement(statement, signer, wanted, now())
    try:
        with connection.transaction():
            statements.insert_key(
                connection, court=UUID(statement.court), use=statement.use, number=statement.number,
                key=statement.key, not_after=statement.not_after, signature=statement.signature, signed_by=signed_by,
            )  # fmt: skip
    except psycopg.errors.CheckViolation as error:
        if error.diag.constraint_name != "court_key_number_rises":
            raise
        raise OldKey from None


def _checked_signer(connection: Connection, court: str, root: bytes) -> tuple[int, bytes]:
    row = statements.find_last_key(connection, court=UUID(court), use="sign")
    if row is None:
        raise OperatorError("The court has no signing key yet: make one with `keys make-court`.")
    known = Statement(court, "sign", **row)
    return known.number, check_statement(known, root, Wanted(court, "sign"), now())


@dataclass(frozen=True)
class Keeping:
    """A keeper's work on one court's keys, in one transaction."""

    connection: Connection
    court: UUID
    root: bytes

    def make_signer(self, root_seed: bytes) -> Signer:
        """A new signing key, certified by the root and sealed to keepers and recovery."""
        seed = secrets.token_bytes(KEY_BYTES)
        number = self._state("sign", verify_key_of(seed), root_seed, SIGN_DAYS)
        self._seal("sign", number, seed)
        return Signer(number, seed)

    def make_pair(self, use: str, signer: Signer) -> int:
        """A new pair to be sealed to, certified by the court; its number."""
        pair = KeyPair.of(secrets.token_bytes(KEY_BYTES))
        number = self._state(use, pair.public, signer.seed, KEY_DAYS)
        self._seal(use, number, pair.secret)
        return number

    def certify_server(self, server_key: bytes, signer: Signer, days: int = KEY_DAYS) -> int:
        return self._state("cert", server_key, signer.seed, days)

    def make_recovery(self) -> Sheets | None:
        """The two sheets of a new recovery key; None where the court has one."""
        if statements.find_recovery_key(self.connection, court=self.court):
            return None
        pair = KeyPair.of(secrets.token_bytes(KEY_BYTES))
        statements.insert_recovery_key(self.connection, court=self.court, public_key=pair.public)
        return Sheets(*split_secret(pair.secret))

    def grant(self, officer: dict[str, Any], held: dict[tuple[str, int], bytes]) -> int:
        """Seal secrets to an officer, as far as the roles allow; how many."""
        allowed = [key for key in held if may_hold(officer["roles"], key[0])]
        for use, number in allowed:
            self._put(use, number, officer["id"], seal(held[use, number], officer["public_key"]))
        return len(allowed)

    def trace(self, action: str, said: dict[str, Any]) -> None:
        append(self.connection, [Record(action, said, self.court)])

    def _state(self, use: str, key: bytes, seed: bytes, days: int) -> int:
        last = statements.find_last_key(self.connection, court=self.court, use=use)
        number = last["number"] + 1 if last else 1
        unsigned = Statement(str(self.court), use, number, key, _in_days(days))
        store_statement(self.connection, sign_statement(unsigned, seed), self.root)
        return number

    def _seal(self, use: str, number: int, secret: bytes) -> None:
        recovery = statements.find_recovery_key(self.connection, court=self.court)
        if recovery is None:
            raise OperatorError("The court has no recovery key: run `keys make-court` first.")
        self._put(use, number, None, seal(secret, recovery))
        for officer in statements.list_officer_keys(self.connection, court=self.court):
            if may_hold(officer["roles"], use):
                self._put(use, number, officer["id"], seal(secret, officer["public_key"]))

    def _put(self, use: str, number: int, officer: UUID | None, sealed: bytes) -> None:
        statements.insert_secret(
            self.connection, court=self.court, use=use, number=number, officer=officer, sealed=sealed
        )


def _in_days(days: int) -> datetime:
    return (now() + timedelta(days=days)).replace(microsecond=0)
