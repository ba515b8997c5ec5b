"""The one layer that can be destroyed: what is stored opens only with the row's own key, which no backup holds."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from nacl import bindings
from nacl.exceptions import CryptoError

from backend.core.sealing.envelopes import Random
from backend.core.sealing.refusals import CannotOpen
from backend.core.sealing.wire import canonical

_VERSION = b"\x01"
_NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
ROW_OVERHEAD = 1 + _NONCE_BYTES + bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES


@dataclass(frozen=True)
class Place:
    """Where stored bytes belong; at any other place they do not open.

    `part` is `sealed`, `photo/1` … `photo/6`, `i/1` … (from the phone), `c/1` … (from the court), `award`, `claim` or
    `reminder`.
    """

    court: str
    tip: str
    key_id: int
    part: str

    def associated_data(self) -> bytes:
        return canonical(["lm1/row", self.court, self.tip, self.key_id, self.part])


def new_row_key() -> bytes:
    return secrets.token_bytes(bindings.crypto_aead_xchacha20poly1305_ietf_KEYBYTES)


def wrap_row(data: bytes, place: Place, key: bytes, random: Random = secrets.token_bytes) -> bytes:
    """`0x01 ‖ nonce ‖ XChaCha20-Poly1305`, 41 bytes longer."""
    nonce = random(_NONCE_BYTES)
    sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(data, place.associated_data(), nonce, key)
    return _VERSION + nonce + sealed


def unwrap_row(row: bytes, place: Place, key: bytes) -> bytes:
    """Raises CannotOpen for another key, place or version, and for any changed bit."""
    if not row.startswith(_VERSION) or len(row) < ROW_OVERHEAD:
        raise CannotOpen("a row of another version")
    nonce, sealed = row[1 : 1 + _NONCE_BYTES], row[1 + _NONCE_BYTES :]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, place.associated_data(), nonce, key)
    except CryptoError:
        raise CannotOpen from None
