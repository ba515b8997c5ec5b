"""A letter: the first thing a sender seals to a court, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.core.sealing.envelopes import KEY_BYTES, KeyPair, check_text, seal_object, unseal_object
from backend.core.sealing.labels import HASH_BYTES
from backend.core.sealing.photos import MAX_PHOTOS, PhotoKey
from backend.core.sealing.refusals import Malformed, Misdirected
from backend.core.sealing.wire import Json, to_bytes, to_text

VERSION = 1


@dataclass(frozen=True)
class Address:
    """Where a letter goes: ids of the court and of what it is about, and the number of the court's key."""

    court: str
    target: str
    key: int


@dataclass(frozen=True)
class Answering:
    """What a sender hands the court for later: the key to answer to, and proofs of further words and of a claim."""

    reply: bytes
    speak: bytes = field(repr=False)
    claim_tag: bytes


@dataclass(frozen=True)
class Letter:
    """`more` holds what a feature adds (`place`, `when`, `contact` …); what is not said is left out, never null."""

    address: Address
    kind: str
    text: str
    answering: Answering
    photos: tuple[PhotoKey, ...] = ()
    more: dict[str, Json] = field(default_factory=dict)

    def to_json(self) -> dict[str, Json]:
        if len(self.photos) > MAX_PHOTOS:
            raise Malformed(f"at most {MAX_PHOTOS} photos")
        fixed: dict[str, Json] = {
            "v": VERSION,
            "court": self.address.court,
            "target": self.address.target,
            "key": self.address.key,
            "kind": self.kind,
            "text": check_text(self.text),
            "reply": to_text(self.answering.reply),
            "speak": to_text(self.answering.speak),
            "claim_tag": to_text(self.answering.claim_tag),
            "photos": [photo.to_json() for photo in self.photos],
        }
        if fixed.keys() & self.more.keys():
            raise Malformed("a field of the letter is said twice")
        return {**self.more, **fixed}

    @classmethod
    def from_json(cls, value: dict[str, Json]) -> Letter:
        match value:
            case {
                "v": 1,
                "court": str(court),
                "target": str(target),
                "key": int(key),
                "kind": str(kind),
                "text": text,
                "reply": reply,
                "speak": speak,
                "claim_tag": claim_tag,
                "photos": list(photos),
                **more,
            } if len(photos) <= MAX_PHOTOS:
                address = Address(court, target, key)
            case _:
                raise Malformed("not a letter of version 1")
        hashes = to_bytes(speak, HASH_BYTES), to_bytes(claim_tag, HASH_BYTES)
        answering = Answering(to_bytes(reply, KEY_BYTES), *hashes)
        return cls(address, kind, check_text(text), answering, tuple(map(PhotoKey.from_json, photos)), more)


def seal_letter(letter: Letter, court_key: bytes) -> bytes:
    """Always 4,144 bytes. Raises TooLong above 1,000 characters or 4,095 bytes."""
    return seal_object(letter.to_json(), court_key)


def unseal_letter(sealed: bytes, pair: KeyPair, address: Address) -> Letter:
    """The letter, if it was sealed for this address. Raises CannotOpen, Malformed, Misdirected.

    The server says where a letter belongs; only what stands inside the seal proves it.
    """
    letter = Letter.from_json(unseal_object(sealed, pair))
    if letter.address != address:
        raise Misdirected("sealed for another court, subject or key")
    return letter
