"""Tips at the console. What they say is opened by the worker of the officer's browser; here pass ciphertexts only."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from backend.core.access import allow, court_transaction
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_json, render, t
from backend.core.errors import Invalid, NotFound
from backend.core.filings import lending
from backend.core.filings.desk import shred_store
from backend.core.filings.filing import Filing
from backend.core.filings.messages import Part
from backend.core.filings.readers import list_readers
from backend.core.http import settings, unstored
from backend.core.sessions import current_session
from backend.tips import service, wording
from backend.tips.desk_queries import AGES, Filters, inbox_table
from backend.tips.desk_schemas import BoxedSchema, DecisionSchema, HandOverSchema, UrgentSchema
from backend.tips.domain import DECIDERS, READERS, REASONS, Decision, NoRewardKey
from backend.tips.service import queries

tips_desk = DeskBlueprint("tips_desk", __name__, "/court/tips")


@tips_desk.get("/")
@allow(*READERS)
def show_inbox() -> Response:
    """The inbox by state, notice and age; its script unlocks and opens."""
    asked = request.args
    mine = current_session().officer.id if asked.get("mine") else None
    filters = Filters(asked.get("state"), asked.get("notice", type=UUID), asked.get("age"), mine)
    with court_transaction() as connection:
        table = inbox_table(filters)
        if asked.get("csv"):
            return table.csv(connection, "tips")
        page, notices = table.fetch(connection), list(queries.list_noticed(connection))
        area, readers = queries.find_court_area(connection), list_readers(connection, "box")
    return render("tips/inbox.html", page=page, filters=filters, notices=notices, area=area, readers=readers,
                  wording=wording, ages=AGES, reasons=REASONS)  # fmt: skip


@tips_desk.post("/keys")
@allow(*READERS)
def lend_keys() -> Response:
    """The officer's own key as their phrase wraps it, and the court's as they are sealed to it."""
    with court_transaction() as connection:
        return unstored(lending.keyfile(connection, current_session()))


@tips_desk.get("/token")
@allow(*READERS)
def show_token() -> Response:
    """What a page's later requests carry, after a second factor was shown in another tab."""
    return unstored({"csrf": current_session().csrf})


@tips_desk.post("/<int:number>/lend")
@allow(*READERS)
def lend(number: int) -> Response:
    """A tip for the worker: recorded before it is lent, limited, and in bulk only behind a fresh second factor."""
    session = current_session()
    with court_transaction() as connection:
        filing = service.find_filing(connection, number)
        lending.refuse_bulk(connection, session, filing.id, settings().desk.bulk_reading)
        filing, target = service.record_loan(connection, session.officer, number)
    with court_transaction() as connection:
        return unstored(lending.lent(connection, shred_store(), filing, target))


@tips_desk.get("/<int:number>/standing")
@allow(*READERS)
def show_standing(number: int) -> Response:
    """How an opened tip stands, for the page that opened it; nothing that it says."""
    with court_transaction() as connection:
        row = _find(connection, number)
    said = [wording.STATUS[row["status"]], wording.REASON.get(row["reason"] or "", {"zh": "", "en": ""})]
    return unstored(
        {
            "number": number,
            "status": row["status"],
            "words": ": ".join(filter(None, (t(text["zh"], text["en"]) for text in said))),
            "about": t(wording.TARGET[row["target_kind"]]["zh"], wording.TARGET[row["target_kind"]]["en"]),
            "case_numbers": row["case_numbers"] or "",
            "due_on": row["due_on"].isoformat() if row["due_on"] else "",
            "holder": row["holder"] or "",
            "urgent": row["urgent"],
            "promised": row["promised"],
            "decided": row["decided_on"] is not None,
        }
    )


@tips_desk.get("/<int:number>/print")
@allow(*READERS)
def print_result(number: int) -> Response:
    """The result of a decided tip on A4, without a word of what it says."""
    with court_transaction() as connection:
        row, court = _find(connection, number), queries.find_court_name(connection)
    if row["decided_on"] is None:
        raise NotFound
    reason = wording.REASON.get(row["reason"] or "")
    return render("tips/tip_print.html", tip=row, court=court, result=wording.STATUS[row["outcome"]], reason=reason)


@tips_desk.post("/<int:number>/compare")
@allow(*READERS, fresh=True)
def compare(number: int) -> Response:
    """Which tips are about the same case, so that the browser can compare what they say; one entry in the trail."""
    with court_transaction() as connection:
        filing = service.find_filing(connection, number)
        numbers = sorted(row["number"] for row in queries.list_same_case(connection, number=number))
        service.trace(connection, "tip.compare", filing, current_session().officer.id, {"compared": numbers})
    return unstored({"numbers": numbers})


@tips_desk.post("/<int:number>/answer")
@allow(*READERS)
def answer(number: int) -> Response:
    """Keep an answer that the worker boxed to the sender."""
    said = read_json(BoxedSchema())
    with court_transaction() as connection:
        filing = _open_filing(connection, number)
        boxed = Part(said["part"], said["key_id"], said["data"])
        n = lending.store_answer(connection, shred_store(), filing, boxed)
        service.trace(connection, "tip.answer", filing, current_session().officer.id, {"n": n})
    return unstored({"n": n}, 201)


@tips_desk.post("/<int:number>/decide")
@allow(*DECIDERS)
def decide(number: int) -> Response:
    """Decide a tip; a useful one for which a reward was promised comes with its award, boxed in the worker."""
    said = read_json(DecisionSchema())
    decision = Decision(said["outcome"], said["reason"])
    decision.check()
    with court_transaction() as connection:
        filing = _open_filing(connection, number)
        award = partial(_award, filing=filing, boxed=said["award"])
        service.record_decision(connection, current_session().officer.id, filing, decision, award)
    return unstored({"number": number})


@tips_desk.post("/<int:number>/hand-over")
@allow(*READERS)
def hand_over(number: int) -> Response:
    """Let another officer look into it."""
    said = read_json(HandOverSchema())
    with court_transaction() as connection:
        service.hand_over(connection, current_session().officer.id, number, said["to"])
    return unstored({"number": number})


@tips_desk.post("/<int:number>/urgent")
@allow(*READERS)
def mark_urgent(number: int) -> Response:
    """Verify an opened tip within three days instead of seven, or within seven after all."""
    urgent: bool = read_json(UrgentSchema())["urgent"]
    with court_transaction() as connection:
        filing = _open_filing(connection, number)
        service.mark_urgent(connection, current_session().officer.id, filing, urgent=urgent)
    return unstored({"number": number})


def _award(connection: Connection, *, filing: Filing, boxed: dict[str, Any] | None) -> None:
    reward = queries.find_reward_key(connection, court=filing.court_id)
    if reward is None:
        raise NoRewardKey
    if boxed is None or boxed["part"] != "award":
        raise Invalid("A reward was promised, so the award comes with the decision.")
    lending.store_part(connection, shred_store(), filing, Part("award", boxed["key_id"], boxed["data"]))


def _find(connection: Connection, number: int) -> dict[str, Any]:
    row: dict[str, Any] | None = queries.find_desk_tip(connection, number=number)
    if row is None:
        raise NotFound
    return row


def _open_filing(connection: Connection, number: int) -> Filing:
    """A tip that somebody has opened, held until the transaction ends: nobody writes about what they have not read.

    Raises:
        NotFound: no such tip. Invalid: it was never opened.
    """
    filing = service.find_filing(connection, number)
    queries.lock_tip(connection, filing=filing.id)
    if filing.state == "received":
        raise Invalid("Open it first.")
    return filing
