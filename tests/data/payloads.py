"""What a browser must never run, and where texts of a given length can carry all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_FILE = Path(__file__).with_name("script_payloads.txt")
_ESCAPED = re.compile(r"\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\(\\)")
# What a payload that is run calls; the file writes RUN() for it, some spell it in other ways.
RUN = "RUN"


def script_payloads() -> list[str]:
    """One for each line of the file but its headings."""
    lines = _FILE.read_text("utf-8").splitlines()
    return [_ESCAPED.sub(_sign, line) for line in lines if line and not line.startswith("# ")]


def _sign(found: re.Match[str]) -> str:
    return found[3] or chr(int(found[1] or found[2], 16))


def storable(text: str) -> str:
    """Without the NUL that PostgreSQL takes in no text."""
    return text.replace("\0", "")


def packs(longest: int) -> list[str]:
    """All payloads that fit, in as few texts of at most so many characters as possible."""
    return list(_packed([payload for payload in script_payloads() if len(payload) <= longest], longest))


def _packed(payloads: list[str], longest: int) -> Iterator[str]:
    text = ""
    for payload in payloads:
        if text and len(text) + 1 + len(payload) > longest:
            yield text
            text = ""
        text = f"{text} {payload}" if text else payload
    yield text
