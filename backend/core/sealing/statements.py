"""Which key is whose, for what and until when: the root signs a court's signing key, that key signs all others.

`use` is `sign` (by the root), `box` (to seal to), `reward` (to claim by) or `cert` (the server's, for certificates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.core.sealing.envelopes import KEY_BYTES
from backend.core.sealing.refusals import Malformed, UntrustedKey
from backend.core.sealing.signatures import SIGNATURE_BYTES, is_signed, sign_list
from backend.core.sealing.wire import Json, time_to_text, to_bytes, to_text, to_time

USES = ("sign", "box", "reward", "cert")


@dataclass(frozen=True)
class Statement:
    """`number` counts a court's keys of one use from 1; `not_after` is UTC, in whole seconds."""

    court: str
    use: str
    number: int
    key: bytes
    not_after: datetime
    signature: bytes = b""

    def signed_items(self) -> list[Json]:
        return ["lm1/key", self.court, self.use, self.number, to_text(self.key), time_to_text(self.not_after)]

    def to_json(self) -> dict[str, Json]:
        _, court, use, number, key, not_after = self.signed_items()
        signature = to_text(self.signature)
        return {
            "court": court,
            "use": use,
            "number": number,
            "key": key,
            "not_after": not_after,
            "signature": signature,
        }

    @classmethod
    def from_json(cls, value: Json) -> Statement:
        match value:
            case {
                "court": str(court),
                "use": str(use),
                "number": int(number),
                "key": key,
                "not_after": not_after,
                "signature": signature,
            }:
                signed = to_bytes(signature, SIGNATURE_BYTES)
            case _:
                raise Malformed("not a statement about a key")
        return cls(court, use, number, to_bytes(key, KEY_BYTES), to_time(not_after), signed)


def read_request(value: Json) -> Statement:
    """A statement that is not signed yet, as a keeper's browser made it: its signature is empty. Raises Malformed."""
    if not isinstance(value, dict) or value.get("signature") != "":
        raise Malformed("not a request for a signature")
    return replace(Statement.from_json({**value, "signature": to_text(bytes(SIGNATURE_BYTES))}), signature=b"")


@dataclass(frozen=True)
class Wanted:
    """What a statement must say; `lowest` is the highest number that was ever accepted for this use, or 1."""

    court: str
    use: str
    lowest: int = 1


def sign_statement(statement: Statement, seed: bytes) -> Statement:
    if statement.use not in USES:
        raise Malformed(f"a key is for one of {', '.join(USES)}")
    return replace(statement, signature=sign_list(statement.signed_items(), seed))


def check_statement(statement: Statement, signer: bytes, wanted: Wanted, now: datetime) -> bytes:
    """The key, if the signer says that it serves what is wanted. Raises UntrustedKey."""
    if not is_signed(statement.signed_items(), statement.signature, signer):
        raise UntrustedKey("not signed by whom it should be")
    if (statement.court, statement.use) != (wanted.court, wanted.use):
        raise UntrustedKey("for another court or another use")
    if statement.number < wanted.lowest:
        raise UntrustedKey("older than a key already known")
    if now > statement.not_after:
        raise UntrustedKey("expired")
    return statement.key


def check_path(statements: Sequence[Statement], root: bytes, path: Sequence[Wanted], now: datetime) -> bytes:
    """The last key of a path from the root, each key signed by the one before. Raises UntrustedKey."""
    if len(statements) != len(path):
        raise UntrustedKey("a statement is missing")
    key = root
    for statement, wanted in zip(statements, path, strict=True):
        key = check_statement(statement, key, wanted, now)
    return key
