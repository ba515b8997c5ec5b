"""Claims at the console: opened by a reward officer's browser, proposed, signed by a second officer, paid once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from backend.core import approvals
from backend.core.access import allow, court_transaction
from backend.core.db import Connection
from backend.core.desk import DeskBlueprint, read_json, render, t
from backend.core.errors import NotFound
from backend.core.filings import lending
from backend.core.filings.desk import shred_store
from backend.core.filings.readers import list_readers
from backend.core.http import settings, unstored
from backend.core.sessions import current_session
from backend.tips import claim_payments, claims, wording
from backend.tips.claim_lending import lent_claim
from backend.tips.claim_steps import request_of_payment
from backend.tips.claims import Proposal
from backend.tips.desk_queries import claim_table
from backend.tips.desk_schemas import ExportedSchema, ProposalSchema, ReasonSchema
from backend.tips.domain import REWARDERS, SECOND, AlreadyProposed, Eligibility, Terms
from backend.tips.service import queries

claims_desk = DeskBlueprint("claims_desk", __name__, "/court/claims")


@claims_desk.get("/")
@allow(*SECOND)
def show_list() -> Response:
    """Every claim with its ledger; `?state=` narrows it. Who claims is sealed."""
    state = request.args.get("state")
    with court_transaction() as connection:
        table = claim_table(state)
        if request.args.get("csv"):
            return table.csv(connection, "claims")
        page = table.fetch(connection)
        waiting = queries.count_approved(connection, court=current_session().officer.court_id)
        rewarders = list_readers(connection, "reward")
    return render("tips/claims.html", page=page, state=state, wording=wording, waiting=waiting, rewarders=rewarders)


@claims_desk.post("/keys")
@allow(*REWARDERS)
def lend_keys() -> Response:
    """The officer's own key as their phrase wraps it, and the court's as they are sealed to it."""
    with court_transaction() as connection:
        return unstored(lending.keyfile(connection, current_session()))


@claims_desk.get("/token")
@allow(*REWARDERS)
def show_token() -> Response:
    """What a page's later requests carry, after a second factor was shown in another tab."""
    return unstored({"csrf": current_session().csrf})


@claims_desk.post("/<int:number>/lend")
@allow(*REWARDERS)
def lend(number: int) -> Response:
    """A claim for the worker; recorded with its reason before it is lent, and limited."""
    reason: str = read_json(ReasonSchema())["reason"]
    session = current_session()
    with court_transaction() as connection:
        held = claims.lock_claim(connection, session.officer.court_id, number)
        if not claims.is_reserved(connection, session.officer.id, held):
            lending.refuse_bulk(connection, session, held["filing_id"], settings().desk.bulk_reading)
        claims.record_opening(connection, session.officer.id, held, reason)
    with court_transaction() as connection:
        lent = lent_claim(connection, shred_store(), held)
        queries.note_opened(connection, claim=held["id"], officer=session.officer.id)
    return unstored(lent)


@claims_desk.get("/<int:number>/standing")
@allow(*REWARDERS)
def show_standing(number: int) -> Response:
    """How a claim stands, and what was promised for its tip; not what the tip says."""
    with court_transaction() as connection:
        row = _find(connection, number)
        promised = list(queries.list_promised(connection, claim=row["id"]))
    status = wording.CLAIM[row["status"]]
    notices = [_promised(one) for one in promised]
    return unstored({"status": row["status"], "words": t(status["zh"], status["en"]), "notices": notices})


@claims_desk.post("/<int:number>/propose")
@allow(*REWARDERS)
def propose(number: int) -> Response:
    """Reckon the reward by the notice's rule and cap, and put it before the second officer; nothing is paid yet."""
    said = read_json(ProposalSchema())
    reason, rank = said.pop("reason"), said.pop("rank")
    proposal = Proposal(said.pop("recovered"), notice=said.pop("notice"), eligibility=Eligibility(**said))
    officer = current_session().officer
    with court_transaction() as connection:
        held = claims.lock_claim(connection, officer.court_id, number)
        reckoned = claims.reckon(connection, officer.id, held, proposal)
        wanted = request_of_payment(held, proposal, rank, reckoned, reason)
        asked = approvals.ask(connection, officer, wanted)
        claims.trace_claim(connection, officer.id, "claim.propose", held, {"amount": reckoned[1], "rank": rank})
    address = url_for("console.show_approval", identifier=asked)
    return unstored({"amount": f"{reckoned[1]:,}", "approval": address}, 201)


@claims_desk.post("/<int:number>/refuse")
@allow(*REWARDERS)
def refuse(number: int) -> Response:
    """Close a claim without a reward; whoever claims is told by the court, with the reason."""
    reason = read_json(ReasonSchema())["reason"]
    officer = current_session().officer
    with court_transaction() as connection:
        if _find(connection, number)["status"] != "received":
            raise AlreadyProposed
        held = claims.lock_claim(connection, officer.court_id, number)
        claims.record_refusal(connection, officer.id, held, reason)
    return unstored({"number": number})


@claims_desk.post("/export")
@allow(*REWARDERS, fresh=True)
def list_payments() -> Response:
    """What the cashier is to pay and was not told yet, this officer's alone for an hour; the browser makes the file."""
    with court_transaction() as connection:
        officer = current_session().officer
        rows = claim_payments.reserve_payments(connection, officer.id, officer.court_id)
        return unstored({"payments": [{"number": row["number"], "amount": str(row["amount"])} for row in rows]})


@claims_desk.post("/exported")
@allow(*REWARDERS, fresh=True)
def note_exported() -> Response:
    """The cashier has these: they are never listed to be paid again."""
    numbers = read_json(ExportedSchema())["numbers"]
    officer = current_session().officer
    with court_transaction() as connection:
        waiting = claim_payments.record_exported(connection, officer.id, officer.court_id, numbers)
    return unstored({"waiting": waiting})


@claims_desk.get("/<int:number>/print")
@allow(*SECOND)
def print_result(number: int) -> Response:
    """The result on A4; the payee's name is written in by hand, since the server does not know it."""
    with court_transaction() as connection:
        row = _find(connection, number)
        court = queries.find_court_name(connection)
        if row["status"] == "refused":
            refusal = queries.find_refusal(connection, number=number) or {"reason": "", "officer": ""}
            return render("tips/claim_refused_print.html", claim=row, refusal=refusal, court=court)
        if row["approved_on"] is None:
            raise NotFound
        paid = queries.find_rewarded(connection, claim=row["id"])
    return render("tips/claim_print.html", claim=row, paid=paid, court=court)


def _find(connection: Connection, number: int) -> dict[str, Any]:
    row: dict[str, Any] | None = queries.find_desk_claim(connection, number=number)
    if row is None:
        raise NotFound
    return row


def _promised(row: dict[str, Any]) -> dict[str, str]:
    terms = Terms(row["kind"], row["basis"], row["amount"], row["percent"], row["cap"])
    words = f"{row['case_number']}: {_promise(row)}"
    return {"id": str(row["id"]), "words": words, "condition": terms.condition}


def _promise(terms: dict[str, Any]) -> str:
    def yuan(amount: Decimal) -> str:
        return t(f"{_short(amount)} 元", f"¥{_short(amount)}")

    if terms["basis"] == "fixed":
        return yuan(terms["amount"])
    percent = _short(terms["percent"])
    share = t(f"执行到位金额的 {percent}%", f"{percent}% of what is recovered")
    cap = terms["cap"]
    return share if cap is None else share + t(f",最高 {yuan(cap)}", f", at most {yuan(cap)}")


def _short(number: Decimal) -> str:
    """As the notice shows it: no zeros behind a whole number."""
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number.normalize():,f}"
