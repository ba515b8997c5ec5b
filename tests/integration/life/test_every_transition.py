"""Each way a listing can go, through the service: what it leaves behind, and that it leaves all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.audit import verify
from backend.listings.domain.life import TRANSITIONS
from backend.listings.findings import Correction, correct
from backend.listings.life import Move, move
from tests.integration.life.parties import Court
from tests.integration.register import TODAY

CAUSES = {
    "decide": "decided",
    "discard": "discarded",
    "grant_grace": "grace",
    "publish": "decision",
    "suspend": "objection_founded_in_part",
    "resume": "corrected",
    "withdraw": "wrongly_listed",
    "delete": "performed",
    "expire": "term_ended",
    "relist": "decision",
}
GRACE = {"grace_until": TODAY + timedelta(days=31)}
# Each state as it is reached from a draft on ground 1.
WAYS: dict[str, tuple[tuple[str, dict[str, date]], ...]] = {
    "draft": (),
    "decided": (("decide", {}),),
    "grace": (("decide", {}), ("grant_grace", GRACE)),
    "published": (("decide", {}), ("publish", {})),
    "suspended": (("decide", {}), ("publish", {}), ("suspend", {})),
    "withdrawn": (("decide", {}), ("withdraw", {})),
    "deleted": (("decide", {}), ("publish", {}), ("delete", {})),
    "expired": (),
}


class Left(NamedTuple):
    """How much there is of everything that an act must leave behind, and what the public and its copies know."""

    events: int
    entries: int
    changes: list[str]
    shown: bool


def _left(court: Court, entity: UUID) -> Left:
    # What a commit does last.
    court.register.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
    court.register.connection.execute("SET CONSTRAINTS ALL DEFERRED")
    (row,) = court.rows(
        "SELECT (SELECT count(*) FROM register.listing_event) AS events,"
        " (SELECT count(*) FROM audit.entry) AS entries,"
        " (SELECT coalesce(array_agg(op ORDER BY sequence), '{}') FROM serving.change WHERE entity_id = %s) AS changes,"
        " EXISTS (SELECT FROM serving.entity_row WHERE entity_row.entity_id = %s"
        " AND shown_from <= serving.today() AND shown_until > serving.today()) AS shown",
        entity, entity,
    )  # fmt: skip
    return Left(**row)


def _reach(court: Court, action: str, state: str) -> tuple[UUID, UUID]:
    """A listing in a state in which an action is possible, and whom it is about."""
    if action == "expire" or state == "expired":
        entity, listing = court.listing(grounds=(4,), term_ends_on=TODAY)
        if state == "suspended":
            court.move(listing, "suspend", CAUSES["suspend"])
        court.register.set_today(TODAY + timedelta(days=1))
        if state == "expired":
            court.move(listing, "expire", "term_ended")
        return entity, listing
    entity, listing = court.listing(state="draft")
    for step, dates in WAYS[state]:
        court.move(listing, step, CAUSES[step], dates=dates)
    if (action, state) == ("publish", "grace"):
        court.register.set_today(GRACE["grace_until"] + timedelta(days=1))
    return entity, listing


def _act(court: Court, listing: UUID, action: str, state: str) -> str:
    connection = court.register.connection
    if action == "correct":
        return correct(connection, listing, Correction("duty", "支付货款1元"), court.alone)
    dates: dict[str, date] = {"grace_until": TODAY + timedelta(days=40)} if action == "grant_grace" else {}
    if state == "expired":
        dates = {"term_ends_on": TODAY + timedelta(days=800)}
    return move(connection, listing, Move(action, CAUSES[action], dates=dates), court.both)


@pytest.mark.parametrize(("action", "state"), sorted(TRANSITIONS))
def test_every_transition_leaves_one_event_one_entry_and_what_the_public_reads(
    court: Court, action: str, state: str
) -> None:
    entity, listing = _reach(court, action, state)
    before = _left(court, entity)
    target = TRANSITIONS[action, state]
    assert _act(court, listing, action, state) == target
    after = _left(court, entity)
    assert (after.events, after.entries) == (before.events + 1, before.entries + 1)
    (event,) = court.rows("SELECT * FROM register.listing_event ORDER BY id DESC LIMIT 1")
    assert (event["listing_id"], event["action"]) == (listing, action)
    assert (event["from_state"], event["to_state"]) == (state, target)
    assert event["article"], "every act names its article"
    assert event["officer_id"] == court.clerk.id
    (entry,) = court.rows("SELECT action, court_id FROM audit.entry ORDER BY sequence DESC LIMIT 1")
    assert entry == {"action": f"listing.{action}", "court_id": court.clerk.court_id}
    (row,) = court.rows("SELECT state FROM register.listing WHERE id = %s", listing)
    assert row["state"] == target
    assert after.shown == (target == "published")
    assert after.changes == before.changes + _told(before, after, action)
    assert court.rows("SELECT place FROM serving.differences() WHERE number <> 0") == []
    assert verify(court.register.connection) is None


def _told(before: Left, after: Left, action: str) -> list[str]:
    if before.shown != after.shown:
        return ["add" if after.shown else "remove"]
    return ["update"] if action == "correct" and after.shown else []


def test_without_the_triggers_what_the_public_reads_would_stay_behind(court: Court) -> None:
    """The control: the test above sees a listing whose serving rows were forgotten."""
    entity, listing = court.listing()
    _left(court, entity)
    court.register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER USER")
    court.move(listing, "delete", "performed")
    assert _left(court, entity).shown
    assert court.rows("SELECT place FROM serving.differences() WHERE number <> 0") != []


def test_an_act_that_leaves_no_entry_in_the_trail_has_not_happened(court: Court) -> None:
    entity, listing = court.listing()
    connection = court.register.connection
    before = _left(court, entity)
    connection.execute("REVOKE EXECUTE ON FUNCTION audit.append(text [], uuid [], text []) FROM operator")
    connection.execute("SET LOCAL ROLE operator")
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
        court.move(listing, "delete", "performed")
    connection.execute("RESET ROLE")
    assert _left(court, entity) == before
    assert court.rows("SELECT state FROM register.listing WHERE id = %s", listing) == [{"state": "published"}]
    connection.execute("GRANT EXECUTE ON FUNCTION audit.append(text [], uuid [], text []) TO operator")
    connection.execute("SET LOCAL ROLE operator")
    court.move(listing, "delete", "performed")
    connection.execute("RESET ROLE")
    assert _left(court, entity).entries == before.entries + 1


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_day_that_ends_a_listing_is_chinas_wherever_the_server_stands(
    connection: psycopg.Connection[DictRow], zone: str
) -> None:
    connection.execute(f"SET LOCAL timezone = '{zone}'")
    row: dict[str, Any] | None = connection.execute(
        "SELECT serving.today() AS today, (now() AT TIME ZONE 'Asia/Shanghai')::date AS china"
    ).fetchone()
    assert row is not None
    assert row["today"] == row["china"]


def test_the_servers_own_day_would_be_another_one(connection: psycopg.Connection[DictRow]) -> None:
    """The control: at every hour one of the two ends of the world has another day than China."""
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        connection.execute(f"SET LOCAL timezone = '{zone}'")
        row: dict[str, Any] | None = connection.execute("SELECT current_date = serving.today() AS same").fetchone()
        assert row is not None
        days.add(row["same"])
    assert False in days
