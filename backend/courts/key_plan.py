"""What stands between a court and working keys: its officers, its keys, and what must be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.core.db import Connection
from backend.core.errors import OperatorError
from backend.core.filings.cert_key import read_cert_key
from backend.core.filings.roles import HOLDERS
from backend.core.http import settings
from backend.core.officers import Officer
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.statements import USES as ALL_USES
from backend.core.sealing.statements import Statement
from backend.core.sealing.wire import time_to_text, to_text
from backend.courts.keeping import may_hold, statements
from backend.courts.keys import fingerprint
from backend.courts.keys_at_desk import CourtKeys, NoRequest, next_term
from backend.courts.keys_of_officers import queries
from backend.courts.officer_changes import NoSuchOfficer

# What each key is for, in the words of the page.
USES: Mapping[str, tuple[str, str]] = {
    "sign": ("签名钥匙:证明其他钥匙是本院的", "Signing key: says which other keys are this court's"),
    "box": ("阅读钥匙:线索和申请加密给它", "Reading key: tips and objections are sealed to it"),
    "reward": ("领奖钥匙:领奖人身份加密给它", "Reward key: claimants' identities are sealed to it"),
    "cert": ("服务器回执钥匙:证明已收到", "Server's certificate key: proves that something was received"),
}


@dataclass(frozen=True)
class Holder:
    """An acting officer who may hold keys.

    Attributes:
        fingerprint: of the own key; None while there is none.
        compared: a keeper has compared it in person, or the command line has sealed to it.
        held: e.g. `box 2`: what is sealed to it.
        missing: present keys that the roles allow and that are not sealed to it.
    """

    id: UUID
    login: str
    name: str
    roles: tuple[str, ...]
    public_key: bytes | None
    compared: bool
    held: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def fingerprint(self) -> str | None:
        return fingerprint(self.public_key) if self.public_key else None

    def to_json(self) -> dict[str, Any]:
        return {
            "officer": str(self.id), "roles": self.roles, "compared": self.compared, "held": self.held,
            "public_key": to_text(self.public_key) if self.public_key else None, "fingerprint": self.fingerprint,
        }  # fmt: skip


@dataclass(frozen=True)
class CourtKey:
    """A court's newest key of one use; `number` None where there is none."""

    use: str
    number: int | None
    fingerprint: str | None
    not_after: datetime | None
    valid: bool
    holders: int
    exposed_at: datetime | None

    @property
    def is_due(self) -> bool:
        """Whether one is to be made: none is valid, or somebody knows it who may hold it no more."""
        return not self.valid or self.exposed_at is not None


@dataclass(frozen=True)
class Plan:
    """All that the keeper's page shows, and all that its worker is told."""

    court: UUID
    holders: tuple[Holder, ...]
    keys: tuple[CourtKey, ...]
    recovery: bytes | None
    request: Statement | None
    next_terms: Mapping[str, Mapping[str, Any]]

    @property
    def recovery_fingerprint(self) -> str | None:
        return fingerprint(self.recovery) if self.recovery else None

    @property
    def request_fingerprint(self) -> str | None:
        return fingerprint(self.request.key) if self.request else None

    @property
    def exposed(self) -> list[CourtKey]:
        return [key for key in self.keys if key.exposed_at]

    def sealed_to(self, use: str) -> list[Holder]:
        """Whom a new key of a use would be sealed to."""
        return [one for one in self.holders if one.compared and may_hold(one.roles, use)]

    def left_out(self, use: str) -> list[Holder]:
        """Who could hold a new key of a use and gets none, since there is no compared key."""
        return [one for one in self.holders if not one.compared and may_hold(one.roles, use)]

    def to_json(self) -> dict[str, Any]:
        server = server_key()
        return {
            "court": str(self.court),
            "holders": [one.to_json() for one in self.holders],
            "recovery": {"public_key": to_text(self.recovery), "fingerprint": self.recovery_fingerprint}
            if self.recovery
            else None,
            "sealed_to": {use: [str(one.id) for one in self.sealed_to(use)] for use in HOLDERS},
            "next": self.next_terms,
            "server_key": to_text(server) if server else None,
        }


def server_key() -> bytes | None:
    """The public half of this server's key for certificates; None where it has none."""
    try:
        return verify_key_of(read_cert_key(settings().var_dir / "cert.key"))
    except OperatorError:
        return None


def find_plan(connection: Connection, keeper: Officer) -> Plan:
    """How the acting court's keys stand."""
    keys = _list_keys(connection)
    terms = {use: next_term(connection, keeper.court_id, use) for use in ALL_USES}
    try:
        request = CourtKeys(connection, keeper).find_request()
    except NoRequest:
        request = None
    return Plan(
        keeper.court_id, _list_holders(connection, keys), keys,
        statements.find_recovery_key(connection, court=keeper.court_id), request,
        {use: {"number": term.number, "not_after": time_to_text(term.not_after)} for use, term in terms.items()},
    )  # fmt: skip


def find_holder(connection: Connection, identifier: UUID) -> Holder:
    """An acting officer of the own court with a key. Raises NoSuchOfficer."""
    for one in _list_holders(connection, ()):
        if one.id == identifier and one.public_key:
            return one
    raise NoSuchOfficer


def find_own(connection: Connection, identifier: UUID) -> Holder | None:
    """One's own line; None for whose roles hold no key."""
    return next((one for one in _list_holders(connection, _list_keys(connection)) if one.id == identifier), None)


def _list_keys(connection: Connection) -> tuple[CourtKey, ...]:
    known = {row["use"]: row for row in queries.list_newest_keys(connection)}
    return tuple(_key_of(use, known.get(use)) for use in USES)


def _key_of(use: str, row: Mapping[str, Any] | None) -> CourtKey:
    if row is None:
        return CourtKey(use, None, None, None, valid=False, holders=0, exposed_at=None)
    return CourtKey(
        use, row["number"], fingerprint(row["key"]), row["not_after"], row["valid"], row["holders"], row["exposed_at"]
    )


def _list_holders(connection: Connection, keys: tuple[CourtKey, ...]) -> tuple[Holder, ...]:
    present = [(key.use, f"{key.use} {key.number}") for key in keys if key.number and key.use in HOLDERS]
    rows = queries.list_holders(connection)
    return tuple(
        Holder(
            row["id"], row["login"], row["name"], tuple(row["roles"]), row["public_key"],
            bool(row["public_key"]) and row["compared"], tuple(row["held"]),
            tuple(name for use, name in present if may_hold(row["roles"], use) and name not in row["held"]),
        )
        for row in rows
    )  # fmt: skip
