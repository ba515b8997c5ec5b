"""No officer comes by both signatures of a step, whatever accounts they make and whatever they hand out.

Each way is walked over the pages; beside each stands the control in which what stops it is switched off.
"""

from __future__ import annotations

import re
import uuid

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.courts.sign_in import set_password
from tests.integration.console.settings_of import approve_asked
from tests.integration.courts.arrival import PASSWORD, Browser, browser
from tests.integration.courts.authenticator import Authenticator
from tests.integration.desk import Console, Seat
from tests.integration.register import Register

OFFICERS, WHY = "/court/settings/officers/", "虚构的理由"
CHOSEN = "eleven slow barges pass by"
CONTACT = {"phone": "0000-0000001", "address": "虚构路二号", "reason": WHY}

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection)


def _add(keeper: Seat, login: str, *roles: str) -> str:
    """Where adding an officer leads; 422 and the like as text."""
    answer = keeper.post(OFFICERS, login=login, name="虚构人员", roles=list(roles), reason=WHY)
    return answer.location or str(answer.status_code)


def _id(console: Console, login: str) -> uuid.UUID:
    row = console.connection.execute("SELECT id FROM register.officer WHERE login = %s", (login,)).fetchone()
    assert row
    identifier: uuid.UUID = row["id"]
    return identifier


def _enter_in_their_place(console: Console, keeper: Seat, login: str) -> Browser:
    """A keeper hands out a password, and uses it: second factor, a password of the keeper's own choice."""
    shown = keeper.post(f"{OFFICERS}{_id(console, login)}/password")
    found = re.search(r"<code>([2-9A-Z-]{23})</code>", shown.text)
    assert found, shown.text
    one, key = browser(console), Authenticator()
    assert one.enter(login, found[1]).status_code == 303
    options = one.post("/court/account/passkeys/options").get_json(force=True)
    one.post("/court/account/passkeys", credential=key.create(options), label="x")
    one.get("/court/account/password")
    changed = one.post("/court/account/password", present=found[1], wanted=CHOSEN, again=CHOSEN)
    assert changed.status_code == 303, changed.text
    one.get("/court/account/")
    return one


def _both_roles(console: Console) -> uuid.UUID:
    """The control's officer, past the constraint."""
    console.connection.execute("ALTER TABLE register.officer DROP CONSTRAINT officer_keeper_never_signs")
    return console.register.officer(console.register.courts[0], "both.hands", "keeper", "approver")


def test_every_second_signature_is_an_approvers(console: Console) -> None:
    assert {step.role for step in console.app.extensions["steps"].values()} == {"approver"}


def test_a_keeper_is_never_an_approver_not_at_once_and_not_in_turn(console: Console) -> None:
    keeper, approver, other = console.seat("keeper"), console.seat("approver"), console.seat("keeper", "clerk")
    refused = keeper.post(OFFICERS, login="both", name="x", roles=["keeper", "approver"], reason=WHY)
    assert (refused.status_code, "管理员不能兼任批准人" in refused.text) == (422, True)
    wanted = ((approver, ["approver", "keeper"]), (other, ["approver"]), (other, ["clerk", "approver"]))
    for officer, roles in ((seat.officer, roles) for seat, roles in wanted):
        assert keeper.post(f"{OFFICERS}{officer}/roles", roles=roles, reason=WHY).status_code == 422
    asked = keeper.post(f"{OFFICERS}{other.officer}/roles", roles="clerk", reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    assert keeper.post(f"{OFFICERS}{other.officer}/roles", roles=["clerk", "approver"], reason=WHY).status_code == 422
    fine = keeper.post(f"{OFFICERS}{other.officer}/roles", roles=["clerk", "reward_officer"], reason=WHY)  # the control
    assert fine.status_code == 303


def test_an_approver_who_becomes_a_keeper_ends_as_an_approver(console: Console) -> None:
    keeper, approver, changed = console.seat("keeper"), console.seat("approver"), console.seat("approver")
    asked = keeper.post(f"{OFFICERS}{changed.officer}/roles", roles="keeper", reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    back = keeper.post(f"{OFFICERS}{changed.officer}/roles", roles="approver", reason=WHY)
    assert back.status_code == 422


@pytest.mark.parametrize(
    "change",
    ["roles = '{keeper,approver}'", "roles = '{approver}'", "roles = '{approver}', kept = false"],
)
def test_the_database_itself_lets_no_keeper_sign(console: Console, change: str) -> None:
    keeper = console.register.officer(console.register.courts[0], "a.keeper", "keeper")
    with pytest.raises(psycopg.errors.CheckViolation, match="officer_keeper_never_signs"):
        console.connection.execute(f"UPDATE register.officer SET {change} WHERE id = %s", (keeper,))


def test_the_command_line_makes_no_such_officer_either(console: Console) -> None:
    row = console.connection.execute(
        "SELECT code FROM register.court WHERE id = %s", (console.register.courts[0],)
    ).fetchone()
    assert row
    wanted = ["officers", "add", "both", "--court", row["code"], "--name", "x", "--role", "keeper"]
    refused = console.app.test_cli_runner().invoke(args=[*wanted, "--role", "approver"])
    assert (refused.exit_code, "both signatures" in refused.output) == (1, True), refused.output
    assert console.app.test_cli_runner().invoke(args=[*wanted, "--role", "clerk"]).exit_code == 0  # the control


def test_a_clerk_of_ones_own_making_asks_and_its_maker_cannot_approve(console: Console) -> None:
    keeper = console.seat("keeper", "clerk")
    assert _add(keeper, "puppet", "clerk") == OFFICERS
    puppet = _enter_in_their_place(console, keeper, "puppet")
    asked = puppet.post("/court/settings/profile", **CONTACT).location
    assert approve_asked(asked, keeper) == 403
    assert approve_asked(asked, console.seat("approver")) == 303  # the control: it could be approved


def test_with_both_roles_one_person_would_give_both_signatures(console: Console) -> None:
    """The control of the rule: this is what it stops."""
    both = console.sit(_both_roles(console))
    assert _add(both, "puppet", "clerk") == OFFICERS
    puppet = _enter_in_their_place(console, both, "puppet")
    assert approve_asked(puppet.post("/court/settings/profile", **CONTACT).location, both) == 303


@pytest.mark.parametrize("role", ["approver", "keeper"])
def test_a_keeper_hands_out_no_first_password_of_an_approver_or_keeper(console: Console, role: str) -> None:
    keeper, approver = console.seat("keeper"), console.seat("approver")
    assert approve_asked(_add(keeper, "wang.fang", role), approver) == 303
    officer = _id(console, "wang.fang")
    page = keeper.get(f"{OFFICERS}{officer}").text
    assert "系统管理员在服务器上设置" in page
    assert f"{OFFICERS}{officer}/password" not in page
    refused = keeper.post(f"{OFFICERS}{officer}/password")
    assert (refused.status_code, "<code>" in refused.text) == (409, False)
    set_password(console.database, "wang.fang", PASSWORD)
    assert keeper.post(f"{OFFICERS}{officer}/password").status_code == 409
    assert browser(console).enter("wang.fang").status_code == 303  # the operator's password still leads in
    with (
        pytest.raises(psycopg.errors.CheckViolation, match="given by the operator"),
        console.database.transaction("doorkeeper") as connection,
    ):
        connection.execute("UPDATE desk.credential SET provisional_until = now() WHERE officer_id = %s", (officer,))


def _promoted(console: Console) -> tuple[Seat, Browser]:
    """A keeper who sits as a clerk of their own making, whom two officers then let sign second."""
    keeper, approver = console.seat("keeper"), console.seat("approver")
    assert _add(keeper, "puppet", "clerk") == OFFICERS
    puppet = _enter_in_their_place(console, keeper, "puppet")
    assert puppet.get("/court/approvals").status_code == 200
    asked = keeper.post(f"{OFFICERS}{_id(console, 'puppet')}/roles", roles=["clerk", "approver"], reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    return keeper, puppet


def test_whoever_becomes_an_approver_is_let_in_anew_by_the_operator_alone(console: Console) -> None:
    keeper, puppet = _promoted(console)
    assert puppet.get("/court/approvals").location.startswith("/court/sign-in")
    assert browser(console).enter("puppet", CHOSEN).status_code == 401
    assert keeper.post(f"{OFFICERS}{_id(console, 'puppet')}/password").status_code == 409
    set_password(console.database, "puppet", PASSWORD)
    real = browser(console)
    assert real.enter("puppet").status_code == 303
    assert real.get("/court/prove").location == "/court/account/second-factor"  # none of the keeper's is left


def test_what_a_keeper_handed_out_would_else_sign_second(console: Console) -> None:
    """The control: with sign-ins that outlive the change of roles, the keeper gives both signatures."""
    console.connection.execute("ALTER TABLE register.officer DISABLE TRIGGER officer_sign_ins_end")
    keeper, puppet = _promoted(console)
    asked = keeper.post("/court/settings/profile", **CONTACT).location
    puppet.get("/court/account/")
    assert puppet.post(f"{asked}/approve").status_code == 303
