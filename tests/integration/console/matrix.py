"""Who may do what at the console, written down: one row for every view under /court.

Whoever adds a view adds its row; `test_matrix.py` fails for a view without one and for a row without its view. What a
row says is held against every role, and against an object of the own court, another court's, an ended and an unknown
one. It repeats on purpose what the views declare: only both together can change. A view that both shows and takes a
form has two rows, `endpoint GET` and `endpoint POST`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from backend.core.sealing.envelopes import BOXED_BYTES
from backend.core.sealing.wire import to_text
from tests.integration.console.matrix_filed import READER, REWARDER
from tests.integration.console.matrix_objects import ROLES
from tests.integration.console.matrix_records import CLERK
from tests.integration.register import TODAY

OPEN, PASSWORD = ("open",), ("password",)
REASON = {"reason": "虚构的理由"}


@dataclass(frozen=True)
class Row:
    """What is expected of one view.

    Attributes:
        roles: who may use it; `OPEN` to everybody, `PASSWORD` to whoever gave one.
        own: status for whoever may, with an object of the own court where it takes one.
        ended: status for an object that is over.
        thing: which objects it takes in the first places of its address, a key of `THINGS`.
        beside: the parameter or field that names the object, where the address does not.
        json: whether a script sends it, as JSON; then an object beside the address stands in a list.
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
    beside: str = ""
    json: bool = False


_WORKING = ("clerk", "approver", "reward_officer", "keeper")  # an auditor reads the trail only
_NOTICED = ("clerk", "approver", "reward_officer")
_CLERK, _READERS = ("clerk",), ("clerk", "approver")
_REWARDERS, _SECOND = ("reward_officer",), ("reward_officer", "approver")
_SIGNERS = ("approver", "reward_officer", "keeper")
_KEEPER = ("keeper",)
_WANTED = {"login": "new.officer", "name": "虚构人员", "roles": "clerk", **REASON}
_CONTACT = {"phone": "0000-0000000", "address": "虚构路一号", **REASON}
_DAY, _LATER = TODAY.isoformat(), (TODAY + timedelta(days=60)).isoformat()
_NOTICE = {
    "kind": "property", "basis": "percent_recovered", "percent": "5", "cap": "200000", "funder": "creditor",
    "requested_on": _DAY, "ends_on": _LATER,
}  # fmt: skip
_BOXED = {"part": "c/1", "key_id": 1, "data": to_text(b"b" * BOXED_BYTES)}
_REFUSED = {"outcome": "not_founded", "reasoned": True, "answer": _BOXED}
_PROPOSED = {
    "rank": 1, "recovered": "100", "not_agent": True, "not_bound": True, "not_known": True, "claim_met": True, **REASON,
}  # fmt: skip
_SEVERAL = {"action": "delete", "cause": "performed", "count": "1", **REASON}
_PASSWORDS = {"present": "wrong", "wanted": "seven-grey-herons-wade", "again": "seven-grey-herons-wade"}

_CONSOLE = {
    "console.show_today": Row(),  # counts and case numbers, nobody by name
    "console.show_block": Row(thing="block"),
    "console.list_approvals": Row(_WORKING),
    "console.show_approval": Row(_WORKING, thing="approval", ended=200),
    "console.print_approval": Row(_WORKING, 404, 200, "approval"),  # only of what is decided
    "console.open_differences": Row(_SIGNERS, 303, 409, "approval"),
    "console.approve": Row(_SIGNERS, 303, 409, "approval"),
    "console.send_back": Row(_SIGNERS, 303, 409, "approval", form=REASON),
    "console.take_back": Row(_WORKING, 303, 409, "own_approval"),
    "console.put_aside": Row(_WORKING, 303, 404, "returned"),
    "console.choose_language": Row(OPEN, 303, form={"language": "en"}),
    "console_assets.asset": Row(OPEN, thing="asset"),
}
_COURTS = {
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
    "keys_desk.show_own": Row(_WORKING),
    "keys_desk.make_own": Row(_WORKING, 422, fresh=True),
    "keys_desk.show_token": Row(_WORKING),
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
}
_TRAIL = {
    "audit_desk.show": Row(("auditor",)),
    "audit_desk.export": Row(("auditor",), fresh=True),
    "audit_desk.verify_trail": Row(("auditor",), 303),
    "audit_desk.show_check": Row(("auditor",), 200, 200, "trail_check"),
    "statistics_desk.show": Row(),
}
_LISTS = {
    "lists_desk.show_lists": Row(_WORKING),
    "lists_desk.upload": Row(_CLERK, 422, form={"whole": "1"}),  # without a file
    "lists_desk.show": Row(_WORKING, 200, 200, "list"),
    "lists_desk.show_quarantine": Row(_CLERK, 409, 404, "list"),  # in a browser that did not upload it
    "lists_desk.state_causes": Row(_CLERK, 303, 409, "list", form={"cause": "performed", "all": "1"}),
    "lists_desk.remove_stated": Row(_CLERK, 303, 409, "list", fresh=True, form={"count": "1"}),
    "lists_desk.ask": Row(_CLERK, 303, 409, "list", form=REASON),
    "lists_desk.check_again": Row(_CLERK, 303, 409, "list"),
    "lists_desk.discard": Row(_CLERK, 303, 409, "list"),
    "lists_desk.undo": Row(_CLERK, 303, 409, "applied_list", fresh=True, form=REASON),
}
_LISTINGS = {
    "listings_desk.show_list": Row(_WORKING),
    "listings_desk.show": Row(_WORKING, 200, 200, "listing"),
    "listings_desk.hand_on": Row(_CLERK, 303, 303, "listing", form={"to": str(CLERK)}),
    "listings_desk.show_paper": Row(_WORKING, 200, 200, "paper"),
    "listings_desk.show_several": Row(_CLERK, 200, 200, "listing", fresh=True, beside="listing"),
    "listings_desk.take_several": Row(_CLERK, 303, 409, "listing", fresh=True, beside="listing", form=_SEVERAL),
    "listings_desk.show_move": Row(_CLERK, 200, 409, "listing", places={"action": "delete"}),
    "listings_desk.take_move": Row(
        _CLERK, 303, 409, "listing", places={"action": "delete"}, form={"cause": "performed", **REASON}
    ),
    "listings_desk.show_withdrawal": Row(_CLERK, 200, 409, "listing", fresh=True),
    "listings_desk.take_withdrawal": Row(
        _CLERK, 303, 409, "listing", fresh=True, form={"cause": "wrongly_listed", **REASON}
    ),
    "listings_desk.correction GET": Row(_CLERK, 200, 409, "listing"),
    "listings_desk.correction POST": Row(
        _CLERK, 303, 409, "listing", form={"field": "duty", "value": "虚构的义务", "cause": "wrong_data", **REASON}
    ),
    "listings_desk.term GET": Row(_CLERK, 200, 409, "termless_listing"),
    "listings_desk.term POST": Row(_CLERK, 303, 409, "termless_listing", form={"term_ends_on": _LATER, **REASON}),
    "listings_desk.found_cause GET": Row(_CLERK, 200, 409, "listing"),
    "listings_desk.found_cause POST": Row(
        _CLERK, 303, 409, "listing", form={"cause": "performed", "on": _DAY, **REASON}
    ),
    "listings_desk.early_deletion GET": Row(_CLERK, 200, 409, "listing"),
    "listings_desk.early_deletion POST": Row(_CLERK, 303, 409, "listing", form={"decision": "keep", **REASON}),
    "listings_desk.withheld": Row(
        _CLERK, 303, 303, "listing", form={"field": "duty", "verdict": "keep_text", **REASON}
    ),
    "listings_desk.person GET": Row(_CLERK, 200, 200, "listing", fresh=True),
    "listings_desk.person POST": Row(  # nothing more is shown of whose listing has ended
        _CLERK, 303, 404, "listing", fresh=True, form={"finding": "death", "died_on": _DAY, **REASON}
    ),
    "listings_desk.removal_notice": Row(_CLERK, 409, 303, "listing"),  # only of what has ended
}
_OBJECTIONS = {
    "objections_desk.show_list": Row(_READERS),
    "objections_desk.lend_keys": Row(_READERS, 404),  # none was given to them
    "objections_desk.show_token": Row(_READERS),
    "objections_desk.lend": Row(_READERS, 200, 200, "objection"),
    "objections_desk.show_standing": Row(_READERS, 200, 200, "objection"),
    "objections_desk.answer": Row(_READERS, 201, 201, "objection", form=_BOXED, json=True),
    "objections_desk.decide": Row(_CLERK, 200, 409, "objection", form=_REFUSED, json=True),
    "objections_desk.hand_over": Row(_READERS, 200, 409, "objection", form={"to": str(READER)}, json=True),
    "objections_desk.show_asking": Row(_READERS, 409, 200, "objection"),  # only of what is decided
    "objections_desk.review": Row(_CLERK, 409, 303, "objection"),
    "objections_desk.list_reviews": Row(_READERS),
    "objections_desk.show_review": Row(_READERS, 200, 200, "review"),
    "objections_desk.decide_review": Row(_CLERK, 303, 409, "review", form={"outcome": "upheld", **REASON}),
    "objections_desk.name_listings": Row(  # only of a reversal that names none
        _CLERK, 409, 409, "review", form={"listings": str(READER)}
    ),
    "objections_desk.print_review": Row(_READERS, 409, 200, "review"),
    "objections_desk.show_paper": Row(_READERS, 409, 200, "objection"),
}
_NOTICES = {
    "notices_desk.show_list": Row(_NOTICED),
    "notices_desk.show_draft": Row(_CLERK, 200, 404, "listing", beside="listing"),
    "notices_desk.draft": Row(_CLERK, 303, 409, "listing", beside="listing", form=_NOTICE),
    "notices_desk.show": Row(_NOTICED, 200, 200, "published_notice"),
    "notices_desk.print_notice": Row(_NOTICED, 200, 200, "published_notice"),
    "notices_desk.ask": Row(_CLERK, 303, 409, "draft_notice", form=REASON),
    "notices_desk.publish": Row(_CLERK, 303, 409, "approved_notice", form={"first": _DAY}),
    "notices_desk.extend": Row(_CLERK, 303, 409, "published_notice", form={"ends_on": _LATER, **REASON}),
    "notices_desk.close": Row(_CLERK, 303, 409, "published_notice", form={"cause": "performed"}),
}
_TIPS = {
    "tips_desk.show_inbox": Row(_READERS),
    "tips_desk.lend_keys": Row(_READERS, 404),
    "tips_desk.show_token": Row(_READERS),
    "tips_desk.lend": Row(_READERS, 200, 200, "tip"),
    "tips_desk.show_standing": Row(_READERS, 200, 200, "tip"),
    "tips_desk.print_result": Row(_READERS, 404, 200, "tip"),  # only of what is decided
    "tips_desk.compare": Row(_READERS, 200, 200, "tip", fresh=True),
    "tips_desk.answer": Row(_READERS, 201, 201, "tip", form=_BOXED, json=True),
    "tips_desk.decide": Row(_CLERK, 200, 409, "tip", form={"outcome": "not_used", "reason": "known"}, json=True),
    "tips_desk.mark_urgent": Row(_READERS, 200, 409, "tip", form={"urgent": True}, json=True),
    "tips_desk.hand_over": Row(_READERS, 200, 409, "tip", form={"to": str(READER)}, json=True),
}
_CLAIMS = {
    "claims_desk.show_list": Row(_SECOND),
    "claims_desk.lend_keys": Row(_REWARDERS, 404),
    "claims_desk.show_token": Row(_REWARDERS),
    "claims_desk.lend": Row(_REWARDERS, 200, 200, "claim", form=REASON, json=True),
    "claims_desk.show_standing": Row(_REWARDERS, 200, 200, "claim"),
    "claims_desk.propose": Row(_REWARDERS, 201, 409, "claim", form=_PROPOSED, json=True),
    "claims_desk.refuse": Row(_REWARDERS, 200, 409, "claim", form=REASON, json=True),
    "claims_desk.hand_over": Row(_REWARDERS, 200, 200, "claim", form={"to": str(REWARDER)}, json=True),
    "claims_desk.list_payments": Row(_REWARDERS, fresh=True),
    "claims_desk.note_exported": Row(_REWARDERS, 200, 200, "paid_claim", fresh=True, beside="numbers", json=True),
    "claims_desk.print_result": Row(_SECOND, 404, 200, "claim"),  # only of what two officers have signed
}
MATRIX: dict[str, Row] = {
    **_CONSOLE, **_COURTS, **_TRAIL, **_LISTS, **_LISTINGS, **_OBJECTIONS, **_NOTICES, **_TIPS, **_CLAIMS,
}  # fmt: skip
