"""A court's keys, made and sealed on the keeper's machine; the database gets only what is public or sealed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import UUID

from backend.core.db import Connection, Database
from backend.core.errors import OperatorError
from backend.core.filings.keyring import Reader, make_phrase
from backend.core.sealing.envelopes import KEY_BYTES, KeyPair, unseal
from backend.core.sealing.refusals import Malformed
from backend.core.sealing.statements import Statement, read_request, sign_statement
from backend.core.sealing.wire import Json
from backend.core.sealing.wraps import join_shares, wrap_secret
from backend.courts.keeping import Keeping, Root, Sheets, Signer, statements


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
    text = blake2b(public_key, digest_size=10, person=b"fingerprint").hexdigest()
    return " ".join(text[at : at + 4] for at in range(0, 20, 4))


def remove_officer_key(database: Database, login: str, root: Root, keeper: Reader) -> dict[str, int]:
    """Take an officer's keys away, let them act and sign in no more, and replace what they knew; the new numbers.

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
        if statements.end_officer(connection, officer=officer["id"]):
            keeping.trace("officer.end", {"officer": officer["id"], "login": login})
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


def certify(request: Json, root: Root) -> Statement:
    """The root's word for a signing key that a keeper's browser made; needs neither a database nor a network.

    Raises:
        Malformed: it is no request for a signing key. OperatorError: another root.
    """
    unsigned = read_request(request)
    if unsigned.use != "sign":
        raise Malformed("the root signs signing keys only")
    return sign_statement(unsigned, root.signing())


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
