"""A notice never outlives its listing, whoever ends or suspends that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from backend.core.audit import verify
from backend.listings.life import Move, move, record_death
from backend.notices import service
from tests.integration.notices.conftest import Court
from tests.integration.register import TODAY

End = Callable[[Court, UUID], object]


def _by_officer(action: str, cause: str) -> End:
    return lambda court, listing: move(court.register.connection, listing, Move(action, cause), court.both)


def _by_death(court: Court, listing: UUID) -> None:
    (row,) = court.rows("SELECT entity_id FROM register.listing WHERE id = %s", listing)
    record_death(court.register.connection, row["entity_id"], TODAY, court.both)


def _by_file(court: Court, listing: UUID) -> None:
    """As an import does it: one statement over many listings, the serving tables behind until its end."""
    connection = court.register.connection
    connection.execute("SELECT set_config('listings.bulk', 'on', true)")
    connection.execute(
        "UPDATE register.listing SET state = CASE WHEN id = %s THEN 'deleted' ELSE state END,"
        " ended_on = CASE WHEN id = %s THEN serving.today() END,"
        " ended_cause = CASE WHEN id = %s THEN 'not_in_list' END",
        (listing, listing, listing),
    )
    connection.execute("SELECT serving.end_bulk()")


WAYS = {
    "withdrawn": (_by_officer("withdraw", "wrongly_listed"), "listing_ended"),
    "deleted": (_by_officer("delete", "performed"), "listing_ended"),
    "suspended": (_by_officer("suspend", "objection_founded_in_part"), "listing_suspended"),
    "dead": (_by_death, "listing_suspended"),
    "left out of the court's file": (_by_file, "listing_ended"),
}


@pytest.mark.parametrize("way", WAYS)
def test_it_closes_with_its_listing_in_the_same_transaction(court: Court, client: FlaskClient, way: str) -> None:
    end, cause = WAYS[way]
    listing, other = court.listing(), court.listing()
    theirs = [court.published(listing), court.approved(listing, kind="whereabouts"), court.draft(listing)]
    noise = court.published(other)
    before = len(court.rows("SELECT sequence FROM audit.entry"))
    end(court, listing)
    for notice in theirs:
        row = court.row(notice)
        assert (row["state"], row["closed_on"], row["closed_cause"]) == ("closed", TODAY, cause)
        assert court.actions(notice)[-1] == ("close", cause)
    assert court.row(noise)["state"] == "published"
    assert [item["id"] for item in client.get("/v1/notices").get_json()["items"]] == [str(noise)]
    assert court.is_consistent()
    court.register.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is done at the commit
    entries = court.rows("SELECT action, court_id FROM audit.entry ORDER BY sequence OFFSET %s", before)
    closing = [entry for entry in entries if entry["action"] == "notice.close"]
    assert closing == [{"action": "notice.close", "court_id": court.clerk.court_id}] * 3
    assert verify(court.register.connection) is None


def test_without_the_trigger_a_notice_outlives_its_listing(court: Court) -> None:
    """The negative control: what closes notices is the trigger and nothing beside it."""
    listing = court.listing()
    notice = court.published(listing)
    court.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER notices_close")
    WAYS["suspended"][0](court, listing)
    assert court.row(notice)["state"] == "published"


def test_even_then_the_public_sees_nothing_of_it(court: Court, client: FlaskClient) -> None:
    listing = court.listing()
    notice = court.published(listing)
    court.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER notices_close")
    WAYS["suspended"][0](court, listing)
    assert client.get(f"/v1/notices/{notice}").status_code == 404
    assert client.get("/v1/notices").get_json()["items"] == []


def test_a_listing_that_comes_back_does_not_bring_its_notice(court: Court, client: FlaskClient) -> None:
    listing = court.listing()
    court.published(listing)
    WAYS["suspended"][0](court, listing)
    move(court.register.connection, listing, Move("resume", "corrected"), court.both)
    assert client.get("/v1/notices").get_json()["items"] == []
    assert court.is_consistent()


def test_with_its_listing_deleted_only_the_trail_still_knows_it(court: Court) -> None:
    listing = court.listing()
    notice = court.published(listing)
    court.register.connection.execute("DELETE FROM register.listing WHERE id = %s", (listing,))
    court.register.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert court.rows("SELECT id FROM register.notice") == []
    (last,) = court.rows(
        "SELECT entry.action, entry.court_id, body.content FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " ORDER BY sequence DESC LIMIT 1"
    )
    assert (last["action"], last["court_id"]) == ("notice.close", court.clerk.court_id)
    assert str(notice) in last["content"]
    assert "listing_deleted" in last["content"]


def test_a_term_that_is_over_ends_its_notice_too(court: Court, client: FlaskClient) -> None:
    listing = court.register.listing(
        court.register.entity(), grounds=(4,), term_ends_on=TODAY + timedelta(days=5)
    )  # fmt: skip
    notice = court.published(listing)
    court.on(TODAY + timedelta(days=6))
    assert client.get("/v1/notices").get_json()["items"] == []
    assert service.close_ended(court.register.connection) == 1
    assert court.row(notice)["closed_cause"] == "listing_ended"
