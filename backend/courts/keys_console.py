"""Officers' own keys and who may hold the court's; all that opens a secret happens in the browser's worker."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.clock import now
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_form, read_json, render
from backend.core.filings import lending
from backend.core.http import unstored
from backend.core.officers import WORKING
from backend.core.sessions import current_session
from backend.courts import key_plan
from backend.courts.key_schemas import ComparedSchema, GrantSchema, OwnKeySchema, WithdrawSchema, granted_of
from backend.courts.keys_of_officers import OfficerKeys, make_own_key
from backend.courts.officer_tables import ROLES

keys_desk = DeskBlueprint("keys_desk", __name__, "/court/settings/keys")


@keys_desk.get("/own")
@allow(*WORKING)
def show_own() -> Response:
    """One's own key: made here, in the browser, or what is known of it."""
    session = current_session()
    with court_transaction() as connection:
        own = key_plan.find_own(connection, session.officer.id)
    return render("settings/own_key.html", own=own, uses=key_plan.USES)


@keys_desk.post("/own")
@allow(*WORKING, fresh=True)
def make_own() -> Response:
    """Keep the key that the worker made: its public half, and the secret one under the phrase."""
    said = read_json(OwnKeySchema())
    with court_transaction() as connection:
        make_own_key(connection, current_session().officer, said["public_key"], said["wrapped"])
    return unstored({"kept": True}, 201)


@keys_desk.get("/token")
@allow(*WORKING)
def show_token() -> Response:
    """What a page's later requests carry, after a second factor was shown in another tab."""
    return unstored({"csrf": current_session().csrf})


@keys_desk.get("/")
@allow("keeper", fresh=True)
def show() -> Response:
    """Officers with and without keys, the court's keys, and what must be done next."""
    with court_transaction() as connection:
        plan = key_plan.find_plan(connection, current_session().officer)
    return render("settings/keys.html", plan=plan, uses=key_plan.USES, roles=ROLES)


@keys_desk.get("/print")
@allow("keeper", fresh=True)
def print_keys() -> Response:
    """Who holds which keys, with fingerprints, on A4: for comparing in person, and for the file."""
    session = current_session()
    with court_transaction() as connection:
        plan = key_plan.find_plan(connection, session.officer)
    return render(
        "settings/keys_print.html", plan=plan, uses=key_plan.USES, roles=ROLES, court=session.court_name, today=now()
    )


@keys_desk.post("/keys")
@allow("keeper")
def lend_keys() -> Response:
    """The keeper's own key as the phrase wraps it, and what is sealed to it."""
    with court_transaction() as connection:
        return unstored(lending.keyfile(connection, current_session()))


@keys_desk.post("/plan")
@allow("keeper", fresh=True)
def show_plan() -> Response:
    """What the worker needs to know before it makes or grants a key; public halves only."""
    with court_transaction() as connection:
        return unstored(key_plan.find_plan(connection, current_session().officer).to_json())


@keys_desk.post("/<uuid:officer>/compare")
@allow("keeper", fresh=True)
def compare(officer: UUID) -> Response:
    """Record that an officer's fingerprint was compared in person."""
    said = read_json(ComparedSchema())
    with court_transaction() as connection:
        _work(connection).compare(officer, said["fingerprint"])
    return unstored({"compared": True})


@keys_desk.post("/<uuid:officer>/grant")
@allow("keeper", fresh=True)
def grant(officer: UUID) -> Response:
    """Keep the court's secrets as the worker sealed them to an officer."""
    said = read_json(GrantSchema())
    with court_transaction() as connection:
        granted = _work(connection).grant(officer, said["fingerprint"], granted_of(said), by_sheets=said["by_sheets"])
    return unstored({"granted": granted}, 201)


@keys_desk.post("/recovery-secrets")
@allow("keeper", fresh=True)
def lend_recovery() -> Response:
    """What the two recovery sheets open, sealed to them; recorded."""
    with court_transaction() as connection:
        return unstored({"secrets": _work(connection).lend_recovery_secrets()})


@keys_desk.get("/<uuid:officer>/withdraw")
@allow("keeper", fresh=True)
def show_withdraw(officer: UUID) -> Response:
    """What taking an officer's key away will do."""
    with court_transaction() as connection:
        holder = key_plan.find_holder(connection, officer)
    return render("settings/key_withdraw.html", holder=holder, uses=key_plan.USES)


@keys_desk.post("/<uuid:officer>/withdraw")
@allow("keeper", fresh=True)
def withdraw(officer: UUID) -> Response:
    """Take an officer's key away: a lost phrase, or a fingerprint that differs."""
    with court_transaction() as connection:
        key_plan.find_holder(connection, officer)
        _work(connection).withdraw(officer, read_form(WithdrawSchema())["reason"])
    return redirect(url_for("keys_desk.show"), 303)


def _work(connection: Connection) -> OfficerKeys:
    return OfficerKeys(connection, current_session().officer)
