"""Tips over the routes of the console: what passes is sealed, recorded, limited and the court's own."""

from __future__ import annotations

from typing import Any

import pytest

from backend.core.sealing.claims import Award, box_award
from backend.core.sealing.conversations import Message, box_to_informant
from backend.core.sealing.wire import to_bytes, to_text
from backend.courts.officers import NewOfficer, add_officer
from tests.integration.filing_world import Phone, World
from tests.integration.tips.inbox import SECRET, file_tip, row_of
from tests.integration.tips.seats import Seat, age_proof, desk_of, sit, sit_elsewhere
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")


def _boxed(world: World, phone: Phone, n: int, text: str, login: str = "lin") -> dict[str, Any]:
    key_id, secret = desk_of(world, login).reader.newest("box")
    data = box_to_informant(Message(n, text), phone.keys.reply.public, secret)
    return {"part": f"c/{n}", "key_id": key_id, "data": to_text(data)}


def _award(world: World, phone: Phone, number: int, rank: int = 1) -> dict[str, Any]:
    key_id, secret = desk_of(world, "lin").reader.newest("box")
    data = box_award(Award(number, rank, phone.keys.claim_tag), world.key("reward")[1], secret)
    return {"part": "award", "key_id": key_id, "data": to_text(data)}


def _actions(world: World, number: int) -> list[str]:
    rows = world.rows(
        "SELECT entry.action FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE (body.content::jsonb ->> 'number')::bigint = %s "
        " AND coalesce(body.content::jsonb ->> 'purpose', 'tip') = 'tip'"
        " ORDER BY sequence",
        number,
    )
    return [row["action"] for row in rows]


def test_what_is_lent_is_sealed_and_recorded_before(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    answer = clerk.send(f"/tips/{number}/lend")
    assert answer.headers["Cache-Control"] == "no-store"
    assert SECRET not in answer.text
    assert "row_key" not in answer.text
    assert clerk.open(number).text == SECRET
    assert _actions(world, number)[:1] == ["filing.open"]


def test_the_row_key_and_the_secrets_never_leave_in_the_clear(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    [filing] = world.rows("SELECT id FROM sealed.filing WHERE purpose = 'tip' AND number = %s", number)
    row_key = world.store.find(filing["id"])
    assert row_key
    kept = clerk.send("/tips/keys").get_json()
    lent = clerk.send(f"/tips/{number}/lend").get_json()
    every = [row_key, *desk_of(world, "lin").reader.secrets.values()]
    for secret in every:
        assert to_text(secret) not in str(kept) + str(lent)
        assert all(secret not in to_bytes(part["data"]) for part in lent["parts"])
    assert {one["use"] for one in kept["secrets"]} == {"box", "sign"}  # this clerk is the keeper, too
    assert {one["use"] for one in kept["statements"]} == {"sign", "reward"}


def test_nothing_is_lent_to_whoever_holds_no_key(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    add_officer(world.database, NewOfficer(world.code, "chen", "虚构人员", ("clerk",)))
    assert sit(world, "chen").send(f"/tips/{number}/lend").status_code == 403
    assert _actions(world, number) == [], "and nothing was opened"
    assert clerk.send(f"/tips/{number}/lend").status_code == 200  # the control


def test_thirty_in_ten_minutes_and_more_than_five_behind_a_fresh_factor_only(world: World) -> None:
    approver = sit(world, "zhou")
    numbers = [file_tip(world)[1] for _ in range(7)]
    age_proof(world, "zhou")
    answers = [approver.send(f"/tips/{number}/lend").status_code for number in numbers]
    assert answers == [200] * 5 + [401] * 2
    fresh = sit(world, "zhou")  # the control: shown again just now
    assert fresh.send(f"/tips/{numbers[5]}/lend").status_code == 200
    world.execute(
        "INSERT INTO sealed.unwrapping (officer_id, filing_id) SELECT officer.id, filing.id"
        " FROM register.officer, (SELECT id FROM sealed.filing WHERE purpose = 'tip' LIMIT 30) AS filing"
        " WHERE officer.login = 'zhou'"
    )
    others = 30 - len(world.rows("SELECT DISTINCT filing_id FROM sealed.unwrapping"))
    for _ in range(max(0, others)):
        assert fresh.send(f"/tips/{file_tip(world)[1]}/lend").status_code == 200
    assert fresh.send(f"/tips/{file_tip(world)[1]}/lend").status_code == 403


def test_comparing_needs_a_fresh_factor_and_is_recorded_once(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    assert number in clerk.send(f"/tips/{number}/compare").get_json()["numbers"]
    assert _actions(world, number).count("tip.compare") == 1
    age_proof(world, "lin")
    answer = clerk.send(f"/tips/{number}/compare")
    assert answer.status_code == 303
    assert "next" in (answer.location or "")


def test_an_answer_reaches_the_phone_and_no_number_is_taken_twice(world: World, clerk: Seat) -> None:
    phone, number = file_tip(world)
    assert clerk.send(f"/tips/{number}/answer", _boxed(world, phone, 1, "早")).status_code == 422, "not opened yet"
    clerk.open(number)
    assert clerk.send(f"/tips/{number}/answer", _boxed(world, phone, 1, "请问颜色?")).status_code == 201
    assert clerk.send(f"/tips/{number}/answer", _boxed(world, phone, 1, "又一次")).status_code == 409
    assert clerk.send(f"/tips/{number}/answer", _boxed(world, phone, 2, "谢谢")).status_code == 201
    said = [phone.read(message).text for message in world.status(phone)["messages"]]
    assert said == ["请问颜色?", "谢谢"]
    wrongs: tuple[dict[str, Any], ...] = ({"data": "AAAA"}, {"part": "sealed"}, {"part": "c/3\n"}, {"key_id": 99})
    for wrong in wrongs:
        assert clerk.send(f"/tips/{number}/answer", _boxed(world, phone, 3, "坏") | wrong).status_code == 422


def test_a_decision_says_why_and_a_promised_reward_comes_with_its_award(world: World, clerk: Seat) -> None:
    notice = make_notice(world, world.listings[0])
    phone, number = file_tip(world, world.phone(notice))
    clerk.open(number)
    for bad in ({"outcome": "not_used"}, {"outcome": "useful", "reason": "known"}, {"outcome": "maybe"}):
        assert clerk.send(f"/tips/{number}/decide", bad).status_code == 422
    assert clerk.send(f"/tips/{number}/decide", {"outcome": "useful"}).status_code == 422, "without its award"
    assert world.status(phone)["state"] == "checking"
    body: dict[str, Any] = {"outcome": "useful", "award": _award(world, phone, number)}
    assert clerk.send(f"/tips/{number}/decide", body).status_code == 200
    assert (world.status(phone)["state"], world.status(phone)["can_claim"]) == ("useful", True)
    assert row_of(clerk, number)[3] == "有用"
    assert clerk.send(f"/tips/{number}/decide", body).status_code == 409
    other, refused = file_tip(world)
    clerk.open(refused)
    assert clerk.send(f"/tips/{refused}/decide", {"outcome": "not_used", "reason": "unrelated"}).status_code == 200
    assert (world.status(other)["state"], world.status(other)["reason"]) == ("not_used", "unrelated")
    assert row_of(clerk, refused)[3:5] == ["未采用", "与本案无关"]
    paper = clerk.get(f"/tips/{refused}/print").text
    assert "与本案无关" in paper
    assert "院印" in paper
    assert SECRET not in paper
    assert clerk.get(f"/tips/{file_tip(world)[1]}/print").status_code == 404, "nothing is decided yet"


def test_a_tip_is_handed_over_to_somebody_who_can_open_it(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    clerk.open(number)
    ids = {row["login"]: row["id"] for row in world.rows("SELECT login, id FROM register.officer")}
    path = f"/tips/{number}/hand-over"
    assert clerk.send(path, {"to": str(ids["wu"])}).status_code == 422, "a reward officer reads no tips"
    assert clerk.send(path, {"to": str(ids["zhou"])}).status_code == 200
    [tip] = world.rows(
        "SELECT holder_id FROM register.tip_desk WHERE number = %s AND court_id = %s", number, world.court
    )
    assert tip["holder_id"] == ids["zhou"]
    assert f'data-open="{number}"' in sit(world, "zhou").get("/tips/?mine=1").text
    assert f'data-open="{number}"' not in clerk.get("/tips/?mine=1").text
    clerk.send(f"/tips/{number}/decide", {"outcome": "not_used", "reason": "known"})
    assert clerk.send(path, {"to": str(ids["lin"])}).status_code == 409


def test_what_cannot_wait_is_verified_within_three_days(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    path = f"/tips/{number}/urgent"
    assert clerk.send(path, {"urgent": True}).status_code == 422, "not opened yet"
    clerk.open(number)
    ordinary = clerk.get(f"/tips/{number}/standing").get_json()
    assert (ordinary["urgent"], ordinary["due_on"]) == (False, _clock(world, "verify_tip"))  # the control
    assert clerk.send(path, {"urgent": True}).status_code == 200
    urgent = clerk.get(f"/tips/{number}/standing").get_json()
    assert (urgent["urgent"], urgent["due_on"]) == (True, _clock(world, "verify_urgent_tip"))
    assert urgent["due_on"] < ordinary["due_on"]
    assert "<strong>紧急</strong>" in clerk.get("/tips/?sort=number&down=1").text
    assert _actions(world, number).count("tip.urgent") == 1
    assert clerk.send(path, {"urgent": False}).status_code == 200
    assert clerk.get(f"/tips/{number}/standing").get_json()["due_on"] == ordinary["due_on"]
    clerk.send(path, {"urgent": True})
    clerk.send(f"/tips/{number}/decide", {"outcome": "not_used", "reason": "known"})
    assert clerk.send(path, {"urgent": False}).status_code == 409
    assert "三日内核实" in clerk.get(f"/tips/{number}/print").text


def _clock(world: World, name: str) -> str:
    [row] = world.rows("SELECT register.due_on(%s, serving.today()) AS day", name)
    return str(row["day"])


def test_another_courts_tip_is_not_there(world: World) -> None:
    phone, number = file_tip(world)
    stranger, own = sit_elsewhere(world, "clerk", "approver"), sit(world, "lin")
    absent = stranger.send("/tips/999999/lend")
    bodies: dict[str, Any] = {
        "lend": {}, "compare": {}, "answer": _boxed(world, phone, 1, "x"),
        "decide": {"outcome": "not_used", "reason": "known"}, "hand-over": {"to": str(world.court)},
        "urgent": {"urgent": True},
    }  # fmt: skip
    for step, body in bodies.items():
        answer = stranger.send(f"/tips/{number}/{step}", body)
        assert (answer.status_code, answer.text) == (404, absent.text), step
    assert stranger.get(f"/tips/{number}/standing").status_code == 404
    assert "data-open" not in stranger.get("/tips/").text
    assert stranger.send("/tips/keys").status_code == 404
    assert own.get(f"/tips/{number}/standing").status_code == 200  # the control


def test_roles_and_tokens_are_asked_for(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    payer = sit(world, "wu")
    assert payer.get("/tips/").status_code == 403
    for step in ("lend", "compare", "answer", "decide", "hand-over"):
        assert payer.send(f"/tips/{number}/{step}").status_code == 403
        assert clerk.send(f"/tips/{number}/{step}", csrf="no").status_code == 403
    approver = sit(world, "zhou")
    approver.open(number)
    body = {"outcome": "not_used", "reason": "known"}
    assert approver.send(f"/tips/{number}/decide", body).status_code == 403, "an approver reads and does not decide"
    assert clerk.send(f"/tips/{number}/decide", body).status_code == 200


def test_a_destroyed_tip_is_lent_no_more(world: World, clerk: Seat) -> None:
    _, number = file_tip(world)
    [filing] = world.rows("SELECT id FROM sealed.filing WHERE purpose = 'tip' AND number = %s", number)
    world.store.erase(filing["id"])
    assert clerk.send(f"/tips/{number}/lend").status_code == 404
