"""What the console finds out about a person, and what follows for every listing of theirs."""

from __future__ import annotations

import psycopg
import pytest

from tests.integration.desk import Console, Seat
from tests.integration.life.parties import one, stale
from tests.integration.register import TODAY, Register


def test_a_birth_date_that_may_withdraw_everything_needs_a_fresh_second_factor(
    console: Console, register: Register, clerk: Seat
) -> None:
    listing = register.listing(register.entity())
    path = f"/court/listings/{listing}/correction"
    form = {"field": "birth_date", "value": f"{TODAY.year - 12}-01-01", "cause": "wrong_data", "reason": "核对户籍"}
    stale(console, clerk)
    assert clerk.post(path, **form).location.startswith("/court/prove")
    assert one(console, listing)["state"] == "published"
    assert clerk.post(path, **{**form, "field": "duty", "value": "支付二百元"}).status_code == 303  # the control
    fresh = console.sit(clerk.officer)
    assert fresh.post(path, **form).location == f"/court/listings/{listing}"
    assert one(console, listing)["state"] == "withdrawn"


def test_a_death_found_here_suspends_what_other_courts_show(console: Console, register: Register, clerk: Seat) -> None:
    who = register.entity()
    here, there = register.listing(who), register.listing(who, court_id=register.courts[1])
    noise = register.listing(register.entity(), court_id=register.courts[1])
    path = f"/court/listings/{here}/person"
    assert clerk.post(path, finding="death", reason="x").status_code == 422  # no day
    done = clerk.post(path, finding="death", died_on=TODAY.isoformat(), reason="死亡证明")
    assert done.status_code == 303
    assert [one(console, listing)["state"] for listing in (here, there, noise)] == [
        "suspended",
        "suspended",
        "published",
    ]
    trail = console.connection.execute(
        "SELECT court_id FROM audit.entry WHERE action = 'listing.suspend' ORDER BY sequence"
    ).fetchall()
    assert [row["court_id"] for row in trail] == register.courts[:2]
    home = console.seat("clerk", court=register.courts[1])
    page = home.get(f"/court/listings/{there}").text
    assert "另一法院" in page
    assert "死亡证明" not in page
    asked = clerk.post(path, finding="not_dead", reason="同名").location
    assert console.seat("approver").post(f"{asked}/approve").status_code == 303
    assert one(console, there)["state"] == "suspended"  # nothing is shown by itself


def test_a_minor_found_here_is_withdrawn_everywhere(console: Console, register: Register, clerk: Seat) -> None:
    who = register.entity()
    here, there = register.listing(who), register.listing(who, court_id=register.courts[1])
    assert clerk.post(f"/court/listings/{here}/person", finding="minor", reason="户籍").status_code == 303
    assert [one(console, listing)["state"] for listing in (here, there)] == ["withdrawn", "withdrawn"]


def test_nothing_is_taken_down_elsewhere_without_a_listing_of_ones_own(
    console: Console, register: Register, clerk: Seat
) -> None:
    stranger = register.entity()
    register.listing(stranger, court_id=register.courts[1])
    with pytest.raises(psycopg.errors.InsufficientPrivilege), console.database.transaction("court") as connection:
        connection.execute(
            "SELECT * FROM register.take_down_elsewhere(%s, 'death', %s, %s)", (stranger, TODAY, clerk.officer)
        )
