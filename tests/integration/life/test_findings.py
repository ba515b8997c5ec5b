"""What officers find out later, and what the database refuses where code forgets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from flask.testing import FlaskClient

from backend.core.audit import verify
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.listings.findings import Correction, clear_finding, correct, keep_listed, record_minor
from backend.listings.life import Found, Move, Signatures, move, record_cause, record_death
from tests.integration.life.parties import Court
from tests.integration.register import TODAY

TERM: dict[str, Any] = {"term_ends_on": TODAY + timedelta(days=400), "grounds": (4,)}


def _correct(court: Court, listing: UUID, field: str, value: str) -> str:
    return correct(court.register.connection, listing, Correction(field, value), court.alone)


def _open(court: Court, listing: UUID) -> dict[str, Any]:
    rows = court.rows("SELECT kind, due_on FROM register.open_task WHERE listing_id = %s", listing)
    return {row["kind"]: row["due_on"] for row in rows}


def _listing(court: Court, listing: UUID) -> dict[str, Any]:
    (row,) = court.rows("SELECT * FROM register.listing WHERE id = %s", listing)
    return row


def test_a_correction_changes_one_field_says_so_and_is_traced(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing(duty="偿还本金10,000元", row_hash=UUID(int=1), **TERM)
    record_cause(court.register.connection, listing, Found("wrong_data", TODAY), court.alone)
    assert _open(court, listing) == {"correct": date(2026, 3, 4)}
    assert _correct(court, listing, "duty", "偿还本金1,000元") == "published"
    (shown,) = client.get(f"/v1/entities/{entity}").get_json()["listings"]
    assert shown["duty"] == "偿还本金1,000元"
    assert shown["corrected"] == {"on": "2026-03-01", "field": "duty"}
    assert _open(court, listing) == {}
    row = _listing(court, listing)
    assert (row["row_hash"], row["performed_part"], row["term_ends_on"]) == (None, None, TERM["term_ends_on"])
    (event,) = court.rows("SELECT detail FROM register.listing_event WHERE action = 'correct'")
    assert event["detail"] == {"field": "duty", "before": "偿还本金10,000元", "after": "偿还本金1,000元"}
    assert court.rows("SELECT FROM audit.entry WHERE action = 'listing.correct'") != []
    assert verify(court.register.connection) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "甲"),
        ("performance", "paid"),
        ("sex", "x"),
        ("duty", "联系电话 13800000000"),
        ("filed_on", "2026-03-02"),
        ("filed_on", "2026年3月"),
        ("term_ends_on", "2020-01-01"),
    ],
)
def test_a_correction_that_makes_no_sense_changes_nothing(court: Court, field: str, value: str) -> None:
    _, listing = court.listing(**TERM)
    before = _listing(court, listing)
    with pytest.raises(Invalid):
        _correct(court, listing, field, value)
    assert _listing(court, listing) == before


def test_a_term_that_the_file_did_not_state_is_completed(court: Court) -> None:
    _, listing = court.listing(grounds=(4,))
    assert "complete_term" in _open(court, listing)
    _correct(court, listing, "term_ends_on", "2027-05-01")
    assert _open(court, listing) == {}
    _, without = court.listing(grounds=(1,))
    with pytest.raises(Invalid):
        _correct(court, without, "term_ends_on", "2027-05-01")


def test_a_birth_date_that_makes_an_older_listing_a_minors_withdraws_both(court: Court) -> None:
    def both(born_on: str) -> list[str]:
        entity, listing = court.listing(published_on=date(2026, 2, 1))
        older = court.register.listing(entity, published_on=date(2024, 2, 1), term_ends_on=None)
        _correct(court, listing, "birth_date", born_on)
        return [_listing(court, one)["state"] for one in (listing, older)]

    assert both("2006-02-02") == ["withdrawn", "withdrawn"], "17 when the older one was published"
    assert both("2006-02-01") == ["published", "published"]  # the control: 18 on that day


def test_no_correction_of_its_term_shows_again_what_is_gone_by_its_date(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing(grounds=(4,), term_ends_on=TODAY)
    later = (TODAY + timedelta(days=90)).isoformat()
    court.register.set_today(TODAY + timedelta(days=1))
    with pytest.raises(Conflict, match="term has ended"):
        _correct(court, listing, "term_ends_on", later)
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    assert _correct(court, listing, "performance", "full") == "published", "what it says can still be set right"
    court.register.set_today(TODAY)  # the control: its last day is not over
    assert _correct(court, listing, "term_ends_on", later) == "published"
    court.register.set_today(TODAY + timedelta(days=1))
    assert client.get(f"/v1/entities/{entity}").status_code == 200


def test_a_birth_date_that_shows_a_minor_withdraws_everything_of_theirs(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing()
    elsewhere = court.register.listing(entity, court_id=court.register.courts[1])
    assert _correct(court, listing, "birth_date", "2009-01-01") == "withdrawn"
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    assert [_listing(court, one)["state"] for one in (listing, elsewhere)] == ["withdrawn", "withdrawn"]
    with pytest.raises(Conflict, match="minor"):
        court.move(listing, "relist", "decision")
    assert "2009" not in str(court.rows("SELECT * FROM register.listing_event"))
    assert "2009" not in str(court.rows("SELECT content FROM audit.body"))
    assert _listing(court, court.noise)["state"] == "published"


def test_a_birth_date_of_an_adult_gives_the_band_at_publication_and_is_not_kept(court: Court) -> None:
    entity, listing = court.listing()
    assert _correct(court, listing, "birth_date", "1980-01-01") == "published"
    (row,) = court.rows("SELECT age_band FROM register.entity WHERE id = %s", entity)
    assert row["age_band"] == "40-49"
    assert "1980" not in str(court.rows("SELECT * FROM register.listing_event"))


def test_withdrawn_as_a_minor_by_one_court_they_are_shown_by_none(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing()
    court.register.listing(entity, court_id=court.register.courts[1])
    court.move(listing, "withdraw", "minor")
    assert client.get(f"/v1/entities/{entity}").status_code == 404


@pytest.mark.parametrize("finding", ["minor", "death"])
def test_a_new_listing_of_a_minor_or_of_the_dead_is_held_back_whoever_brings_it(
    court: Court, client: FlaskClient, finding: str
) -> None:
    entity, _ = court.listing()
    if finding == "minor":
        record_minor(court.register.connection, entity, court.alone)
    else:
        record_death(court.register.connection, entity, TODAY, court.alone)
    court.register.connection.execute("SET LOCAL ROLE operator")
    later = court.register.listing(entity, term_ends_on=None)
    court.register.connection.execute("RESET ROLE")
    assert _listing(court, later)["state"] == "suspended"
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    assert set(_open(court, later)) == {"check_minor" if finding == "minor" else "decide_after_death"}
    (event,) = court.rows(
        "SELECT cause, article, import_file_id FROM register.listing_event WHERE listing_id = %s", later
    )
    article = {"minor": "第四条", "death": "《民事诉讼法》第二百六十七条"}[finding]
    assert event == {"cause": finding, "article": article, "import_file_id": court.register.import_file}
    assert verify(court.register.connection) is None
    court.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER hold_back")
    court.register.listing(entity, term_ends_on=None)
    assert client.get(f"/v1/entities/{entity}").status_code == 200  # the control: it was the trigger


@pytest.mark.parametrize(
    ("noted", "constraint"), [("minor_noted_on", "listing_no_minor"), ("deceased_on", "listing_no_deceased")]
)
def test_the_database_shows_neither_minors_nor_the_dead_again(court: Court, noted: str, constraint: str) -> None:
    entity, listing = court.listing()
    connection = court.register.connection
    court.move(listing, "suspend", "objection_founded_in_part")
    connection.execute(f"UPDATE register.entity SET {noted} = %s WHERE id = %s", (TODAY, entity))
    show = "UPDATE register.listing SET state = 'published' WHERE id = %s"
    with pytest.raises(psycopg.errors.CheckViolation) as refused, connection.transaction():
        connection.execute(show, (listing,))
    assert refused.value.diag.constraint_name == constraint
    connection.execute("ALTER TABLE register.listing DISABLE TRIGGER may_be_shown")
    connection.execute(show, (listing,))


def test_the_database_keeps_the_bar_of_six_months(court: Court) -> None:
    _, listing = court.listing()
    court.move(listing, "delete", "creditor_request")
    show = "UPDATE register.listing SET state = 'published', ended_on = NULL, ended_cause = NULL WHERE id = %s"
    connection = court.register.connection
    court.register.set_today(date(2026, 9, 1))
    with pytest.raises(psycopg.errors.CheckViolation, match="creditor"), connection.transaction():
        connection.execute(show, (listing,))
    court.register.set_today(date(2026, 9, 2))
    connection.execute(show, (listing,))


@pytest.mark.parametrize(
    ("fields", "kind", "due_on"),
    [
        (TERM, "decide_early_deletion", None),
        ({"grounds": (4,)}, "decide_early_deletion", None),
        ({"grounds": (1,)}, "delete_after_cause", date(2026, 3, 4)),
    ],
)
def test_a_file_that_says_all_is_performed_opens_the_duty_and_deletes_nothing(
    court: Court, client: FlaskClient, fields: dict[str, Any], kind: str, due_on: date | None
) -> None:
    arrived, said_later, partly = (court.listing(**fields, performance=said) for said in ("full", "none", "partial"))
    court.register.connection.execute(
        "UPDATE register.listing SET performance = 'full' WHERE id = %s", (said_later[1],)
    )
    for entity, listing in (arrived, said_later):
        assert _open(court, listing)[kind] == due_on
        assert client.get(f"/v1/entities/{entity}").get_json()["listings"][0]["due"]["what"] == kind
    assert kind not in _open(court, partly[1])


def test_a_court_that_keeps_a_listing_to_its_term_is_asked_no_more(court: Court) -> None:
    _, listing = court.listing(**TERM, performance="full")
    keep_listed(court.register.connection, listing, court.alone)
    assert _open(court, listing) == {}
    with pytest.raises(Conflict):
        keep_listed(court.register.connection, listing, court.alone)
    # the same words again, as every later file brings them
    court.register.connection.execute("UPDATE register.listing SET performance = 'full' WHERE id = %s", (listing,))
    assert _open(court, listing) == {}
    assert court.rows("SELECT FROM register.listing_event WHERE action = 'keep' AND cause = 'kept_to_term'") != []


def test_a_mistaken_death_is_taken_back_by_two_and_shows_nothing_by_itself(court: Court, client: FlaskClient) -> None:
    entity, listing = court.listing()
    connection = court.register.connection
    record_death(connection, entity, TODAY, court.alone)
    with pytest.raises(Conflict, match="second"):
        clear_finding(connection, entity, "death", court.alone)
    clear_finding(connection, entity, "death", court.both)
    assert client.get(f"/v1/entities/{entity}").status_code == 404
    assert court.move(listing, "resume", "corrected") == "published"
    with pytest.raises(NotFound):
        clear_finding(connection, entity, "death", court.both)


def test_only_the_courts_own_officers_find(court: Court) -> None:
    entity, listing = court.listing()
    connection = court.register.connection
    stranger = Signatures(court.officer("fremd", "clerk", at=1))
    with pytest.raises(Forbidden):
        correct(connection, listing, Correction("performance", "full"), stranger)
    with pytest.raises(NotFound):
        record_minor(connection, entity, stranger)
    with pytest.raises(Forbidden):
        record_minor(connection, entity, Signatures(court.approver))


def test_every_duty_of_the_law_stands_in_the_list_with_its_last_day(court: Court) -> None:
    _, past = court.listing(grounds=(4,), term_ends_on=date(2026, 2, 13))
    _, listing = court.listing()
    kinds = ("withdraw", "correct", "delete_after_cause", "decide_objection", "act_on_objection", "decide_review")
    for kind in kinds:
        court.register.connection.execute(
            "INSERT INTO register.task (listing_id, court_id, kind, begun_on, due_on)"
            " VALUES (%s, %s, %s, %s, register.due_on(%s, %s))",
            (listing, court.clerk.court_id, kind, date(2026, 2, 13), kind, date(2026, 2, 13)),
        )
    # Friday before the Spring Festival (15 to 23 February 2026; Saturdays 14 and 28 are worked)
    three_days, fifteen_days = date(2026, 2, 25), date(2026, 2, 28)
    assert _open(court, listing) == {
        "withdraw": three_days, "correct": three_days, "delete_after_cause": three_days, "act_on_objection": three_days,
        "decide_objection": fifteen_days, "decide_review": fifteen_days,
    }  # fmt: skip
    assert _open(court, past) == {"delete_after_term": three_days}
    move(court.register.connection, listing, Move("withdraw", "wrongly_listed"), court.alone)
    # Leaving is what a founded objection asked for.
    assert set(_open(court, listing)) == {"correct", "decide_objection", "decide_review"}
