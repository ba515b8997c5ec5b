"""What approving and exporting a reward does to its notice and to the tip that it was earned by."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from backend.core.audit import verify
from backend.core.errors import Overloaded
from backend.core.filings.refusals import Destroyed
from backend.core.filings.shredding import count_kept, list_due, shred, shred_due
from backend.tips import claim_payments, claims
from backend.tips.claim_payments import note_exported, open_payments
from backend.tips.claims import Proposal, approve, propose
from backend.tips.domain import Decision
from backend.tips.service import decide
from tests.integration.filing_world import World, copy_of
from tests.integration.tips.claiming import ELIGIBLE, claim_body, claimed, proposed, send, useful
from tests.integration.tips.seats import desk_of
from tests.integration.tips.test_routes import make_notice

pytestmark = pytest.mark.usefixtures("unlimited")

BY_PERCENT: dict[str, Any] = {"basis": "percent_recovered", "amount": None, "percent": 5}


@pytest.fixture
def copied(world: World, tmp_path: Path) -> Iterator[World]:
    # A name of its own each time: desks are kept by it.
    with copy_of(world, f"settling_{secrets.token_hex(4)}", tmp_path / "var") as copied:
        yield copied


def state_of(world: World, notice: UUID) -> str:
    (row,) = world.rows("SELECT state FROM register.notice WHERE id = %s", notice)
    return str(row["state"])


def paid(world: World, notice: UUID, recovered: str = "1000") -> int:
    number = proposed(world, notice, recovered)
    approve(world.database, "zhou", number)
    return number


def test_a_fixed_reward_that_is_approved_makes_its_notice_paid(world: World) -> None:
    notice = make_notice(world, world.listings[0])
    client = world.app.test_client()
    assert client.get(f"/v1/notices/{notice}").status_code == 200
    late = world.phone(world.listings[0])
    paid(world, notice)
    assert state_of(world, notice) == "paid"
    assert client.get(f"/v1/notices/{notice}").status_code == 404
    (event,) = world.rows("SELECT * FROM register.notice_event WHERE notice_id = %s", notice)
    assert (event["action"], event["from_state"], event["to_state"]) == ("pay", "published", "paid")
    officers = {row["id"]: row["login"] for row in world.rows("SELECT id, login FROM register.officer")}
    assert (officers[event["officer_id"]], officers[event["approver_id"]]) == ("wu", "zhou")
    entries = world.rows("SELECT action FROM audit.entry ORDER BY sequence DESC LIMIT 2")
    assert [entry["action"] for entry in entries] == ["claim.approve", "notice.pay"]
    with world.database.transaction("operator") as connection:
        assert verify(connection) is None
    world.execute("UPDATE register.notice SET closed_on = closed_on - 1 WHERE id = %s", notice)
    number = world.file(late.seal()).get_json()["number"]
    decide(desk_of(world, "lin"), number, Decision("useful"))
    assert world.rows("SELECT FROM sealed.filing, register.tip_notices(id) AS promised WHERE number = %s"
                      " AND purpose = 'tip' AND promised = %s", number, notice) == []  # fmt: skip


def test_a_percentage_is_paid_only_once_its_cap_is_used_up(world: World) -> None:
    capped = make_notice(world, world.listings[0], **BY_PERCENT, cap=100)
    open_ended = make_notice(world, world.listings[1], **BY_PERCENT)
    paid(world, capped)
    paid(world, open_ended)
    assert (state_of(world, capped), state_of(world, open_ended)) == ("published", "published")
    paid(world, capped)
    paid(world, open_ended)
    assert (state_of(world, capped), state_of(world, open_ended)) == ("paid", "published")


def test_a_notice_that_closed_meanwhile_keeps_the_day_until_which_it_promised(world: World) -> None:
    notice = make_notice(world, world.listings[0])
    number = proposed(world, notice)
    world.execute(
        "UPDATE register.notice SET state = 'closed', closed_on = '2026-06-01', closed_cause = 'mistaken'"
        " WHERE id = %s",
        notice,
    )
    approve(world.database, "zhou", number)
    (row,) = world.rows("SELECT state, closed_on::text AS day FROM register.notice WHERE id = %s", notice)
    assert (row["state"], row["day"]) == ("paid", "2026-06-01")


def meanwhile(world: World, end: str) -> str:
    """What comes of an approval while somebody else ends the listing of its notice."""
    notice = make_notice(world, world.listings[1])
    number = proposed(world, notice)
    with ThreadPoolExecutor(1) as waiting, psycopg.connect(world.url) as other:
        other.execute("SELECT FROM register.listing WHERE id = %s FOR UPDATE", (world.listings[1],))
        approval = waiting.submit(approve, world.database, "zhou", number)
        world.wait_until_held()
        other.execute(end, (world.listings[1],))
        other.commit()
        approval.result()
    return state_of(world, notice)


END = "UPDATE register.listing SET state = 'suspended' WHERE id = %s"


def test_an_approval_and_the_end_of_a_listing_wait_for_one_another(copied: World) -> None:
    assert meanwhile(copied, END) == "paid"


def test_without_the_listings_lock_they_stand_in_each_others_way(copied: World) -> None:
    """The control."""
    copied.execute(
        "CREATE OR REPLACE FUNCTION register.lock_notice(notice uuid) RETURNS SETOF register.notice LANGUAGE sql"
        " AS 'SELECT held.* FROM register.notice AS held WHERE held.id = lock_notice.notice FOR UPDATE'"
    )
    with pytest.raises(Overloaded) as caught:
        meanwhile(copied, END)
    assert isinstance(caught.value.__cause__, psycopg.errors.DeadlockDetected)


def over(world: World, number: int) -> UUID:
    """The tip of a claim, its term over long ago."""
    (row,) = world.rows("SELECT filing_id FROM sealed.claim WHERE number = %s", number)
    filing: UUID = row["filing_id"]
    world.execute("UPDATE sealed.filing SET state = 'closed', closed_on = '2026-01-01' WHERE id = %s", filing)
    return filing


def is_kept(world: World, filing: UUID) -> bool:
    shred_due(world.database, world.store, 180)
    with pytest.raises(psycopg.errors.CheckViolation, match="not settled"):
        shred(world.database, world.store, filing)
    assert filing not in list_due(world.database, 180)
    return world.store.find(filing) is not None and count_kept(world.database, 180) == 1


def test_a_tip_is_destroyed_only_when_its_claim_is_decided_and_exported(world: World) -> None:
    number = claimed(world, make_notice(world, world.listings[0]))
    filing = over(world, number)
    assert is_kept(world, filing)
    propose(desk_of(world, "wu"), number, Proposal(Decimal(1), ELIGIBLE))
    assert is_kept(world, filing)
    approve(world.database, "zhou", number)
    assert is_kept(world, filing)
    wu = desk_of(world, "wu")
    world.execute("DELETE FROM sealed.unwrapping")
    given = [row[-1] for row in open_payments(wu).rows]
    assert number in given
    assert is_kept(world, filing), "read, but not yet in the cashier's hands"
    note_exported(wu, given)
    assert number not in [row[-1] for row in open_payments(wu).rows], "exported once"
    assert shred_due(world.database, world.store, 180) >= 1
    assert world.store.find(filing) is None
    (left,) = world.rows("SELECT amount FROM register.reward WHERE filing_id = %s", filing)
    assert left["amount"] == Decimal(5000)


def test_a_claim_that_was_refused_keeps_no_tip(world: World) -> None:
    number = claimed(world, make_notice(world, world.listings[0]))
    claims.refuse(desk_of(world, "wu"), number, "不符合条件")
    filing = over(world, number)
    shred_due(world.database, world.store, 180)
    assert world.store.find(filing) is None


def test_without_the_guard_an_approved_reward_could_not_be_told_to_the_cashier(copied: World) -> None:
    """The control."""
    number = paid(copied, make_notice(copied, copied.listings[0]))
    filing = over(copied, number)
    copied.execute(
        "CREATE OR REPLACE VIEW sealed.unsettled_claim AS SELECT id, filing_id FROM sealed.claim WHERE false"
    )
    shred_due(copied.database, copied.store, 180)
    assert copied.store.find(filing) is None
    other = paid(copied, make_notice(copied, copied.listings[0]))
    payments = open_payments(desk_of(copied, "wu"))
    assert (number, Destroyed.__doc__) in payments.skipped
    assert other in [row[-1] for row in payments.rows], "and nobody else waits for it"


def test_nothing_is_claimed_for_a_tip_that_is_being_destroyed(world: World) -> None:
    phone = useful(world, make_notice(world, world.listings[0]))
    world.execute(
        "UPDATE sealed.filing SET state = 'shredding', closed_on = '2026-01-01' WHERE id = (SELECT id FROM"
        " sealed.filing WHERE purpose = 'tip' ORDER BY number DESC LIMIT 1)"
    )
    answer = send(world, claim_body(world, phone))
    assert (answer.status_code, answer.get_json()["title"]) == (409, "No reward can be claimed for this tip")
    shred_due(world.database, world.store, 3650)


def run(world: World, *arguments: str) -> str:
    environment = {"OFFICER_PHRASE": world.phrases["wu"]}
    done = world.app.test_cli_runner().invoke(args=list(arguments), env=environment)
    assert done.exit_code == 0, done.output
    return str(done.output)


def test_what_does_not_fit_into_one_file_goes_into_the_next(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_payments, "EXPORT_BATCH", 1)
    world.execute("UPDATE register.reward SET exported_on = approved_on WHERE approved_on IS NOT NULL")
    for _ in range(2):
        paid(world, make_notice(world, world.listings[0]))
    told = [run(world, "claims", "export", "--officer", "wu", "--out", str(tmp_path / str(n))) for n in range(3)]
    assert told[0].startswith("1 笔 payments, 1 笔待下次 more wait")
    assert told[1:] == ["1 笔 payments\n", "0 笔 payments\n"]


def test_jobs_close_what_is_over_and_say_before_what_they_would_do(world: World) -> None:
    def closed() -> tuple[Any, ...]:
        (row,) = world.rows(
            "SELECT (SELECT count(*) FROM register.notice WHERE state = 'closed') AS notices,"
            " (SELECT count(*) FROM sealed.filing WHERE state IN ('closed', 'shredded')) AS tips"
        )
        return row["notices"], row["tips"]

    for name in ("close-notices", "close-tips"):
        run(world, "jobs", "run", name)
    make_notice(world, world.listings[0], "2026-01-01", "2026-01-02")
    world.file(world.phone(world.other_listing).seal())
    world.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = '2026-01-01', ended_cause = 'performed'"
        " WHERE id = %s AND state = 'published'",
        world.other_listing,
    )
    before = closed()
    assert "1 notices would be closed" in run(world, "jobs", "run", "close-notices", "--dry-run")
    assert "1 tips would be closed" in run(world, "jobs", "run", "close-tips", "--dry-run")
    assert "filings would be destroyed" in run(world, "jobs", "run", "shred-filings", "--dry-run")
    assert closed() == before
    assert "1 notices closed" in run(world, "jobs", "run", "close-notices")
    assert "1 tips closed" in run(world, "jobs", "run", "close-tips")
    assert closed() == (before[0] + 1, before[1] + 1)
    filing = world.rows("SELECT id FROM sealed.filing WHERE state = 'closed' AND closed_on = '2026-01-01'")[0]["id"]
    assert "filings would be destroyed" in run(world, "jobs", "run", "shred-filings", "--dry-run")
    assert world.store.find(filing) is not None
    run(world, "jobs", "run", "shred-filings")
    assert world.store.find(filing) is None


def test_a_job_destroys_claims_past_the_ledgers_term(world: World) -> None:
    number = claimed(world, make_notice(world, world.listings[0]))
    claims.refuse(desk_of(world, "wu"), number, "不符合条件")
    world.execute("UPDATE sealed.claim SET closed_on = '2000-01-01' WHERE number = %s", number)
    assert "1 claims would be destroyed" in run(world, "jobs", "run", "shred-claims", "--dry-run")
    assert "1 claims destroyed" in run(world, "jobs", "run", "shred-claims")
    assert world.rows("SELECT state FROM sealed.claim WHERE number = %s", number) == [{"state": "shredded"}]
