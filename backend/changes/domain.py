"""Places in the feed and keys of recipients."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from backend.core import cursors
from backend.core.errors import Gone

# 256 random bits: a plain digest of them tells nothing, and no key can be guessed.
_KEY_BYTES = 32
_KEY_SIGN = "clm_"
# The largest bigint has 19 digits; nobody will ever need them.
MAX_DIGITS = 18


class BeyondTheWindow(Gone):
    """Changes this old are no longer kept"""


@dataclass(frozen=True)
class Place:
    """Where a reader goes on: `since` as it was asked for, and the last sequence on the page before."""

    since: int
    sequence: int

    def encode(self) -> str:
        return _opaque(f"{self.since}.{self.sequence}")

    @classmethod
    def decode(cls, since: int, text: str) -> Place:
        """Read a cursor that `encode` made for the same `since`.

        Raises:
            ValueError: anything else.
        """
        try:
            place = cls(*map(int, _clear(text).split(".")))
        except (ValueError, TypeError):
            raise cursors.refusal() from None
        if place.encode() != text or place.since != since or not since <= place.sequence < 10**MAX_DIGITS:
            raise cursors.refusal()
        return place


def encode_member(entity: UUID) -> str:
    """A cursor behind an entity in the list of everybody."""
    return _opaque(f"m{entity.hex}")


def decode_member(text: str) -> UUID:
    """Read what `encode_member` made.

    Raises:
        ValueError: anything else.
    """
    try:
        entity = UUID(hex=_clear(text)[1:])
    except ValueError:
        raise cursors.refusal() from None
    if encode_member(entity) != text:
        raise cursors.refusal()
    return entity


def refuse_old(since: int, pruned_to: int) -> None:
    """Changes behind `since` must all be there.

    Raises:
        BeyondTheWindow: some are no longer kept; says from where on they are.
    """
    if since < pruned_to:
        raise BeyondTheWindow(
            f"The oldest `since` that can be asked for is {pruned_to}. Forget the copy, take the whole list anew from"
            " /v1/changes/listed, and go on from its `head`."
        )


def new_key() -> str:
    return _KEY_SIGN + secrets.token_urlsafe(_KEY_BYTES)


def key_digest(key: str) -> bytes:
    return sha256(key.encode()).digest()


def _opaque(text: str) -> str:
    return cursors.to_text(text.encode())


def _clear(text: str) -> str:
    return cursors.to_bytes(text).decode("ascii")
