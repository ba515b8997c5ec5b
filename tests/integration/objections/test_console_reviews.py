"""Reviews over the routes of the console: the duty of the next higher court."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.integration.filing_world import World
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


def _ask_for_review(world: World, clerk: Seat) -> str:
    """Refuse an objection, record that a review was asked for, and say where it stands."""
    phone = world.phone(world.listings[0])
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
