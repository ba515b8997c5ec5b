"""A photo opens only as the one that the sealed letter names."""

from __future__ import annotations

import pytest
from nacl import bindings

from backend.core.sealing import letters, photos
from backend.core.sealing.refusals import CannotOpen, Malformed, Misdirected
from backend.core.sealing.wire import Json
from tests.data.protocol_parties import KEYS, secret_of

KEY = secret_of("photo")
BLOB = photos.seal_photo(b"jpeg", KEY)
NAMED = photos.PhotoKey(KEY, photos.photo_hash(BLOB))


def test_another_photo_under_the_same_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = photos.seal_photo(b"another", KEY)
    with pytest.raises(Misdirected):
        photos.open_photo(other, NAMED)
    monkeypatch.setattr(photos, "is_equal", lambda *_: True)
    assert photos.open_photo(other, NAMED) == b"another"


@pytest.mark.parametrize("named", [True, False], ids=["by its hash", "by its key"])
def test_a_photo_with_a_flipped_bit_is_refused(named: bool) -> None:  # noqa: FBT001
    """Each bit at both ends, and one in each of many places between: a photo has a million."""
    size = 8 * len(BLOB)
    for bit in {*range(512), *range(size - 512, size), *range(0, size, 1009)}:
        changed = bytearray(BLOB)
        changed[bit // 8] ^= 1 << bit % 8
        blob = bytes(changed)
        known = NAMED if named else photos.PhotoKey(KEY, photos.photo_hash(blob))
        with pytest.raises(Misdirected if named else CannotOpen):
            photos.open_photo(blob, known)


def test_a_photo_opens_with_its_key_only() -> None:
    with pytest.raises(CannotOpen):
        photos.open_photo(BLOB, photos.PhotoKey(secret_of("row"), NAMED.hash))


@pytest.mark.parametrize("padded", [b"jpeg\x80", bytes(photos.PHOTO_STEP), b"x" * photos.PHOTO_STEP, b""])
def test_a_photo_of_another_padding_is_refused(padded: bytes) -> None:
    blob = bindings.crypto_secretbox(padded, bytes(24), KEY)
    with pytest.raises(Malformed):
        photos.open_photo(blob, photos.PhotoKey(KEY, photos.photo_hash(blob)))


def test_pictures_of_like_size_have_one_size() -> None:
    assert len(photos.seal_photo(b"", KEY)) == len(photos.seal_photo(b"x" * 100_000, KEY)) == 128 * 1024 + 16


def test_a_letter_names_six_photos_at_most() -> None:
    answering = letters.Answering(KEYS.reply.public, KEYS.speak, KEYS.claim_tag)
    letter = letters.Letter(letters.Address("court", "target", 1), "other", "", answering, (NAMED,) * 7)
    with pytest.raises(Malformed):
        letter.to_json()
    unlike: list[Json] = [{"k": "AA", "h": "AA"}, {"k": "AA"}, 3]
    for photo in unlike:
        with pytest.raises(Malformed):
            photos.PhotoKey.from_json(photo)
