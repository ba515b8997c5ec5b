"""The audit trail at the console: the court's own entries to read, the whole chain to verify."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.console.audit_queries import Filters, entries
from backend.core.access import allow, court_transaction
from backend.core.audit import Record, append, find_head, verify
from backend.core.audit_jobs import head_file
from backend.core.desk import DeskBlueprint, render
from backend.core.http import database, settings
from backend.core.sessions import current_session

audit_desk = DeskBlueprint("audit_desk", __name__, "/court/settings/audit")


@audit_desk.get("/")
@allow("auditor")
def show() -> Response:
    """The court's entries, filtered; newest first unless asked otherwise."""
    if "sort" not in request.args:
        newest_first = {**request.args.to_dict(), "sort": "sequence", "down": 1}
        return redirect(f"{request.path}?{urlencode(newest_first)}", 303)
    filters = _filters()
    with court_transaction() as connection:
        page = entries(filters).fetch(connection)
    csv = f"{url_for('audit_desk.export')}?{urlencode(request.args)}"
    return render("settings/audit.html", page=page, filters=filters, csv=csv)


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
    """Walk the whole chain, other courts' entries too, of which only the result is told."""
    known = head_file(settings()).read()
    with database().transaction("operator") as connection:
        broken = verify(connection, known)
        head = find_head(connection)
    return render("settings/verified.html", broken=broken, head=head, signed=len(known))


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
