"""What the cashier is given: each payment that two have signed, once, by one officer."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.integration.filing_world import World
from tests.integration.tips.claims_desk import PAYEE, asked, claimed_at_console, ledger, propose
from tests.integration.tips.seats import Seat, age_proof, sit
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")


def test_paying_needs_a_fresh_second_factor(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    page = asked(propose(payer, number))
    approver = sit(world, "zhou")
    age_proof(world, "zhou")
    answer = approver.post(f"{page}/approve")
    assert answer.status_code == 303
    assert "next" in (answer.location or "")
    assert ledger(world, number) == []
    assert sit(world, "zhou").post(f"{page}/approve").status_code == 303  # the control
    age_proof(world, "wu")
    for path in ("/claims/export", "/claims/exported"):
        assert payer.send(path, {"numbers": [number]}).status_code == 303


def test_the_cashier_is_told_once(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    sit(world, "zhou").post(f"{asked(propose(payer, number))}/approve")
    listed = payer.send("/claims/export").get_json()["payments"]
    assert {"number": number, "amount": "5000.00"} in listed
    assert payer.send("/claims/exported", {"numbers": [number]}).status_code == 200
    assert number not in [row["number"] for row in payer.send("/claims/export").get_json()["payments"]]
    rows = list(csv.reader(io.StringIO(payer.get("/claims/?csv=1").text.removeprefix("\ufeff"))))
    [row] = [row for row in rows if row[0] == str(number)]
    assert row[2] == "已交出纳"
    assert not any(PAYEE in cell for row in rows for cell in row)


def _paid(world: World, payer: Seat) -> int:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    assert sit(world, "zhou").post(f"{asked(propose(payer, number))}/approve").status_code == 303
    return number


def _listed(seat: Seat) -> list[int]:
    return [row["number"] for row in seat.send("/claims/export").get_json()["payments"]]


@pytest.fixture
def second(world: World) -> Seat:
    """Another reward officer of the court."""
    login = f"wu.{uuid4().hex[:8]}"
    world.execute(
        "INSERT INTO register.officer (court_id, login, name, roles) VALUES (%s, %s, '虚构人员', %s)",
        world.court, login, ["reward_officer"],
    )  # fmt: skip
    return sit(world, login)


def test_of_two_officers_who_export_at_once_one_is_given_a_payment(world: World, payer: Seat, second: Seat) -> None:
    number = _paid(world, payer)
    with ThreadPoolExecutor(2) as pool:
        lists = list(pool.map(_listed, (payer, second)))
    assert [number in listed for listed in lists].count(True) == 1
    first, other = (payer, second) if number in lists[0] else (second, payer)
    assert number in _listed(first), "who lost the file before it was confirmed makes it again"
    assert other.send("/claims/exported", {"numbers": [number]}).status_code == 409
    assert first.send("/claims/exported", {"numbers": [number]}).status_code == 200
    assert first.send("/claims/exported", {"numbers": [number]}).status_code == 409, "of two tabs one"
    assert number not in _listed(other)


def test_a_payment_whose_file_was_never_confirmed_is_free_after_an_hour(
    world: World, payer: Seat, second: Seat
) -> None:
    number = _paid(world, payer)
    assert number in _listed(payer)
    assert number not in _listed(second)
    world.execute("UPDATE register.reward SET exporting_at = exporting_at - interval '61 minutes'")
    assert number in _listed(second)  # the control: nothing keeps it from a second file but the hour
    assert payer.send("/claims/exported", {"numbers": [number]}).status_code == 409
    assert second.send("/claims/exported", {"numbers": [number]}).status_code == 200


def test_the_limit_on_opening_keeps_no_payment_from_the_cashier(
    world: World, payer: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = _paid(world, payer)
    monkeypatch.setattr("backend.core.filings.reading.UNWRAPPINGS", 0)
    body = {"reason": "交出纳付款"}
    assert payer.send(f"/claims/{number}/lend", body).status_code == 403  # the control: it is only being read
    assert number in _listed(payer)
    assert payer.send(f"/claims/{number}/lend", body).status_code == 200
    assert payer.send("/claims/exported", {"numbers": [number]}).status_code == 200
    assert payer.send(f"/claims/{number}/lend", body).status_code == 403


def test_nothing_is_noted_as_paid_that_two_have_not_signed(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    page = asked(propose(payer, number))
    assert payer.send("/claims/exported", {"numbers": [number]}).status_code == 409
    said = "SELECT FROM audit.entry INNER JOIN audit.body USING (sequence)"
    said += f" WHERE action = 'claim.export' AND (content::jsonb ->> 'number')::bigint = {number}"
    assert not world.rows(said)
    sit(world, "zhou").post(f"{page}/approve")
    assert payer.send("/claims/exported", {"numbers": [number]}).status_code == 409, "nobody has made a file of it"
    payer.send("/claims/export")
    assert payer.send("/claims/exported", {"numbers": [number]}).status_code == 200  # the control
    assert len(world.rows(said)) == 1
