"""What officers do to a listing at the console: each step shows its article, asks for a reason, says what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from backend.core.access import allow, ask_again, court_transaction
from backend.core.db import Connection
from backend.core.desk import read_form, render
from backend.core.errors import Conflict, Invalid, NotFound
from backend.core.http import settings
from backend.core.key_files import signing_key
from backend.core.officers import Signatures
from backend.core.sessions import current_session
from backend.listings import console_asking as asking
from backend.listings import console_words as words
from backend.listings import desk_queries as queries
from backend.listings.console import listings_desk
from backend.listings.console_possible import lacks_term, possible_step, states_term
from backend.listings.domain.life import EARLY_DELETION, ENDED, NEEDS_APPROVAL, NOT_FOUND, TRANSITIONS, NotPossible
from backend.listings.findings import CORRECTABLE, OF_PEOPLE, Correction, correct, keep_listed, record_minor
from backend.listings.life import Found, Move, bounds_of, find_today, move, record_cause, record_death
from backend.listings.removal_notices import issue_notice
from backend.listings.schemas import (
    CorrectionForm,
    EarlyForm,
    FoundForm,
    MoveForm,
    PersonForm,
    TermForm,
    WithheldForm,
)
from backend.listings.withheld import decide_withheld

# Fields of which the law, or the form, knows a few values only.
_CHOICES = {"sex": words.SEXES, "performance": words.PERFORMANCES}
_MOVES = frozenset({"decide", "discard", "grant_grace", "publish", "suspend", "resume", "delete", "expire", "relist"})
# Decisions that state until when somebody is listed.
_STATE_TERM = ("decide", "relist")
# Causes that open a duty to withdraw or to correct, and those of Article 10.
_CAUSE_ACTIONS = ("withdraw", "correct", "delete")


@listings_desk.get("/<uuid:listing>/steps/<action>")
@allow("clerk")
def show_move(listing: UUID, action: str) -> Response:
    """The form of one step."""
    if action not in _MOVES:
        raise NotFound
    return _show_move(listing, action)


@listings_desk.get("/<uuid:listing>/withdrawal")
@allow("clerk", fresh=True)
def show_withdrawal(listing: UUID) -> Response:
    return _show_move(listing, "withdraw")


@listings_desk.post("/<uuid:listing>/steps/<action>")
@allow("clerk")
def take_move(listing: UUID, action: str) -> Response:
    """Do it, or put it before an approver where two officers are needed."""
    if action not in _MOVES:
        raise NotFound
    return _take_move(listing, action)


@listings_desk.post("/<uuid:listing>/withdrawal")
@allow("clerk", fresh=True)
def take_withdrawal(listing: UUID) -> Response:
    return _take_move(listing, "withdraw")


@listings_desk.route("/<uuid:listing>/correction", methods=["GET", "POST"])
@allow("clerk")
def correction(listing: UUID) -> Response:
    """Set one field right, which `?field=` chooses.

    A birth date may withdraw all there is of a person, so it needs a fresh second factor.
    """
    with court_transaction() as connection:
        row = _find_movable(connection, listing, "correct")
        if request.method == "GET":
            causes = queries.list_causes(connection, "correct")
            shown = [cause for cause in causes if cause["code"] in ("wrong_data", "objection_founded")]
            fields = [one for one in CORRECTABLE if row["kind"] == "person" or one not in OF_PEOPLE]
            chosen = request.args.get("field")
            return render(
                "listings/correction.html", listing=row, causes=shown, fields=fields,
                field=chosen if chosen in fields else None,
            )  # fmt: skip
        form = read_form(CorrectionForm())
        proving = ask_again(current_session()) if form["field"] == "birth_date" else None
        if proving:
            return proving
        said = Correction(form["field"], _code_of(form["field"], form["value"]), form["cause"], form["reason"])
        correct(connection, listing, said, _alone())
    return _back(listing)


def _code_of(field: str, text: str) -> str:
    """What is kept for a choice that was written in words of either language; anything else as it was written."""
    codes = {word: code for code, said in _CHOICES.get(field, {}).items() for word in said}
    return codes.get(text.strip(), text)


@listings_desk.route("/<uuid:listing>/term", methods=["GET", "POST"])
@allow("clerk")
def term(listing: UUID) -> Response:
    """Complete the term that the file did not state."""
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        if not lacks_term(row):
            raise Conflict("This listing lacks no term.")
        if request.method == "GET":
            causes = [one for one in queries.list_causes(connection, "correct") if one["code"] == "term_completed"]
            return render("listings/term.html", listing=row, causes=causes)
        form = read_form(TermForm())
        said = Correction("term_ends_on", form["term_ends_on"].isoformat(), "term_completed", form["reason"])
        correct(connection, listing, said, _alone())
    return _back(listing)


@listings_desk.route("/<uuid:listing>/cause", methods=["GET", "POST"])
@allow("clerk")
def found_cause(listing: UUID) -> Response:
    """Record that a cause has come about, which opens the court's duty with its clock."""
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        if row["state"] in ENDED:
            raise NotPossible
        if request.method == "GET":
            causes = [one for action in _CAUSE_ACTIONS for one in queries.list_causes(connection, action)]
            shown = [cause for cause in causes if cause["code"] not in NOT_FOUND]
            return render("listings/cause.html", listing=row, causes=shown, today=find_today(connection))
        form = read_form(FoundForm())
        if form["cause"] in NOT_FOUND or form["on"] > find_today(connection):
            raise Invalid("Such a cause cannot be recorded, or its day lies in the future.")
        record_cause(connection, listing, Found(form["cause"], form["on"], form["reason"]), _alone())
    return _back(listing)


@listings_desk.route("/<uuid:listing>/early-deletion", methods=["GET", "POST"])
@allow("clerk")
def early_deletion(listing: UUID) -> Response:
    """Decide whether to delete before the term ends: deleting needs two officers, keeping does not."""
    with court_transaction() as connection:
        row = _find_movable(connection, listing, "delete")
        if request.method == "GET":
            causes = [one for one in queries.list_causes(connection, "delete") if one["code"] == EARLY_DELETION]
            return render("listings/early.html", listing=row, causes=causes)
        form = read_form(EarlyForm())
        if form["decision"] == "delete":
            what = Move("delete", EARLY_DELETION, note=form["reason"])
            return _to_approval(asking.ask_move(connection, current_session().officer, row, what))
        keep_listed(connection, listing, _alone(), form["reason"])
    return _back(listing)


@listings_desk.post("/<uuid:listing>/withheld")
@allow("clerk")
def withheld(listing: UUID) -> Response:
    """Show a withheld text, or leave it withheld."""
    form = read_form(WithheldForm())
    with court_transaction() as connection:
        decide_withheld(connection, listing, form["field"], (form["verdict"], form["reason"]), _alone())
    return _back(listing)


@listings_desk.route("/<uuid:listing>/person", methods=["GET", "POST"])
@allow("clerk", fresh=True)
def person(listing: UUID) -> Response:
    """Record a death, or a person under 18; taking such a finding back needs two officers."""
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        if row["kind"] != "person":
            raise NotFound
        if request.method == "GET":
            return render("listings/person.html", listing=row)
        form = read_form(PersonForm())
        officer, finding = current_session().officer, form["finding"]
        if finding in ("not_dead", "of_age"):
            return _to_approval(asking.ask_clearing(connection, officer, row, (finding, form["reason"])))
        if finding == "minor":
            record_minor(connection, row["entity_id"], _alone(), form["reason"])
        elif form["died_on"] is None or form["died_on"] > find_today(connection):
            raise Invalid("State the day of death; it does not lie in the future.")
        else:
            record_death(connection, row["entity_id"], form["died_on"], _alone(), form["reason"])
    return _back(listing)


@listings_desk.post("/<uuid:listing>/removal-notice")
@allow("clerk")
def removal_notice(listing: UUID) -> Response:
    """Issue the signed notice that the listing has ended (移出告知书)."""
    key = signing_key(settings().var_dir / "removal.key")
    with court_transaction() as connection:
        queries.find_listing(connection, listing)
        issue_notice(connection, listing, _alone(), key)
    return _back(listing)


def _find_movable(connection: Connection, listing: UUID, action: str) -> Mapping[str, Any]:
    """A listing that can be corrected, or deleted, in its state.

    Raises:
        NotFound: the court has no such listing.
        NotPossible: it has ended, or is not public yet.
    """
    row = queries.find_listing(connection, listing)
    if (action, row["state"]) not in TRANSITIONS:
        raise NotPossible
    return row


def _show_move(listing: UUID, action: str) -> Response:
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        step = possible_step(connection, row, action)
        if not step.causes:
            raise Conflict(f"A listing that is {row['state']} cannot be moved by {action}.")
        today = find_today(connection)
        return render(
            "listings/step.html", listing=row, step=step, due_on=queries.nearest_due(connection, listing), today=today,
            bounds=bounds_of(connection, "term", today) if action in _STATE_TERM and states_term(row) else None,
        )  # fmt: skip


def _take_move(listing: UUID, action: str) -> Response:
    form = read_form(MoveForm())
    what = _move_of(action, form)
    with court_transaction() as connection:
        row = queries.find_listing(connection, listing)
        if what.cause not in {cause["code"] for cause in possible_step(connection, row, action).causes}:
            raise Conflict(f"A listing that is {row['state']} cannot be moved by {action} for that cause.")
        if action in NEEDS_APPROVAL:
            return _to_approval(asking.ask_move(connection, current_session().officer, row, what))
        move(connection, listing, what, _alone())
    return _back(listing)


def _move_of(action: str, form: dict[str, Any]) -> Move:
    """A step as its form states it."""
    dates = {name: form[name] for name in ("term_ends_on", "grace_until") if form[name]}
    return Move(action, form["cause"], form["on"], dates, form["reason"])


def _alone() -> Signatures:
    return Signatures(current_session().officer)


def _back(listing: UUID) -> Response:
    return redirect(url_for("listings_desk.show", listing=listing), 303)


def _to_approval(identifier: UUID) -> Response:
    return redirect(url_for("console.show_approval", identifier=identifier), 303)
