from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.filings.refusals import Destroyed, TooManyOpened
from backend.core.filings.shredding import list_keyless, shred_claims, sweep
from backend.core.sealing.envelopes import KeyPair, unseal_object
from backend.core.sealing.refusals import CannotOpen, Misdirected
from backend.core.sealing.rows import Place, unwrap_row
from backend.core.sealing.wire import to_text
from backend.tips.claim_payments import note_exported, open_payments
from backend.tips.claims import Proposal, approve, open_claim, propose
from tests.integration.conftest import Check
from tests.integration.filing_world import Phone, World
from tests.integration.tips.claiming import ACCOUNT, ELIGIBLE, claim_body, claimed, proposed, send, useful
from tests.integration.tips.seats import desk_of
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")


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
    for without in (phone, useful(world, world.court)):  # undecided, and useful where nobody promised anything
        refused = send(world, claim_body(world, without))
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
