"""Ed25519 over a list whose first item says what is signed, so that no signature can stand for another."""

from __future__ import annotations

from nacl import bindings
from nacl.exceptions import CryptoError

from backend.core.sealing.refusals import Malformed
from backend.core.sealing.wire import Json, canonical

SEED_BYTES = bindings.crypto_sign_SEEDBYTES
SIGNATURE_BYTES = bindings.crypto_sign_BYTES


def verify_key_of(seed: bytes) -> bytes:
    """The public half of a signing key's 32-byte seed."""
    if len(seed) != SEED_BYTES:
        raise Malformed("a signing key's seed has 32 bytes")
    return bindings.crypto_sign_seed_keypair(seed)[0]


def sign_list(items: list[Json], seed: bytes) -> bytes:
    """The signature alone, 64 bytes."""
    secret = bindings.crypto_sign_seed_keypair(seed)[1]
    return bindings.crypto_sign(canonical(items), secret)[:SIGNATURE_BYTES]


def is_signed(items: list[Json], signature: bytes, verify_key: bytes) -> bool:
    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        bindings.crypto_sign_open(signature + canonical(items), verify_key)
    except CryptoError:
        return False
    return True
