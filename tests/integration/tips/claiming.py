"""Useful tips and the claims for their rewards, sent and proposed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.core.sealing.claims import Claim, seal_claim
from backend.core.sealing.wire import to_text
from backend.tips.claims import Proposal, propose
from backend.tips.domain import Decision, Eligibility
from backend.tips.service import decide
from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import desk_of

ELIGIBLE = Eligibility(not_agent=True, not_bound=True, not_known=True, claim_met=True)
ACCOUNT = "6200000000000000000"


def claim_body(world: World, phone: Phone, proof: bytes | None = None) -> dict[str, Any]:
    number, key = world.key("reward")
    claim = Claim(proof or phone.keys.claim, "虚构领奖人", "虚构证件号", ACCOUNT)
    return {"lookup": phone.lookup, "sealed": to_text(seal_claim(claim, key)), "key_id": number}


def send(world: World, body: dict[str, Any]) -> Any:
    return world.app.test_client().post("/v1/claims", json=body)


def useful(world: World, notice: UUID, rank: int = 1) -> Phone:
    phone = world.phone(notice)
    number = world.file(phone.seal(kind="property")).get_json()["number"]
    decide(desk_of(world, "lin"), number, Decision("useful", rank=rank))
    return phone


def claimed(world: World, notice: UUID, **more: Any) -> int:
    phone = useful(world, notice)
    answer = send(world, claim_body(world, phone, **more))
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["number"])


def proposed(world: World, notice: UUID, recovered: str = "100000") -> int:
    number = claimed(world, notice)
    propose(desk_of(world, "wu"), number, Proposal(Decimal(recovered), ELIGIBLE))
    return number
