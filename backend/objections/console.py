"""Objections at the console. What they say is opened by the worker of the officer's browser; ciphertexts pass here."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_json, render
from backend.core.errors import Conflict
from backend.core.filings import lending
from backend.core.filings.desk import shred_store
from backend.core.filings.filing import Filing
from backend.core.filings.messages import Part
from backend.core.filings.readers import list_readers
from backend.core.http import settings, unstored
from backend.core.sessions import current_session
from backend.objections import service, wording
from backend.objections.desk_queries import table_of
from backend.objections.domain import ACTS, OUTCOMES, READERS, REVIEWABLE, Decision, Review, around_reasons
from backend.objections.meant import find_meant
from backend.objections.schemas import BoxedSchema, DecisionSchema, HandOverSchema

objections_desk = DeskBlueprint("objections_desk", __name__, "/court/objections")


@objections_desk.get("/")
@allow(*READERS)
def show_list() -> Response:
    """Objections by their clock; the page's script unlocks and opens."""
    mine = current_session().officer.id if request.args.get("mine") else None
    table = table_of(open_only=request.args.get("state") == "open", holder=mine)
    with court_transaction() as connection:
        if request.args.get("csv"):
            return table.csv(connection, "objections")
        page, readers = table.fetch(connection), list_readers(connection, "box")
    return render("objections/objections.html", page=page, wording=wording, outcomes=OUTCOMES, acts=ACTS,
                  readers=readers, reviewable=REVIEWABLE)  # fmt: skip


@objections_desk.post("/keys")
@allow(*READERS)
def lend_keys() -> Response:
    """The officer's own key as their phrase wraps it, and the court's as they are sealed to it."""
    with court_transaction() as connection:
        return unstored(lending.keyfile(connection, current_session()))


@objections_desk.get("/token")
@allow(*READERS)
def show_token() -> Response:
    """What a page's later requests carry, after a second factor was shown in another tab."""
    return unstored({"csrf": current_session().csrf})


@objections_desk.post("/<int:number>/lend")
@allow(*READERS)
def lend(number: int) -> Response:
    """An objection for the worker: recorded before it is lent, limited, in bulk only behind a fresh second factor."""
    session = current_session()
    with court_transaction() as connection:
        filing = service.find_filing(connection, session.officer.court_id, number)
        lending.refuse_bulk(connection, session, filing.id, settings().desk.bulk_reading)
        filing, target = service.record_loan(connection, session.officer, number)
    with court_transaction() as connection:
        return unstored(lending.lent(connection, shred_store(), filing, target))


@objections_desk.get("/<int:number>/standing")
@allow(*READERS)
def show_standing(number: int) -> Response:
    """How an opened objection stands, and what an answer says around its reasons; nothing that was sealed."""
    with court_transaction() as connection:
        row = service.find_desk_objection(connection, number)
        review = service.find_review(connection, current_session().officer.court_id)
    return unstored(
        {
            "due_on": row["due_on"].isoformat(),
            "overdue": row["overdue"],
            "holder": row["holder"] or "",
            "outcome": row["outcome"],
            "words": wording.said(wording.OUTCOMES, row["outcome"]) if row["outcome"] else "",
            "decided_on": row["decided_on"].isoformat() if row["decided_on"] else "",
            "case_numbers": row["case_numbers"] or "",
            "listings": [str(listing) for listing in row["listings"]],
            "around": {outcome: around_reasons(outcome, review) for outcome in OUTCOMES},
        }
    )


@objections_desk.post("/<int:number>/answer")
@allow(*READERS)
def answer(number: int) -> Response:
    """Keep an answer that the worker boxed to whoever filed."""
    said, session = read_json(BoxedSchema()), current_session()
    with court_transaction() as connection:
        filing = service.find_filing(connection, session.officer.court_id, number)
        service.queries.lock_objection(connection, filing=filing.id)
        n = _store(connection, filing, said)
        service.trace(connection, "objection.answer", filing, session.officer.id, {"n": n})
    return unstored({"n": n}, 201)


@objections_desk.post("/<int:number>/decide")
@allow("clerk")
def decide(number: int) -> Response:
    """Decide: the sealed answer, what follows for its listings and the entry in the trail, all or nothing.

    The reasons are in the sealed answer; here only that there are some, without which nothing is refused (Article 12).
    """
    said, session = read_json(DecisionSchema()), current_session()
    reasons = "sealed" if said["reasoned"] else ""
    by = service.Decider(session.officer.id, session.officer.court_id)
    with court_transaction() as connection:
        listings = find_meant(connection, said["listings"])
        decision = Decision(said["outcome"], said["act"], reasons, listings)
        decision.check()
        filing = service.find_filing(connection, session.officer.court_id, number)
        tell = partial(_tell, connection, filing, said["answer"])
        service.record_decision(connection, filing, decision, by, tell)
    return unstored({"number": number})


@objections_desk.post("/<int:number>/hand-over")
@allow(*READERS)
def hand_over(number: int) -> Response:
    """Let another officer look into it."""
    said = read_json(HandOverSchema())
    with court_transaction() as connection:
        service.hand_over(connection, current_session().officer.id, number, said["to"])
    return unstored({"number": number})


@objections_desk.get("/<int:number>/print")
@allow(*READERS)
def show_paper(number: int) -> Response:
    """The answer on A4; its reasons are sealed to whoever filed, so the officer writes them in, or prints them open."""
    with court_transaction() as connection:
        row = service.find_desk_objection(connection, number)
        way = service.find_review(connection, current_session().officer.court_id, row["decided_on"])
    if row["outcome"] is None:
        raise Conflict("This objection is not decided yet.")
    head, tail = around_reasons(row["outcome"], way)
    return render("objections/paper.html", objection=row, head=head, tail=tail)


def _tell(connection: Connection, filing: Filing, boxed: dict[str, Any], _: Review) -> None:
    _store(connection, filing, boxed)


def _store(connection: Connection, filing: Filing, boxed: dict[str, Any]) -> int:
    answer = Part(boxed["part"], boxed["key_id"], boxed["data"])
    return lending.store_answer(connection, shred_store(), filing, answer)
