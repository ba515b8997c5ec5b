"""Officers added, changed and ended at the console; what gives or takes a keeper's or approver's hand needs two.

A service that changes nothing but what is its own court's: it runs in `court_transaction`, where no other exists.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import psycopg

from backend.core.approvals import Difference, Request, Step, ask
from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.filings.roles import HOLDERS
from backend.core.officers import Officer, Signatures
from backend.courts.keeping import may_hold
from backend.courts.officer_rules import check_roles, needs_two
from backend.courts.officer_tables import ROLES

_statements: Any = aiosql.from_path(Path(__file__).with_name("officer_queries.sql"), "psycopg")


class NoSuchOfficer(NotFound):
    """There is no such officer"""


class LoginTaken(Conflict):
    """This login is taken"""


class BadLogin(Invalid):
    """A login has 2 to 32 of a-z, 0-9, dot, hyphen and underscore"""


class LastKeeper(Conflict):
    """A court keeps at least one keeper"""


@dataclass(frozen=True)
class Wanted:
    """Who is to act for the court."""

    login: str
    name: str
    roles: tuple[str, ...]


def find_officer(connection: Connection, identifier: UUID) -> dict[str, Any]:
    """An acting officer of this court.

    Raises:
        NoSuchOfficer: there is none.
    """
    found: dict[str, Any] | None = _statements.find_acting_officer(connection, id=identifier)
    if found is None:
        raise NoSuchOfficer
    return found


def count_approvers(connection: Connection) -> int:
    """How many acting officers of this court can sign second."""
    return int(_statements.count_approvers(connection))


def request_officer(connection: Connection, by: Officer, wanted: Wanted, reason: str) -> UUID | None:
    """Add an officer, or ask for it where a guarded role is given; the request's id then.

    Raises:
        LoginTaken, BadLogin, UnknownRoles, KeeperNeverSigns: it cannot be done so.
    """
    roles = check_roles(wanted.roles)
    request = {"login": wanted.login, "name": wanted.name, "roles": roles}
    if not needs_two((), roles):
        _add(connection, Signatures(by), request)
        return None
    # What could not be done is refused now, not when it is approved.
    with connection.transaction(force_rollback=True):
        _insert(connection, by.court_id, request)
    differences = [Difference(f"{wanted.name}({wanted.login})", None, _shown(roles))]
    title = f"添加工作人员 {wanted.name} Add officer"
    return ask(connection, by, Request("officer.add", None, title, reason, request, differences))


def request_roles(
    connection: Connection, by: Officer, identifier: UUID, roles: Sequence[str], reason: str
) -> UUID | None:
    """Change an officer's roles, or ask for it where a guarded one comes or goes; the request's id then.

    Raises:
        NoSuchOfficer, UnknownRoles, KeeperNeverSigns, LastKeeper: it cannot be done.
    """
    found = find_officer(connection, identifier)
    wanted = check_roles(roles, kept=found["kept"])
    _keep_a_keeper(connection, found, wanted)
    request = {"officer": str(identifier), "roles": wanted}
    if not needs_two(found["roles"], wanted):
        _change(connection, Signatures(by), request)
        return None
    differences = [Difference(f"{found['name']}({found['login']})", _shown(found["roles"]), _shown(wanted))]
    title = f"更改角色 {found['name']} Change roles"
    return ask(connection, by, Request("officer.roles", identifier, title, reason, request, differences))


def request_end(connection: Connection, by: Officer, identifier: UUID, reason: str) -> UUID | None:
    """Let an officer act no more, or ask for it where a guarded role goes; the request's id then.

    Raises:
        NoSuchOfficer, LastKeeper: it cannot be done.
    """
    found = find_officer(connection, identifier)
    _keep_a_keeper(connection, found, [])
    request = {"officer": str(identifier)}
    if not needs_two(found["roles"], ()):
        _end(connection, Signatures(by), request)
        return None
    differences = [Difference(f"{found['name']}({found['login']})", _shown(found["roles"]), "已停用 ended")]
    title = f"停用 {found['name']} End officer"
    return ask(connection, by, Request("officer.end", identifier, title, reason, request, differences))


def _add(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    officer = _insert(connection, signed.officer.court_id, request)
    _record(connection, "officer.add", signed, officer=officer, login=request["login"], roles=request["roles"])


def _insert(connection: Connection, court: UUID, request: Mapping[str, Any]) -> UUID:
    try:
        with connection.transaction():
            row = _statements.insert_officer(
                connection, court=court, login=request["login"], name=request["name"], roles=list(request["roles"])
            )
    except psycopg.errors.UniqueViolation:
        raise LoginTaken from None
    except psycopg.errors.CheckViolation:
        raise BadLogin from None
    identifier: UUID = row["id"]
    return identifier


def _change(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    officer = UUID(request["officer"])
    found = find_officer(connection, officer)
    roles = check_roles(request["roles"], kept=found["kept"])
    _keep_a_keeper(connection, found, roles)
    _statements.set_roles(connection, id=officer, roles=roles)
    # Whoever loses a role loses the wrapped keys with it that no other role may hold.
    held = [use for use in HOLDERS if may_hold(roles, use)]
    _statements.delete_other_secrets(connection, officer=officer, held=held)
    _record(connection, "officer.roles", signed, officer=officer, roles=roles)


def _end(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    officer = UUID(request["officer"])
    _keep_a_keeper(connection, find_officer(connection, officer), [])
    _statements.delete_other_secrets(connection, officer=officer, held=[])
    _statements.delete_own_key(connection, officer=officer)
    _statements.end_own_officer(connection, id=officer)
    _record(connection, "officer.end", signed, officer=officer)


def _keep_a_keeper(connection: Connection, officer: Mapping[str, Any], roles: Sequence[str]) -> None:
    if "keeper" in officer["roles"] and "keeper" not in roles:
        others = _statements.lock_other_keepers(connection, officer=officer["id"])
        if not list(others):
            raise LastKeeper


def _shown(roles: Sequence[str]) -> str:
    return "、".join(" ".join(ROLES[role]) for role in roles)


def _record(connection: Connection, action: str, signed: Signatures, **said: Any) -> None:
    who = {"by": signed.officer.id, "approver": signed.approver.id if signed.approver else None}
    append(connection, [Record(action, {**said, **who}, signed.officer.court_id)])


STEPS = (
    Step("officer.add", "approver", _add, fresh=True),
    Step("officer.roles", "approver", _change, fresh=True),
    Step("officer.end", "approver", _end, fresh=True),
)
