"""What is written must be complete: every setting, command and public field is in the documents."""

from __future__ import annotations

import re

from flask import Flask

from backend.cli import _jobs, register_commands
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


def _commands() -> dict[str, set[str]]:
    """Our own commands and groups with what is below them."""
    app = Flask("commands")
    register_commands(app)
    return {name: set(getattr(command, "commands", {})) for name, command in app.cli.commands.items()}


def test_every_command_is_documented_and_no_other() -> None:
    commands = _commands()
    rows = [line for line in OPERATIONS.splitlines() if line.startswith("| `.venv/bin/flask")]
    for group, below in commands.items():
        told = " ".join(row for row in rows if f" {group} " in row or f" {group}`" in row)
        assert told, group
        assert {name for name in below if not re.search(rf"(?<![\w-]){name}(?![\w-])", told)} == set(), group
    texts = [file.read_text("utf-8") for file in (*ROOT.glob("docs/**/*.md"), ROOT / "README.md")]
    named = [match for text in texts for match in re.findall(r"flask --app backend ([a-z-]+)(?: ([a-z-]+))?", text)]
    assert len(named) > len(commands)
    assert [pair for pair in named if pair[0] not in commands or not _is_below(pair[1], commands[pair[0]])] == []


def _is_below(name: str, below: set[str]) -> bool:
    return name in below if below else True


def test_no_location_of_nginx_drops_the_headers_that_the_server_sets() -> None:
    """A single proxy_set_header in a location, or in what it includes, undoes all of the server's."""
    examples = ROOT / "docs" / "examples"
    site = (examples / "nginx-site.conf").read_text("utf-8")
    for header in ("Host $host", "X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme"):
        assert re.search(rf"^proxy_set_header {re.escape(header)};$", site, re.MULTILINE)
    inside = re.findall(r"^ +location [^{]*\{[^}]*\}", site, re.MULTILINE)
    inside += [(examples / f"nginx-{name}.conf").read_text("utf-8") for name in ("cache", "filings")]
    assert len(inside) > 4
    assert [text for text in inside if "proxy_set_header" in text] == []
    assert set(re.findall(r"include /etc/nginx/(\S+);", site)) == {"nginx-cache.conf", "nginx-filings.conf"}
