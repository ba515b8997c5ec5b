"""Vectors of what passes between the parties: statements about keys, messages, claims, kept keys."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backend.core.sealing import claims, conversations, statements
from backend.core.sealing import wraps as keeping
from backend.core.sealing.envelopes import KeyPair, box_object
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.wire import time_to_text, to_text
from tests.data.protocol_parties import (
    COURT,
    COURT_PAIR,
    EARLIER,
    KEYS,
    LATER,
    NOW,
    OTHER_COURT,
    OTHER_PAIR,
    REWARD_PAIR,
    seal_json,
    secret_of,
    seeded,
)


def statement_cases() -> dict[str, Any]:
    root, signing, stranger = secret_of("root"), secret_of("signing"), secret_of("stranger")
    top = statements.Statement(COURT, "sign", 1, verify_key_of(signing), LATER)
    box = statements.Statement(COURT, "box", 2, COURT_PAIR.public, LATER)
    sign = statements.sign_statement
    good, good_top = sign(box, signing), sign(top, root)
    other = verify_key_of(stranger)
    refused = {
        "expired": [good_top, sign(replace(box, not_after=EARLIER), signing)],
        "wrong court": [good_top, sign(replace(box, court=OTHER_COURT), signing)],
        "wrong use": [good_top, sign(replace(box, use="reward"), signing)],
        "lower number": [good_top, sign(replace(box, number=1), signing)],
        "wrong signer": [good_top, sign(box, stranger)],
        "changed after signing": [good_top, replace(good, key=OTHER_PAIR.public)],
        "signing key not certified by the root": [sign(replace(top, key=other), stranger), sign(box, stranger)],
        "signing key expired": [sign(replace(top, not_after=EARLIER), root), good],
        "signing key of another court": [sign(replace(top, court=OTHER_COURT), root), good],
        "a box key as signing key": [sign(replace(top, use="box"), root), good],
    }
    return {
        "root_key": to_text(verify_key_of(root)),
        "now": time_to_text(NOW),
        "path": [{"court": COURT, "use": "sign", "lowest": 1}, {"court": COURT, "use": "box", "lowest": 2}],
        "good": [good_top.to_json(), good.to_json()],
        "refused": [{"why": why, "statements": [one.to_json() for one in bad]} for why, bad in refused.items()],
    }


def _box(name: str, value: dict[str, Any], writer: KeyPair = COURT_PAIR) -> str:
    return to_text(box_object(value, KEYS.reply.public, writer.secret, seeded(name)))


def _from_court(n: int) -> dict[str, Any]:
    return {"v": 1, "dir": "c", "n": n, "text": "请补充车牌。"}


def message_cases() -> dict[str, Any]:
    spoken = {"v": 1, "dir": "i", "n": 1, "text": "虚A·00001", "speak": to_text(KEYS.speak)}
    mirrored = {"v": 1, "dir": "i", "n": 1, "text": "虚A·00001"}
    other = KeyPair.of(KEYS.reply.secret)
    return {
        "court_public": to_text(COURT_PAIR.public),
        "court_secret": to_text(COURT_PAIR.secret),
        "reply_secret": to_text(KEYS.reply.secret),
        "speak": to_text(KEYS.speak),
        "from_court": [{"message": _from_court(n), "boxed": _box(f"answer {n}", _from_court(n))} for n in (1, 2)],
        "from_informant": {
            "message": spoken,
            "ephemeral_secret": to_text(secret_of("message")),
            "sealed": seal_json("message", spoken),
        },
        "refused_by_phone": [
            {"why": "reflected", "boxed": _box("reflected", mirrored)},
            {"why": "forged by who holds no court key", "boxed": _box("forged", _from_court(1), OTHER_PAIR)},
            {"why": "forged with the reply key itself", "boxed": _box("own", _from_court(1), other)},
            {"why": "with a word more", "boxed": _box("more", _from_court(1) | {"more": "x"})},
            {"why": "of another version", "boxed": _box("version", _from_court(1) | {"v": 2})},
            {"why": "without a number", "boxed": _box("unnumbered", _from_court(0))},
        ],
        "refused_by_court": [
            {"why": "reflected", "sealed": seal_json("c", spoken | {"dir": "c"})},
            {"why": "forged", "sealed": seal_json("f", spoken | {"speak": to_text(bytes(32))})},
            {"why": "without proof", "sealed": seal_json("n", mirrored)},
            {"why": "to another court", "sealed": seal_json("o", spoken, OTHER_PAIR.public)},
        ],
        "surveys": [
            {"numbers": numbers, "missing": list(found.missing), "repeated": list(found.repeated)}
            for numbers in ([], [1, 2, 3], [1, 2, 2, 3], [1, 4], [3, 2, 2, 2])
            for found in [conversations.survey(numbers)]
        ],
    }


def claim_case() -> dict[str, Any]:
    value = {"claim": to_text(KEYS.claim), "name": "甄示范", "id": "99010119900101001X", "account": "虚构银行 0001"}
    award = claims.Award(37, 1, KEYS.claim_tag)
    boxed = claims.box_award(award, REWARD_PAIR.public, COURT_PAIR.secret, seeded("award"))
    return {
        "reward_public": to_text(REWARD_PAIR.public),
        "reward_secret": to_text(REWARD_PAIR.secret),
        "ephemeral_secret": to_text(secret_of("claim seal")),
        "claim": value,
        "sealed": seal_json("claim seal", value, REWARD_PAIR.public),
        "claim_tag": to_text(KEYS.claim_tag),
        "award": to_text(boxed),
        "court_public": to_text(COURT_PAIR.public),
    }


def keeping_cases() -> dict[str, Any]:
    secret, phrase = secret_of("officer"), "orbit lantern quartz meadow velvet cactus"
    first, second = keeping.split_secret(secret_of("recovery"), seeded("share"))
    return {
        "officer": {
            "phrase": phrase,
            "secret": to_text(secret),
            "wrapped": to_text(keeping.wrap_secret(secret, phrase, seeded("wrap"))),
        },
        "recovery": {
            "secret": to_text(secret_of("recovery")),
            "public": to_text(KeyPair.of(secret_of("recovery")).public),
            "shares": [to_text(first), to_text(second)],
        },
    }
