from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask.testing import FlaskClient

from backend.core.audit import verify
from backend.core.errors import Forbidden, Invalid, NotFound
from backend.core.officers import Officer, Signatures
from backend.listings.life import list_open_tasks
from backend.notices import service
from backend.notices.domain import TRANSITIONS, ListingNotShown, NotPossible, Reward, SameOfficer
from tests.integration.notices.conftest import UNTIL, Court
from tests.integration.register import TODAY


def marks(client: FlaskClient, court: Court, listing: UUID) -> tuple[bool, int, str | None, int]:
    """Whether a notice is marked in the list, how many the filter finds, the entity's link, and the public detail."""
    (row,) = court.rows("SELECT entity_id FROM register.listing WHERE id = %s", listing)
    detail = client.get(f"/v1/entities/{row['entity_id']}").get_json()
    filtered = client.get("/v1/entities?notice=true").get_json()["items"]
    return detail["notice"], len(filtered), detail["listings"][0]["notice_id"], len(running(client))


def running(client: FlaskClient) -> list[str]:
    return [item["id"] for item in client.get("/v1/notices").get_json()["items"]]


def test_the_database_knows_the_same_transitions(court: Court) -> None:
    rows = court.rows("SELECT action, from_state, to_state FROM register.notice_transition")
    assert {(row["action"], row["from_state"]): row["to_state"] for row in rows} == TRANSITIONS


def test_a_notice_is_marked_from_its_publication_to_its_end_and_never_before(court: Court, client: FlaskClient) -> None:
    listing, connection = court.listing(), court.register.connection
    notice = court.draft(listing)
    assert marks(client, court, listing) == (False, 0, None, 0)
    service.approve(connection, notice, court.approver)
    assert marks(client, court, listing) == (False, 0, None, 0)
    service.publish(connection, notice, court.clerk)
    assert marks(client, court, listing) == (True, 1, str(notice), 1)
    assert court.is_consistent()
    service.close(connection, notice, "performed", court.clerk)
    assert marks(client, court, listing) == (False, 0, None, 0)
    assert client.get(f"/v1/notices/{notice}").status_code == 404
    assert court.is_consistent()


def test_a_draft_would_be_marked_if_every_notice_counted(court: Court, client: FlaskClient) -> None:
    """The negative control of the test above: without the state, what is marked is any notice at all."""
    listing = court.listing()
    notice = court.draft(listing)
    court.rows("UPDATE register.notice SET published_on = %s WHERE id = %s RETURNING id", TODAY, notice)
    assert running(client) == []
    with court.register.connection.transaction():
        (view,) = court.rows("SELECT pg_get_viewdef('register.announced_notice'::regclass) AS text")
        court.register.connection.execute(
            f"CREATE OR REPLACE VIEW register.announced_notice AS {view['text'].partition('WHERE')[0]}"
        )
        assert running(client) == [str(notice)]


def test_every_act_leaves_its_event_and_its_entry_in_the_trail(court: Court) -> None:
    connection = court.register.connection
    notice = court.published(court.listing())
    service.extend(connection, notice, UNTIL + timedelta(days=30), court.both)
    service.close(connection, notice, "creditor_request", court.clerk)
    service.pay(connection, notice, Signatures(court.payer, court.approver))
    acts = ["draft", "approve", "publish", "extend", "close", "pay"]
    assert [action for action, _ in court.actions(notice)] == acts
    entries = court.rows("SELECT action, court_id FROM audit.entry ORDER BY sequence")
    assert entries == [{"action": f"notice.{act}", "court_id": court.clerk.court_id} for act in acts]
    assert verify(connection) is None
    row = court.row(notice)
    assert (row["state"], row["closed_cause"], row["ends_on"]) == ("paid", "paid", UNTIL + timedelta(days=30))
    with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
        connection.execute("UPDATE register.notice_event SET cause = 'mistaken'")


def test_the_answer_is_due_ten_days_after_the_request_and_stands_among_the_duties(court: Court) -> None:
    requested = TODAY - timedelta(days=12)
    notice = court.draft(court.listing(), requested_on=requested)
    (row,) = court.rows("SELECT register.last_day_of_term(%s, 10, 'day', true) AS last", requested)
    assert court.row(notice)["answer_due_on"] == row["last"] < TODAY
    tasks = list_open_tasks(court.register.connection, court.clerk.court_id)
    assert [(task["kind"], task["due_on"], task["overdue"]) for task in tasks] == [
        ("answer_notice_request", row["last"], True)
    ]
    (listed,) = service.list_notices(court.register.connection, court.clerk)
    assert (listed["id"], listed["overdue"]) == (notice, True)
    service.approve(court.register.connection, notice, court.approver)
    assert list_open_tasks(court.register.connection, court.clerk.court_id) == []
    assert service.list_notices(court.register.connection, court.stranger) == []


def test_nobody_signs_twice(court: Court) -> None:
    connection = court.register.connection
    alone = Officer(court.register.officer(court.clerk.court_id, "alone", "clerk", "approver"), court.clerk.court_id,
                    ("clerk", "approver"))  # fmt: skip
    court.clerk = alone
    notice = court.draft(court.listing(), kind="whereabouts")
    with pytest.raises(SameOfficer):
        service.approve(connection, notice, alone)
    service.approve(connection, notice, court.approver)
    service.publish(connection, notice, alone)
    for signed in (Signatures(alone), Signatures(alone, alone)):
        with pytest.raises(SameOfficer):
            service.extend(connection, notice, UNTIL + timedelta(days=1), signed)


def test_the_database_has_the_last_word_about_two_officers(court: Court) -> None:
    notice = court.draft(court.listing())
    for change in ("approved_by = drafted_by", "state = 'approved'"):
        with pytest.raises(psycopg.errors.CheckViolation), court.register.connection.transaction():
            court.register.connection.execute(f"UPDATE register.notice SET {change} WHERE id = %s", (notice,))
    with pytest.raises(psycopg.errors.CheckViolation), court.register.connection.transaction():
        court.register.connection.execute(
            "UPDATE register.notice SET state = 'published', published_on = ends_on, approved_by = %s WHERE id = %s",
            (court.approver.id, notice),
        )


@pytest.mark.parametrize("kind", ["property", "whereabouts"])
def test_nothing_is_published_that_no_approver_signed(court: Court, kind: str) -> None:
    notice = court.draft(court.listing(), kind=kind)
    with pytest.raises(NotPossible):
        service.publish(court.register.connection, notice, court.clerk)
    with pytest.raises(Forbidden):
        service.approve(court.register.connection, notice, court.payer)


def test_strangers_and_wrong_roles_are_refused(court: Court) -> None:
    connection, notice = court.register.connection, court.published(court.listing())
    later = UNTIL + timedelta(days=1)
    acts: tuple[Callable[[], None], ...] = (
        lambda: service.close(connection, notice, "performed", court.stranger),
        lambda: service.close(connection, notice, "performed", court.approver),
        lambda: service.extend(connection, notice, later, Signatures(court.stranger, court.approver)),
        lambda: service.extend(connection, notice, later, Signatures(court.clerk, court.stranger)),
        lambda: service.extend(connection, notice, later, Signatures(court.clerk, court.payer)),
        lambda: service.pay(connection, notice, Signatures(court.clerk, court.approver)),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert court.row(notice)["state"] == "published"


@pytest.mark.parametrize(
    "fields",
    [
        {"reward": Reward("percent_recovered", percent=Decimal(101))},
        {"reward": Reward("fixed", Decimal(0))},
        {"kind": "photo"},
        {"funder": "甄某"},
        {"requested_on": TODAY + timedelta(days=1)},
        {"ends_on": TODAY - timedelta(days=1)},
        {"how_to_claim": "甄虚构的线索请交执行局"},
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(court: Court, fields: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        court.draft(court.listing(), **fields)
    assert court.rows("SELECT id FROM register.notice") == []


def test_no_notice_without_a_listing_that_is_shown(court: Court) -> None:
    suspended = court.listing(state="current")
    court.register.connection.execute("UPDATE register.listing SET state = 'suspended' WHERE id = %s", (suspended,))
    for listing in (suspended, court.listing(state="ended"), court.listing(state="draft")):
        with pytest.raises(ListingNotShown):
            court.draft(listing)
        with (
            pytest.raises(psycopg.errors.CheckViolation, match="needs a listing"),
            court.register.connection.transaction(),
        ):
            court.register.notice(listing, **_OPEN)
    with pytest.raises(NotFound):
        court.draft(uuid4())
    with pytest.raises(NotFound):
        service.approve(court.register.connection, uuid4(), court.approver)


_OPEN: dict[str, Any] = {"state": "published", "closed_on": None, "closed_cause": None}


def test_it_begins_on_its_day_and_ends_at_midnight_without_any_write(court: Court, client: FlaskClient) -> None:
    connection, listing = court.register.connection, court.listing()
    notice = court.approved(listing)
    for day in (TODAY - timedelta(days=1), UNTIL + timedelta(days=1)):
        with pytest.raises(Invalid):
            service.publish(connection, notice, court.clerk, day)
    first = TODAY + timedelta(days=3)
    service.publish(connection, notice, court.clerk, first)
    assert marks(client, court, listing) == (False, 0, None, 0)
    court.on(first)
    assert marks(client, court, listing) == (True, 1, str(notice), 1)
    court.on(UNTIL)
    assert marks(client, court, listing) == (True, 1, str(notice), 1)
    assert service.close_ended(connection) == 0
    court.on(UNTIL + timedelta(days=1))
    assert marks(client, court, listing) == (False, 0, None, 0)
    assert court.row(notice)["state"] == "published"
    assert service.close_ended(connection) == 1
    assert service.close_ended(connection) == 0
    assert (court.row(notice)["state"], court.row(notice)["closed_cause"]) == ("closed", "term_over")
    assert court.actions(notice)[-1] == ("close", "term_over")


def test_the_next_write_finds_it_closed(court: Court) -> None:
    notice = court.published(court.listing())
    court.on(UNTIL + timedelta(days=1))
    with pytest.raises(NotPossible):
        service.extend(court.register.connection, notice, UNTIL + timedelta(days=9), court.both)
