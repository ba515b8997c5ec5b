"""What is written must be complete: every setting, command and public field is in the documents."""

from __future__ import annotations

import re

from backend.cli import _jobs
from backend.config import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_every_setting_is_documented() -> None:
    code = (ROOT / "backend" / "config.py").read_text("utf-8")
    settings = set(re.findall(r"^    # ([A-Z_]+):", code, re.MULTILINE))
    assert settings == set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE))
    assert settings == set(re.findall(r'"([A-Z][A-Z_]+)"', code))


def test_every_job_is_documented() -> None:
    documented = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| [^|]+ \|$", OPERATIONS, re.MULTILINE))
    assert {job.name for job in _jobs()} == documented.keys()
    daily = {job.name: "{1:0>2}:{0:0>2}".format(*job.cron.split()) for job in _jobs() if job.cron.endswith("* * *")}
    assert {name: when for name, when in documented.items() if ":" in when}.items() <= daily.items()


def test_every_make_target_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"^\.PHONY: ([a-z-]+)$", makefile, re.MULTILINE)) - {"system-node-debian"}
    assert phony == set(re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE))


def test_every_file_of_the_mini_program_that_is_named_is_there() -> None:
    """An operator who looks for the root key's file elsewhere ships pages that trust nobody."""
    told = [*ROOT.glob("docs/**/*.md"), ROOT / "README.md", *ROOT.glob("backend/**/*.py")]
    named = re.compile(r"\bminiprogram/[\w./-]+\.(?:ts|js|json|mjs)\b")
    paths = {path for file in told for path in named.findall(file.read_text("utf-8"))}
    assert "miniprogram/pages/filings/seal/root-key.ts" in paths
    assert [path for path in sorted(paths) if not (ROOT / path).is_file()] == []
