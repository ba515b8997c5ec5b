"""The protocol's vectors, and messages between the console's modules and Python, in a browser."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from backend.core.sealing.conversations import Message, seal_to_court, unbox_from_court
from backend.core.sealing.letters import Address, Answering, Letter, seal_letter
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import Statement, Wanted, check_statement
from backend.core.sealing.wire import to_bytes, to_text
from backend.core.sealing.wraps import join_shares, unwrap_secret
from backend.courts.keys import fingerprint
from tests.data.protocol_parties import COURT, COURT_PAIR, KEYS
from tests.e2e.built import CONSOLE

HERE = Path(__file__).parent
VECTORS = json.loads((HERE.parent / "data" / "protocol_vectors.json").read_text("utf-8"))
ADDRESS = Address(COURT, "target", 1)
COUNT = 200
# One to four bytes in UTF-8, and what JSON escapes.
ALPHABET = 'aZ0 /"\\\n\t\u0001\u007f\u00a0é\u2028车牌虚A·ß\ufeff\ufffd🚗𠮷'


def random_texts() -> list[str]:
    source = random.Random("console")
    return ["".join(source.choices(ALPHABET, k=source.randint(0, 600))) for _ in range(COUNT)]


@pytest.fixture(scope="module")
def peer(browser: Browser) -> Iterator[Page]:
    """The console's modules in a browser, without a page of the console."""
    bundle = ["node_modules/.bin/esbuild", str(HERE / "console_peer.js"), "--bundle", "--format=iife"]
    bundle += ["--global-name=peer", "--target=chrome109", "--log-level=warning"]
    script = subprocess.run(bundle, capture_output=True, text=True, cwd=CONSOLE, check=True).stdout
    page = browser.new_page()
    page.add_script_tag(content=script)
    yield page
    page.close()


def test_every_vector_is_read_and_every_bad_one_refused(peer: Page) -> None:
    told = peer.evaluate("(vectors) => peer.readVectors(vectors)", VECTORS)
    assert told["found"] == []
    assert told["counts"].keys() == VECTORS.keys()
    assert all(count > 0 for count in told["counts"].values())


def test_a_wrong_vector_is_found(peer: Page) -> None:
    wrong = json.loads(json.dumps(VECTORS))
    wrong["hashes"][0]["hash"] = wrong["hashes"][1]["hash"]
    wrong["row"]["refused"].append(wrong["row"]["place"])
    wrong["certificate"]["refused"].append({"why": "good", "certificate": wrong["certificate"]["good"]})
    found = peer.evaluate("(vectors) => peer.readVectors(vectors)", wrong)["found"]
    assert [line.partition(":")[0] for line in found] == ["lookup", "moved", "good"]


@pytest.fixture(scope="module")
def made(peer: Page) -> Any:
    answering = Answering(KEYS.reply.public, KEYS.speak, KEYS.claim_tag)
    letters = [seal_letter(Letter(ADDRESS, "other", text, answering), COURT_PAIR.public) for text in random_texts()]
    numbered = [Message(n, text) for n, text in enumerate(random_texts(), 1)]
    words = [seal_to_court(message, KEYS.speak, COURT_PAIR.public) for message in numbered]
    asked = {
        "court_secret": to_text(COURT_PAIR.secret),
        "reply_public": to_text(KEYS.reply.public),
        "speak": to_text(KEYS.speak),
        "letters": [to_text(one) for one in letters],
        "words": [to_text(one) for one in words],
        "texts": random_texts(),
        "address": {"court": COURT, "target": "target", "key": 1},
    }
    return peer.evaluate("(asked) => peer.exchange(asked)", asked)


def test_the_console_opens_what_python_sealed(made: Any) -> None:
    assert made["letters"] == random_texts()
    assert made["words"] == [{"n": n, "text": text} for n, text in enumerate(random_texts(), 1)]


def test_python_opens_what_the_console_boxed(made: Any) -> None:
    opened = [unbox_from_court(to_bytes(one), COURT_PAIR.public, KEYS.reply.secret) for one in made["boxed"]]
    assert opened == [Message(n, text) for n, text in enumerate(random_texts(), 1)]
    assert len(set(made["boxed"])) == COUNT


def test_python_takes_what_the_console_signs_and_keeps(made: Any) -> None:
    statement = Statement.from_json(made["statement"])
    key = check_statement(statement, verify_key_of(COURT_PAIR.secret), Wanted(COURT, "box"), datetime.now(UTC))
    assert key == KEYS.reply.public
    assert made["fingerprint"] == fingerprint(KEYS.reply.public)
    assert unwrap_secret(to_bytes(made["wrapped"]), "a phrase of three") == COURT_PAIR.secret
    first, second = map(to_bytes, made["shares"])
    assert join_shares(first, second, COURT_PAIR.public) == COURT_PAIR.secret
