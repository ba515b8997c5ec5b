"""Settings: the court's profile, its go-live list, and where everything else is found."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from marshmallow import Schema, fields, validate
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.desk import DeskBlueprint, read_form, render
from backend.core.sessions import current_session
from backend.courts import opening
from backend.courts.key_plan import USES
from backend.courts.keys_of_officers import queries
from backend.courts.officer_changes import count_approvers

court_settings = DeskBlueprint("settings", __name__, "/court/settings")
_reason = fields.String(required=True, validate=validate.Length(1, 2000))


class ContactSchema(Schema):
    phone = fields.String(required=True, validate=validate.Regexp(r"^[0-9+][0-9+()、;; -]{5,58}[0-9)]$"))
    address = fields.String(required=True, validate=validate.Length(4, 120))
    reason = _reason


class ReasonSchema(Schema):
    reason = _reason


@court_settings.get("/")
@allow()
def show() -> Response:
    """What can be set, and a warning where the court has one approver."""
    with court_transaction() as connection:
        return render("settings/index.html", approvers=count_approvers(connection))


@court_settings.get("/profile")
@allow()
def show_profile() -> Response:
    with court_transaction() as connection:
        return render("settings/profile.html", court=opening.find_contact(connection, _court()))


@court_settings.post("/profile")
@allow("keeper", "clerk")
def change_profile() -> Response:
    """Ask for other contacts; the public sees them once a second officer has signed."""
    given = read_form(ContactSchema())
    with court_transaction() as connection:
        asked = opening.request_contact(
            connection, current_session().officer, given["phone"].strip(), given["address"].strip(), given["reason"]
        )
    return redirect(url_for("console.show_approval", identifier=asked), 303)


@court_settings.get("/go-live")
@allow()
def show_go_live() -> Response:
    """Which lines are green, and what the public can do by them."""
    with court_transaction() as connection:
        exposed = list(queries.list_key_duties(connection))
        return render("settings/go_live.html", ready=opening.find_readiness(connection), exposed=exposed, uses=USES)


@court_settings.post("/go-live/<line>")
@allow("keeper")
def vouch(line: str) -> Response:
    """Ask a second officer to vouch for a line that no program can see."""
    given = read_form(ReasonSchema())
    with court_transaction() as connection:
        asked = opening.request_statement(connection, current_session().officer, line, given["reason"])
    return redirect(url_for("console.show_approval", identifier=asked), 303)


def _court() -> UUID:
    return current_session().officer.court_id
