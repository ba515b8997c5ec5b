"""Rewards that two officers grant: once, within the cap of their notice, whoever hurries."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from backend.core.audit import verify
from backend.core.errors import Forbidden, Invalid, NotFound, ProductError
from backend.tips.claims import Proposal, approve, list_claims, propose, refuse
from backend.tips.domain import AlreadyApproved, AlreadyProposed, BeyondCap, Eligibility, SameOfficer
from tests.integration.filing_world import World
from tests.integration.tips.claiming import ELIGIBLE, claimed, proposed
from tests.integration.tips.seats import desk_of
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")


def test_a_reward_needs_eligibility_two_officers_and_the_notices_rule(world: World) -> None:
    notice = make_notice(world, world.listings[0], basis="percent_recovered", amount=None, percent=5, cap=4000)
    number, second = claimed(world, notice), claimed(world, notice)
    wu = desk_of(world, "wu")
    with pytest.raises(Invalid, match="not_known"):
        propose(wu, number, Proposal(Decimal(9), Eligibility(True, True, False, True)))  # noqa: FBT003
    with pytest.raises(Invalid, match="recovered"):
        propose(wu, number, Proposal(Decimal(0), ELIGIBLE))
    with pytest.raises(NotFound):
        approve(world.database, "zhou", number)
    assert propose(wu, number, Proposal(Decimal(100_000), ELIGIBLE)) == Decimal(4000)
    with pytest.raises(AlreadyProposed):
        propose(wu, number, Proposal(Decimal(9), ELIGIBLE))
    with pytest.raises(SameOfficer):
        approve(world.database, "wu", number)
    with pytest.raises(Forbidden):
        approve(world.database, "lin", number)
    assert approve(world.database, "zhou", number) == Decimal(4000)
    with pytest.raises(AlreadyApproved):
        approve(world.database, "zhou", number)
    with pytest.raises(BeyondCap):
        propose(wu, second, Proposal(Decimal(1000), ELIGIBLE))
    refuse(wu, second, "奖金已付完")
    with pytest.raises(AlreadyProposed):
        propose(wu, second, Proposal(Decimal(1), ELIGIBLE))
    (row,) = [row for row in list_claims(world.database, "zhou") if row["number"] == number]
    assert (row["tip_rank"], row["amount"]) == (1, Decimal(4000))
    assert set(row) == {"number", "filed_on", "state", "tip_rank", "amount", "proposed_on", "approved_on"}
    with world.database.transaction("operator") as connection:
        assert verify(connection) is None


def test_a_fixed_reward_for_whereabouts_is_paid_for_finding_them(world: World) -> None:
    """Nothing was recovered, and no officer has to say that the claim was met."""
    wu = desk_of(world, "wu")
    found = Eligibility(not_agent=True, not_bound=True, not_known=True, claim_met=False, found=True)
    number = claimed(world, make_notice(world, world.listings[0], kind="whereabouts"))
    with pytest.raises(Invalid, match="found"):
        propose(wu, number, Proposal(Decimal(100_000), ELIGIBLE))
    assert propose(wu, number, Proposal(Decimal(0), found)) == Decimal(5000)
    assert approve(world.database, "zhou", number) == Decimal(5000)
    said = "SELECT recovered, claim_met, found FROM register.reward ORDER BY proposed_on DESC, found DESC LIMIT 1"
    assert world.rows(said) == [{"recovered": Decimal(0), "claim_met": False, "found": True}]
    # The controls: for property nothing is paid for finding somebody, nor a percentage of nothing.
    share: dict[str, Any] = {"kind": "whereabouts", "basis": "percent_recovered", "amount": None, "percent": 5}
    for terms in ({}, share):
        other = claimed(world, make_notice(world, world.listings[0], **terms))
        with pytest.raises(Invalid, match="claim_met"):
            propose(wu, other, Proposal(Decimal(0), found))
    with pytest.raises(psycopg.errors.CheckViolation, match="reward_eligible"):
        world.execute("UPDATE register.reward SET found = false WHERE found")


def attempts(world: World, numbers: list[int]) -> list[str]:
    def attempt(number: int) -> str:
        try:
            return str(approve(world.database, "zhou", number))
        except ProductError as error:
            return type(error).__name__

    with ThreadPoolExecutor(20) as officers:
        return list(officers.map(attempt, numbers))


def test_twenty_approvals_at_once_pay_once(world: World) -> None:
    number = proposed(world, make_notice(world, world.listings[0]))
    told = attempts(world, [number] * 20)
    assert told.count("5000.00") == 1
    assert told.count("AlreadyApproved") == 19
    entries = world.rows(
        "SELECT FROM audit.entry INNER JOIN audit.body USING (sequence) WHERE action = 'claim.approve'"
        " AND content::jsonb ->> 'number' = %s",
        str(number),
    )
    assert len(entries) == 1


def test_many_claims_at_once_stay_within_the_cap_and_without_the_lock_they_do_not(world: World) -> None:
    def race(first: str) -> Decimal:
        notice = make_notice(world, world.listings[0], basis="percent_recovered", amount=None, percent=5, cap=100)
        numbers = [proposed(world, notice, "1000") for _ in range(4)]
        world.execute("DELETE FROM sealed.unwrapping")
        told = attempts(world, numbers)
        assert first in told
        (paid,) = world.rows(
            "SELECT sum(amount) AS sum FROM register.reward WHERE notice_id = %s AND approved_on IS NOT NULL", notice
        )
        return Decimal(paid["sum"])

    assert race("BeyondCap") == Decimal(100)
    definition = world.rows("SELECT pg_get_functiondef('register.lock_notice'::regproc) AS sql")[0]["sql"]
    # The control: nobody waits for the notice, and each sees what was there before.
    world.execute(definition.replace("FOR UPDATE", "").replace("%", "%%"))
    slow = psycopg.connect(world.url)
    try:
        notice = make_notice(world, world.listings[0], basis="percent_recovered", amount=None, percent=5, cap=100)
        numbers = [proposed(world, notice, "1000") for _ in range(4)]
        # Whoever appends to the trail waits here, after the sum was read and before the commit.
        slow.execute("SELECT FROM audit.head FOR UPDATE")
        with ThreadPoolExecutor(1) as waiting:
            all_of_them = waiting.submit(attempts, world, numbers)
            world.wait_until_held(len(numbers))
            slow.rollback()
            told = all_of_them.result()
        assert told == ["50.00"] * 4
    finally:
        slow.close()
        world.execute(definition.replace("%", "%%"))


def test_the_ledger_cannot_pay_twice_whoever_writes_it(world: World) -> None:
    number = proposed(world, make_notice(world, world.listings[0]))
    approve(world.database, "zhou", number)
    again = (
        "INSERT INTO register.reward SELECT (jsonb_populate_record(reward, jsonb_build_object('claim_id', other.id))).*"
        " FROM register.reward, (SELECT id FROM sealed.claim WHERE id NOT IN (SELECT claim_id FROM register.reward)"
        " LIMIT 1) AS other WHERE reward.claim_id = (SELECT id FROM sealed.claim WHERE number = %s)"
    )
    claimed(world, make_notice(world, world.listings[0]))
    with pytest.raises(psycopg.errors.UniqueViolation, match="reward_once_a_tip"):
        world.execute(again, number)
    with pytest.raises(psycopg.errors.CheckViolation, match="reward_two_officers"):
        world.execute("UPDATE register.reward SET approved_by = proposed_by WHERE approved_on IS NOT NULL")
