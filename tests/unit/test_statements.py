"""Statements in SQL files, which no tool of ours sees called or not."""

from __future__ import annotations

import re

from backend.config import ROOT

BACKEND = ROOT / "backend"


def test_every_statement_with_a_name_is_used() -> None:
    code = "\n".join(file.read_text() for file in BACKEND.rglob("*.py"))
    words = set(re.findall(r"\w+", code))
    named = {
        name: file for file in BACKEND.rglob("*.sql") for name in re.findall(r"^-- name: (\w+)", file.read_text(), re.M)
    }
    assert len(named) > 100
    assert {name: str(file) for name, file in named.items() if name not in words} == {}
