"""What officers have decided about a listing is not undone by a later file."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.integration.listings.lists import Importer, person

DELETED = "UPDATE register.listing SET state = 'deleted', ended_on = current_date, ended_cause = 'performed'"
CHANGED = {"duty": "给付货款2元。"}


@pytest.mark.parametrize("state", ["suspended", "withdrawn", "expired"])
def test_no_file_shows_again_what_was_taken_down(
    importer: Importer, register: psycopg.Connection[DictRow], state: str
) -> None:
    importer.take([person(1), person(2)])
    ended = "NULL, NULL" if state == "suspended" else "current_date, 'minor'"
    register.execute(
        f"UPDATE register.listing SET state = %s, (ended_on, ended_cause) = ROW({ended}) WHERE case_number LIKE %s",
        (state, "%执1号"),
    )
    before = _states(register)
    assert state in before
    assert importer.take([person(1, **CHANGED), person(2, **CHANGED)]).changed == 1
    assert _states(register) == before


def test_no_file_shows_again_what_an_officer_deleted(importer: Importer, register: psycopg.Connection[DictRow]) -> None:
    importer.take([person(1)])
    register.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = current_date, ended_cause = 'performed'"
    )
    # Deleted by a file alone, it comes back with the next one.
    assert importer.take([person(1)]).republished == 1
    register.execute(
        "INSERT INTO register.officer (court_id, login, name, roles)"
        " SELECT court_id, 'lin', '虚构书记员', ARRAY['clerk'] FROM register.listing"
    )
    register.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = current_date, ended_cause = 'performed'"
    )
    register.execute(
        "INSERT INTO register.listing_event (listing_id, action, to_state, cause, article, effective_on, officer_id)"
        " SELECT listing.id, 'delete', 'deleted', 'performed', '', current_date, officer.id"
        " FROM register.listing CROSS JOIN register.officer"
    )
    try:
        assert importer.take([person(1)]).republished == 0
        assert _states(register) == ["deleted"]
    finally:
        register.execute("DELETE FROM register.listing_event")
        register.execute("DELETE FROM register.officer")


def _states(register: psycopg.Connection[DictRow]) -> list[str]:
    return [row["state"] for row in register.execute("SELECT state FROM register.listing ORDER BY case_number")]
