"""Objections over the routes of the console: what passes is sealed, recorded, limited and the court's own."""

from __future__ import annotations

import csv
import io

import pytest

from backend.core.audit import verify
from backend.core.sealing.wire import to_text
from backend.objections.domain import Review, around_reasons
from tests.integration.filing_world import World
from tests.integration.objections.deciding import SECRET, boxed, decision, file_at, open_at
from tests.integration.tips.seats import Seat, age_proof, desk_of, sit, sit_elsewhere

pytestmark = pytest.mark.usefixtures("unlimited")


def test_the_list_goes_by_the_clock_and_tells_nothing_that_is_sealed(world: World, clerk: Seat) -> None:
    number = file_at(world, world.phone(world.listings[0]))
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
    number = file_at(world, phone)
    letter = open_at(world, clerk, number)
    assert letter.text == SECRET
    standing = clerk.get(f"/objections/{number}/standing").get_json()
    head, tail = standing["around"]["not_founded"]
    assert "复议" in tail
    assert clerk.get(f"/objections/{number}/print").status_code == 409
    assert clerk.send(f"/objections/{number}/answer", boxed(world, phone, 2, "x")).status_code == 409
    assert clerk.send(f"/objections/{number}/answer", boxed(world, phone, 1, "请补充")).status_code == 201
    text = f"{head}\n\n理由 Reasons: 判决已经生效\n\n{tail}"
    answered = decision(world, phone, "not_founded") | {"answer": boxed(world, phone, 2, text)}
    assert clerk.send(f"/objections/{number}/decide", answered).status_code == 200
    status = world.status(phone)
    assert (status["state"], status["outcome"]) == ("decided", "not_founded")
    assert phone.read(status["messages"][-1]).text == text
    again = decision(world, phone, "founded", act="withdraw") | {"answer": boxed(world, phone, 3, "x")}
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
    number = file_at(world, phone)
    for bad in (
        {"reasoned": False},
        {"act": "withdraw"},
        {"outcome": "perhaps"},
        {"listings": [str(world.other_listing)]},
        {"answer": None},
        {"answer": {"part": "sealed", "key_id": 1, "data": "AA"}},
        {"answer": boxed(world, phone, 1, "x") | {"key_id": 99}},
    ):
        sent = decision(world, phone, "not_founded") | bad
        assert clerk.send(f"/objections/{number}/decide", sent).status_code == 422, bad
    assert world.status(phone)["outcome"] is None
    assert world.status(phone)["messages"] == []
    good = decision(world, phone, "not_founded")
    assert clerk.send(f"/objections/{number}/decide", good).status_code == 200  # the control


def test_what_follows_opens_the_courts_duty_and_is_done_at_the_listing(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[1])
    number = file_at(world, phone)
    sent = decision(world, phone, "founded", act="withdraw", reasoned=False)
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
    number = file_at(world, phone)
    assert clerk.send(f"/objections/{number}/decide", decision(world, phone, "founded_in_part")).status_code == 200
    [row] = world.rows("SELECT state FROM register.listing WHERE id = %s", world.listings[0])
    assert row["state"] == "suspended"


def test_an_objection_is_held_by_whoever_opened_it_until_it_is_handed_over(world: World, clerk: Seat) -> None:
    number = file_at(world, world.phone(world.listings[0]))
    approver = sit(world, "zhou")
    assert _mine(clerk, number)
    assert _mine(approver, number), "nobody holds it yet"
    open_at(world, clerk, number)
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
    number = file_at(world, phone)
    stranger = sit_elsewhere(world, "clerk")
    assert f'data-open="{number}"' not in stranger.get("/objections/").text
    for path, body in (
        ("lend", {}),
        ("answer", boxed(world, phone, 1, "x")),
        ("decide", decision(world, phone, "not_founded")),
        ("hand-over", {"to": str(world.court)}),
    ):
        unknown = stranger.send(f"/objections/999999/{path}", body)
        known = stranger.send(f"/objections/{number}/{path}", body)
        assert (known.status_code, known.text) == (404, unknown.text), path
    for path in ("standing", "print"):
        assert stranger.get(f"/objections/{number}/{path}").status_code == 404
    assert stranger.post(f"/objections/{number}/review").status_code == 404
    assert world.status(phone)["outcome"] is None
    assert open_at(world, clerk, number).text == SECRET  # the control


def test_only_readers_open_and_only_clerks_decide(world: World) -> None:
    phone = world.phone(world.listings[0])
    number = file_at(world, phone)
    reward = sit(world, "wu")
    assert reward.get("/objections/").status_code == 403
    assert reward.send(f"/objections/{number}/lend").status_code == 403
    approver = sit(world, "zhou")
    assert approver.get("/objections/").status_code == 200
    sent = decision(world, phone, "not_founded")
    assert approver.send(f"/objections/{number}/decide", sent).status_code == 403
    forged = sit(world, "lin").send(f"/objections/{number}/decide", sent, csrf="0" * 64)
    assert forged.status_code == 403
    assert world.status(phone)["outcome"] is None


def test_opening_is_recorded_and_limited(world: World, clerk: Seat) -> None:
    numbers = [file_at(world, world.phone(world.listings[0])) for _ in range(7)]
    for number in numbers[:5]:
        open_at(world, clerk, number)
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
