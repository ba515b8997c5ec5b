from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient

from backend.core.audit import verify
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.listings.domain.life import TRANSITIONS
from backend.listings.findings import Correction, clear_finding, correct
from backend.listings.life import Found, Move, Signatures, list_open_tasks, move, record_cause, record_death
from tests.integration.life.parties import Court
from tests.integration.register import TODAY

TERM = {"term_ends_on": TODAY + timedelta(days=400), "grounds": (4,)}


def test_the_database_knows_the_same_transitions(court: Court) -> None:
    rows = court.rows("SELECT action, from_state, to_state FROM register.transition")
    assert {(row["action"], row["from_state"]): row["to_state"] for row in rows} == TRANSITIONS


def test_a_deletion_is_gone_at_once_and_leaves_its_trace(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing()
    assert client.get(f"/v1/entities/{entity}").status_code == 200
    assert court.move(listing, "delete", "performed") == "deleted"
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    assert str(entity) not in client.get("/v1/entities?area=130108").get_data(as_text=True)
    (row,) = court.rows("SELECT state, ended_on, ended_cause FROM register.listing WHERE id = %s", listing)
    assert row == {"state": "deleted", "ended_on": TODAY, "ended_cause": "performed"}
    (event,) = court.rows("SELECT * FROM register.listing_event WHERE listing_id = %s", listing)
    assert (event["action"], event["from_state"], event["to_state"]) == ("delete", "published", "deleted")
    assert event["article"] == "第十条第一款第（一）项"
    assert event["officer_id"] == court.clerk.id
    (entry,) = court.rows("SELECT action, court_id FROM audit.entry")
    assert entry == {"action": "listing.delete", "court_id": court.clerk.court_id}
    assert verify(court.register.connection) is None
    assert court.rows("SELECT place FROM serving.differences() WHERE number <> 0") == []


def test_a_whole_life_from_draft_to_the_end(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing(state="draft", grounds=(4,))
    term = TODAY + timedelta(days=730)
    steps = [
        ("decide", "decided", {"dates": {"term_ends_on": term}}, "decided"),
        ("grant_grace", "grace", {"dates": {"grace_until": TODAY + timedelta(days=30)}}, "grace"),
        ("publish", "decision", {}, "published"),
        ("suspend", "objection_founded_in_part", {}, "suspended"),
        ("resume", "corrected", {}, "published"),
        ("withdraw", "wrongly_listed", {}, "withdrawn"),
    ]
    for action, cause, rest, state in steps:
        if action == "publish":
            with pytest.raises(Conflict, match="grace lasts until 2026-03-31"):
                court.move(listing, action, cause)
            court.register.set_today(TODAY + timedelta(days=31))
        assert court.move(listing, action, cause, **rest) == state
        assert client.get(f"/v1/entities/{entity}").status_code == (200 if state == "published" else 404), action
    assert len(court.rows("SELECT FROM register.listing_event WHERE listing_id = %s", listing)) == len(steps)
    assert court.rows("SELECT FROM register.task WHERE done_on IS NULL") == []


@pytest.mark.parametrize("days", [None, 27, 93])
def test_a_period_of_grace_lasts_one_to_three_months(court: Court, days: int | None) -> None:
    _, listing = court.listing(state="draft", grounds=(1,))
    court.move(listing, "decide", "decided")
    dates = {} if days is None else {"grace_until": TODAY + timedelta(days=days)}
    with pytest.raises(Invalid, match="one to three months"):
        court.move(listing, "grant_grace", "grace", dates=dates)


def test_the_database_shows_nobody_within_the_period_of_grace(court: Court) -> None:
    _, listing = court.listing(state="draft", grounds=(1,))
    court.move(listing, "decide", "decided")
    court.move(listing, "grant_grace", "grace", dates={"grace_until": TODAY + timedelta(days=30)})
    show = "UPDATE register.listing SET state = 'published', published_on = %s WHERE id = %s"
    connection = court.register.connection
    with pytest.raises(psycopg.errors.CheckViolation, match="grace"), connection.transaction():
        connection.execute(show, (TODAY, listing))
    court.register.set_today(TODAY + timedelta(days=31))
    connection.execute(show, (TODAY, listing))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'draft', published_on = NULL", "never goes from published to draft"),
        ("state = 'deleted'", "listing_ended_by_state"),
        ("state = 'grace', import_file_id = NULL", "listing_"),
        ("published_on = NULL", "listing_shown_since"),
    ],
)
def test_the_database_refuses_what_the_code_would_never_write(court: Court, change: str, constraint: str) -> None:
    _, listing = court.listing()
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        court.register.connection.execute(f"UPDATE register.listing SET {change} WHERE id = %s", (listing,))


def test_without_its_trigger_the_database_would_take_any_transition(court: Court) -> None:
    _, listing = court.listing()
    court.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER transition_known")
    court.register.connection.execute("UPDATE register.listing SET state = 'draft' WHERE id = %s", (listing,))


def test_a_cause_that_the_law_does_not_know_is_refused(court: Court) -> None:
    _, listing = court.listing()
    with pytest.raises(Invalid):
        court.move(listing, "delete", "because")
    with pytest.raises(Invalid):
        court.move(listing, "delete", "performed", on=date(2012, 1, 1))


def test_nothing_is_recorded_before_its_day(court: Court) -> None:
    _, listing = court.listing()
    with pytest.raises(Invalid, match="future"):
        court.move(listing, "delete", "performed", on=TODAY + timedelta(days=1))


def test_only_the_courts_own_officers_in_their_roles_act(court: Court) -> None:
    _, listing = court.listing()
    connection = court.register.connection
    stranger = court.officer("fremd", "clerk", "approver", at=1)
    with pytest.raises(Forbidden):
        move(connection, listing, Move("delete", "performed"), Signatures(stranger))
    with pytest.raises(Forbidden):
        move(connection, listing, Move("delete", "performed"), Signatures(court.approver))
    with pytest.raises(Forbidden):
        move(connection, listing, Move("withdraw", "wrongly_listed"), Signatures(court.clerk, stranger))


def test_the_database_refuses_one_officer_signing_twice(court: Court) -> None:
    _, listing = court.listing()
    with pytest.raises(psycopg.errors.CheckViolation, match="two_people"):
        court.register.connection.execute(
            "INSERT INTO register.listing_event"
            " (listing_id, action, to_state, cause, article, effective_on, officer_id, approver_id)"
            " VALUES (%s, 'delete', 'deleted', 'performed', '第十条', %s, %s, %s)",
            (listing, TODAY, court.clerk.id, court.clerk.id),
        )


def test_listing_again_within_six_months_of_the_creditors_request_is_refused(court: Court) -> None:
    _, listing = court.listing()
    court.move(listing, "delete", "creditor_request")
    court.register.set_today(date(2026, 9, 1))  # the last day belongs to the six months (Civil Code, Article 202)
    with pytest.raises(Conflict, match="barred"):
        court.move(listing, "relist", "decision")
    court.register.set_today(date(2026, 9, 2))
    assert court.move(listing, "relist", "decision") == "published"


def test_a_deletion_for_another_cause_bars_nothing(court: Court) -> None:
    _, listing = court.listing()
    court.move(listing, "delete", "performed")
    assert court.move(listing, "relist", "decision") == "published"


def test_a_minors_listing_is_never_shown_again(court: Court) -> None:
    _, listing = court.listing()
    court.move(listing, "withdraw", "minor")
    with pytest.raises(Conflict, match="minor"):
        court.move(listing, "relist", "decision")


def test_payment_in_full_of_a_listing_with_a_term_asks_the_court_and_deletes_nothing(
    court: Court, client: FlaskClient
) -> None:
    entity, listing = court.listing(**TERM)
    assert (
        record_cause(court.register.connection, listing, Found("performed", TODAY), court.alone)
        == "decide_early_deletion"
    )
    assert client.get(f"/v1/entities/{entity}").status_code == 200
    (task,) = [task for task in _tasks(court) if task["listing_id"] == listing]
    assert (task["kind"], task["due_on"]) == ("decide_early_deletion", None)
    court.move(listing, "delete", "early_deletion")
    assert [task for task in _tasks(court) if task["listing_id"] == listing] == []


def test_a_cause_without_a_term_must_be_acted_on_within_three_working_days(court: Court) -> None:
    _, listing = court.listing()
    record_cause(court.register.connection, listing, Found("performed", date(2026, 2, 27)), court.alone)
    (task,) = [task for task in _tasks(court) if task["listing_id"] == listing]
    # Friday 27 February; Saturday the 28th is worked in exchange for the Spring Festival.
    assert (task["kind"], task["due_on"], task["overdue"]) == ("delete_after_cause", date(2026, 3, 3), False)
    court.register.set_today(date(2026, 3, 4))
    (task,) = [task for task in _tasks(court) if task["listing_id"] == listing]
    assert task["overdue"]


def test_no_duty_to_delete_begins_before_anything_is_decided(court: Court) -> None:
    _, listing = court.listing(state="draft")
    with pytest.raises(Conflict, match="discard"):
        record_cause(court.register.connection, listing, Found("performed", TODAY), court.alone)
    court.move(listing, "decide", "decided")
    assert record_cause(court.register.connection, listing, Found("performed", TODAY), court.alone)


def test_a_term_that_the_file_did_not_state_is_a_clerks_task(court: Court) -> None:
    _, listing = court.listing(grounds=(4,))
    assert "complete_term" in {task["kind"] for task in _tasks(court) if task["listing_id"] == listing}
    _, without = court.listing(grounds=(1,))
    assert [task for task in _tasks(court) if task["listing_id"] == without] == []


def test_past_its_term_a_listing_is_gone_though_no_job_ran_and_its_closing_is_a_duty(
    court: Court, client: FlaskClient
) -> None:
    entity, listing = court.listing(grounds=(4,), term_ends_on=TODAY)
    assert client.get(f"/v1/entities/{entity}").status_code == 200
    court.register.set_today(TODAY + timedelta(days=1))
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    (task,) = [task for task in _tasks(court) if task["listing_id"] == listing]
    assert (task["kind"], task["due_on"]) == ("delete_after_term", date(2026, 3, 4))
    assert court.move(listing, "expire", "term_ended") == "expired"
    assert [task for task in _tasks(court) if task["listing_id"] == listing] == []


def test_a_death_suspends_whatever_is_shown_and_each_court_is_asked_to_decide(
    court: Court, client: FlaskClient
) -> None:
    entity, listing = court.listing()
    elsewhere = court.register.listing(entity, court_id=court.register.courts[1])
    assert record_death(court.register.connection, entity, TODAY - timedelta(days=9), court.alone) == 2
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    with pytest.raises(Conflict, match="died"):
        court.move(listing, "resume", "decided_after_death")
    tasks = court.rows("SELECT listing_id, kind FROM register.open_task WHERE kind = 'decide_after_death'")
    assert {task["listing_id"] for task in tasks} == {listing, elsewhere}
    assert court.move(listing, "delete", "death") == "deleted"


@pytest.mark.parametrize(
    ("asked", "left"), [("delete", ["act_on_objection"]), ("withdraw", ["act_on_objection"]), ("correct", [])]
)
def test_resuming_meets_no_duty_to_take_off(court: Court, asked: str, left: list[str]) -> None:
    _, listing = court.listing()
    court.move(listing, "suspend", "objection_founded_in_part")
    court.register.insert(
        "task", court_id=court.clerk.court_id, listing_id=listing, kind="act_on_objection", cause=asked,
        begun_on=TODAY,
    )  # fmt: skip
    court.move(listing, "resume", "corrected")
    assert [task["kind"] for task in _tasks(court)] == left


def test_what_was_suspended_for_one_reason_is_not_shown_again_for_another(court: Court) -> None:
    entity, listing = court.listing()
    court.move(listing, "suspend", "objection_founded_in_part")
    with pytest.raises(Conflict, match="not suspended"):
        court.move(listing, "resume", "decided_after_death")
    assert court.move(listing, "resume", "corrected") == "published"
    record_death(court.register.connection, entity, TODAY, court.alone)
    clear_finding(court.register.connection, entity, "death", court.both)
    assert court.move(listing, "resume", "decided_after_death") == "published"


def test_a_death_is_recorded_by_a_court_that_shows_the_person(court: Court) -> None:
    with pytest.raises(NotFound):
        record_death(court.register.connection, court.register.entity(), TODAY, court.alone)


def _tasks(court: Court) -> list[Any]:
    return list_open_tasks(court.register.connection, court.clerk.court_id)


@pytest.mark.parametrize(
    ("asked", "done", "cause", "met"),
    [
        ("withdraw", "withdraw", "objection_founded", True),
        ("delete", "delete", "objection_founded", True),
        ("delete", "withdraw", "wrongly_listed", True),
        ("correct", "correct", "objection_founded", True),
        ("correct", "withdraw", "objection_founded", True),
        ("correct", "correct", "wrong_data", False),
        ("withdraw", "correct", "objection_founded", False),
    ],
)
def test_doing_what_a_founded_objection_asks_and_nothing_less_meets_its_duty(
    court: Court, asked: str, done: str, cause: str, *, met: bool
) -> None:
    _, listing = court.listing()
    court.register.insert(
        "task", court_id=court.clerk.court_id, listing_id=listing, kind="act_on_objection", cause=asked, begun_on=TODAY,
        due_on=TODAY,
    )  # fmt: skip
    if done == "correct":
        correct(court.register.connection, listing, Correction("duty", "支付货款", cause), court.alone)
    else:
        court.move(listing, done, cause)
    assert ([task for task in _tasks(court) if task["listing_id"] == listing] == []) is met
