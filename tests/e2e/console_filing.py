"""An officer with keys, and a tip with photos and words, as the server keeps and lends them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from backend.core.sealing.claims import Award, Claim, box_award, seal_claim
from backend.core.sealing.conversations import Message, box_to_informant, seal_to_court
from backend.core.sealing.envelopes import KeyPair, seal
from backend.core.sealing.letters import Address, Answering, Letter, seal_letter
from backend.core.sealing.photos import PhotoKey, photo_hash, seal_photo
from backend.core.sealing.receipts import ReceiptKeys
from backend.core.sealing.rows import Place, wrap_row
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, sign_statement
from backend.core.sealing.wire import to_text
from backend.core.sealing.wraps import wrap_secret
from tests.data.protocol_parties import COURT, COURT_PAIR, KEYS, REWARD_PAIR, TIP, secret_of

PHRASE = "bafod gikul hanut"
TARGET = "0b9e2d44-6c1d-4a53-9a3c-8e2f4d6b7c99"
CLAIM = "0b9e2d44-6c1d-4a53-9a3c-8e2f4d6b7caa"
OFFICER = KeyPair.of(secret_of("officer"))
SIGNING = secret_of("signing")
KEY_ID = 2


@lru_cache
def keyfile() -> dict[str, Any]:
    """What the server keeps of an officer who reads, pays and signs."""
    held = [("box", KEY_ID, COURT_PAIR.secret), ("reward", 1, REWARD_PAIR.secret), ("sign", 1, SIGNING)]
    sealed = [{"use": use, "number": n, "sealed": to_text(seal(secret, OFFICER.public))} for use, n, secret in held]
    wrapped = wrap_secret(OFFICER.secret, PHRASE)
    return {"public_key": to_text(OFFICER.public), "wrapped": to_text(wrapped), "secrets": sealed}


def court_statements(*, expired: bool = False) -> list[dict[str, Any]]:
    """The root's word for the signing key, and that key's for the others."""
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=-1 if expired else 30)
    top = sign_statement(Statement(COURT, "sign", 1, verify_key_of(SIGNING), until), secret_of("root"))
    box = sign_statement(Statement(COURT, "box", KEY_ID, COURT_PAIR.public, until), SIGNING)
    reward = sign_statement(Statement(COURT, "reward", 1, REWARD_PAIR.public, until), SIGNING)
    return [dict(one.to_json()) for one in (top, box, reward)]


@dataclass
class SealedTip:
    """A tip's parts, each under the row's own key."""

    text: str = "车在院里"
    photos: tuple[bytes, ...] = ()
    number: int = 37
    row_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    photo_keys: list[bytes] = field(default_factory=list)
    keys: ReceiptKeys = KEYS

    def parts(self) -> dict[str, bytes]:
        self.photo_keys = [secrets.token_bytes(32) for _ in self.photos]
        blobs = [seal_photo(one, key) for one, key in zip(self.photos, self.photo_keys, strict=True)]
        named = tuple(PhotoKey(key, photo_hash(blob)) for key, blob in zip(self.photo_keys, blobs, strict=True))
        answering = Answering(self.keys.reply.public, self.keys.speak, self.keys.claim_tag)
        letter = Letter(Address(COURT, TARGET, KEY_ID), "vehicle", self.text, answering, named, {"place": "虚构路"})
        words = {n: seal_to_court(Message(n, f"第 {n} 句"), self.keys.speak, COURT_PAIR.public) for n in (1, 3)}
        forged = seal_to_court(Message(2, "forged"), bytes(32), COURT_PAIR.public)
        answer = box_to_informant(Message(1, "请补充"), self.keys.reply.public, COURT_PAIR.secret)
        said = {"i/1": words[1], "i/2": forged, "i/3": words[3], "c/1": answer}
        photos = {f"photo/{n}": blob for n, blob in enumerate(blobs, start=1)}
        return {"sealed": seal_letter(letter, COURT_PAIR.public), **photos, **said}

    def lent(self, *, row: bool = True) -> dict[str, Any]:
        """As the server lends it: with the row's key, or with its layer taken off."""
        kept = [(part, wrap(self, part, data) if row else data) for part, data in self.parts().items()]
        filing = {"id": TIP, "court": COURT, "target": TARGET, "key_id": KEY_ID, "number": self.number}
        parts = [{"part": part, "key_id": KEY_ID, "data": to_text(data)} for part, data in kept]
        return {"filing": filing, "parts": parts} | ({"row_key": to_text(self.row_key)} if row else {})

    def claimed(self, proof: bytes | None = None) -> dict[str, Any]:
        """Its claim of a reward, as the server lends it."""
        claim_row = secret_of("claim row")
        award = box_award(Award(self.number, 1, self.keys.claim_tag), REWARD_PAIR.public, COURT_PAIR.secret)
        sealed = seal_claim(Claim(proof or self.keys.claim, "甄示范", "99010119900101001X", "0001"), REWARD_PAIR.public)
        data = wrap_row(sealed, Place(COURT, CLAIM, 1, "claim"), claim_row)
        return {
            "claim": {"id": CLAIM, "court": COURT, "key_id": 1, "data": to_text(data), "row_key": to_text(claim_row)},
            "award": {
                "tip": TIP,
                "key_id": KEY_ID,
                "data": to_text(wrap(self, "award", award)),
                "row_key": to_text(self.row_key),
            },
            "statements": court_statements(expired=True),
        }

    def secrets(self) -> list[bytes]:
        """What must cross no message."""
        held = [OFFICER.secret, COURT_PAIR.secret, REWARD_PAIR.secret, SIGNING, self.row_key, secret_of("claim row")]
        return [*held, *self.photo_keys, self.keys.speak, self.keys.claim]


def wrap(tip: SealedTip, part: str, data: bytes) -> bytes:
    return wrap_row(data, Place(COURT, TIP, KEY_ID, part), tip.row_key)
