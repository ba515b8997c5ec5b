"""Objections over the routes of the console: what passes is sealed, recorded, limited and the court's own."""

from __future__ import annotations

import csv
import io
import uuid
from typing import Any

import pytest

from backend.core.audit import verify
from backend.core.sealing.conversations import Message, box_to_informant
from backend.core.sealing.letters import Address, Letter, unseal_letter
from backend.core.sealing.wire import to_bytes, to_text
from backend.objections.domain import Review, around_reasons
from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import Seat, age_proof, desk_of, sit, sit_elsewhere

SECRET = "我没有能力履行,这里有凭证"


@pytest.fixture(autouse=True)
def unlimited(world: World) -> None:
    world.execute("DELETE FROM sealed.unwrapping")
    world.execute("DELETE FROM register.review")
    world.execute("UPDATE register.listing SET state = 'published' WHERE state = 'suspended'")
    world.execute("UPDATE register.task SET done_on = begun_on WHERE done_on IS NULL")


@pytest.fixture
def clerk(world: World) -> Seat:
    return sit(world, "lin")


def _file(world: World, phone: Phone) -> int:
    answer = world.file(phone.seal(SECRET, jpegs=(b"\xff\xd8 proof",)))
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["number"])


def _boxed(world: World, phone: Phone, n: int, text: str) -> dict[str, Any]:
    key_id, secret = desk_of(world, "lin").reader.newest("box")
    data = box_to_informant(Message(n, text), phone.keys.reply.public, secret)
    return {"part": f"c/{n}", "key_id": key_id, "data": to_text(data)}


def _open(world: World, seat: Seat, number: int) -> Letter:
    answer = seat.send(f"/objections/{number}/lend")
    assert answer.status_code == 200, answer.text
    lent = answer.get_json()
    assert "row_key" not in lent
    filing = lent["filing"]
    [sealed] = [part for part in lent["parts"] if part["part"] == "sealed"]
    address = Address(filing["court"], filing["target"], filing["key_id"])
    reader = desk_of(world, "lin").reader
    return unseal_letter(to_bytes(sealed["data"]), reader.pair("box", filing["key_id"]), address)


def _decision(world: World, phone: Phone, outcome: str, text: str = "答复", **over: Any) -> dict[str, Any]:
    return {"outcome": outcome, "reasoned": True, "answer": _boxed(world, phone, 1, text), **over}


def test_the_list_goes_by_the_clock_and_tells_nothing_that_is_sealed(world: World, clerk: Seat) -> None:
    number = _file(world, world.phone(world.listings[0]))
    case = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])[0]["case_number"]
    page = clerk.get("/objections/?state=open").text
    assert f'data-open="{number}"' in page
    assert case in page
    assert SECRET not in page
    for sort in ("number", "hour", "clock", "cases", "outcome", "decided_on"):
        assert clerk.get(f"/objections/?sort={sort}&down=1").status_code == 200, sort
    assert str(number) in clerk.get("/objections/?csv=1").text


def test_an_officer_opens_answers_and_decides_without_the_server_reading(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    letter = _open(world, clerk, number)
    assert letter.text == SECRET
    standing = clerk.get(f"/objections/{number}/standing").get_json()
    head, tail = standing["around"]["not_founded"]
    assert "复议" in tail
    assert clerk.get(f"/objections/{number}/print").status_code == 409
    assert clerk.send(f"/objections/{number}/answer", _boxed(world, phone, 2, "x")).status_code == 409
    assert clerk.send(f"/objections/{number}/answer", _boxed(world, phone, 1, "请补充")).status_code == 201
    text = f"{head}\n\n理由 Reasons: 判决已经生效\n\n{tail}"
    answered = _decision(world, phone, "not_founded") | {"answer": _boxed(world, phone, 2, text)}
    assert clerk.send(f"/objections/{number}/decide", answered).status_code == 200
    status = world.status(phone)
    assert (status["state"], status["outcome"]) == ("decided", "not_founded")
    assert phone.read(status["messages"][-1]).text == text
    again = _decision(world, phone, "founded", act="withdraw") | {"answer": _boxed(world, phone, 3, "x")}
    assert clerk.send(f"/objections/{number}/decide", again).status_code == 409
    paper = clerk.get(f"/objections/{number}/print").text
    assert "第十二条" in paper
    assert "您的申请理由不成立" in paper
    trail = str(world.rows("SELECT content FROM audit.body"))
    assert "判决已经生效" not in trail
    with world.database.transaction("operator") as connection:
        verify(connection)


def test_refusal_without_reasons_and_unknown_decisions_change_nothing(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    for bad in (
        {"reasoned": False},
        {"act": "withdraw"},
        {"outcome": "perhaps"},
        {"listings": [str(world.other_listing)]},
        {"answer": None},
        {"answer": {"part": "sealed", "key_id": 1, "data": "AA"}},
        {"answer": _boxed(world, phone, 1, "x") | {"key_id": 99}},
    ):
        sent = _decision(world, phone, "not_founded") | bad
        assert clerk.send(f"/objections/{number}/decide", sent).status_code == 422, bad
    assert world.status(phone)["outcome"] is None
    assert world.status(phone)["messages"] == []
    good = _decision(world, phone, "not_founded")
    assert clerk.send(f"/objections/{number}/decide", good).status_code == 200  # the control


def test_listings_that_were_found_are_named_by_case_number_or_by_the_address_of_their_page(
    world: World, clerk: Seat
) -> None:
    [row] = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])
    case = row["case_number"].replace("（", "(").replace("）", ")")
    address = f"https://desk.example/court/listings/{world.listings[1]}"
    phone = world.phone(world.court)
    number = _file(world, phone)
    sent = _decision(world, phone, "founded", act="correct", reasoned=False)
    for wrong in (["（2025）虚9999执99999号"], [case, str(uuid.uuid4())], ["x" * 201]):
        assert clerk.send(f"/objections/{number}/decide", sent | {"listings": wrong}).status_code == 422, wrong
    assert world.status(phone)["outcome"] is None
    assert clerk.send(f"/objections/{number}/decide", sent | {"listings": [case, address]}).status_code == 200
    standing = clerk.get(f"/objections/{number}/standing").get_json()
    assert set(standing["listings"]) == {str(listing) for listing in world.listings[:2]}


def test_what_follows_opens_the_courts_duty_and_is_done_at_the_listing(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[1])
    number = _file(world, phone)
    sent = _decision(world, phone, "founded", act="withdraw", reasoned=False)
    assert clerk.send(f"/objections/{number}/decide", sent).status_code == 200
    page = clerk.get(f"/listings/{world.listings[1]}").text
    assert "申请成立,应办理" in page
    assert world.status(phone)["state"] == "decided"
    path = f"/listings/{world.listings[1]}/withdrawal"
    assert clerk.post(path, cause="objection_founded", reason="申请成立").status_code == 303
    assert world.status(phone)["state"] == "acted"
    world.execute("UPDATE register.listing SET state = 'deleted' WHERE false")


def test_a_part_that_is_founded_suspends_at_once(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    assert clerk.send(f"/objections/{number}/decide", _decision(world, phone, "founded_in_part")).status_code == 200
    [row] = world.rows("SELECT state FROM register.listing WHERE id = %s", world.listings[0])
    assert row["state"] == "suspended"


def test_a_review_is_the_next_higher_courts_duty(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    assert clerk.post(f"/objections/{number}/review").status_code == 409
    clerk.send(f"/objections/{number}/decide", _decision(world, phone, "not_founded"))
    assert clerk.get(f"/objections/{number}/review").status_code == 200
    assert f'href="/court/objections/{number}/review"' in clerk.get("/objections/").text
    higher = _sit_higher(world)
    assert clerk.post(f"/objections/{number}/review").status_code == 303
    assert clerk.post(f"/objections/{number}/review").status_code == 409, "once is enough"
    address = clerk.get(f"/objections/{number}/review").location or ""
    path = address.removeprefix("/court")
    assert path.startswith("/objections/reviews/")
    assert address in higher.get("/duties/new?court=1").text
    assert address not in clerk.get("/duties/new?court=1").text
    assert _open_reviews(world) == [_court_of(world, higher)]
    page = higher.get(path).text
    case = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])[0]["case_number"]
    assert case in page
    assert "记录结果" in page
    assert "记录结果" not in clerk.get(path).text
    assert higher.get(f"/listings/{world.listings[0]}").status_code == 404


def test_a_review_ends_with_its_outcome_and_a_reversal_is_acted_on(world: World, clerk: Seat) -> None:
    higher = _sit_higher(world)
    paths = [_ask_for_review(world, clerk) for _ in range(2)]
    assert higher.get(f"{paths[0]}/print").status_code == 409
    for bad in ({"outcome": "upheld"}, {"outcome": "reversed", "reason": "x"}, {"outcome": "founded", "reason": "x"},
                {"outcome": "upheld", "act": "delete", "reason": "x"}):  # fmt: skip
        assert higher.post(paths[0], **bad).status_code == 422, bad
    assert clerk.post(paths[0], outcome="upheld", reason="自己维持").status_code == 404, "it is not theirs to decide"
    assert higher.post(paths[0], outcome="upheld", reason="原决定并无不当").status_code == 303
    assert len(_open_reviews(world)) == 1, "the other one about the same listing waits"
    assert _acts(world) == []
    assert higher.post(paths[1], outcome="reversed", act="withdraw", reason="财产已被查封足够").status_code == 303
    assert _open_reviews(world) == []
    assert [(row["listing_id"], row["cause"]) for row in _acts(world)] == [(world.listings[0], "withdraw")]
    assert higher.post(paths[1], outcome="upheld", reason="x").status_code == 409
    assert paths[1] not in higher.get("/duties/new?court=1").text
    for seat in (higher, clerk):
        paper = seat.get(f"{paths[1]}/print").text
        assert "撤销原决定" in paper
        assert "财产已被查封足够" in paper
        assert "第十二条" in paper
    assert "撤销原决定" in clerk.get("/objections/reviews?csv=1").text
    assert f"{world.listings[0]}" in clerk.get("/duties/new?court=1").text
    trail = world.rows("SELECT court_id FROM audit.entry WHERE action = 'review.decide'")
    assert {row["court_id"] for row in trail} == {world.court, _court_of(world, higher)}


def test_a_review_stays_where_the_higher_court_does_not_work_here(world: World, clerk: Seat) -> None:
    world.execute("UPDATE register.officer SET active = false WHERE court_id <> %s", world.court)
    path = _ask_for_review(world, clerk)
    assert _open_reviews(world) == [world.court]
    assert f"/court{path}" in clerk.get("/duties/new?court=1").text
    assert clerk.post(path, outcome="withdrawn", reason="申请人撤回").status_code == 303
    assert _open_reviews(world) == []
    assert clerk.get(f"{path}/print").status_code == 200


def _ask_for_review(world: World, clerk: Seat) -> str:
    """Refuse an objection, record that a review was asked for, and say where it stands."""
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    assert clerk.send(f"/objections/{number}/decide", _decision(world, phone, "not_founded")).status_code == 200
    assert clerk.post(f"/objections/{number}/review").status_code == 303
    return (clerk.get(f"/objections/{number}/review").location or "").removeprefix("/court")


def _sit_higher(world: World) -> Seat:
    login = f"higher.{uuid.uuid4().hex[:8]}"
    world.execute(
        "INSERT INTO register.officer (court_id, login, name, roles)"
        " SELECT superior_id, %s, '虚构人员', '{clerk}' FROM register.court WHERE id = %s",
        login, world.court,
    )  # fmt: skip
    return sit(world, login)


def _court_of(world: World, seat: Seat) -> uuid.UUID:
    [row] = world.rows("SELECT court_id FROM register.officer WHERE login = %s", seat.login)
    return row["court_id"]  # type: ignore[no-any-return]


def _open_reviews(world: World) -> list[uuid.UUID]:
    rows = world.rows("SELECT court_id FROM register.task WHERE kind = 'decide_review' AND done_on IS NULL")
    return [row["court_id"] for row in rows]


def _acts(world: World) -> list[dict[str, Any]]:
    return world.rows("SELECT listing_id, cause FROM register.task WHERE kind = 'act_on_objection' AND done_on IS NULL")


def test_an_objection_is_held_by_whoever_opened_it_until_it_is_handed_over(world: World, clerk: Seat) -> None:
    number = _file(world, world.phone(world.listings[0]))
    approver = sit(world, "zhou")
    assert _mine(clerk, number)
    assert _mine(approver, number), "nobody holds it yet"
    _open(world, clerk, number)
    assert clerk.send(f"/objections/{number}/lend").status_code == 200
    assert clerk.get(f"/objections/{number}/standing").get_json()["holder"] == "虚构人员"
    assert not _mine(approver, number)
    assert _mine(approver, number, "&court=1"), "the whole court's"
    approver.send(f"/objections/{number}/lend")
    assert not _mine(approver, number), "the first to open it holds it"
    ids = {row["login"]: str(row["id"]) for row in world.rows("SELECT login, id FROM register.officer")}
    path = f"/objections/{number}/hand-over"
    assert clerk.send(path, {"to": ids["wu"]}).status_code == 422, "a reward officer reads none"
    assert clerk.send(path, {"to": ids["zhou"]}).status_code == 200
    assert _mine(approver, number)
    assert not _mine(clerk, number)
    assert f'data-open="{number}"' in approver.get("/objections/?mine=1").text
    assert f'data-open="{number}"' not in clerk.get("/objections/?mine=1").text
    world.execute("UPDATE register.officer SET active = false WHERE login = 'zhou'")
    assert _mine(clerk, number), "what somebody held who is gone is everybody's"
    world.execute("UPDATE register.officer SET active = true WHERE login = 'zhou'")


def _mine(seat: Seat, number: int, more: str = "") -> bool:
    rows = csv.reader(io.StringIO(seat.get(f"/duties/new?csv=1{more}").text))
    return any(row[:2] == ["审查纠正申请", str(number)] for row in rows)


def test_another_courts_objection_is_not_there(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    stranger = sit_elsewhere(world, "clerk")
    assert f'data-open="{number}"' not in stranger.get("/objections/").text
    for path, body in (
        ("lend", {}),
        ("answer", _boxed(world, phone, 1, "x")),
        ("decide", _decision(world, phone, "not_founded")),
        ("hand-over", {"to": str(world.court)}),
    ):
        unknown = stranger.send(f"/objections/999999/{path}", body)
        known = stranger.send(f"/objections/{number}/{path}", body)
        assert (known.status_code, known.text) == (404, unknown.text), path
    for path in ("standing", "print"):
        assert stranger.get(f"/objections/{number}/{path}").status_code == 404
    assert stranger.post(f"/objections/{number}/review").status_code == 404
    assert world.status(phone)["outcome"] is None
    assert _open(world, clerk, number).text == SECRET  # the control


def test_only_readers_open_and_only_clerks_decide(world: World) -> None:
    phone = world.phone(world.listings[0])
    number = _file(world, phone)
    reward = sit(world, "wu")
    assert reward.get("/objections/").status_code == 403
    assert reward.send(f"/objections/{number}/lend").status_code == 403
    approver = sit(world, "zhou")
    assert approver.get("/objections/").status_code == 200
    sent = _decision(world, phone, "not_founded")
    assert approver.send(f"/objections/{number}/decide", sent).status_code == 403
    forged = sit(world, "lin").send(f"/objections/{number}/decide", sent, csrf="0" * 64)
    assert forged.status_code == 403
    assert world.status(phone)["outcome"] is None


def test_opening_is_recorded_and_limited(world: World, clerk: Seat) -> None:
    numbers = [_file(world, world.phone(world.listings[0])) for _ in range(7)]
    for number in numbers[:5]:
        _open(world, clerk, number)
    age_proof(world, "lin")
    assert clerk.send(f"/objections/{numbers[5]}/lend").status_code == 401
    assert clerk.send(f"/objections/{numbers[4]}/lend").status_code == 200  # again is not more
    fresh = sit(world, "lin")
    assert fresh.send(f"/objections/{numbers[6]}/lend").status_code == 200  # the control
    rows = world.rows(
        "SELECT content FROM audit.entry INNER JOIN audit.body USING (sequence) WHERE action = 'filing.open'"
    )
    assert sum(f'"number":{numbers[0]}' in row["content"].replace(" ", "") for row in rows) == 1


def test_keys_are_lent_wrapped(world: World, clerk: Seat) -> None:
    keys = clerk.send("/objections/keys").get_json()
    assert {"public_key", "wrapped", "secrets"} <= set(keys)
    reader = desk_of(world, "lin").reader
    for secret in reader.secrets.values():
        assert to_text(secret) not in str(keys)


def test_the_words_around_reasons_are_those_of_the_commands(world: World) -> None:
    [row] = world.rows("SELECT serving.today() AS today")
    head, tail = around_reasons("founded", Review(None, None, None, row["today"]))
    assert head
    assert not tail
    head, tail = around_reasons("founded_in_part", Review(None, None, None, row["today"]))
    assert "上一级人民法院" in tail
