"""The first page of the console, what waits for a second signature, and its language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from backend.console import queries, refusal_words, wording
from backend.core import approvals
from backend.core.access import allow, court_transaction, open_to_all, own_path, policy_of
from backend.core.clock import today
from backend.core.db import Connection
from backend.core.desk import LANGUAGE_COOKIE, DeskBlueprint, render, t
from backend.core.desk_tables import Sheet
from backend.core.errors import Invalid, NotFound
from backend.core.http import settings
from backend.core.officers import WORKING
from backend.core.sessions import current_session
from backend.core.typed import typed_count

console = DeskBlueprint("console", __name__, "/court")
console.add_app_template_filter(refusal_words.said, "said")
console.add_app_template_filter(refusal_words.field_name, "field_name")


@console.get("/")
@allow()
def show_today() -> Response:
    """What is due, overdue, new, and waiting for somebody else; `?court=1` for the whole court."""
    with court_transaction() as connection:
        scope = _scope(connection)
        counts = queries.count_blocks(connection, scope)
        rows = {block: queries.list_first(connection, block, scope) for block in scope.blocks}
        following = queries.statements.find_next_duty(connection, officer=scope.officer)
        last, gaps = queries.statements.find_last_import(connection), _gaps(connection)
        uncertain = [row["year"] for row in queries.statements.list_calendar_gaps(connection)]
    return render("console/today.html", counts=counts, rows=rows, scope=scope, following=following, last=last,
                  gaps=gaps, uncertain=uncertain, wording=wording, address_of=address_of, request_at=request_at,
                  lists=_address("lists_desk.show_lists"))  # fmt: skip


@console.get("/duties/<any(due, overdue, new, undated, sign, back, waiting):block>")
@allow()
def show_block(block: str) -> Response:
    """One block of the first page in full: sorted, turned, and as a file."""
    with court_transaction() as connection:
        scope = _scope(connection)
        table = queries.block_table(block, scope)
        if request.args.get("csv"):
            return table.csv(connection, block)
        page = table.fetch(connection)
    return render("console/block.html", page=page, block=block, scope=scope, wording=wording, address_of=address_of,
                  request_at=request_at)  # fmt: skip


@console.get("/approvals")
@allow(*WORKING)
def list_approvals() -> Response:
    """What waits for a second signature, first what the reader may sign; a warning where one absence would stop it.

    Beside it what was sent back to the reader, and all that was ever decided, with its papers.
    """
    officer = current_session().officer
    signs = approvals.kinds_signed_by(officer.roles)
    part = request.args.get("whose", "sign" if signs else "all")
    with court_transaction() as connection:
        waiting, approvers = approvals.list_waiting(connection), queries.statements.count_approvers(connection)
        parts = {
            "sign": [one for one in waiting if one.kind in signs and one.asked_by != officer.id],
            "asked": [one for one in waiting if one.asked_by == officer.id],
            "all": waiting,
        }
        table = {"back": queries.back_table(officer.id), "decided": queries.decided_table()}.get(part)
        sheet = Sheet(wording.APPROVALS, [vars(one) for one in parts.get(part, waiting)])
        if request.args.get("csv"):
            return table.csv(connection, "approvals") if table else sheet.csv("approvals")
        counts = {name: len(found) for name, found in parts.items() if name != "sign" or signs}
        counts["back"] = queries.count_rows(connection, queries.back_table(officer.id))
        page = table.fetch(connection) if table else sheet.page()
    return render("console/approvals.html", page=page, approvers=approvers, part=part, counts=counts,
                  parts=wording.PARTS, decided=table is not None)  # fmt: skip


@console.get("/approvals/<uuid:identifier>")
@allow(*WORKING)
def show_approval(identifier: UUID) -> Response:
    """What the second officer signs, on one page."""
    with court_transaction() as connection:
        asked = approvals.find_request(connection, identifier)
        approvers = queries.statements.count_approvers(connection)
        opened = approvals.has_opened(connection, current_session().officer, identifier)
    step = approvals.step_of(asked.kind)
    may = step.role in current_session().officer.roles
    return render("console/approval.html", asked=asked, approvers=approvers, step=step, may=may, opened=opened,
                  subject=subject_at(asked), decisions=wording.DECISIONS, today=today())  # fmt: skip


@console.get("/approvals/<uuid:identifier>/print")
@allow(*WORKING)
def print_approval(identifier: UUID) -> Response:
    """What was signed or sent back, on A4."""
    with court_transaction() as connection:
        asked = approvals.find_request(connection, identifier)
    if asked.state not in ("approved", "sent_back"):
        raise NotFound
    return render("console/approval_print.html", asked=asked, court=current_session().court_name)


@console.post("/approvals/<uuid:identifier>/open")
@allow("approver", "reward_officer", "keeper")
def open_differences(identifier: UUID) -> Response:
    """Show what several records would become; only then is the count asked for that signs it."""
    with court_transaction() as connection:
        approvals.open_differences(connection, current_session().officer, identifier)
    return redirect(url_for("console.show_approval", identifier=identifier, _anchor="differences"), 303)


@console.post("/approvals/<uuid:identifier>/approve")
@allow("approver", "reward_officer", "keeper")
def approve(identifier: UUID) -> Response:
    """Sign and do it, in one transaction."""
    with court_transaction() as connection:
        asked = approvals.find_request(connection, identifier)
        if approvals.step_of(asked.kind).fresh and not current_session().is_fresh:
            return redirect(url_for("sign_in.prove", next=url_for("console.show_approval", identifier=identifier)), 303)
        count = typed_count(request.form.get("count", ""))
        approvals.approve(connection, current_session().officer, identifier, count)
    return redirect(url_for("console.show_approval", identifier=identifier), 303)


@console.post("/approvals/<uuid:identifier>/send-back")
@allow("approver", "reward_officer", "keeper")
def send_back(identifier: UUID) -> Response:
    with court_transaction() as connection:
        approvals.send_back(connection, current_session().officer, identifier, _reason())
    return redirect(url_for("console.list_approvals"), 303)


@console.post("/approvals/<uuid:identifier>/put-aside")
@allow(*WORKING)
def put_aside(identifier: UUID) -> Response:
    """Have read why it was sent back, and need to be told no more."""
    with court_transaction() as connection:
        approvals.put_aside(connection, current_session().officer, identifier)
    return redirect(url_for("console.list_approvals", whose="back"), 303)


@console.post("/approvals/<uuid:identifier>/take-back")
@allow(*WORKING)
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


def address_of(row: Mapping[str, Any]) -> str | None:
    """The page where a duty is done; None where whoever is signed in has none for it."""
    source = row["source"]
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "key": ("keys_desk.show", {}),
        "listing": ("listings_desk.show", {"listing": row["subject"]}),
        "notice": ("notices_desk.show", {"notice": row["subject"]}),
        "tip": ("tips_desk.show_inbox", {"state": "open"}),
        "objection": ("objections_desk.show_list", {"state": "open"}),
        "review": ("objections_desk.show_review", {"review": row["subject"]}),
        "claim": ("claims_desk.show_list", {"state": "approved" if row["kind"] == "export_claim" else "received"}),
    }
    endpoint, values = ways[source]
    return None if None in values.values() else _address(endpoint, **values)


def request_at(row: Mapping[str, Any]) -> str | None:
    """The page of what waits for a second signature; None for whoever may not read it."""
    return _address("console.show_approval", identifier=row["id"])


def subject_at(asked: approvals.Waiting) -> str | None:
    """The page of what a request is about; None where it is about no page, or about none that the reader may see."""
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "listing.move": ("listings_desk.show", {"listing": asked.subject}),
        "list": ("lists_desk.show", {"identifier": asked.subject}),
        "notice": ("notices_desk.show", {"notice": asked.subject}),
        "claim": ("claims_desk.show_list", {}),
        "officer": ("officers_desk.list_officers", {}),
        "court.contact": ("settings.show_profile", {}),
        "court": ("settings.show_go_live", {}),
    }
    way = ways.get(asked.kind) or ways.get(asked.kind.partition(".")[0])
    return _address(way[0], **way[1]) if way and None not in way[1].values() else None


def _address(endpoint: str, **values: Any) -> str | None:
    """None where this console has no such page, or none for whoever is signed in."""
    view = current_app.view_functions.get(endpoint)
    policy = policy_of(view) if view else None
    if policy is None or (policy.roles and not policy.roles & set(current_session().officer.roles)):
        return None
    return url_for(endpoint, **values)


def _gaps(connection: Connection) -> list[tuple[str, str | None, int]]:
    """What listings lack without a clock: in which words, where they stand, how many."""
    return [
        (t(*wording.GAPS[row["lacks"]]), _address("listings_desk.show_list", lacks=row["lacks"]), row["n"])
        for row in queries.statements.count_gaps(connection)
    ]


def _scope(connection: Connection) -> queries.Scope:
    officer = current_session().officer
    since = queries.statements.note_visit(
        connection, officer=officer.id, court=officer.court_id, minutes=settings().desk.session_idle_minutes
    )
    signs = tuple(approvals.kinds_signed_by(officer.roles))
    return queries.Scope(None if request.args.get("court") else officer.id, since, officer.id, signs)


def _reason() -> str:
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise Invalid("Say why it is sent back.")
    return reason
