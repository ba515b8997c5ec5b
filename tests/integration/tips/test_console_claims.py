"""Claims over the routes of the console: opened under record, signed by two, paid once."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from backend.console.refusal_words import FIELDS
from backend.core.sealing.claims import unbox_award, unseal_claim
from backend.core.sealing.wire import to_bytes
from tests.integration.filing_world import World
from tests.integration.tips.claims_desk import (
    ACCOUNT,
    ELIGIBLE,
    PAYEE,
    asked,
    claimed_at_console,
    ledger,
    open_claim,
    propose,
    propose_unseen,
)
from tests.integration.tips.seats import Seat, desk_of, sit, sit_elsewhere
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")


def test_who_claims_is_sealed_on_its_way_and_opened_under_record(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    assert payer.send(f"/claims/{number}/lend", {"reason": ""}).status_code == 422
    answer = payer.send(f"/claims/{number}/lend", {"reason": "核对身份"})
    lent = answer.get_json()
    assert PAYEE not in answer.text
    assert ACCOUNT not in answer.text
    assert "row_key" not in answer.text
    reader = desk_of(world, "wu").reader
    box = {key["use"]: to_bytes(key["key"]) for key in lent["statements"]}["box"]
    award = unbox_award(to_bytes(lent["award"]["data"]), box, reader.newest("reward")[1])
    claim = unseal_claim(to_bytes(lent["claim"]["data"]), reader.pair("reward", lent["claim"]["key_id"]), award)
    assert (claim.name, claim.account, award.rank) == (PAYEE, ACCOUNT, 1)
    [row] = world.rows(
        "SELECT content FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE action = 'claim.open' ORDER BY sequence DESC LIMIT 1"
    )
    assert "核对身份" in row["content"]


def test_nothing_stands_in_the_ledger_before_a_second_officer_signs(world: World, payer: Seat) -> None:
    number = claimed_at_console(
        world, make_notice(world, world.listings[0], basis="percent_recovered", amount=None, percent=5, cap=200000)
    )
    page = asked(propose(payer, number))
    assert ledger(world, number) == []
    approver = sit(world, "zhou")
    shown = approver.get(page).text
    assert "5,000" in shown
    for hidden in (PAYEE, ACCOUNT, "虚构证件号"):
        assert hidden not in shown
    assert propose(payer, number).status_code == 409, "one waits already"
    assert approver.post(f"{page}/approve").status_code == 303
    [row] = ledger(world, number)
    assert (row["amount"], row["approved_on"] is not None) == (5000, True)
    assert approver.post(f"{page}/approve").status_code == 409
    assert propose(payer, number).status_code == 409, "paid once"
    assert len(ledger(world, number)) == 1
    paper = payer.get(f"/claims/{number}/print").text
    assert "院印" in paper
    assert "5,000" in paper
    assert PAYEE not in paper


def test_nobody_proposes_a_reward_for_a_claim_that_they_have_not_opened(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    world.execute("UPDATE register.officer SET roles = ARRAY['approver', 'reward_officer'] WHERE login = 'zhou'")
    try:
        open_claim(sit(world, "zhou"), number)
    finally:
        world.execute("UPDATE register.officer SET roles = ARRAY['approver'] WHERE login = 'zhou'")
    answer = propose_unseen(payer, number)
    assert (answer.status_code, "请先打开申请" in answer.text) == (409, True), "another has opened it"
    open_claim(payer, number)
    page = asked(propose_unseen(payer, number))  # the control
    world.execute("UPDATE sealed.claim SET opened_by = '{}' WHERE number = %s", number)
    approver = sit(world, "zhou")
    assert approver.post(f"{page}/approve").status_code == 409, "nor is it signed"
    assert ledger(world, number) == []


@pytest.mark.parametrize("missing", ELIGIBLE)
def test_each_condition_must_hold(world: World, payer: Seat, missing: str) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    answer = propose(payer, number, **{missing: False})
    assert answer.status_code == 422
    assert FIELDS[missing][0] in answer.text
    assert [other for other in ELIGIBLE if other != missing and FIELDS[other][0] in answer.text] == []
    assert propose(payer, number, recovered="0").status_code == 422
    assert propose(payer, number).status_code == 201  # the control: with all of them


def test_whereabouts_are_paid_for_finding_and_the_papers_say_so(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0], kind="whereabouts"))
    [promised] = payer.get(f"/claims/{number}/standing").get_json()["notices"]
    assert promised["condition"] == "found"
    assert propose(payer, number).status_code == 422, "the claim was met, but they were not found"
    page = asked(propose(payer, number, claim_met=False, found=True, recovered="0"))
    approver = sit(world, "zhou")
    shown = approver.get(page).text
    assert "法院因该线索找到了被执行人" in shown
    assert "债权因此" not in shown
    assert approver.post(f"{page}/approve").status_code == 303
    assert [row["amount"] for row in ledger(world, number)] == [5000]
    paper = payer.get(f"/claims/{number}/print").text
    assert "法院因该线索找到了被执行人" in paper
    assert "债权因此" not in paper


def test_the_cap_of_a_notice_holds_over_all_its_claims(world: World, payer: Seat) -> None:
    notice = make_notice(world, world.listings[0], basis="percent_recovered", amount=None, percent=10, cap=15000)
    first, second = claimed_at_console(world, notice), claimed_at_console(world, notice)
    pages = [asked(propose(payer, number)) for number in (first, second)]
    approver = sit(world, "zhou")
    assert approver.post(f"{pages[0]}/approve").status_code == 303
    assert approver.post(f"{pages[1]}/approve").status_code == 409
    assert ledger(world, second) == []


def test_no_other_amount_is_paid_than_was_signed(world: World, payer: Seat) -> None:
    notice = make_notice(world, world.listings[0])
    number = claimed_at_console(world, notice)
    page = asked(propose(payer, number))
    approver = sit(world, "zhou")
    world.execute("UPDATE register.notice SET amount = amount + 1 WHERE id = %s", notice)
    assert approver.post(f"{page}/approve").status_code == 409
    assert ledger(world, number) == []
    world.execute("UPDATE register.notice SET amount = amount - 1 WHERE id = %s", notice)
    assert approver.post(f"{page}/approve").status_code == 303  # the control


def test_a_proposal_that_was_sent_back_can_be_made_again(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    approver = sit(world, "zhou")
    page = asked(propose(payer, number, recovered="1"))
    assert approver.post(f"{page}/send-back", reason="金额写错").status_code == 303
    page = asked(propose(payer, number))
    assert approver.post(f"{page}/approve").status_code == 303
    assert len(ledger(world, number)) == 1


def test_twenty_approvals_at_once_pay_once_and_nobody_signs_twice(world: World) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    world.execute("UPDATE register.officer SET roles = ARRAY['reward_officer', 'approver'] WHERE login = 'wu'")
    try:
        payer, again = sit(world, "wu"), sit(world, "wu")
        page = asked(propose(payer, number))
        assert [seat.post(f"{page}/approve").status_code for seat in (payer, again)] == [403, 403]
        seats = [sit(world, "zhou") for _ in range(20)]
        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda seat: seat.post(f"{page}/approve").status_code, seats))
    finally:
        world.execute("UPDATE register.officer SET roles = ARRAY['reward_officer'] WHERE login = 'wu'")
    assert sorted(answers) == [303] + [409] * 19
    assert len(ledger(world, number)) == 1


def test_a_claim_is_refused_with_a_reason_and_not_while_one_must_sign(world: World, payer: Seat) -> None:
    number, other = (claimed_at_console(world, make_notice(world, world.listings[0])) for _ in range(2))
    assert payer.send(f"/claims/{number}/refuse", {"reason": ""}).status_code == 422
    assert payer.get(f"/claims/{number}/print").status_code == 404
    assert payer.send(f"/claims/{number}/refuse", {"reason": "法院早已掌握"}).status_code == 200
    paper = payer.get(f"/claims/{number}/print").text
    assert "不予支付" in paper
    assert "法院早已掌握" in paper
    assert "院印" in paper
    assert f"/claims/{number}/print" in payer.get("/claims/").text
    assert payer.get(f"/claims/{other}/print").status_code == 404
    assert propose(payer, number).status_code == 409
    asked(propose(payer, other))
    assert payer.send(f"/claims/{other}/refuse", {"reason": "改变主意"}).status_code == 409


def test_a_claim_is_held_by_whoever_opened_it_until_it_is_handed_over(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    world.execute(
        "INSERT INTO register.officer (court_id, login, name, roles)"
        " VALUES (%s, 'second.wu', '乙', '{reward_officer}')",
        world.court,
    )
    second = sit(world, "second.wu")
    assert _is_mine(second, number), "nobody holds it yet"
    assert payer.send(f"/claims/{number}/lend", {"reason": "核对身份"}).status_code == 200
    assert (_is_mine(payer, number), _is_mine(second, number)) == (True, False)
    path, ids = f"/claims/{number}/hand-over", {}
    for row in world.rows("SELECT id, login FROM register.officer"):
        ids[row["login"]] = str(row["id"])
    assert second.send(path, {"to": ids["second.wu"]}).status_code == 422, "they hold no key that opens it"
    world.execute(
        "INSERT INTO register.officer_key (officer_id, public_key, wrapped) VALUES (%s, %s, %s)",
        ids["second.wu"], b"k" * 32, b"w" * 88,
    )  # fmt: skip
    world.execute(
        "INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed)"
        " SELECT court_id, use, number, %s, sealed FROM register.court_secret WHERE use = 'reward' AND officer_id = %s",
        ids["second.wu"], ids["wu"],
    )  # fmt: skip
    assert payer.send(path, {"to": ids["second.wu"]}).status_code == 200
    assert (_is_mine(payer, number), _is_mine(second, number)) == (False, True)
    world.execute("DELETE FROM register.court_secret WHERE officer_id = %s", ids["second.wu"])
    world.execute("UPDATE register.officer SET active = false WHERE login = 'second.wu'")
    assert _is_mine(payer, number), "what somebody held who is gone is everybody's"


def _is_mine(seat: Seat, number: int) -> bool:
    rows = csv.reader(io.StringIO(seat.get("/duties/new?csv=1").text))
    return any(row[:2] == ["办理领奖", str(number)] for row in rows)


def test_another_court_and_other_roles_reach_nothing(world: World, payer: Seat) -> None:
    number = claimed_at_console(world, make_notice(world, world.listings[0]))
    stranger, clerk = sit_elsewhere(world, "reward_officer", "approver"), sit(world, "lin")
    absent = stranger.send("/claims/999999/lend", {"reason": "x"})
    bodies: dict[str, Any] = {"lend": {"reason": "x"}, "refuse": {"reason": "x"}, "hand-over": {"to": str(world.court)}}
    bodies["propose"] = {**ELIGIBLE, "rank": 1, "recovered": "1", "reason": "x"}
    for step, body in bodies.items():
        answer = stranger.send(f"/claims/{number}/{step}", body)
        assert (answer.status_code, answer.text) == (404, absent.text), step
        assert clerk.send(f"/claims/{number}/{step}", body).status_code == 403
        assert sit(world, "zhou").send(f"/claims/{number}/{step}", body).status_code == 403
        assert payer.send(f"/claims/{number}/{step}", body, csrf="no").status_code == 403
    for path in (f"/claims/{number}/standing", f"/claims/{number}/print"):
        assert stranger.get(path).status_code == 404
    assert stranger.send("/claims/exported", {"numbers": [number]}).status_code == 404
    assert stranger.send("/claims/export").get_json() == {"payments": []}
    assert "data-open" not in stranger.get("/claims/").text
    assert payer.get(f"/claims/{number}/standing").status_code == 200  # the control
