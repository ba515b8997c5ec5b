"""Reviews over the routes of the console: the duty of the next higher court, what follows, what the phone is told."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from backend.core.filings.shredding import count_kept, shred, shred_due
from tests.integration.conftest import Check
from tests.integration.filing_world import Phone, World
from tests.integration.objections.deciding import decision, file_at
from tests.integration.tips.seats import Seat, sit

pytestmark = pytest.mark.usefixtures("unlimited")


def test_a_review_is_the_next_higher_courts_duty(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = file_at(world, phone)
    assert clerk.post(f"/objections/{number}/review").status_code == 409
    clerk.send(f"/objections/{number}/decide", decision(world, phone, "not_founded"))
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


def test_the_phone_is_told_how_a_review_stands_and_that_a_reversal_was_acted_on(
    world: World, clerk: Seat, check: Check
) -> None:
    phones = [world.phone(world.listings[0]) for _ in range(2)]
    higher, paths = _sit_higher(world), [_ask_for_review(world, clerk, phone) for phone in phones]
    [row] = world.rows("SELECT serving.today() AS today, register.due_on('decide_review', serving.today()) AS due_on")
    today, open_review = row["today"].isoformat(), {"decided_on": None, "outcome": None, "act": None}
    told = {"asked_on": today, "answer_by": row["due_on"].isoformat()}
    for phone in phones:
        assert world.status(phone)["review"] == told | open_review
    world.execute("UPDATE sealed.filing SET closed_on = closed_on - 100 WHERE state = 'closed'")
    assert higher.post(paths[0], outcome="upheld", reason="原决定并无不当").status_code == 303
    assert higher.post(paths[1], outcome="reversed", act="correct", reason="年龄有误").status_code == 303
    upheld, reversed_ = map(world.status, phones)
    check("ObjectionStatus", upheld)
    assert upheld["review"] == told | {"decided_on": today, "outcome": "upheld", "act": None}
    assert reversed_["review"] == told | {"decided_on": today, "outcome": "reversed", "act": "correct"}
    assert (upheld["state"], reversed_["state"]) == ("decided", "decided")
    kept_until = row["today"] + timedelta(days=world.app.extensions["settings"].filings.shred_days)
    assert upheld["expires_on"] == kept_until.isoformat(), "as long after the review as after a decision"
    path = f"/listings/{world.listings[0]}/correction"
    wrong = {"field": "duty", "value": "支付货款", "cause": "wrong_data", "reason": "x"}
    assert clerk.post(path, **wrong).status_code == 303
    assert world.status(phones[1])["state"] == "decided", "another correction is not what was ordered"
    assert clerk.post(path, **wrong | {"cause": "objection_founded"}).status_code == 303
    upheld, reversed_ = map(world.status, phones)
    assert (upheld["state"], upheld["outcome"]) == ("decided", "not_founded")
    assert (reversed_["state"], reversed_["outcome"]) == ("acted", "not_founded")


def test_a_reversal_about_no_case_is_acted_on_once_the_court_has_found_which(world: World, clerk: Seat) -> None:
    higher, phone = _sit_higher(world), world.phone(world.court)
    path = _ask_for_review(world, clerk, phone)
    found = f"{path}/listings"
    meant = str(world.listings[0])
    assert clerk.post(found, listings=meant).status_code == 409, "nothing was decided"
    assert higher.post(path, outcome="reversed", act="withdraw", reason="查明不应列入").status_code == 303
    today = clerk.get("/duties/new?court=1").text
    assert "按决定办理纠正" in today
    assert f"/court{path}" in today
    assert f"/court{path}" not in higher.get("/duties/new?court=1").text
    assert "查明是哪几条公示" in clerk.get(path).text
    assert "查明是哪几条公示" not in higher.get(path).text
    assert higher.post(found, listings=meant).status_code == 409
    for bad in ("", "x", f"{meant} {world.entity}", str(world.entity)):
        assert clerk.post(found, listings=bad).status_code == 422, bad
    assert [row["listing_id"] for row in _acts(world)] == [None]
    case_number = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])[0][
        "case_number"
    ]
    assert clerk.post(found, listings=case_number).status_code == 303, "as its page says"
    assert _acts(world) == [{"listing_id": world.listings[0], "cause": "withdraw"}]
    assert f"/court{path}" not in clerk.get("/duties/new?court=1").text
    assert clerk.post(found, listings=meant).status_code == 409
    assert world.status(phone)["state"] == "decided"
    world.execute("UPDATE register.task SET done_on = begun_on WHERE kind = 'act_on_objection'")
    assert world.status(phone)["state"] == "acted"


def test_papers_name_the_same_last_day_whenever_they_are_printed(world: World, clerk: Seat) -> None:
    phone = world.phone(world.listings[0])
    number = file_at(world, phone)
    assert clerk.send(f"/objections/{number}/decide", decision(world, phone, "not_founded")).status_code == 200
    world.execute(
        "UPDATE register.objection SET decided_on = decided_on - 7 WHERE filing_id ="
        " (SELECT id FROM sealed.filing WHERE number = %s AND purpose = 'objection' AND court_id = %s)",
        number, world.court,
    )  # fmt: skip
    [row] = world.rows("SELECT register.due_on('ask_for_review', serving.today() - 7) AS until")
    assert f"最迟可于 {row['until']}" in clerk.get(f"/objections/{number}/print").text


def test_the_reason_of_a_review_goes_with_what_was_filed(world: World, clerk: Seat) -> None:
    higher, phones = _sit_higher(world), [world.phone(world.listings[0]) for _ in range(2)]
    paths = [_ask_for_review(world, clerk, phone) for phone in phones]
    for path in paths:
        assert higher.post(path, outcome="upheld", reason="虚构的复议理由").status_code == 303
    [row] = world.rows("SELECT filing_id FROM register.review WHERE id = %s", paths[0].rpartition("/")[2])
    shred(world.database, world.store, row["filing_id"])
    told = [clerk.get(f"{path}/print").text for path in paths]
    assert ["虚构的复议理由" in paper for paper in told] == [False, True]
    assert "维持原决定" in told[0]


def test_what_was_filed_is_kept_while_its_review_is_open_and_none_begins_once_it_is_destroyed(
    world: World, clerk: Seat
) -> None:
    higher, (waiting, late) = _sit_higher(world), [world.phone(world.listings[0]) for _ in range(2)]
    path = _ask_for_review(world, clerk, waiting)
    number = file_at(world, late)
    assert clerk.send(f"/objections/{number}/decide", decision(world, late, "not_founded")).status_code == 200
    world.execute("UPDATE sealed.filing SET closed_on = closed_on - 400 WHERE state = 'closed'")
    assert count_kept(world.database, 180) == 1
    with pytest.raises(psycopg.errors.CheckViolation, match="has not ended"):  # whoever asks
        world.execute("UPDATE sealed.filing SET state = 'shredding' FROM sealed.needed_filing WHERE id = filing_id")
    assert shred_due(world.database, world.store, 180) >= 1
    assert world.status(waiting)["review"]["outcome"] is None
    assert world.post("/status", {"lookup": late.lookup}).status_code == 404
    assert clerk.post(f"/objections/{number}/review").status_code == 404
    assert higher.post(path, outcome="upheld", reason="虚构的复议理由").status_code == 303
    assert count_kept(world.database, 180) == 0
    assert shred_due(world.database, world.store, 180) == 0, "as long after the review as after a decision"


def _ask_for_review(world: World, clerk: Seat, phone: Phone | None = None) -> str:
    """Refuse an objection, record that a review was asked for, and say where it stands."""
    phone = phone or world.phone(world.listings[0])
    number = file_at(world, phone)
    assert clerk.send(f"/objections/{number}/decide", decision(world, phone, "not_founded")).status_code == 200
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
