"""What is written must be complete: every setting, command and public field is in the documents."""

from __future__ import annotations

import re

from backend.config import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_every_setting_is_documented() -> None:
    code = (ROOT / "backend" / "config.py").read_text("utf-8")
    settings = set(re.findall(r"^    # ([A-Z_]+):", code, re.MULTILINE))
    assert settings == set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert settings == set(re.findall(r'"([A-Z][A-Z_]+)"', code))


def test_every_make_target_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: ([a-z-]+)$", makefile, re.MULTILINE)) - {"system-node-debian"}
    assert phony == set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))
