"""Every entry that the product writes into the audit trail has words at the console."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from backend.config import ROOT
from backend.console.audit_words import ABOUT_OFFICERS, OBJECTS, VERBS
from backend.listings.domain.life import TRANSITIONS as OF_LISTINGS
from backend.notices.domain import TRANSITIONS as OF_NOTICES

_NAMED = re.compile(r"""(?:Record\(|trace\w*\(|_record\(|ARRAY\[)[^"'{]*?["']([a-z_]+\.[a-z_]+)["']""")
# Steps that are told by the name of what is done.
COMPOSED = {
    "listing": {*(action for action, _ in OF_LISTINGS), "keep", "record_cause", "release_text", "keep_text"},
    "notice": {*(action for action, _ in OF_NOTICES), "draft"},
    "approval": {"ask", "approved", "sent_back", "taken_back"},
    "entity": {"clear_death", "clear_minor"},
    "audit": {"restore"},
}


def named() -> Iterator[str]:
    """Every `object.verb` that code or a function of the database writes down."""
    for path in [*(ROOT / "backend").rglob("*.py"), ROOT / "sql" / "schema.sql"]:
        yield from _NAMED.findall(path.read_text("utf-8"))
    for thing, verbs in COMPOSED.items():
        yield from (f"{thing}.{verb}" for verb in verbs)


def test_every_entry_has_words() -> None:
    found = set(named())
    assert {"tip.decide", "officer.sign_in", "notice.pay", "keys.withdraw", "claim.open", "court.vouch"} <= found
    assert len(found) > 70
    halves = [one.split(".") for one in found]
    assert {thing for thing, _ in halves} - OBJECTS.keys() == set()
    assert {verb for _, verb in halves} - VERBS.keys() == set()
    assert {verb for _, verb in halves} == VERBS.keys(), "words that nothing needs"
    assert set(ABOUT_OFFICERS) <= found


@pytest.mark.parametrize("words", [OBJECTS, VERBS])
def test_words_stand_in_both_languages(words: dict[str, tuple[str, str]]) -> None:
    assert all(re.search("[\u4e00-\u9fff]", zh) and re.fullmatch("[ a-z,'-]+", en) for zh, en in words.values())
