"""Padding to one length, sealing to a public key without a sender, and boxing from one key to another."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from nacl import bindings
from nacl.exceptions import CryptoError

from backend.core.sealing.refusals import CannotOpen, Malformed, TooLong
from backend.core.sealing.wire import Json, canonical, parse_object

PADDED_BYTES = 4096
SEALED_BYTES = PADDED_BYTES + bindings.crypto_box_SEALBYTES
BOXED_BYTES = bindings.crypto_box_NONCEBYTES + PADDED_BYTES + bindings.crypto_secretbox_MACBYTES
MAX_TEXT = 1000
KEY_BYTES = 32
_END = b"\x80"

Random = Callable[[int], bytes]


@dataclass(frozen=True)
class KeyPair:
    """An X25519 pair, 32 bytes each."""

    public: bytes
    secret: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> KeyPair:
        if len(secret) != KEY_BYTES:
            raise Malformed("a secret key has 32 bytes")
        return cls(bindings.crypto_scalarmult_base(secret), secret)


def pad(data: bytes) -> bytes:
    """Always 4,096 bytes: data, 0x80, zeros. Raises TooLong above 4,095 bytes."""
    if len(data) >= PADDED_BYTES:
        raise TooLong(f"{len(data)} bytes; at most {PADDED_BYTES - 1} can be sealed")
    return (data + _END).ljust(PADDED_BYTES, b"\0")


def unpad(padded: bytes) -> bytes:
    data = padded.rstrip(b"\0")
    if len(padded) != PADDED_BYTES or not data.endswith(_END):
        raise Malformed("not padded to 4,096 bytes")
    return data[:-1]


def check_text(text: Json) -> str:
    """The text itself if it has at most 1,000 Unicode code points. Raises TooLong, or Malformed if it is none."""
    if not isinstance(text, str):
        raise Malformed("text is missing")
    if len(text) > MAX_TEXT:
        raise TooLong(f"{len(text)} characters; at most {MAX_TEXT}")
    return text


def seal(plain: bytes, public_key: bytes) -> bytes:
    """libsodium's `crypto_box_seal`; 48 bytes longer. Raises Malformed for what is no public key."""
    try:
        return bindings.crypto_box_seal(plain, public_key)
    except CryptoError:
        raise Malformed("not a public key") from None


def unseal(sealed: bytes, pair: KeyPair) -> bytes:
    try:
        return bindings.crypto_box_seal_open(sealed, pair.public, pair.secret)
    except CryptoError:
        raise CannotOpen from None


def seal_object(value: dict[str, Json], public_key: bytes) -> bytes:
    """Always 4,144 bytes."""
    return seal(pad(canonical(value)), public_key)


def unseal_object(sealed: bytes, pair: KeyPair) -> dict[str, Json]:
    return parse_object(unpad(unseal(sealed, pair)))


def box_object(
    value: dict[str, Json], reader: bytes, writer_secret: bytes, random: Random = secrets.token_bytes
) -> bytes:
    """`nonce ‖ crypto_box_easy`, always 4,136 bytes; only the holder of the writer's secret can have made it."""
    nonce = random(bindings.crypto_box_NONCEBYTES)
    padded = pad(canonical(value))
    try:
        return nonce + bindings.crypto_box(padded, nonce, reader, writer_secret)
    except CryptoError:
        raise Malformed("not a public key") from None


def unbox_object(boxed: bytes, writer: bytes, reader_secret: bytes) -> dict[str, Json]:
    nonce, rest = boxed[: bindings.crypto_box_NONCEBYTES], boxed[bindings.crypto_box_NONCEBYTES :]
    try:
        padded = bindings.crypto_box_open(rest, nonce, writer, reader_secret)
    except CryptoError:
        raise CannotOpen from None
    return parse_object(unpad(padded))


def is_equal(one: bytes, other: bytes) -> bool:
    """In a time that tells nothing of where they differ."""
    return hmac.compare_digest(one, other)
