"""The first page of the console, what waits for a second signature, and its language."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.console import queries
from backend.core import approvals
from backend.core.access import allow, court_transaction, current_session, open_to_all, own_path
from backend.core.desk import LANGUAGE_COOKIE, DeskBlueprint, render

console = DeskBlueprint("console", __name__, "/court")


@console.get("/")
@allow()
def show_today() -> Response:
    """What is due, overdue, new, and waiting for somebody else."""
    with court_transaction() as connection:
        return render("console/today.html", duties=queries.list_duties(connection))


@console.get("/approvals")
@allow()
def list_approvals() -> Response:
    with court_transaction() as connection:
        return render("console/approvals.html", waiting=approvals.list_waiting(connection))


@console.get("/approvals/<uuid:identifier>")
@allow()
def show_approval(identifier: UUID) -> Response:
    """What the second officer signs, on one page."""
    with court_transaction() as connection:
        return render("console/approval.html", asked=approvals.find_request(connection, identifier))


@console.post("/approvals/<uuid:identifier>/approve")
@allow("approver", "reward_officer", "keeper")
def approve(identifier: UUID) -> Response:
    """Sign and do it, in one transaction."""
    with court_transaction() as connection:
        asked = approvals.find_request(connection, identifier)
        if approvals.step_of(asked.kind).fresh and not current_session().is_fresh:
            return redirect(url_for("sign_in.prove", next=url_for("console.show_approval", identifier=identifier)), 303)
        approvals.approve(connection, current_session().officer, identifier, request.form.get("count", type=int))
    return redirect(url_for("console.show_approval", identifier=identifier), 303)


@console.post("/approvals/<uuid:identifier>/send-back")
@allow("approver", "reward_officer", "keeper")
def send_back(identifier: UUID) -> Response:
    with court_transaction() as connection:
        approvals.send_back(connection, current_session().officer, identifier, request.form["reason"].strip())
    return redirect(url_for("console.list_approvals"), 303)


@console.post("/approvals/<uuid:identifier>/take-back")
@allow()
def take_back(identifier: UUID) -> Response:
    with court_transaction() as connection:
        approvals.take_back(connection, current_session().officer, identifier)
    return redirect(url_for("console.list_approvals"), 303)


@console.post("/language")
@open_to_all
def choose_language() -> Response:
    """Chinese or English, kept for a year."""
    response = redirect(own_path(request.referrer or ""), 303)
    chosen = "en" if request.form.get("language") == "en" else "zh"
    response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=31_536_000, httponly=True, samesite="Strict", path="/court")
    return response
