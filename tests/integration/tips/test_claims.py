from __future__ import annotations

import csv
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from backend.core.audit import verify
from backend.core.errors import Forbidden, Invalid, NotFound, ProductError
from backend.core.filings.reading import Desk
from backend.core.filings.refusals import Destroyed, TooManyOpened
from backend.core.filings.shredding import list_keyless, shred_claims, sweep
from backend.core.sealing.claims import Claim, seal_claim
from backend.core.sealing.envelopes import KeyPair, unseal_object
from backend.core.sealing.refusals import CannotOpen, Misdirected
from backend.core.sealing.rows import Place, unwrap_row
from backend.core.sealing.wire import to_text
from backend.tips.claim_payments import note_exported, open_payments
from backend.tips.claims import Proposal, approve, list_claims, open_claim, propose, refuse
from backend.tips.domain import (
    AlreadyApproved,
    AlreadyProposed,
    BeyondCap,
    Decision,
    Eligibility,
    SameOfficer,
)
from backend.tips.service import decide
from tests.integration.conftest import Check
from tests.integration.filing_world import Phone, World
from tests.integration.tips.test_routes import make_notice

ELIGIBLE = Eligibility(not_agent=True, not_bound=True, not_known=True, claim_met=True)
_desks: dict[tuple[str, str], Desk] = {}
ACCOUNT = "6200000000000000000"


@pytest.fixture(autouse=True)
def terms(world: World) -> None:
    """What a notice promises, where another migration has not brought it, and no limit reached by other tests."""
    world.execute(
        "ALTER TABLE register.notice ADD COLUMN IF NOT EXISTS basis text DEFAULT 'fixed',"
        " ADD COLUMN IF NOT EXISTS amount numeric(14, 2) DEFAULT 5000,"
        " ADD COLUMN IF NOT EXISTS percent numeric(5, 2), ADD COLUMN IF NOT EXISTS cap numeric(14, 2)"
    )
    world.execute("DELETE FROM sealed.unwrapping")


def desk_of(world: World, login: str) -> Desk:
    """Opened once: phrases are slow to try, on purpose. Each file's world has phrases of its own."""
    known = world.url, world.phrases[login]
    if known not in _desks:
        _desks[known] = world.desk(login)
    return _desks[known]


def claim_body(world: World, phone: Phone, proof: bytes | None = None) -> dict[str, Any]:
    number, key = world.key("reward")
    claim = Claim(proof or phone.keys.claim, "虚构领奖人", "虚构证件号", ACCOUNT)
    return {"lookup": phone.lookup, "sealed": to_text(seal_claim(claim, key)), "key_id": number}


def send(world: World, body: dict[str, Any]) -> Any:
    return world.app.test_client().post("/v1/claims", json=body)


def useful(world: World, notice: UUID, rank: int = 1) -> Phone:
    phone = world.phone(notice)
    number = world.file(phone.seal(kind="property")).get_json()["number"]
    decide(desk_of(world, "lin"), number, Decision("useful", rank=rank))
    return phone


def claimed(world: World, notice: UUID, **more: Any) -> int:
    phone = useful(world, notice)
    answer = send(world, claim_body(world, phone, **more))
    assert answer.status_code == 201, answer.text
    return int(answer.get_json()["number"])


def proposed(world: World, notice: UUID, recovered: str = "100000") -> int:
    number = claimed(world, notice)
    propose(desk_of(world, "wu"), number, Proposal(Decimal(recovered), ELIGIBLE))
    return number


def told(world: World, phone: Phone) -> tuple[str, bool, int | None]:
    """What the bearer is told, which is what the court's own page says."""
    status = world.status(phone)
    said = "SELECT status FROM register.tip_desk WHERE number = %s AND court_id = %s"
    assert world.rows(said, status["number"], world.court) == [{"status": status["state"]}]
    return status["state"], status["can_claim"], status["claim"]


def test_a_claim_is_stored_once_and_the_receipt_shows_how_it_goes_on(world: World, check: Check) -> None:
    phone = useful(world, make_notice(world, world.listings[0]))
    assert told(world, phone) == ("useful", True, None)
    body = claim_body(world, phone)
    first, again = send(world, body), send(world, body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    check("ClaimFiled", first.get_json())
    other = send(world, claim_body(world, phone))
    assert (other.status_code, other.get_json()["title"]) == (409, "A claim was sent for this tip before")
    number = first.get_json()["number"]
    assert told(world, phone) == ("useful", False, number)
    propose(desk_of(world, "wu"), number, Proposal(Decimal(1), ELIGIBLE))
    approve(world.database, "zhou", number)
    assert told(world, phone) == ("rewarded", False, number)
    desk = desk_of(world, "wu")
    note_exported(desk, [row[-1] for row in open_payments(desk).rows])
    assert told(world, phone) == ("claimable", False, number)
    assert list_keyless(world.database, world.store) == []
    assert sweep(world.database, world.store, older_than_seconds=0) == 0


def test_what_cannot_be_claimed_is_refused(world: World) -> None:
    phone = world.phone()
    assert send(world, claim_body(world, phone)).status_code == 404
    world.file(phone.seal())
    refused = send(world, claim_body(world, phone))
    assert (refused.status_code, refused.get_json()["title"]) == (409, "No reward can be claimed for this tip")
    ready = useful(world, make_notice(world, world.listings[0]))
    body = claim_body(world, ready)
    assert send(world, body | {"key_id": body["key_id"] + 1}).status_code == 409
    for wrong in ({"sealed": to_text(bytes(9))}, {"key_id": 0}, {"lookup": "x"}, {"name": "clear"}):
        assert send(world, body | wrong).status_code == 422
    assert send(world, body).status_code == 201
    world.execute("DELETE FROM sealed.unwrapping")
    assert sweep(world.database, world.store, older_than_seconds=0) == 0


def test_only_reward_officers_open_it_with_a_reason_and_only_the_informant_can_have_sent_it(world: World) -> None:
    notice = make_notice(world, world.listings[0])
    number = claimed(world, notice)
    with pytest.raises(Forbidden):
        open_claim(desk_of(world, "lin"), number, "pay")
    with pytest.raises(Invalid, match="why"):
        open_claim(desk_of(world, "wu"), number, " ")
    with pytest.raises(NotFound):
        open_claim(desk_of(world, "wu"), number + 1000, "pay")
    held = "SELECT holder_id FROM sealed.claim WHERE number = %s"
    assert world.rows(held, number) == [{"holder_id": None}]
    opened = open_claim(desk_of(world, "wu"), number, "to pay")
    assert (opened.claim.name, opened.claim.account) == ("虚构领奖人", ACCOUNT)
    assert world.rows(held, number) == [{"holder_id": desk_of(world, "wu").reader.officer}]
    (entry,) = world.rows(
        "SELECT content FROM audit.entry INNER JOIN audit.body USING (sequence) WHERE action = 'claim.open'"
        " ORDER BY sequence DESC LIMIT 1"
    )
    assert "to pay" in entry["content"]
    assert "虚构领奖人" not in entry["content"]
    forged = claimed(world, notice, proof=b"f" * 32)
    with pytest.raises(Misdirected):
        open_claim(desk_of(world, "wu"), forged, "pay")


def test_opening_claims_is_limited(world: World) -> None:
    for _ in range(30):
        world.file(world.phone(world.court).seal())
    number = claimed(world, make_notice(world, world.listings[0]))
    world.execute(
        "INSERT INTO sealed.unwrapping (officer_id, filing_id) SELECT officer.id, filing.id"
        " FROM register.officer, sealed.filing WHERE login = 'wu' AND target_kind = 'court' LIMIT 30"
    )
    with pytest.raises(TooManyOpened):
        open_claim(desk_of(world, "wu"), number, "pay")
    world.execute("DELETE FROM sealed.unwrapping")
    open_claim(desk_of(world, "wu"), number, "pay")


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
            time.sleep(1.5)
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


def test_a_claim_is_destroyed_after_its_own_term_and_no_key_opens_an_old_dump(world: World) -> None:
    number = proposed(world, make_notice(world, world.listings[0]))
    approve(world.database, "zhou", number)
    (row,) = world.rows("SELECT id, key_id, data FROM sealed.claim WHERE number = %s", number)
    secret = desk_of(world, "wu").reader.pair("reward", row["key_id"])
    with pytest.raises(CannotOpen):
        unseal_object(row["data"], KeyPair.of(secret.secret))
    # The control: without the row's layer the reward key opens it.
    key = world.store.find(row["id"])
    assert key
    bare = unwrap_row(row["data"], Place(str(world.court), str(row["id"]), row["key_id"], "claim"), key)
    assert unseal_object(bare, secret)["account"] == ACCOUNT
    assert shred_claims(world.database, world.store, 3650) == 0
    assert shred_claims(world.database, world.store, 0) >= 1
    assert world.store.find(row["id"]) is None
    assert world.rows("SELECT state, data FROM sealed.claim WHERE id = %s", row["id"]) == [
        {"state": "shredded", "data": None}
    ]
    with pytest.raises(Destroyed):
        open_claim(desk_of(world, "wu"), number, "pay")
    assert list_keyless(world.database, world.store) == []


def run(world: World, *arguments: str, login: str = "wu") -> Any:
    options = [*arguments, "--officer", login]
    return world.app.test_cli_runner().invoke(args=options, env={"OFFICER_PHRASE": world.phrases[login]})


def test_a_reward_officers_day_by_command_line(world: World, tmp_path: Path) -> None:
    notice = make_notice(world, world.listings[0])
    number, other = (str(claimed(world, notice)) for _ in range(2))
    opened = run(world, "claims", "open", number, "--reason", "to pay")
    assert "虚构领奖人" in opened.output, opened.output
    answers = ["--not-agent", "--not-bound", "--not-known", "--claim-met"]
    bad = run(world, "claims", "propose", number, "--recovered", "x", *answers)
    assert bad.exit_code == 2
    agent = run(world, "claims", "propose", number, "--recovered", "9", "--agent", *answers[1:])
    assert (agent.exit_code, "not_agent" in agent.output) == (1, True)
    assert "5000.00" in run(world, "claims", "propose", number, "--recovered", "100000", *answers).output
    assert "proposed" in run(world, "claims", "list", login="zhou").output
    assert "approved" in run(world, "claims", "approve", number, login="zhou").output
    assert "refused" in run(world, "claims", "refuse", other, "--reason", "奖金已付完").output
    world.execute("DELETE FROM sealed.unwrapping")
    out = tmp_path / "payments.csv"
    exported = run(world, "claims", "export", "--out", str(out))
    assert exported.exit_code == 0, exported.output
    assert out.stat().st_mode & 0o777 == 0o600
    text = out.read_text("utf-8-sig")
    rows = {row[3]: row for row in csv.reader(text.splitlines())}
    assert rows[number] == ["虚构领奖人", f"\t{ACCOUNT}", "5000.00", number]
    assert other not in rows
    (case,) = world.rows("SELECT case_number FROM register.listing WHERE id = %s", world.listings[0])
    assert case["case_number"] not in text
    assert {len(row) for row in rows.values()} == {4}
    assert run(world, "claims", "export", "--out", str(out)).exit_code == 1
