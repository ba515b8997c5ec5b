"""What the console calls the fields and choices of a phone's objection."""

from __future__ import annotations

import re

from backend.config import ROOT

DESK = (ROOT / "backend/static/console/objection-words.js").read_text("utf-8")
FILINGS = ROOT / "miniprogram/pages/filings"


def _has_words(name: str) -> bool:
    return re.search(rf"^ +'?{re.escape(name)}'?: [\[{{]", DESK, re.MULTILINE) is not None


def test_every_choice_of_the_form_has_its_words_at_the_desk() -> None:
    values = re.findall(r"value: '([a-z-]+)'", (FILINGS / "words/zh.ts").read_text("utf-8"))
    assert len(values) > 5
    assert [value for value in values if not _has_words(value)] == []
    assert not _has_words("anybody")  # the control


def test_every_field_of_a_letter_has_its_words_at_the_desk() -> None:
    letter = (FILINGS / "letter.ts").read_text("utf-8")
    told = re.search(r"const TOLD.*?^}", letter, re.DOTALL | re.MULTILINE)
    assert told
    keys = dict(re.findall(r"^  (\w+): '(\w+_\w+)'", letter, re.MULTILINE))
    fields = {keys.get(name, name) for name in re.findall(r"'(\w+)'", told[0])}
    doors = set(re.findall(r"^  (\w+): \[", told[0], re.MULTILINE))
    assert doors == {"performed", "wrong", "died"}
    assert [name for name in sorted(fields | doors) if not _has_words(name)] == []
