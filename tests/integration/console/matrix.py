"""Who may do what at the console, written down: one row for every view under /court.

Whoever adds a view adds its row; `test_matrix.py` fails for a view without one and for a row without its view. What a
row says is held against every role, and against an object of the own court, another court's, an ended and an unknown
one. It repeats on purpose what the views declare: only both together can change. A view that both shows and takes a
form has two rows, `endpoint GET` and `endpoint POST`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.integration.console.matrix_things import ROLES

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
_HOLDERS = ("clerk", "approver", "reward_officer", "keeper")
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
    "keys_desk.show_own": Row(_HOLDERS),
    "keys_desk.make_own": Row(_HOLDERS, 422, fresh=True),
    "keys_desk.show_token": Row(_HOLDERS),
    "keys_desk.show": Row(_KEEPER, fresh=True),
    "keys_desk.print_keys": Row(_KEEPER, fresh=True),
    "keys_desk.lend_keys": Row(_KEEPER, 404),  # the keeper has no key
    "keys_desk.show_plan": Row(_KEEPER, fresh=True),
    "keys_desk.compare": Row(_KEEPER, 422, 422, "keyed_officer", fresh=True, absent=422),
    "keys_desk.grant": Row(_KEEPER, 422, 422, "keyed_officer", fresh=True, absent=422),
    "keys_desk.lend_recovery": Row(_KEEPER, fresh=True),
    "keys_desk.show_withdraw": Row(_KEEPER, thing="keyed_officer", fresh=True),
    "keys_desk.withdraw": Row(_KEEPER, 303, thing="keyed_officer", fresh=True, form=REASON),
    "keys_making.make_recovery": Row(_KEEPER, 422, fresh=True),
    "keys_making.ask_root": Row(_KEEPER, 422, fresh=True),
    "keys_making.save_request": Row(_KEEPER, 409, fresh=True),  # none waits
    "keys_making.drop_request": Row(_KEEPER, 409, fresh=True),
    "keys_making.take_certified": Row(_KEEPER, 422, fresh=True),
    "keys_making.keep_made": Row(_KEEPER, 422, fresh=True),
    "keys_making.certify_server": Row(_KEEPER, 422, fresh=True),
    "audit_desk.show": Row(("auditor",), query="?sort=sequence"),
    "audit_desk.export": Row(("auditor",), fresh=True),
    "audit_desk.verify_trail": Row(("auditor",)),
    "statistics_desk.show": Row(),
}
