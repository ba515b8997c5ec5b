"""Notices at the console: drafted from a listing, signed by a second officer, published, extended, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core import approvals
from backend.core.access import allow, court_transaction
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_form, render, t
from backend.core.desk_tables import Heading, Sheet
from backend.core.errors import Invalid, NotFound
from backend.core.names import fold, fold_case_number
from backend.core.sessions import current_session
from backend.notices import service, wording
from backend.notices.console_steps import public_lines, request_of_approval, request_of_extension
from backend.notices.desk_queries import notice_table
from backend.notices.desk_schemas import CloseForm, DraftForm, ExtendForm, PublishForm, ReasonForm
from backend.notices.domain import CLOSING_CAUSES, FUNDERS, KINDS, NotPossible, Reward
from backend.notices.queries import queries

notices_desk = DeskBlueprint("notices_desk", __name__, "/court/notices")
_READERS = ("clerk", "approver", "reward_officer")
# What a draft says, as its form calls it.
_DRAFTED = ("kind", "basis", "amount", "percent", "cap", "funder", "requested_on", "ends_on", "how_to_claim")
_HISTORY = (
    Heading("recorded_at", "时间", "When"),
    Heading("what", "事项", "What"),
    Heading("why", "原因", "Why"),
    Heading("officer", "经办", "Officer"),
    Heading("approver", "批准", "Approver"),
)


@notices_desk.get("/")
@allow(*_READERS)
def show_list() -> Response:
    """Every notice of the court; `?state=` narrows it."""
    state = request.args.get("state")
    with court_transaction() as connection:
        table = notice_table(state)
        if request.args.get("csv"):
            return table.csv(connection, "notices")
        page = table.fetch(connection)
    return render("notices/list.html", page=page, state=state, states=wording.STATES)


@notices_desk.get("/new")
@allow("clerk")
def show_draft() -> Response:
    """The form of a new notice, for a listing that is looked up or came with the address, or in place of a draft."""
    listing, former = request.args.get("listing", type=UUID), request.args.get("of", type=UUID)
    sought = request.args.get("find", "").strip()
    with court_transaction() as connection:
        typed = _find(connection, former) if former else None
        if typed:
            listing = typed["listing_id"]
        chosen = queries.find_noticeable(connection, listing=listing) if listing else None
        if listing and chosen is None:
            raise NotFound
        found = _look_up(connection, sought) if sought else []
    if typed is None:
        return _draft_page(chosen, found=found, sought=sought)
    said = {name: "" if typed[name] is None else str(typed[name]) for name in _DRAFTED}
    return _draft_page(chosen, typed={**said, "replaces": former})


@notices_desk.post("/")
@allow("clerk")
def draft() -> Response:
    """Keep a draft; nothing is public yet. What makes no sense is told beside what was typed."""
    try:
        said = read_form(DraftForm())
        wanted = service.Draft(
            said["kind"], Reward(said["basis"], said["amount"], said["percent"], said["cap"]), said["requested_on"],
            said["ends_on"], said["funder"], said["how_to_claim"],
        )  # fmt: skip
        with court_transaction() as connection:
            if said["replaces"]:
                _give_up(connection, said["replaces"], said["listing"])
            notice, _ = service.draft(connection, said["listing"], wanted, current_session().officer)
    except Invalid as error:
        return _again(error)
    return redirect(url_for(".show", notice=notice), 303)


@notices_desk.get("/<uuid:notice>")
@allow(*_READERS)
def show(notice: UUID) -> Response:
    """One notice as the public will read it, what happened to it, and what may be done now."""
    with court_transaction() as connection:
        row = _find(connection, notice)
        events = list(queries.list_events(connection, notice=notice))
        waiting = [asked for asked in approvals.list_waiting(connection) if asked.subject == notice]
    history = Sheet(_HISTORY, [_told(event) for event in events])
    if request.args.get("csv"):
        return history.csv("history")
    return render("notices/notice.html", notice=row, lines=public_lines(row), page=history.page(), waiting=waiting,
                  wording=wording, causes=CLOSING_CAUSES)  # fmt: skip


def _told(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event in words."""
    cause, action = wording.CAUSES.get(event["cause"]), wording.EVENTS[event["action"]]
    return {
        "recorded_at": event["recorded_at"],
        "what": t(action["zh"], action["en"]),
        "why": t(cause["zh"], cause["en"]) if cause else event["cause"],
        "officer": event["officer"] or t("自动", "By itself"),
        "approver": event["approver"],
    }


@notices_desk.get("/<uuid:notice>/print")
@allow(*_READERS)
def print_notice(notice: UUID) -> Response:
    """The notice on A4, for the court's board and the file."""
    with court_transaction() as connection:
        row = _find(connection, notice)
    return render("notices/print.html", notice=row, lines=public_lines(row), state=wording.STATES[row["state"]],
                  cause=wording.CAUSES.get(row["closed_cause"]))  # fmt: skip


@notices_desk.post("/<uuid:notice>/ask")
@allow("clerk")
def ask(notice: UUID) -> Response:
    """Put a draft before the second officer."""
    said = read_form(ReasonForm())
    with court_transaction() as connection:
        row = _find(connection, notice)
        if row["state"] != "draft":
            raise NotPossible
        asked = approvals.ask(connection, current_session().officer, request_of_approval(row, said["reason"]))
    return redirect(url_for("console.show_approval", identifier=asked), 303)


@notices_desk.post("/<uuid:notice>/publish")
@allow("clerk")
def publish(notice: UUID) -> Response:
    """Let an approved notice run."""
    said = read_form(PublishForm())
    with court_transaction() as connection:
        service.publish(connection, notice, current_session().officer, said["first"])
    return redirect(url_for(".show", notice=notice), 303)


@notices_desk.post("/<uuid:notice>/extend")
@allow("clerk")
def extend(notice: UUID) -> Response:
    """Ask for a later last day."""
    said = read_form(ExtendForm())
    with court_transaction() as connection:
        row = _find(connection, notice)
        if row["state"] != "published":
            raise NotPossible
        if said["ends_on"] <= row["ends_on"]:
            raise Invalid(f"The notice runs until {row['ends_on']} already.")
        wanted = request_of_extension(row, said["ends_on"], said["reason"])
        asked = approvals.ask(connection, current_session().officer, wanted)
    return redirect(url_for("console.show_approval", identifier=asked), 303)


@notices_desk.post("/<uuid:notice>/close")
@allow("clerk")
def close(notice: UUID) -> Response:
    """End a notice for a stated cause."""
    said = read_form(CloseForm())
    with court_transaction() as connection:
        service.close(connection, notice, said["cause"], current_session().officer)
    return redirect(url_for(".show", notice=notice), 303)


def _find(connection: Connection, notice: UUID) -> dict[str, Any]:
    row: dict[str, Any] | None = queries.find_of_court(connection, notice=notice)
    if row is None:
        raise NotFound
    return row


def _give_up(connection: Connection, notice: UUID, listing: UUID) -> None:
    """Close the draft whose place another takes; what waits for a second signature is taken back first."""
    row = _find(connection, notice)
    waits = any(asked.subject == notice for asked in approvals.list_waiting(connection))
    if row["state"] != "draft" or row["listing_id"] != listing or waits:
        raise NotPossible
    service.close(connection, notice, "mistaken", current_session().officer)


def _look_up(connection: Connection, sought: str) -> list[dict[str, Any]]:
    return list(queries.list_noticeable(connection, case_key=fold_case_number(sought), name_folded=fold(sought)))


def _draft_page(chosen: dict[str, Any] | None, status: int = 200, **more: Any) -> Response:
    return render("notices/draft.html", status, chosen=chosen, names=wording.NAMES, kinds=KINDS, funders=FUNDERS,
                  wording=wording, **{"typed": request.form, **more})  # fmt: skip


def _again(error: Invalid) -> Response:
    """The form once more, with what was typed and what is wrong with it."""
    try:
        listing = UUID(request.form.get("listing", ""))
    except ValueError:
        raise NotFound from None
    with court_transaction() as connection:
        chosen = queries.find_noticeable(connection, listing=listing)
    if chosen is None:
        raise NotFound
    return _draft_page(chosen, 422, error=error)
