"""Photos: each under a key of its own, padded so that its size says little."""

from __future__ import annotations

from dataclasses import dataclass, field

from nacl import bindings
from nacl.exceptions import CryptoError

from backend.core.sealing.envelopes import KEY_BYTES, is_equal
from backend.core.sealing.labels import HASH_BYTES, labelled_hash
from backend.core.sealing.refusals import CannotOpen, Malformed, Misdirected
from backend.core.sealing.wire import Json, to_bytes, to_text

MAX_PHOTOS = 6
PHOTO_STEP = 128 * 1024
_END = b"\x80"
# The key is used for one picture only, so that one nonce is enough.
_NONCE = bytes(bindings.crypto_secretbox_NONCEBYTES)


@dataclass(frozen=True)
class PhotoKey:
    """What the seal says of a photo: its key and the hash of its sealed bytes."""

    key: bytes = field(repr=False)
    hash: bytes

    @classmethod
    def from_json(cls, value: Json) -> PhotoKey:
        if not isinstance(value, dict) or value.keys() != {"k", "h"}:
            raise Malformed("a photo has k and h")
        return cls(to_bytes(value["k"], KEY_BYTES), to_bytes(value["h"], HASH_BYTES))

    def to_json(self) -> dict[str, Json]:
        return {"k": to_text(self.key), "h": to_text(self.hash)}


def photo_hash(blob: bytes) -> bytes:
    return labelled_hash("photo", blob)


def seal_photo(jpeg: bytes, key: bytes) -> bytes:
    """A multiple of 128 KiB, and the 16 bytes that authenticate it."""
    size = (len(jpeg) // PHOTO_STEP + 1) * PHOTO_STEP
    return bindings.crypto_secretbox((jpeg + _END).ljust(size, b"\0"), _NONCE, key)


def open_photo(blob: bytes, photo: PhotoKey) -> bytes:
    """The JPEG. Raises Misdirected if the blob is not the one that the seal names, CannotOpen, Malformed."""
    if not is_equal(photo_hash(blob), photo.hash):
        raise Misdirected("another photo than the sealed text names")
    try:
        padded = bindings.crypto_secretbox_open(blob, _NONCE, photo.key)
    except CryptoError:
        raise CannotOpen from None
    data = padded.rstrip(b"\0")
    if len(padded) % PHOTO_STEP or not data.endswith(_END):
        raise Malformed("not padded to a multiple of 128 KiB")
    return data[:-1]
