"""Claims at the console: opened, proposed and asked for as its pages do it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.core.sealing.claims import Award, Claim, box_award, seal_claim
from backend.core.sealing.wire import to_text
from tests.integration.filing_world import World
from tests.integration.tips.seats import Seat, desk_of, sit

ELIGIBLE = {"not_agent": True, "not_bound": True, "not_known": True, "claim_met": True}
PAYEE, ACCOUNT = "=虚构领奖人", "6200000000000000000"


def claimed_at_console(world: World, notice: UUID) -> int:
    """A useful tip, decided at the console, and its claim."""
    phone, clerk = world.phone(notice), sit(world, "lin")
    tip = world.file(phone.seal(kind="vehicle")).get_json()["number"]
    clerk.open(tip)
    key_id, secret = desk_of(world, "lin").reader.newest("box")
    number, reward = world.key("reward")
    data = to_text(box_award(Award(tip, 1, phone.keys.claim_tag), reward, secret))
    award = {"part": "award", "key_id": key_id, "data": data}
    assert clerk.send(f"/tips/{tip}/decide", {"outcome": "useful", "award": award}).status_code == 200
    sealed = to_text(seal_claim(Claim(phone.keys.claim, PAYEE, "虚构证件号", ACCOUNT), reward))
    body = {"lookup": phone.lookup, "sealed": sealed, "key_id": number}
    answer = world.app.test_client().post("/v1/claims", json=body)
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["number"])


def open_claim(seat: Seat, number: int) -> None:
    assert seat.send(f"/claims/{number}/lend", {"reason": "核对身份"}).status_code == 200


def propose(seat: Seat, number: int, **over: Any) -> Any:
    """Opened first, as the page does; `over` changes what is said."""
    open_claim(seat, number)
    return propose_unseen(seat, number, **over)


def propose_unseen(seat: Seat, number: int, **over: Any) -> Any:
    body = {**ELIGIBLE, "rank": 1, "recovered": "100000", "reason": "已执行到位", **over}
    return seat.send(f"/claims/{number}/propose", body)


def ledger(world: World, number: int) -> list[dict[str, Any]]:
    return world.rows(
        "SELECT reward.amount, reward.approved_on FROM register.reward"
        " INNER JOIN sealed.claim ON claim.id = reward.claim_id WHERE claim.number = %s AND claim.court_id = %s",
        number, world.court,
    )  # fmt: skip


def asked(answer: Any) -> str:
    assert answer.status_code == 201, answer.text
    return str(answer.get_json()["approval"]).removeprefix("/court")
