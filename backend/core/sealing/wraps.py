"""How secret keys are kept: an officer's under a generated phrase, the recovery key on two sheets of paper."""

from __future__ import annotations

import secrets
import unicodedata

from nacl import bindings
from nacl.exceptions import CryptoError

from backend.core.sealing.envelopes import KEY_BYTES, KeyPair, Random
from backend.core.sealing.refusals import CannotOpen, Malformed

# Argon2id, RFC 9106: 64 MiB and three passes, which libsodium runs in one lane.
_MEMORY = 64 * 1024 * 1024
_PASSES = 3
_SALT_BYTES = bindings.crypto_pwhash_SALTBYTES
_NONCE_BYTES = bindings.crypto_secretbox_NONCEBYTES
WRAP_BYTES = _SALT_BYTES + _NONCE_BYTES + KEY_BYTES + bindings.crypto_secretbox_MACBYTES


def fold_phrase(phrase: str) -> bytes:
    """One spelling of a phrase however it is typed: NFKC, lower case, single spaces, UTF-8."""
    return " ".join(unicodedata.normalize("NFKC", phrase).lower().split()).encode("utf-8")


def wrap_secret(secret: bytes, phrase: str, random: Random = secrets.token_bytes) -> bytes:
    """`salt ‖ nonce ‖ secretbox`, 88 bytes."""
    if len(secret) != KEY_BYTES:
        raise Malformed("a secret key has 32 bytes")
    salt, nonce = random(_SALT_BYTES), random(_NONCE_BYTES)
    return salt + nonce + bindings.crypto_secretbox(secret, nonce, _stretch(phrase, salt))


def unwrap_secret(wrapped: bytes, phrase: str) -> bytes:
    """Raises CannotOpen for a wrong phrase."""
    if len(wrapped) != WRAP_BYTES:
        raise Malformed("not a wrapped key")
    salt, nonce = wrapped[:_SALT_BYTES], wrapped[_SALT_BYTES : _SALT_BYTES + _NONCE_BYTES]
    try:
        return bindings.crypto_secretbox_open(wrapped[_SALT_BYTES + _NONCE_BYTES :], nonce, _stretch(phrase, salt))
    except CryptoError:
        raise CannotOpen("the phrase is not the one it was kept under") from None


def _stretch(phrase: str, salt: bytes) -> bytes:
    algorithm = bindings.crypto_pwhash_ALG_ARGON2ID13
    return bindings.crypto_pwhash_alg(KEY_BYTES, fold_phrase(phrase), salt, _PASSES, _MEMORY, algorithm)


def split_secret(secret: bytes, random: Random = secrets.token_bytes) -> tuple[bytes, bytes]:
    """Two shares, each by itself as random as the other."""
    first = random(len(secret))
    return first, _xor(first, secret)


def join_shares(first: bytes, second: bytes, public_key: bytes) -> bytes:
    """The secret. Raises CannotOpen if it does not belong to `public_key`: a share mistyped or of another key."""
    if len(first) != KEY_BYTES or len(second) != KEY_BYTES:
        raise Malformed("a share has 32 bytes")
    secret = _xor(first, second)
    if KeyPair.of(secret).public != public_key:
        raise CannotOpen("the shares do not make up this key")
    return secret


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
