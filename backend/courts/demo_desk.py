"""A way into the console for the demo's invented officers, on this machine only."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import pyotp

from backend.config import Settings
from backend.core.clock import now
from backend.core.db import Database
from backend.core.environment import is_loopback
from backend.core.errors import OperatorError
from backend.core.keys import Keys
from backend.courts import sign_in_codes
from backend.courts.demo_keys import let_act, login_of
from backend.courts.keeping import statements
from backend.courts.officers import NewOfficer
from backend.courts.sign_in import set_password
from backend.courts.sign_in import statements as sign_ins

COURT = "冀0108"
_OFFICERS = {
    "clerk": ("clerk", "keeper"), "approver": ("approver",), "second": ("approver",), "reward": ("reward_officer",),
    "auditor": ("auditor",),
}  # fmt: skip


@dataclass(frozen=True)
class Way:
    """What an invented officer signs in with; `code` is that of now."""

    login: str
    roles: tuple[str, ...]
    password: str
    secret: str

    @property
    def code(self) -> str:
        return str(pyotp.TOTP(self.secret).at(now()))


def open_demo_desk(database: Database, settings: Settings, keys: Keys) -> Sequence[Way]:
    """New passwords and secrets for the demo court's officers, whose former sign-ins end.

    Raises:
        OperatorError: the server can be reached from elsewhere, no record is invented, or others act for the court.
    """
    if not is_loopback(settings.host):
        raise OperatorError(f"demo desk is for a demo on one machine only: HOST is {settings.host}, not 127.0.0.1.")
    with database.transaction("operator") as connection:
        if not statements.is_demo_court(connection, code=COURT):
            raise OperatorError(
                f"demo desk is for invented records, and a court {COURT} where only invented officers act."
            )
    return [_let_in(database, keys, title, roles) for title, roles in _OFFICERS.items()]


def _let_in(database: Database, keys: Keys, title: str, roles: tuple[str, ...]) -> Way:
    login = login_of(COURT, title)
    let_act(database, NewOfficer(COURT, login, f"演示 {title}", roles))
    way = Way(login, roles, f"demo-{secrets.token_urlsafe(15)}", pyotp.random_base32())
    set_password(database, login, way.password)
    with database.transaction("doorkeeper") as connection:
        officer = sign_ins.find_login(connection, login=login)["id"]
        sign_in_codes.set_totp(connection, keys, officer, way.secret)
    return way
