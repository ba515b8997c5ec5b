"""Who may do what at the console, written down: one row for every view under /court.

Whoever adds a view adds its row; `test_matrix.py` fails for a view without one and for a row without its view. What a
row says is held against every role, and against an object of the own court, another court's, an ended and an unknown
one. It repeats on purpose what the views declare: only both together can change. A view that both shows and takes a
form has two rows, `endpoint GET` and `endpoint POST`.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from webauthn.helpers import bytes_to_base64url

from backend.core.access import act_for
from backend.core.approvals import Difference, Request, Step, approve, ask
from backend.core.db import Connection
from backend.core.officers import Officer, Signatures
from tests.integration.desk import Console

ROLES = ("clerk", "approver", "reward_officer", "keeper", "auditor")
OPEN, PASSWORD = ("open",), ("password",)
REASON = {"reason": "虚构的理由"}


@dataclass(frozen=True)
class Row:
    """What is expected of one view.

    Attributes:
        roles: who may use it; `OPEN` to everybody, `PASSWORD` to whoever gave one.
        own: status for whoever may, with an object of the own court where it takes one.
        ended: status for an object that is over.
        thing: which objects it takes in the first place of its address, a key of `THINGS`.
        fresh: whether a second factor must have been shown just now.
        form: what is sent; `query` behind the address; `places` in its further places.
        absent: status for another court's object and for none: other than 404 only where a form is looked at first.
    """

    roles: tuple[str, ...] = ROLES
    own: int = 200
    ended: int = 404
    thing: str = ""
    fresh: bool = False
    form: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    places: Mapping[str, Any] = field(default_factory=dict)
    absent: int = 404


_SIGNERS = ("approver", "reward_officer", "keeper")
_KEEPER = ("keeper",)
_WANTED = {"login": "new.officer", "name": "虚构人员", "roles": "clerk", **REASON}
_CONTACT = {"phone": "0000-0000000", "address": "虚构路一号", **REASON}
_PASSWORDS = {"present": "wrong", "wanted": "seven-grey-herons-wade", "again": "seven-grey-herons-wade"}

MATRIX: dict[str, Row] = {
    "console.show_today": Row(),
    "console.list_approvals": Row(),
    "console.show_approval": Row(thing="approval", ended=200),
    "console.approve": Row(_SIGNERS, 303, 409, "approval"),
    "console.send_back": Row(_SIGNERS, 303, 409, "approval", form=REASON),
    "console.take_back": Row(ROLES, 303, 409, "own_approval"),
    "console.choose_language": Row(OPEN, 303, form={"language": "en"}),
    "sign_in.show": Row(OPEN),
    "sign_in.enter": Row(OPEN, 401, form={"login": "nobody.there", "password": "wrong"}),
    "sign_in.prove": Row(PASSWORD, 303),
    "sign_in.take_code": Row(PASSWORD, 401, form={"code": "000000"}),
    "sign_in.take_recovery_code": Row(PASSWORD, 401, form={"code": "0000"}),
    "sign_in.ask_passkey": Row(PASSWORD),
    "sign_in.take_passkey": Row(PASSWORD, 401, form={"credential": "{}"}),
    "sign_in.leave": Row(PASSWORD, 303),
    "account.show": Row(),
    "account.show_password": Row(fresh=True),
    "account.change_password": Row(ROLES, 422, fresh=True, form=_PASSWORDS),
    "account.show_second_factor": Row(PASSWORD),
    "account.begin_totp": Row(PASSWORD, 303),
    "account.show_totp": Row(PASSWORD, 404),  # nothing was begun
    "account.show_totp_picture": Row(PASSWORD, 404),
    "account.confirm_totp": Row(PASSWORD, 303, form={"code": "000000"}),
    "account.begin_passkey": Row(PASSWORD),
    "account.add_passkey": Row(PASSWORD, 422, form={"credential": "{}", "label": "x"}),
    "account.remove_totp": Row(ROLES, 409, fresh=True),  # the only one there would be
    "account.remove_passkey": Row(ROLES, 303, thing="passkey", fresh=True),
    "account.renew_recovery_codes": Row(fresh=True),
    "account.end_session": Row(ROLES, 303, thing="session"),
    "account.end_all_sessions": Row(ROLES, 303),
    "settings.show": Row(),
    "settings.show_profile": Row(),
    "settings.change_profile": Row(("keeper", "clerk"), 303, form=_CONTACT),
    "settings.show_go_live": Row(),
    "settings.vouch": Row(_KEEPER, 303, thing="line", form=REASON),
    "officers_desk.list_officers": Row(("keeper", "approver", "auditor")),
    "officers_desk.add_officer": Row(_KEEPER, 303, fresh=True, form=_WANTED),
    "officers_desk.show_officer": Row(_KEEPER, thing="officer"),
    "officers_desk.change_roles": Row(
        _KEEPER, 303, thing="officer", fresh=True, form={"roles": ["clerk", "auditor"], **REASON}
    ),
    "officers_desk.end_officer": Row(_KEEPER, 303, thing="officer", fresh=True, form=REASON),
    "officers_desk.hand_out": Row(_KEEPER, thing="officer", fresh=True),
    "audit_desk.show": Row(("auditor",), query="?sort=sequence"),
    "audit_desk.export": Row(("auditor",), fresh=True),
    "audit_desk.verify_trail": Row(("auditor",)),
    "statistics_desk.show": Row(),
}


@dataclass(frozen=True)
class Caller:
    """Who calls: an officer of the first court in one role."""

    id: uuid.UUID
    role: str


@dataclass(frozen=True)
class Objects:
    """One object of each sort as it stands in an address; None where there is no such sort."""

    own: str | None
    other: str | None
    ended: str | None
    unknown: str | None

    def __iter__(self) -> Any:
        return iter(vars(self).items())


def _approvals(console: Console, caller: Caller, *, own: bool = False) -> Objects:
    first, second = console.register.courts[:2]
    helper = console.register.officer(first, f"m.{secrets.token_hex(6)}", "clerk")
    asker = caller.id if own else helper
    ended = _asked(console, first, asker, caller.role)
    signer = console.register.officer(first, f"m.{secrets.token_hex(6)}", caller.role)
    with console.app.app_context(), console.database.transaction("court") as connection:
        act_for(connection, first)
        approve(connection, Officer(signer, first, (caller.role,)), ended)
    elsewhere = console.register.officer(second, f"m.{secrets.token_hex(6)}", "clerk")
    own_one, other = _asked(console, first, asker, caller.role), _asked(console, second, elsewhere, caller.role)
    return Objects(str(own_one), str(other), str(ended), str(uuid.uuid4()))


def _asked(console: Console, court: uuid.UUID, officer: uuid.UUID, role: str) -> uuid.UUID:
    wanted = Request(f"test.{role}", None, "虚构的一项", "虚构的理由", {}, [Difference("状态", "一", "二")])
    with console.database.transaction("court") as connection:
        act_for(connection, court)
        return ask(connection, Officer(officer, court, ("clerk",)), wanted)


def _officers(console: Console, _: Caller) -> Objects:
    first, second = console.register.courts[:2]
    own, ended = (console.register.officer(first, f"m.{secrets.token_hex(6)}", "clerk") for _ in range(2))
    other = console.register.officer(second, f"m.{secrets.token_hex(6)}", "clerk")
    console.connection.execute("UPDATE register.officer SET active = false WHERE id = %s", (ended,))
    return Objects(str(own), str(other), str(ended), str(uuid.uuid4()))


def _sessions(console: Console, caller: Caller) -> Objects:
    other = console.register.officer(console.register.courts[1], f"m.{secrets.token_hex(6)}", "clerk")
    ids = [_session_of(console, officer) for officer in (caller.id, other, caller.id)]
    console.connection.execute("DELETE FROM desk.session WHERE id = %s", (ids[2],))
    return Objects(str(ids[0]), str(ids[1]), str(ids[2]), str(uuid.uuid4()))


def _session_of(console: Console, officer: uuid.UUID) -> uuid.UUID:
    row = console.connection.execute(
        "INSERT INTO desk.session (digest, officer_id, agent) VALUES (%s, %s, 'm') RETURNING id",
        (secrets.token_bytes(32), officer),
    ).fetchone()
    assert row
    return row["id"]  # type: ignore[no-any-return]


def _passkeys(console: Console, caller: Caller) -> Objects:
    other = console.register.officer(console.register.courts[1], f"m.{secrets.token_hex(6)}", "clerk")
    keys = [secrets.token_bytes(32) for _ in range(4)]
    for key, officer in zip(keys, (caller.id, other, caller.id, caller.id), strict=True):
        console.connection.execute(
            "INSERT INTO desk.passkey (id, officer_id, public_key, sign_count, label) VALUES (%s, %s, 'k', 0, 'm')",
            (key, officer),
        )
    console.connection.execute(
        "INSERT INTO desk.credential (officer_id, password_hash) VALUES (%s, '$argon2id$')", (caller.id,)
    )
    console.connection.execute("DELETE FROM desk.passkey WHERE id = %s", (keys[2],))
    named = [bytes_to_base64url(key) for key in keys[:3]]
    return Objects(named[0], named[1], named[2], bytes_to_base64url(secrets.token_bytes(32)))


THINGS: Mapping[str, Callable[[Console, Caller], Objects]] = {
    "approval": _approvals,
    "own_approval": lambda console, caller: _approvals(console, caller, own=True),
    "officer": _officers,
    "session": _sessions,
    "passkey": _passkeys,
    "line": lambda *_: Objects("recovery_sealed", None, None, "nothing"),
}


# What no court owns: only a name in an address.
WITHOUT_OTHERS = ("", "line")


def _nothing(_: Connection, __: Signatures, ___: Mapping[str, Any]) -> None:
    """What an approved request of these tests does."""


# For each role a step that it signs: whoever may approve at all is asked for what is theirs to approve.
STEPS = tuple(Step(f"test.{role}", role, _nothing) for role in ROLES)
