"""Claims of rewards: opened by reward officers, decided by two, paid once, and told to the cashier without the case."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from backend.core.errors import Invalid, NotFound
from backend.core.filings.filing import Filing
from backend.core.filings.keyring import check_roles
from backend.core.filings.messages import unwrap_parts
from backend.core.filings.reading import Desk, count_opened
from backend.core.filings.refusals import Destroyed
from backend.core.officers import Officer, find_officer
from backend.core.sealing.claims import Award, Claim, unbox_award, unseal_claim
from backend.core.sealing.refusals import CannotOpen
from backend.core.sealing.rows import Place, unwrap_row
from backend.tips.domain import (
    RESERVED_SECONDS,
    REWARDERS,
    SECOND,
    AlreadyApproved,
    AlreadyProposed,
    Eligibility,
    NotOpened,
    SameOfficer,
    Terms,
    check_sum,
    reward_of,
)
from backend.tips.service import queries


@dataclass(frozen=True)
class Proposal:
    """What a reward officer proposes; `notice` None where only one promised anything for the tip."""

    recovered: Decimal
    eligibility: Eligibility
    notice: UUID | None = None


@dataclass(frozen=True)
class Unsealed:
    """A claim as its officer sees it, with the award that it fits."""

    held: dict[str, Any]
    award: Award
    claim: Claim = field(repr=False)


def list_claims(database: Database, login: str) -> list[dict[str, Any]]:
    """The claims of an officer's court. Raises NotFound for no such acting officer."""
    with database.transaction("operator") as connection:
        return list(queries.list_claims(connection, court=_second(connection, login).court_id))


def open_claim(desk: Desk, number: int, reason: str) -> Unsealed:
    """Who claims, recorded with the reason before it is opened.

    Raises:
        Invalid: without a reason.
        Forbidden: without the role. NotAReader: without the key.
        NotFound, Destroyed, CannotOpen, Malformed, TooManyOpened: as `Desk.open`.
        Misdirected: the claim does not come from whoever sent the tip.
    """
    desk.reader.check_role(*REWARDERS)
    if not reason.strip():
        raise Invalid("Say why it is opened; that is recorded.")
    desk.reader.newest("reward")
    with desk.database.transaction("operator") as connection:
        held = lock_claim(connection, desk.reader.court_id, number)
        record_opening(connection, desk.reader.officer, held, reason)
    unsealed = _unseal(desk, held)
    with desk.database.transaction("operator") as connection:
        queries.note_opened(connection, claim=held["id"], officer=desk.reader.officer)
    return unsealed


def record_opening(connection: Connection, officer: UUID, held: dict[str, Any], reason: str) -> None:
    """Record that an officer opens a claim: who does so first has it in hand. Raises TooManyOpened."""
    if not is_reserved(connection, officer, held):
        count_opened(connection, officer, held["filing_id"])
    trace_claim(connection, officer, "claim.open", held, {"reason": reason})
    queries.take_claim(connection, claim=held["id"], officer=officer)


def is_reserved(connection: Connection, officer: UUID, held: dict[str, Any]) -> bool:
    """Whether it is this officer's to tell the cashier: signed by two, it is opened beside the limit on reading."""
    reserved: bool = queries.is_reserved(connection, claim=held["id"], officer=officer, seconds=RESERVED_SECONDS)
    return reserved


def propose(desk: Desk, number: int, proposal: Proposal) -> Decimal:
    """Propose the reward for a claim, by the notice's rule and cap; yuan.

    Raises:
        Invalid: somebody who is not eligible, nothing recovered, or no notice that promised anything.
        AlreadyProposed: there is a proposal, or the claim is closed.
        BeyondCap: with what is approved it would be more than the notice promised.
    """
    unsealed = open_claim(desk, number, "propose")
    with desk.database.transaction("operator") as connection:
        return record_proposal(connection, desk.reader.officer, lock_claim(connection, desk.reader.court_id, number),
                               proposal, unsealed.award.rank)  # fmt: skip


def record_proposal(
    connection: Connection, officer: UUID, held: dict[str, Any], proposal: Proposal, rank: int
) -> Decimal:
    """Write a proposal into the ledger; yuan. `rank` is what the tip's award says. Raises as `propose`."""
    notice, amount = reckon(connection, officer, held, proposal)
    queries.insert_reward(
        connection, claim=held["id"], filing=held["filing_id"], court=held["court_id"], notice=notice,
        tip_rank=rank, recovered=proposal.recovered, amount=amount, officer=officer,
        today=queries.find_today(connection), **vars(proposal.eligibility),
    )  # fmt: skip
    said = {"amount": amount, "recovered": proposal.recovered, **vars(proposal.eligibility)}
    trace_claim(connection, officer, "claim.propose", held, said)
    return amount


def reckon(connection: Connection, officer: UUID, held: dict[str, Any], proposal: Proposal) -> tuple[UUID, Decimal]:
    """Which notice promised a reward, and what it comes to by its rule and cap; yuan.

    Raises:
        NotOpened: this officer has not opened the claim. Else as `propose`.
    """
    if held["state"] != "received" or queries.find_reward(connection, claim=held["id"]):
        raise AlreadyProposed
    if officer not in held["opened_by"]:
        raise NotOpened
    notice = _notice(connection, held["filing_id"], proposal.notice)
    terms = _terms(connection, notice)
    proposal.eligibility.check(terms)
    amount = reward_of(terms, proposal.recovered)
    if not amount:
        raise Invalid("Nothing was recovered, so nothing is paid.")
    check_sum(terms, queries.sum_approved(connection, notice=notice), amount)
    return notice, amount


def approve(database: Database, login: str, number: int) -> Decimal:
    """Approve a proposed reward as the second officer, who sees number, rank and amount only; yuan.

    Raises:
        NotFound: no such claim or proposal.
        Forbidden, SameOfficer: without the role, or as whoever proposed it.
        AlreadyApproved: it is approved.
        BeyondCap: with what is approved it would be more than the notice promised.

    A notice whose fixed amount or cap is used up by it is paid, in the same transaction.
    """
    with database.transaction("operator") as connection:
        officer = _second(connection, login)
        return record_approval(connection, officer.id, lock_claim(connection, officer.court_id, number))


def record_approval(connection: Connection, officer: UUID, held: dict[str, Any]) -> Decimal:
    """Write the second signature into the ledger, and what follows from it; yuan. Raises as `approve`."""
    reward = queries.find_reward(connection, claim=held["id"])
    if reward is None:
        raise NotFound("Nothing is proposed for this claim.")
    if reward["proposed_by"] == officer:
        raise SameOfficer
    if reward["approved_on"] is not None:
        raise AlreadyApproved
    terms = _terms(connection, reward["notice_id"])
    before: Decimal = queries.sum_approved(connection, notice=reward["notice_id"])
    check_sum(terms, before, reward["amount"])
    today: date = queries.find_today(connection)
    queries.approve_reward(connection, claim=held["id"], officer=officer, today=today)
    queries.close_claim(connection, claim=held["id"], state="approved", today=today)
    queries.pay_notice(
        connection, notice=reward["notice_id"], paid=before + reward["amount"], officer=reward["proposed_by"],
        approver=officer,
    )  # fmt: skip
    trace_claim(connection, officer, "claim.approve", held, {"amount": reward["amount"]})
    amount: Decimal = reward["amount"]
    return amount


def refuse(desk: Desk, number: int, reason: str) -> None:
    """Close a claim without a reward. Raises Forbidden, Invalid, NotFound and AlreadyProposed."""
    desk.reader.check_role(*REWARDERS)
    if not reason.strip():
        raise Invalid("A claim is refused with reasons.")
    with desk.database.transaction("operator") as connection:
        record_refusal(connection, desk.reader.officer, lock_claim(connection, desk.reader.court_id, number), reason)


def record_refusal(connection: Connection, officer: UUID, held: dict[str, Any], reason: str) -> None:
    """Close a claim in the caller's transaction. Raises AlreadyProposed."""
    if held["state"] != "received" or queries.find_reward(connection, claim=held["id"]):
        raise AlreadyProposed
    queries.close_claim(connection, claim=held["id"], state="refused", today=queries.find_today(connection))
    trace_claim(connection, officer, "claim.refuse", held, {"reason": reason})


def _second(connection: Connection, login: str) -> Officer:
    """An officer who may sign second. Raises NotFound, Forbidden."""
    officer = find_officer(connection, login)
    check_roles(officer.roles, SECOND)
    return officer


def lock_claim(connection: Connection, court: UUID, number: int) -> dict[str, Any]:
    """One claim of a court, held until the transaction ends. Raises NotFound."""
    held: dict[str, Any] | None = queries.lock_claim(connection, court=court, number=number)
    if held is None:
        raise NotFound
    return held


def _unseal(desk: Desk, held: dict[str, Any]) -> Unsealed:
    key = desk.store.find(held["id"])
    if key is None or held["data"] is None:
        raise Destroyed
    place = Place(str(held["court_id"]), str(held["id"]), held["key_id"], "claim")
    sealed = unwrap_row(held["data"], place, key)
    award = _find_award(desk, held["filing_id"])
    return Unsealed(held, award, unseal_claim(sealed, desk.reader.pair("reward", held["key_id"]), award))


def _find_award(desk: Desk, filing: UUID) -> Award:
    key = desk.store.find(filing)
    if key is None:
        raise Destroyed
    with desk.database.transaction("operator") as connection:
        tip = Filing(**queries.find_claimed_filing(connection, filing=filing))
        (part,) = unwrap_parts(tip, [queries.find_award(connection, filing=filing)], key)
        court_key = queries.find_box_key(connection, court=tip.court_id, number=part.key_id)
    # Boxed to the reward key of its day, which may be older than the claim's.
    for secret in [secret for (use, _), secret in sorted(desk.reader.secrets.items()) if use == "reward"]:
        with suppress(CannotOpen):
            return unbox_award(part.data, court_key, secret)
    raise CannotOpen


def _notice(connection: Connection, filing: UUID, given: UUID | None) -> UUID:
    promised = [row["notice_id"] for row in queries.list_notices(connection, filing=filing)]
    if given is None and len(promised) == 1:
        return UUID(str(promised[0]))
    if given not in promised or given is None:
        raise Invalid("Name the notice that promised a reward for this tip.")
    return given


def _terms(connection: Connection, notice: UUID) -> Terms:
    row = queries.lock_notice(connection, notice=notice)
    if row is None:
        raise Invalid("The notice is gone.")
    return Terms(row["kind"], row["basis"], row["amount"], row["percent"], row["cap"])


def trace_claim(connection: Connection, officer: UUID, action: str, held: dict[str, Any], more: dict[str, Any]) -> None:
    said = {"number": held["number"], "officer": officer, **more}
    append(connection, [Record(action, said, held["court_id"])])
