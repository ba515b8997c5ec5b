"""What is sent to the hostile court under seal, every text of it a pack of payloads, and what is paid for it."""

from __future__ import annotations

import uuid

from backend.core.access import act_for
from backend.core.officers import Officer
from backend.core.sealing.claims import Award, Claim, box_award, seal_claim
from backend.core.sealing.wire import to_text
from backend.objections import service as objections
from backend.objections.domain import Decision, ReviewDecision
from backend.objections.reviews import decide_review
from tests.data.payloads import packs, storable
from tests.e2e.hostile_court import HostileCourt
from tests.integration.filing_world import Phone
from tests.integration.tips.seats import Seat, desk_of, sit

# As long as four texts of a letter can be together.
LETTER = 500


def send_tips(court: HostileCourt) -> None:
    """Sealed ones, whose every text is a pack."""
    for pack in packs(LETTER):
        phone = court.world.phone(uuid.UUID(court.ids["notices"][0]))
        answer = court.world.file(phone.seal(pack, kind="vehicle", plate=pack, place=pack, how=pack))
        assert answer.status_code == 201, answer.text
        court.ids.setdefault("tips", []).append(answer.get_json()["number"])
        court.phones.append(phone)
        assert court.world.post("/messages", phone.words(1, pack)).status_code == 201


def send_objections(court: HostileCourt) -> None:
    """Sealed ones, and one that was decided."""
    world = court.world
    world.kind = "objections"
    for pack in packs(LETTER):
        phone = world.phone(uuid.UUID(court.ids["listings"][0]))
        answer = world.file(phone.seal(pack, contact=pack, name=pack, claim=pack))
        assert answer.status_code == 201, answer.text
        court.ids.setdefault("objections", []).append(answer.get_json()["number"])
    world.kind = "tips"
    objections.decide(desk_of(world, "lin"), court.ids["objections"][-1], Decision("not_founded", None, packs(500)[0]))
    objections.ask_for_review(world.database, "lin", court.ids["objections"][-1])
    [review] = world.rows("SELECT id FROM register.review")
    with world.database.transaction("court") as connection:
        act_for(connection, world.court)
        [by] = connection.execute("SELECT id, court_id, roles FROM register.officer WHERE login = 'lin'").fetchall()
        officer = Officer(by["id"], by["court_id"], tuple(by["roles"]))
        decide_review(connection, officer, review["id"], ReviewDecision("upheld", None, packs(500)[1]))
    court.ids["review"] = review["id"]


def send_claims(court: HostileCourt) -> None:
    """Useful tips, and claims in whose three texts all payloads stand together."""
    texts = packs(LETTER)
    for at in range(0, len(texts), 3):
        name, identity, account = (*texts[at : at + 3], texts[0], texts[0])[:3]
        phone = _award(court, at)
        number, reward = court.world.key("reward")
        sealed = to_text(seal_claim(Claim(phone.keys.claim, name, identity, account), reward))
        body = {"lookup": phone.lookup, "sealed": sealed, "key_id": number}
        answer = court.world.app.test_client().post("/v1/claims", json=body)
        assert answer.status_code == 201, answer.text
        court.ids.setdefault("claims", []).append(answer.get_json()["number"])


def _award(court: HostileCourt, at: int) -> Phone:
    """Find a tip useful; the phone that it came from."""
    world, tip, phone = court.world, court.ids["tips"][at], court.phones[at]
    key_id, secret = desk_of(world, "lin").reader.newest("box")
    award = to_text(box_award(Award(tip, 1, phone.keys.claim_tag), world.key("reward")[1], secret))
    reader = sit(world, "lin")
    reader.open(tip)
    decision = {"outcome": "useful", "award": {"part": "award", "key_id": key_id, "data": award}}
    decided = reader.send(f"/tips/{tip}/decide", decision)
    assert decided.status_code == 200, decided.text
    return phone


def pay(court: HostileCourt, clerk: Seat, second: Seat) -> None:
    """The first claim, proposed for a pack's reasons, and signed."""
    court.ids["claim"] = court.ids["claims"][0]
    said = {
        "not_agent": True,
        "not_bound": True,
        "not_known": True,
        "claim_met": True,
        "rank": 1,
        "recovered": "100000",
    }
    body = {**said, "reason": storable(packs(2000)[1])}
    assert clerk.send(f"/claims/{court.ids['claim']}/lend", {"reason": "核对身份"}).status_code == 200
    asked = clerk.send(f"/claims/{court.ids['claim']}/propose", body).get_json()["approval"].removeprefix("/court")
    court.post(second, f"{asked}/approve")
    court.ids["decided"].append(asked)
