"""A thousand random messages each way between the phone's TypeScript (in Node) and libsodium, and some letters."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from backend.core.sealing import chains, conversations, letters
from backend.core.sealing.conversations import Message
from backend.core.sealing.receipts import format_receipt
from backend.core.sealing.wire import to_bytes, to_text
from tests.data.protocol_parties import COURT_PAIR, KEYS, RECEIPT

PEER = Path(__file__).parents[2] / "miniprogram" / "seal-peer.mjs"
ADDRESS = letters.Address("court", "target", 1)
COUNT = 1000
LETTERS = 100
# One to four bytes in UTF-8, and what JSON escapes.
ALPHABET = 'aZ0 /"\\\n\t\u0001\u007f\u00a0é\u2028车牌虚A·ß\ufeff\ufffd🚗𠮷'


def random_texts() -> list[str]:
    source = random.Random("texts")
    return ["".join(source.choices(ALPHABET, k=source.randint(0, 600))) for _ in range(COUNT)]


TEXTS = random_texts()


@pytest.fixture(scope="module")
def answer() -> Any:
    """What the phone's side made of everything, in one process."""
    numbered = [Message(number, text) for number, text in enumerate(TEXTS, 1)]
    answering = letters.Answering(KEYS.reply.public, KEYS.speak, KEYS.claim_tag)
    written = [letters.Letter(ADDRESS, "other", text, answering) for text in TEXTS[:LETTERS]]
    boxed = [conversations.box_to_informant(one, KEYS.reply.public, COURT_PAIR.secret) for one in numbered]
    asked = {
        "court_public": to_text(COURT_PAIR.public),
        "court_secret": to_text(COURT_PAIR.secret),
        "receipt": format_receipt(RECEIPT),
        "letters": TEXTS[:LETTERS],
        "messages": TEXTS,
        "boxed": [to_text(one) for one in boxed],
        "sealed": [to_text(letters.seal_letter(one, COURT_PAIR.public)) for one in written],
    }
    done = subprocess.run(["node", str(PEER)], input=json.dumps(asked), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def test_the_phone_opens_what_the_court_boxed(answer: Any) -> None:
    assert answer["unboxed"] == [{"n": number, "text": text} for number, text in enumerate(TEXTS, 1)]


def test_the_phone_opens_what_libsodium_sealed(answer: Any) -> None:
    assert answer["unsealed"] == TEXTS[:LETTERS]


def test_the_court_opens_the_letters_that_the_phone_sealed(answer: Any) -> None:
    sealed = [to_bytes(one["sealed"]) for one in answer["letters"]]
    opened = [letters.unseal_letter(one, COURT_PAIR, ADDRESS) for one in sealed]
    assert [one.text for one in opened] == TEXTS[:LETTERS]
    assert {one.answering for one in opened} == {letters.Answering(KEYS.reply.public, KEYS.speak, KEYS.claim_tag)}
    assert [to_text(chains.env_of(one, [])) for one in sealed] == [one["env"] for one in answer["letters"]]


def test_the_court_opens_the_messages_that_the_phone_sealed(answer: Any) -> None:
    sealed = [to_bytes(one) for one in answer["messages"]]
    opened = [conversations.unseal_from_informant(one, COURT_PAIR, KEYS.speak) for one in sealed]
    assert opened == [Message(number, text) for number, text in enumerate(TEXTS, 1)]


def test_no_ephemeral_key_is_used_twice(answer: Any) -> None:
    sealed = [one["sealed"] for one in answer["letters"]] + answer["messages"]
    assert len({to_bytes(one)[:32] for one in sealed}) == COUNT + LETTERS
