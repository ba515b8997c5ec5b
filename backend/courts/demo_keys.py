"""Keys for the demo: a root, officers and phrases, all in one file that says so. They protect nothing."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.core.db import Connection, Database
from backend.core.errors import OperatorError
from backend.core.filings.cert_key import make_cert_key
from backend.core.filings.filing import statements as filings
from backend.core.filings.roles import HOLDERS
from backend.core.sealing.signatures import SEED_BYTES, verify_key_of
from backend.core.sealing.wire import to_bytes, to_text
from backend.courts import keys
from backend.courts.keeping import Root, Sheets, may_hold, statements
from backend.courts.officers import NewOfficer, add_officer

# The first two of a district with its neighbours: one can read tips, the other objections only; all others stay
# without keys, so that the pages for a court that is not open yet can be seen.
_COURTS = {"冀0108": ("clerk", "approver", "second", "reward"), "冀0102": ("clerk", "approver")}
_ROLES = {
    "clerk": ("clerk", "keeper"),
    "approver": ("approver",),
    "second": ("approver",),
    "reward": ("reward_officer",),
}
# What two officers vouch for at a court whose people and paper are invented: the second court's announcement was not
# reviewed, so it takes no tips.
_VOUCHED = {"冀0108": ("recovery_sealed", "announcement_reviewed"), "冀0102": ("recovery_sealed",)}
_SAYS = "Demo keys: fictional, in clear, and of no protection. 演示密钥,不提供任何保护。"


@dataclass
class DemoFile:
    """`var/demo-keys.json`."""

    path: Path
    held: dict[str, Any] = field(default_factory=dict)

    def load(self) -> None:
        if self.path.exists():
            self.held = json.loads(self.path.read_text("utf-8"))
        else:
            seed = secrets.token_bytes(SEED_BYTES)
            root = {"root_public_key": to_text(verify_key_of(seed)), "root_secret": to_text(seed)}
            self.held = {"demo": _SAYS, **root, "officers": {}, "recovery_sheets": {}}
            self.save()

    def save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_suffix(".partial")
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(self.held, file, ensure_ascii=False, indent=2)
        partial.replace(self.path)

    @property
    def root(self) -> Root:
        return Root(to_bytes(self.held["root_public_key"]), to_bytes(self.held["root_secret"]))


def demo_phrases(var_dir: Path) -> dict[str, str]:
    """What opens sealed filings for each invented officer, by login; nothing where no such keys were made."""
    path = var_dir / "demo-keys.json"
    held = json.loads(path.read_text("utf-8"))["officers"] if path.exists() else {}
    return {login: one["phrase"] for login, one in held.items()}


def fill_demo_keys(database: Database, var_dir: Path) -> str:
    """Keys for a few courts that have none, and for a demo of an earlier release what it lacks of officers and roles.

    The root's public half, base64url, for server and pages.
    """
    file = DemoFile(var_dir / "demo-keys.json")
    file.load()
    make_cert_key(var_dir / "cert.key")
    keyed = {row["code"] for row in keys.list_keys(database)}
    for code, titles in _COURTS.items():
        try:
            (_complete if code in keyed else _fill)(database, file, code, titles)
        except OperatorError:
            # An installation of another province has no such court, or its officers were given other roles.
            continue
        _open(database, code)
    public: str = file.held["root_public_key"]
    return public


def login_of(code: str, title: str) -> str:
    """A demo officer's login."""
    return f"demo-{title}" if code == "冀0108" else f"demo-{title}-{code[1:]}"


def _open(database: Database, code: str) -> None:
    """Fill in the lines of the go-live list that no program could; all invented, and gone with `demo clear`."""
    with database.transaction("operator") as connection:
        statements.fill_demo_contact(connection, code=code)
        for line in _VOUCHED[code]:
            statements.insert_demo_statement(
                connection, line=line, stated_by=login_of(code, "approver"), approved_by=login_of(code, "clerk")
            )


def let_act(database: Database, new: NewOfficer) -> None:
    with database.transaction("operator") as connection:
        revived = statements.revive_officer(connection, login=new.login, roles=sorted(new.roles))
    if not revived:
        add_officer(database, new)


def _fill(database: Database, file: DemoFile, code: str, titles: tuple[str, ...]) -> None:
    for title in titles:
        _seat(database, file, code, title)
    server_key = verify_key_of(make_cert_key(file.path.with_name("cert.key")))
    sheets = keys.make_court(database, code, file.root, server_key)
    if sheets:
        file.held["recovery_sheets"][code] = [to_text(sheets.first), to_text(sheets.second)]
    file.save()


def _complete(database: Database, file: DemoFile, code: str, titles: tuple[str, ...]) -> None:
    """By the sheets of the court's recovery key; a court where others act is theirs."""
    shares = file.held["recovery_sheets"].get(code)
    with database.transaction("operator") as connection:
        invented = statements.is_demo_court(connection, code=code)
        missing = [title for title in titles if _is_missing(connection, login_of(code, title), _ROLES[title])]
    if not shares or not invented:
        return
    for title in missing:
        _seat(database, file, code, title)
        keys.recover(database, login_of(code, title), Sheets(*map(to_bytes, shares)))


def _is_missing(connection: Connection, login: str, roles: tuple[str, ...]) -> bool:
    """Whether an officer lacks a role, the own key, or a use of the court's keys that the roles may hold."""
    row = statements.find_officer(connection, login=login)
    if row is None or not row["active"] or row["public_key"] is None or set(roles) - set(row["roles"]):
        return True
    held = {one["use"] for one in filings.list_secrets(connection, officer=row["id"])}
    return any(use not in held for use in HOLDERS if may_hold(roles, use))


def _seat(database: Database, file: DemoFile, code: str, title: str) -> None:
    login, officers = login_of(code, title), file.held["officers"]
    let_act(database, NewOfficer(code, login, f"演示 {title}", _ROLES[title]))
    phrase = keys.add_officer_key(database, login, None).phrase or officers.get(login, {}).get("phrase")
    officers[login] = {"court": code, "roles": _ROLES[title], "phrase": phrase}
    file.save()
