"""Odd dates, odd people and odd ways of a listing: each is refused in a sentence, or does what the law says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask.testing import FlaskClient

from backend.core.errors import Conflict, Invalid, LawNotLoaded, NotFound
from backend.listings.findings import Correction, clear_finding, correct, record_minor
from backend.listings.life import Found, Move, list_open_tasks, move, record_cause, record_death
from tests.integration.life.parties import Court
from tests.integration.register import TODAY

TERM: dict[str, Any] = {"term_ends_on": TODAY + timedelta(days=400), "grounds": (4,)}
LONG_AGO = {"grounds": (4,), "published_on": date(2014, 1, 2), "term_ends_on": date(2016, 1, 4)}


def _kinds(court: Court, listing: UUID) -> set[str]:
    return {row["kind"] for row in court.rows("SELECT kind FROM register.open_task WHERE listing_id = %s", listing)}


def test_a_term_that_ended_before_the_clocks_were_law_is_in_the_list_of_what_is_due(court: Court) -> None:
    _, listing = court.listing(**LONG_AGO)
    (task,) = [
        task
        for task in list_open_tasks(court.register.connection, court.clerk.court_id)
        if task["listing_id"] == listing
    ]
    assert (task["kind"], task["due_on"], task["overdue"]) == ("delete_after_term", date(2017, 5, 4), True)
    assert court.move(listing, "expire", "term_ended") == "expired"
    with pytest.raises(psycopg.errors.NoDataFound):  # the control
        court.register.connection.execute("SELECT register.due_on('delete_after_term', '2016-01-04')")


def test_a_deletion_from_before_the_bar_bars_nothing(court: Court) -> None:
    _, listing = court.listing(state="ended", term_ends_on=None, published_on=date(2014, 1, 2))
    court.register.insert_event(listing, cause="creditor_request", effective_on=date(2016, 3, 1))
    assert court.move(listing, "relist", "decision") == "published"


def test_a_term_ended_early_because_the_creditor_asked_is_barred_as_well(court: Court) -> None:
    _, listing = court.listing(**TERM)
    record_cause(court.register.connection, listing, Found("creditor_request", TODAY), court.alone)
    court.move(listing, "suspend", "objection_founded_in_part")
    assert court.move(listing, "resume", "corrected") == "published", "that the creditor asks is no deletion yet"
    court.move(listing, "delete", "early_deletion")
    with pytest.raises(Conflict, match="barred until 2026-09-01"):
        court.move(listing, "relist", "decision")


@pytest.mark.parametrize("fields", [{}, TERM, {"grounds": (4,)}])
def test_no_officer_closes_a_listing_whose_term_has_not_ended(court: Court, fields: dict[str, Any]) -> None:
    _, listing = court.listing(**fields)
    with pytest.raises(Conflict, match="term has not ended"):
        court.move(listing, "expire", "term_ended")


@pytest.mark.parametrize("cause", ["stated", "not_in_list"])
def test_one_officer_ends_no_term_with_a_files_cause(court: Court, cause: str) -> None:
    _, listing = court.listing(**TERM)
    with pytest.raises(Conflict, match="Only a court's file"):
        move(court.register.connection, listing, Move("delete", cause), court.alone)
    with pytest.raises(Conflict):
        record_cause(court.register.connection, listing, Found(cause, TODAY), court.alone)


@pytest.mark.parametrize("days", [None, 30, 729, 5 * 366 + 95])
def test_a_decision_states_a_term_of_two_to_five_years(court: Court, days: int | None) -> None:
    _, listing = court.listing(state="draft", grounds=(4,))
    dates = {} if days is None else {"term_ends_on": TODAY + timedelta(days=days)}
    with pytest.raises(Invalid):
        court.move(listing, "decide", "decided", dates=dates)
    dates = {"term_ends_on": TODAY + timedelta(days=730)}
    assert court.move(listing, "decide", "decided", dates=dates) == "decided"
    (event,) = court.rows("SELECT detail FROM register.listing_event WHERE listing_id = %s", listing)
    assert event["detail"] == {"term_ends_on": "2028-02-29"}


def test_without_the_rows_of_the_law_nothing_is_decided(court: Court) -> None:
    court.register.connection.execute("DELETE FROM register.clock WHERE name = 'term_longest'")
    _, listing = court.listing(state="draft", grounds=(4,))
    with pytest.raises(psycopg.errors.NoDataFound, match="term_longest"):
        court.move(listing, "decide", "decided", dates={"term_ends_on": TODAY + timedelta(days=730)})


def test_how_long_a_term_may_be_is_a_row_of_the_law(court: Court) -> None:
    connection = court.register.connection
    connection.execute("UPDATE register.clock SET amount = 12 WHERE name = 'term_shortest'")
    _, listing = court.listing(state="draft", grounds=(4,))
    dates = {"term_ends_on": TODAY + timedelta(days=365)}
    assert court.move(listing, "decide", "decided", dates=dates) == "decided"


@pytest.mark.parametrize("grounds", [(1,), (2, 5)])
def test_a_draft_on_whatever_ground_can_be_discarded(
    court: Court, client: FlaskClient, grounds: tuple[int, ...]
) -> None:
    entity, listing = court.listing(state="draft", grounds=grounds)
    assert court.move(listing, "discard", "discarded") == "withdrawn"
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    _, decided = court.listing(state="draft", grounds=(4,))
    with pytest.raises(psycopg.errors.CheckViolation, match="listing_decided_here_has_term"):
        court.register.connection.execute(
            "UPDATE register.listing SET state = 'decided', decided_on = %s WHERE id = %s", (TODAY, decided)
        )


def test_nothing_comes_about_on_a_day_to_come_or_before_what_it_follows(court: Court) -> None:
    connection = court.register.connection
    entity, listing = court.listing()
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(Invalid, match="future"):
        record_cause(connection, listing, Found("performed", tomorrow), court.alone)
    with pytest.raises(Invalid, match="future"):
        record_death(connection, entity, tomorrow, court.alone)
    with pytest.raises(Invalid, match="lies before 2025-11-21"):
        court.move(listing, "delete", "performed", on=date(2025, 11, 20))
    assert court.move(listing, "delete", "performed", on=date(2025, 11, 21)) == "deleted"
    with pytest.raises(Invalid, match="lies before 2025-11-21"):
        court.move(listing, "relist", "decision", on=date(2025, 1, 1))


def test_an_act_changes_no_term_by_the_way(court: Court) -> None:
    _, listing = court.listing(**TERM)
    with pytest.raises(Invalid, match="not stated"):
        court.move(listing, "suspend", "objection_founded_in_part", dates={"term_ends_on": TODAY})


def test_whoever_is_listed_again_after_a_term_gets_another(court: Court) -> None:
    _, listing = court.listing(grounds=(4,), term_ends_on=TODAY - timedelta(days=1))
    court.move(listing, "expire", "term_ended")
    with pytest.raises(Conflict, match="term has ended"):
        court.move(listing, "relist", "decision")
    with pytest.raises(Invalid, match="Article 2"):
        court.move(listing, "relist", "decision", dates={"term_ends_on": TODAY + timedelta(days=30)})
    dates = {"term_ends_on": TODAY + timedelta(days=800)}
    assert court.move(listing, "relist", "decision", dates=dates) == "published"


def test_only_people_are_minors_or_die(court: Court) -> None:
    connection = court.register.connection
    company = court.register.entity("虚构云岭商贸有限公司", "company")
    listing = court.register.listing(company, term_ends_on=None)
    with pytest.raises(Invalid):
        record_death(connection, company, TODAY, court.alone)
    with pytest.raises(Invalid):
        record_minor(connection, company, court.alone)
    with pytest.raises(Invalid):
        court.move(listing, "withdraw", "minor")
    with pytest.raises(Invalid):
        correct(connection, listing, Correction("birth_date", "1980-01-01"), court.alone)


def test_a_death_reaches_what_is_suspended_and_what_is_not_public_yet(court: Court) -> None:
    entity, suspended = court.listing()
    decided = court.register.listing(entity, "draft")
    court.move(suspended, "suspend", "objection_founded_in_part")
    court.move(decided, "decide", "decided")
    assert record_death(court.register.connection, entity, TODAY, court.alone) == 0
    assert _kinds(court, suspended) == {"correct", "decide_after_death"}
    for listing, action, cause in ((suspended, "resume", "corrected"), (decided, "publish", "decision")):
        with pytest.raises(Conflict, match="died"):
            court.move(listing, action, cause)
    with pytest.raises(NotFound):
        record_death(court.register.connection, court.register.entity("贾示例"), TODAY, court.alone)


def test_what_a_file_showed_to_be_a_minors_is_shown_again_only_once_cleared(court: Court) -> None:
    connection = court.register.connection
    entity, listing = court.listing(state="ended", term_ends_on=None)
    connection.execute(
        "UPDATE register.listing SET ended_cause = 'minor', ended_on = %s WHERE id = %s", (TODAY, listing)
    )
    show = "UPDATE register.listing SET state = 'published', ended_on = NULL, ended_cause = NULL WHERE id = %s"
    with pytest.raises(Conflict, match="minor"):
        court.move(listing, "relist", "decision")
    with pytest.raises(psycopg.errors.CheckViolation, match="minor"), connection.transaction():
        connection.execute(show, (listing,))
    clear_finding(connection, entity, "minor", court.both)
    assert court.move(listing, "relist", "decision") == "published"
    with pytest.raises(NotFound):
        clear_finding(connection, entity, "minor", court.both)


def test_a_correction_that_a_founded_objection_asks_for_meets_its_duty(court: Court) -> None:
    _, listing = court.listing()
    for kind in ("act_on_objection", "correct"):
        court.register.insert(
            "task", court_id=court.clerk.court_id, listing_id=listing, kind=kind, cause="correct", begun_on=TODAY,
            due_on=TODAY,
        )  # fmt: skip
    connection = court.register.connection
    with pytest.raises(Conflict, match="which field"):
        court.move(listing, "correct", "objection_founded")
    correct(connection, listing, Correction("duty", "支付货款2元"), court.alone)
    assert _kinds(court, listing) == {"act_on_objection"}, "another correction is not what was asked for"
    correct(connection, listing, Correction("duty", "支付货款1元", "objection_founded"), court.alone)
    assert _kinds(court, listing) == set()


@pytest.mark.parametrize(
    ("field", "value", "cause"),
    [
        ("duty", " ", "wrong_data"),
        ("filed_on", "0001-01-01", "wrong_data"),
        ("filed_on", "2025-W10-1", "wrong_data"),
        ("term_ends_on", "20280301", "wrong_data"),
        ("birth_date", "1700-01-01", "wrong_data"),
        ("term_ends_on", "2099-01-01", "wrong_data"),
        ("duty", "支付货款1元", "term_completed"),
        ("duty", "支付货款1元", "stated"),
    ],
)
def test_a_correction_to_what_cannot_be_is_refused(court: Court, field: str, value: str, cause: str) -> None:
    _, listing = court.listing(**TERM)
    with pytest.raises(Invalid):
        correct(court.register.connection, listing, Correction(field, value, cause), court.alone)


def test_every_cause_of_the_law_names_its_article(court: Court) -> None:
    assert court.rows("SELECT action, code FROM register.cause WHERE article = ''") == []


def test_no_officer_acts_without_an_article(court: Court) -> None:
    _, listing = court.listing()
    court.register.insert_event(listing, cause="not_in_list", effective_on=TODAY, article="")
    with pytest.raises(psycopg.errors.CheckViolation, match="listing_event_names_article"):
        court.rows(
            "INSERT INTO register.listing_event"
            " (listing_id, action, to_state, cause, article, effective_on, officer_id)"
            " VALUES (%s, 'keep', 'published', 'kept_to_term', '', %s, %s) RETURNING id",
            listing, TODAY, court.clerk.id,
        )  # fmt: skip


def test_a_cause_of_an_older_version_that_names_no_article_stops_the_act(court: Court) -> None:
    court.register.connection.execute("UPDATE register.cause SET article = '' WHERE code = 'wrongly_listed'")
    _, listing = court.listing()
    with pytest.raises(LawNotLoaded, match="clocks load"):
        court.move(listing, "withdraw", "wrongly_listed")


@pytest.mark.parametrize("table", ["listing", "entity", "tombstone", "listing_event"])
def test_the_consoles_role_neither_enters_nor_deletes_what_is_listed(court: Court, table: str) -> None:
    allowed = {"listing_event": {"INSERT"}, "tombstone": set()}.get(table, {"UPDATE"})
    held = court.rows(
        "SELECT privilege FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege"
        " WHERE has_table_privilege('court', %s, privilege)",
        f"register.{table}",
    )
    assert {row["privilege"] for row in held} == allowed


@pytest.mark.parametrize("role", ["operator", "owner"])
def test_no_role_can_change_what_happened(court: Court, role: str) -> None:
    _, listing = court.listing()
    court.move(listing, "delete", "performed")
    court.register.connection.execute(f"SET LOCAL ROLE {role}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        court.register.connection.execute("UPDATE register.listing_event SET cause = 'x'")
