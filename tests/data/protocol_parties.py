"""The parties of the vectors: every byte of theirs comes from a fixed seed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from nacl import bindings

from backend.core.sealing import receipts
from backend.core.sealing.envelopes import KeyPair, pad
from backend.core.sealing.wire import canonical, to_text

COURT, OTHER_COURT = "7c9f6a3e-3a1b-5c55-8f0e-5d7f2b9e1a01", "7c9f6a3e-3a1b-5c55-8f0e-5d7f2b9e1a02"
TIP, OTHER_TIP = "0b9e2d44-6c1d-4a53-9a3c-8e2f4d6b7c01", "0b9e2d44-6c1d-4a53-9a3c-8e2f4d6b7c02"
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LATER, EARLIER = datetime(2027, 12, 31, 16, 0, tzinfo=UTC), datetime(2026, 11, 23, 5, 59, 59, tzinfo=UTC)


def seeded(name: str) -> Callable[[int], bytes]:
    """A source of bytes that gives the same after every start."""
    counter = count()

    def give(length: int) -> bytes:
        return hashlib.shake_256(f"{name} {next(counter)}".encode()).digest(length)

    return give


def secret_of(name: str) -> bytes:
    return seeded(name)(32)


COURT_PAIR, OTHER_PAIR = KeyPair.of(secret_of("court")), KeyPair.of(secret_of("other court"))
REWARD_PAIR = KeyPair.of(secret_of("reward"))
RECEIPT = seeded("receipt")(receipts.RECEIPT_BYTES)
KEYS = receipts.ReceiptKeys.of(RECEIPT)


def seal_with(ephemeral: bytes, plain: bytes, public_key: bytes) -> bytes:
    """`crypto_box_seal` with its ephemeral key given instead of drawn."""
    own = KeyPair.of(ephemeral)
    nonce = hashlib.blake2b(own.public + public_key, digest_size=24).digest()
    return own.public + bindings.crypto_box(plain, nonce, public_key, own.secret)


def seal_json(name: str, value: dict[str, Any], public_key: bytes = COURT_PAIR.public) -> str:
    return to_text(seal_with(secret_of(name), pad(canonical(value)), public_key))
