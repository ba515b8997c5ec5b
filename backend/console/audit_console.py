"""The audit trail at the console: the court's own entries to read, the whole chain to verify."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.console.audit_queries import Filters, entries
from backend.console.audit_words import OBJECTS
from backend.console.trail_checks import ask_check, find_check, find_last_check
from backend.core.access import allow, court_transaction
from backend.core.audit import Record, append
from backend.core.desk import DeskBlueprint, render
from backend.core.sessions import current_session

audit_desk = DeskBlueprint("audit_desk", __name__, "/court/settings/audit")


@audit_desk.get("/")
@allow("auditor")
def show() -> Response:
    """The court's entries, filtered; newest first unless asked otherwise."""
    if "csv" in request.args:
        return redirect(f"{url_for('audit_desk.export')}?{urlencode(request.args)}", 303)
    filters = _filters()
    with court_transaction() as connection:
        page, last = entries(filters).fetch(connection), find_last_check(connection)
    csv = f"{url_for('audit_desk.export')}?{urlencode(request.args)}"
    return render("settings/audit.html", page=page, filters=filters, csv=csv, last=last, objects=OBJECTS)


@audit_desk.get("/export")
@allow("auditor", fresh=True)
def export() -> Response:
    """All filtered entries as CSV: reading in bulk, so it is itself an entry."""
    with court_transaction() as connection:
        answer = entries(_filters()).csv(connection, "audit")
        officer = current_session().officer
        append(connection, [Record("audit.export", {"officer": officer.id}, officer.court_id)])
    return answer


@audit_desk.post("/verify")
@allow("auditor")
def verify_trail() -> Response:
    """Have the worker walk the whole chain, other courts' entries too, of which only the result is told."""
    with court_transaction() as connection:
        check = ask_check(connection, current_session().officer)
    return redirect(url_for("audit_desk.show_check", identifier=check), 303)


@audit_desk.get("/verifications/<uuid:identifier>")
@allow("auditor")
def show_check(identifier: UUID) -> Response:
    """How far a verification is, and what it found; the page can be left."""
    with court_transaction() as connection:
        return render("settings/verified.html", check=find_check(connection, identifier))


def _filters() -> Filters:
    return Filters(
        request.args.get("action", "").strip()[:60],
        request.args.get("login", "").strip()[:32],
        request.args.get("since", type=_day),
        request.args.get("until", type=_day),
    )


def _day(text: str) -> date:
    """A day of this century; another one is taken for none.

    Raises:
        ValueError: it is none.
    """
    day = date.fromisoformat(text)
    if day.year // 100 != 20:
        raise ValueError(text)
    return day
