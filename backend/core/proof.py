"""Proof of work, as altcha's first protocol has it: a brake on making readers by the thousand, not a wall."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from altcha.v1 import ChallengeOptions, PayloadType, create_challenge, verify_solution

PURPOSES = ("visitors", "tips", "objections", "self-check")
# 1.5 s on a cheap phone; on the average half of it.
MAX_NUMBER = 50_000
# A tip may be written while its challenge waits, and a slow phone solves it in seconds.
CHALLENGE_SECONDS = 600
# What a solution weighs is some 400 characters.
MAX_PAYLOAD = 1000
_SALT = re.compile(r"[0-9a-f]{24}\?expires=([0-9]{1,12})&for=([a-z-]+)&")
_FIELDS = {"algorithm": str, "challenge": str, "number": int, "salt": str, "signature": str}


@dataclass(frozen=True)
class Proof:
    """A solved challenge.

    Attributes:
        challenge: its hash, which names the challenge however the solution is spelt.
        ends_at: seconds since 1970.
    """

    challenge: str
    ends_at: int


def make_challenge(key: bytes, purpose: str, now: float) -> dict[str, str | int]:
    """A signed challenge whose salt names its purpose and its end."""
    ends_at = datetime.fromtimestamp(int(now) + CHALLENGE_SECONDS, UTC)
    options = ChallengeOptions(
        algorithm="SHA-256", max_number=MAX_NUMBER, hmac_key=key, expires=ends_at, params={"for": purpose}
    )
    made = create_challenge(options)
    # altcha's pages read `maxnumber`; the library's own to_dict() spells it otherwise.
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "maxnumber": made.max_number,
        "salt": made.salt,
        "signature": made.signature,
    }


def read_proof(key: bytes, purpose: str, text: str, now: float) -> Proof:
    """Check a solution, as base64 of altcha's JSON; whether it was used before is the caller's to ask.

    Raises:
        ValueError: malformed, unsolved, forged, made for another purpose, or its challenge has ended.
    """
    payload = _payload(text)
    salt = _SALT.fullmatch(payload["salt"])
    # Digits moved from the number into the salt would hash to the same: the number must be one, the salt of our form.
    if not salt or payload["algorithm"] != "SHA-256" or not 0 <= payload["number"] <= MAX_NUMBER:
        raise ValueError("is not a solved challenge")
    solved, _ = verify_solution(payload, key, check_expires=False)
    if not solved:
        raise ValueError("is not a solved challenge")
    if salt[2] != purpose:
        raise ValueError("was solved for another purpose")
    if int(salt[1]) <= now:
        raise ValueError("has ended; ask for another challenge")
    return Proof(payload["challenge"], int(salt[1]))


def _payload(text: str) -> PayloadType:
    refusal = ValueError("is not a solved challenge")
    if len(text) > MAX_PAYLOAD or not text.isascii():
        raise refusal
    try:
        payload = json.loads(base64.b64decode(text, validate=True))
    except (ValueError, RecursionError):
        raise refusal from None
    if not isinstance(payload, dict) or any(type(payload.get(name)) is not kind for name, kind in _FIELDS.items()):
        raise refusal
    return cast("PayloadType", {name: payload[name] for name in _FIELDS})
