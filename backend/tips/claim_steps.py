"""The second signature under a reward: what it shows, and what it does, once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.core.approvals import Difference, Request, Step
from backend.core.db import Connection
from backend.core.errors import Conflict, Forbidden
from backend.core.officers import Signatures
from backend.tips import claims, wording
from backend.tips.claims import Proposal
from backend.tips.domain import REWARDERS, Eligibility

PAY = "claim.pay"


class AmountChanged(Conflict):
    """The reward comes to another amount now; send it back"""


def request_of_payment(
    held: Mapping[str, Any], proposal: Proposal, rank: int, reckoned: tuple[UUID, Decimal], reason: str
) -> Request:
    """What the second officer signs: number, rank and amount, and not who is paid."""
    notice, amount = reckoned
    lines = [
        ("领奖号 Claim", str(held["number"])),
        ("同样线索中的顺位 Rank", str(rank)),
        ("因线索执行到位 Recovered", f"{proposal.recovered:,} 元 yuan"),
        ("奖金 Reward", f"{amount:,} 元 yuan"),
    ]
    eligible = vars(proposal.eligibility)
    held_true = [text for code, text in (wording.ELIGIBLE | wording.CONDITION).items() if eligible[code]]
    lines += [(f"{text['zh']} {text['en']}", "是 Yes") for text in held_true]
    said = {
        "number": held["number"], "rank": rank, "recovered": str(proposal.recovered), "notice": str(notice),
        "amount": str(amount), "claim_met": eligible["claim_met"], "found": eligible["found"],
    }  # fmt: skip
    return Request(
        PAY, held["id"], f"支付奖金 Pay a reward · {held['number']} · {amount:,} 元 yuan", reason, said,
        [Difference(what, None, text) for what, text in lines],
    )  # fmt: skip


def _pay(connection: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    """Into the ledger: proposed by one officer, approved by the other, in this transaction or not at all."""
    if signed.approver is None:
        raise Forbidden
    signed.officer.must_be(REWARDERS[0], signed.officer.court_id)
    held = claims.lock_claim(connection, signed.officer.court_id, request["number"])
    eligible = Eligibility(
        not_agent=True,
        not_bound=True,
        not_known=True,
        claim_met=request.get("claim_met", True),
        found=request.get("found", False),
    )
    proposal = Proposal(Decimal(request["recovered"]), eligible, UUID(request["notice"]))
    claims.record_proposal(connection, signed.officer.id, held, proposal, request["rank"])
    if claims.record_approval(connection, signed.approver.id, held) != Decimal(request["amount"]):
        raise AmountChanged


STEPS = (Step(PAY, "approver", _pay, fresh=True),)
