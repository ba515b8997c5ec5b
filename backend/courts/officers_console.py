"""Who acts for the court: list, add, change roles, end, and hand out a first password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from marshmallow import Schema, fields, pre_load, validate
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.desk import DeskBlueprint, read_form, render
from backend.core.http import database
from backend.core.sessions import current_session
from backend.courts import officer_changes as service
from backend.courts.officer_rules import ROLES, KeeperNeverSigns, OperatorLetsIn
from backend.courts.officer_tables import officers_table
from backend.courts.sign_in import hand_out_password

officers_desk = DeskBlueprint("officers_desk", __name__, "/court/settings/officers")


class RolesSchema(Schema):
    """Ticked boxes: a form sends one of them as a text, several as a list."""

    roles = fields.List(fields.String(validate=validate.OneOf(ROLES)), required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 2000))

    @pre_load
    def _as_list(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        roles = given.get("roles", [])
        return {**given, "roles": roles if isinstance(roles, list) else [roles]}


class OfficerSchema(RolesSchema):
    login = fields.String(required=True, validate=validate.Length(2, 32))
    name = fields.String(required=True, validate=validate.Length(1, 40))


class EndSchema(Schema):
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


@officers_desk.get("/")
@allow("keeper", "approver", "auditor")
def list_officers() -> Response:
    """Everybody who acts or acted for the court."""
    table = officers_table()
    with court_transaction() as connection:
        if request.args.get("csv"):
            return table.csv(connection, "officers")
        approvers = service.count_approvers(connection)
        return render("settings/officers.html", page=table.fetch(connection), approvers=approvers, roles=ROLES)


@officers_desk.post("/")
@allow("keeper", fresh=True)
def add_officer() -> Response:
    """Add an officer; a keeper's or approver's hand is given by two."""
    given = read_form(OfficerSchema())
    wanted = service.Wanted(given["login"].strip().lower(), given["name"].strip(), tuple(given["roles"]))
    with court_transaction() as connection:
        asked = service.request_officer(connection, current_session().officer, wanted, given["reason"])
    return _go_on(asked)


@officers_desk.get("/<uuid:identifier>")
@allow("keeper")
def show_officer(identifier: UUID) -> Response:
    """One acting officer, and what can be changed."""
    with court_transaction() as connection:
        officer = service.find_officer(connection, identifier)
    return render("settings/officer.html", officer=officer, roles=ROLES)


@officers_desk.post("/<uuid:identifier>/roles")
@allow("keeper", fresh=True)
def change_roles(identifier: UUID) -> Response:
    """Change roles; the officer is signed out everywhere when it is done."""
    with court_transaction() as connection:
        service.find_officer(connection, identifier)
        given = read_form(RolesSchema())
        officer = current_session().officer
        asked = service.request_roles(connection, officer, identifier, given["roles"], given["reason"])
    return _go_on(asked)


@officers_desk.post("/<uuid:identifier>/end")
@allow("keeper", fresh=True)
def end_officer(identifier: UUID) -> Response:
    """Let an officer act no more."""
    with court_transaction() as connection:
        service.find_officer(connection, identifier)
        given = read_form(EndSchema())
        asked = service.request_end(connection, current_session().officer, identifier, given["reason"])
    return _go_on(asked)


@officers_desk.post("/<uuid:identifier>/password")
@allow("keeper", fresh=True)
def hand_out(identifier: UUID) -> Response:
    """A password to enter with within a day, shown this once; never an approver's or keeper's."""
    with court_transaction() as connection:
        officer = service.find_officer(connection, identifier)
    try:
        with database().transaction("doorkeeper") as connection:
            password = hand_out_password(connection, officer["login"], current_session().officer.id)
    except OperatorLetsIn:
        return render("settings/officer.html", 409, officer=officer, roles=ROLES, refused=True)
    return render("settings/handed_out.html", officer=officer, password=password)


@officers_desk.errorhandler(KeeperNeverSigns)
def _refuse_both(_: KeeperNeverSigns) -> Response:
    return render("settings/keeper_never_signs.html", 422)


def _go_on(asked: UUID | None) -> Response:
    if asked:
        return redirect(url_for("console.show_approval", identifier=asked), 303)
    return redirect(url_for("officers_desk.list_officers"), 303)
