"""A court's keys: made and sealed on the keeper's machine; the database gets statements, public halves, sealed bytes.

Who may hold what follows from roles: clerks and approvers read (`box`), reward officers pay (`reward`), keepers sign
(`sign`). Everything is sealed to the recovery key as well, which lies on two sheets of paper.
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
from backend.core.db import Connection, Database
from backend.core.errors import Conflict, OperatorError
from backend.core.filings.keyring import Reader, make_phrase
from backend.core.sealing.envelopes import KEY_BYTES, KeyPair, seal, unseal
from backend.core.sealing.labels import labelled_hash
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, Wanted, check_statement, sign_statement
from backend.core.sealing.wraps import join_shares, split_secret, wrap_secret

statements: Any = aiosql.from_path(Path(__file__).with_name("key_queries.sql"), "psycopg")
_HOLDERS = {"sign": ("keeper",), "box": ("clerk", "approver"), "reward": ("reward_officer",)}
SIGN_DAYS, KEY_DAYS = 5 * 365, 365


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

    def make_signer(self, root_seed: bytes, days: int = SIGN_DAYS) -> Signer:
        """A new signing key, certified by the root and sealed to keepers and recovery."""
        seed = secrets.token_bytes(KEY_BYTES)
        number = self._state("sign", verify_key_of(seed), root_seed, days)
        self._seal("sign", number, seed)
        return Signer(number, seed)

    def make_pair(self, use: str, signer: Signer, days: int = KEY_DAYS) -> int:
        """A new pair to be sealed to, certified by the court; its number."""
        pair = KeyPair.of(secrets.token_bytes(KEY_BYTES))
        number = self._state(use, pair.public, signer.seed, days)
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
        allowed = [key for key in held if set(officer["roles"]) & set(_HOLDERS[key[0]])]
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
            if set(officer["roles"]) & set(_HOLDERS[use]):
                self._put(use, number, officer["id"], seal(secret, officer["public_key"]))

    def _put(self, use: str, number: int, officer: UUID | None, sealed: bytes) -> None:
        statements.insert_secret(
            self.connection, court=self.court, use=use, number=number, officer=officer, sealed=sealed
        )


def make_court(database: Database, code: str, root: Root, server_key: bytes) -> Sheets | None:
    """All keys of a court, its old ones replaced; the sheets of its recovery key where it had none.

    Raises:
        OperatorError: no such court, or another root.
    """
    seed = root.signing()
    with database.transaction("operator") as connection:
        keeping = Keeping(connection, _lock_court(connection, code), root.public)
        sheets = keeping.make_recovery()
        signer = keeping.make_signer(seed)
        numbers = {use: keeping.make_pair(use, signer) for use in ("box", "reward")}
        numbers["cert"] = keeping.certify_server(server_key, signer)
        keeping.trace("keys.make", {"sign": signer.number, **numbers})
    return sheets


def rotate(database: Database, code: str, root: Root, keeper: Reader) -> dict[str, int]:
    """New box and reward keys, and with the root's seed at hand a new signing key; their numbers by use.

    Raises:
        OperatorError: no such court, the keeper is another court's, or another root.
        NotAReader: the keeper does not hold the court's signing key.
    """
    with database.transaction("operator") as connection:
        keeping = _keeping(connection, code, root, keeper)
        return _rotate(keeping, root, keeper)


def _rotate(keeping: Keeping, root: Root, keeper: Reader) -> dict[str, int]:
    signer = Signer(*keeper.newest("sign"))
    numbers = {}
    if root.seed is not None:
        signer = keeping.make_signer(root.signing())
        cert = statements.find_last_key(keeping.connection, court=keeping.court, use="cert")
        numbers = {"sign": signer.number, "cert": keeping.certify_server(cert["key"], signer)}
    numbers |= {use: keeping.make_pair(use, signer) for use in ("box", "reward")}
    keeping.trace("keys.rotate", {**numbers, "keeper": keeper.officer})
    return numbers


@dataclass(frozen=True)
class Added:
    """An officer's new key: its phrase, told once and kept nowhere, and what the holder sealed to it."""

    phrase: str | None = field(repr=False)
    fingerprint: str
    granted: int


def add_officer_key(database: Database, login: str, holder: Reader | None) -> Added:
    """Give an officer a key where there is none, and let a holder seal to it what the roles allow.

    Raises:
        OperatorError: no such acting officer, or the holder is another court's.
    """
    with database.transaction("operator") as connection:
        officer = _officer(connection, login)
        if not officer["active"]:
            raise OperatorError(f"{login} may act no more.")
        if holder and holder.court_id != officer["court_id"]:
            raise OperatorError("Whoever seals to an officer must be of the same court.")
        phrase = None if officer["public_key"] else _make_pair(connection, officer)
        keeping = Keeping(connection, officer["court_id"], b"")
        granted = keeping.grant(officer, holder.secrets) if holder else 0
        by = holder.officer if holder else None
        keeping.trace("keys.add_officer", {"officer": officer["id"], "by": by, "granted": granted})
    return Added(phrase, fingerprint(officer["public_key"]), granted)


def _make_pair(connection: Connection, officer: dict[str, Any]) -> str:
    phrase, pair = make_phrase(), KeyPair.of(secrets.token_bytes(KEY_BYTES))
    statements.insert_officer_key(
        connection, officer=officer["id"], public_key=pair.public, wrapped=wrap_secret(pair.secret, phrase)
    )
    officer["public_key"] = pair.public
    return phrase


def fingerprint(public_key: bytes) -> str:
    """What two people compare in person: 80 bits in five groups."""
    text = labelled_hash("rowkey", public_key).hex()[:20]
    return " ".join(text[at : at + 4] for at in range(0, 20, 4))


def remove_officer_key(database: Database, login: str, root: Root, keeper: Reader) -> dict[str, int]:
    """Take an officer's keys away, and replace at once what they knew; the new numbers.

    Raises:
        OperatorError: no such officer, the keeper's own key, or a keeper's without the root.
        NotAReader: as `rotate`.
    """
    with database.transaction("operator") as connection:
        officer = _officer(connection, login)
        if officer["id"] == keeper.officer:
            raise OperatorError("Another keeper must remove this officer.")
        if "keeper" in officer["roles"] and root.seed is None:
            raise OperatorError("A keeper knew the signing key: give the root, so that it is replaced.")
        keeping = _keeping(connection, officer["court"], root, keeper)
        statements.delete_officer_secrets(connection, officer=officer["id"])
        statements.delete_officer_key(connection, officer=officer["id"])
        keeping.trace("keys.remove_officer", {"officer": officer["id"], "keeper": keeper.officer})
        return _rotate(keeping, root, keeper)


def recover(database: Database, login: str, sheets: Sheets) -> int:
    """Seal a court's secrets to one of its officers again, from the two sheets; how many.

    Raises:
        OperatorError: no such officer, or one without a key.
        CannotOpen: the sheets are not this court's.
    """
    with database.transaction("operator") as connection:
        officer = _officer(connection, login)
        court = officer["court_id"]
        public = statements.find_recovery_key(connection, court=court)
        if public is None or officer["public_key"] is None:
            raise OperatorError("The court has no recovery key, or the officer none: run `keys add-officer` first.")
        pair = KeyPair(public, join_shares(sheets.first, sheets.second, public))
        held = _unsealed(statements.list_recovery_secrets(connection, court=court), pair)
        keeping = Keeping(connection, court, b"")
        granted = keeping.grant(officer, held)
        keeping.trace("keys.recover", {"officer": officer["id"], "granted": granted})
    return granted


def list_keys(database: Database) -> list[dict[str, Any]]:
    with database.transaction("operator") as connection:
        return list(statements.list_keys(connection))


def _unsealed(rows: Iterable[dict[str, Any]], pair: KeyPair) -> dict[tuple[str, int], bytes]:
    return {(row["use"], row["number"]): unseal(row["sealed"], pair) for row in rows}


def _keeping(connection: Connection, code: str, root: Root, keeper: Reader) -> Keeping:
    court = _lock_court(connection, code)
    if keeper.court_id != court:
        raise OperatorError("The keeper is another court's.")
    return Keeping(connection, court, root.public)


def _lock_court(connection: Connection, code: str) -> UUID:
    row = statements.lock_court(connection, code=code)
    if row is None:
        raise OperatorError(f"There is no court {code}.")
    found: UUID = row["id"]
    return found


def _officer(connection: Connection, login: str) -> dict[str, Any]:
    row = statements.find_officer(connection, login=login)
    if row is None:
        raise OperatorError(f"There is no officer {login}.")
    return dict(row)


def _in_days(days: int) -> datetime:
    return (now() + timedelta(days=days)).replace(microsecond=0)
