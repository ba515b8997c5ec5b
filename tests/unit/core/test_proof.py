from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from altcha.v1 import solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from backend.core.proof import CHALLENGE_SECONDS, MAX_NUMBER, make_challenge, read_proof

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NOW = 1_790_000_000.0


def solved(key: bytes = KEY, purpose: str = "visitors", now: float = NOW) -> dict[str, Any]:
    challenge = make_challenge(key, purpose, now)
    found = solve_challenge(str(challenge["challenge"]), str(challenge["salt"]), "SHA-256", MAX_NUMBER)
    assert found
    return {name: challenge[name] for name in ("algorithm", "challenge", "salt", "signature")} | {
        "number": found.number
    }


def packed(payload: Any) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_solution_proves_its_challenge_until_it_ends() -> None:
    payload = solved()
    proof = read_proof(KEY, "visitors", packed(payload), NOW)
    assert (proof.challenge, proof.ends_at) == (payload["challenge"], NOW + CHALLENGE_SECONDS)
    assert read_proof(KEY, "visitors", packed(payload), NOW + CHALLENGE_SECONDS - 1) == proof
    with pytest.raises(ValueError, match="has ended"):
        read_proof(KEY, "visitors", packed(payload), NOW + CHALLENGE_SECONDS)


def test_a_challenge_is_what_altcha_makes() -> None:
    challenge = make_challenge(KEY, "tips", NOW)
    assert set(challenge) == {"algorithm", "challenge", "maxnumber", "salt", "signature"}
    assert challenge["maxnumber"] == MAX_NUMBER <= 50_000
    assert f"expires={int(NOW) + CHALLENGE_SECONDS}&for=tips&" in str(challenge["salt"])


def test_a_proof_for_another_purpose_is_refused() -> None:
    with pytest.raises(ValueError, match="another purpose"):
        read_proof(KEY, "visitors", packed(solved(purpose="tips")), NOW)


def test_no_part_of_a_proof_can_be_changed() -> None:
    payload = solved()
    salt, number = payload["salt"], payload["number"]
    nonce = salt.partition("?")[0]
    expires, purpose = f"expires={int(NOW) + CHALLENGE_SECONDS}", "for=visitors"
    changes = [
        {"number": number + 1 if number < MAX_NUMBER else number - 1},
        {"number": str(number)},
        {"number": float(number)},
        {"number": True},
        {"number": None},
        {"algorithm": "SHA-1"},
        {"algorithm": "SHA-512"},
        {"algorithm": ["SHA-256"]},
        {"signature": "0" * 64},
        {"signature": payload["signature"].upper()},
        {"salt": salt.replace(purpose, "for=tips")},
        {"salt": salt.replace(expires, f"expires={int(NOW) * 2}")},
        {"salt": f"{salt}expires={int(NOW) * 2}&"},
        {"salt": salt[:-1]},
        {"salt": f"{nonce}?{expires}&", "number": f"{purpose}&{number}"},
        {"salt": salt + str(number)[0] + "&", "number": number},
        {"took": "1" * 700},
    ]
    for change in changes:
        with pytest.raises(ValueError, match="solved"):
            read_proof(KEY, "visitors", packed(payload | change), NOW)
    assert read_proof(KEY, "visitors", packed(payload | {"took": 12}), NOW)


def test_who_makes_a_challenge_of_their_own_has_not_the_key() -> None:
    salt = f"{'a' * 24}?expires={int(NOW) + 60}&for=visitors&"
    challenge = hashlib.sha256(f"{salt}7".encode()).hexdigest()
    made = {"algorithm": "SHA-256", "challenge": challenge, "salt": salt, "number": 7, "signature": challenge}
    for payload in (made, solved(OTHER_KEY)):
        with pytest.raises(ValueError, match="not a solved challenge"):
            read_proof(KEY, "visitors", packed(payload), NOW)


@pytest.mark.parametrize(
    "text",
    ["", "x", "===", packed([]), packed("x"), packed({}), packed(None), "张三", "\0", "[" * 900, "A" * 5000,
     base64.b64encode(b"[" * 700).decode(), base64.b64encode(b"\xff\xfe").decode(), packed({"salt": {}})],
)  # fmt: skip
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="not a solved challenge"):
        read_proof(KEY, "visitors", text, NOW)


@given(st.text() | st.recursive(st.none() | st.text() | st.floats(), st.lists).map(packed))
def test_no_input_ends_in_another_error(text: str) -> None:
    with pytest.raises(ValueError, match="not a solved challenge"):
        read_proof(KEY, "visitors", text, NOW)
