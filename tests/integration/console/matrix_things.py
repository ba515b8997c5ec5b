"""What the addresses of the console's views name, for `matrix.py`: of the own court, another's, ended and unknown."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from webauthn.helpers import bytes_to_base64url

from backend.core.access import act_for
from backend.core.approvals import Difference, Request, Step, approve, ask, send_back
from backend.core.db import Connection
from backend.core.officers import Officer, Signatures
from tests.integration.console.matrix_filed import FILED
from tests.integration.console.matrix_objects import ROLES, Caller, Objects
from tests.integration.console.matrix_records import RECORDS
from tests.integration.desk import Console


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


def _returned(console: Console, caller: Caller) -> Objects:
    """What the caller, or whoever, had asked for and another sent back; the ended one was signed."""
    first, second = console.register.courts[:2]
    ended = _approvals(console, caller, own=True).ended
    elsewhere = console.register.officer(second, f"m.{secrets.token_hex(6)}", "clerk")
    own, other = (_sent_back(console, *one) for one in ((first, caller.id, caller.role), (second, elsewhere, "clerk")))
    return Objects(str(own), str(other), ended, str(uuid.uuid4()))


def _sent_back(console: Console, court: uuid.UUID, asker: uuid.UUID, role: str) -> uuid.UUID:
    asked = _asked(console, court, asker, role)
    signer = console.register.officer(court, f"m.{secrets.token_hex(6)}", role)
    with console.app.app_context(), console.database.transaction("court") as connection:
        act_for(connection, court)
        send_back(connection, Officer(signer, court, (role,)), asked, "虚构的理由")
    return asked


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


def _keyed_officers(console: Console, caller: Caller) -> Objects:
    officers = _officers(console, caller)
    for officer in (officers.own, officers.other, officers.ended):
        console.connection.execute(
            "INSERT INTO register.officer_key (officer_id, public_key, wrapped) VALUES (%s, %s, %s)",
            (officer, b"k" * 32, b"w" * 88),
        )
    return officers


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


# The one file of the console that the matrix's own server has.
ASSET = "a1b2c3d4.js"
THINGS: Mapping[str, Callable[[Console, Caller], Objects]] = {
    **RECORDS,
    **FILED,
    "approval": _approvals,
    "own_approval": lambda console, caller: _approvals(console, caller, own=True),
    "returned": _returned,
    "officer": _officers,
    "keyed_officer": _keyed_officers,
    "session": _sessions,
    "passkey": _passkeys,
    "line": lambda *_: Objects("recovery_sealed", None, None, "nothing"),
    "block": lambda *_: Objects("due", None, None, None),
    "asset": lambda *_: Objects(ASSET, None, None, "nothing.js"),
}


# What no court owns: only a name in an address.
WITHOUT_OTHERS = ("", "line", "block", "asset")


def _nothing(_: Connection, __: Signatures, ___: Mapping[str, Any]) -> None:
    """What an approved request of these tests does."""


# For each role a step that it signs: whoever may approve at all is asked for what is theirs to approve.
STEPS = tuple(Step(f"test.{role}", role, _nothing) for role in ROLES)
