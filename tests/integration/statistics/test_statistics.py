"""Rounded numbers of a court, and how little they tell."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from flask.testing import FlaskClient

from tests.integration.conftest import Check
from tests.integration.register import Register

# Q4 of 2025 is the last whole quarter on 1 March 2026.
IN_QUARTER, BEFORE, AFTER = date(2025, 11, 3), date(2025, 9, 30), date(2026, 1, 1)


def statistics(client: FlaskClient, court: UUID) -> dict[str, Any]:
    answer = client.get(f"/v1/statistics/courts/{court}")
    assert answer.status_code == 200
    return answer.get_json()  # type: ignore[no-any-return]


def _listings(register: Register, number: int, **fields: Any) -> None:
    entity = register.entity()
    for _ in range(number):
        register.listing(entity, **{"term_ends_on": None, "published_on": IN_QUARTER, **fields})


def _objections(
    register: Register, number: int, days: int, *, upheld: bool = False, reviewed: tuple[str, date] | None = None
) -> None:
    """Objections of the quarter; `reviewed`: how a review of each ended, and when."""
    court = register.courts[0]
    login = f"o{uuid4().hex[:12]}"
    officer = register.insert("officer", court_id=court, login=login, name="虚构人员", roles=["clerk"])
    outcome = "founded" if upheld else "not_founded"
    decided = {"decided_on": IN_QUARTER + timedelta(days=days), "outcome": outcome, "officer_id": officer}
    for _ in range(number):
        # What was filed is sealed elsewhere, which this transaction never comes to be asked about.
        row = {"filing_id": uuid4(), "court_id": court, "filed_on": IN_QUARTER, "due_on": IN_QUARTER, **decided}
        columns = ", ".join(row)
        values = ", ".join(["%s"] * len(row))
        register.connection.execute(
            f"INSERT INTO register.objection ({columns}) VALUES ({values})", tuple(row.values())
        )
        if reviewed:
            ended, on = reviewed
            act = "withdraw" if ended == "reversed" else None
            register.insert(
                "review", filing_id=row["filing_id"], court_id=court, reviewing_court_id=court, asked_on=IN_QUARTER,
                due_on=on, outcome=ended, act=act, reason="虚构", decided_on=on, officer_id=officer,
            )  # fmt: skip


def test_counts_by_quarter_within_less_than_five(client: FlaskClient, register: Register, check: Check) -> None:
    court = register.courts[0]
    _listings(register, 23)
    _listings(register, 40, published_on=BEFORE)
    _listings(register, 60, published_on=AFTER)
    _listings(register, 80, court_id=register.courts[1])
    _listings(register, 31, state="ended", ended_on=IN_QUARTER, published_on=date(2020, 1, 1))
    _objections(register, 22, days=9, upheld=True)
    _objections(register, 17, days=10)
    answer = statistics(client, court)
    check("CourtStatistics", answer)
    assert (answer["court"], answer["rounded_to"]) == (str(court), 5)
    assert len(answer["quarters"]) == 12
    last = answer["quarters"][-1]
    assert (last["from"], last["to"]) == ("2025-10-01", "2025-12-31")
    assert answer["quarters"][0]["from"] == "2023-01-01"
    for said, counted in (
        (last["listed"], 23),
        (answer["quarters"][-2]["listed"], 40),
        (last["ended"]["performed"], 31),
        (last["objections"]["filed"], 39),
        (last["objections"]["upheld"], 22),
    ):
        assert said % 5 == 0
        assert abs(said - counted) < 5
    assert last["objections"]["median_days"] == 10
    assert {number for cause, number in last["ended"].items() if cause != "performed"} == {0}
    assert "total" not in str(answer)


def test_a_refusal_that_a_review_reversed_was_upheld_in_the_quarter_of_the_review(
    client: FlaskClient, register: Register
) -> None:
    _objections(register, 20, days=1, reviewed=("upheld", IN_QUARTER))
    _objections(register, 20, days=1, reviewed=("withdrawn", IN_QUARTER))
    assert statistics(client, register.courts[0])["quarters"][-1]["objections"]["upheld"] == 0
    _objections(register, 20, days=1, reviewed=("reversed", IN_QUARTER))
    _objections(register, 40, days=1, reviewed=("reversed", AFTER))
    last = statistics(client, register.courts[0])["quarters"][-1]["objections"]
    assert abs(last["upheld"] - 20) < 5
    assert abs(last["filed"] - 100) < 5
    assert last["median_days"] == 0


def test_what_was_reduced_to_a_tombstone_still_counts(client: FlaskClient, register: Register) -> None:
    for _ in range(30):
        register.connection.execute(
            "INSERT INTO register.tombstone (listing_id, court_id, source, state, cause, published_on, ended_on,"
            " reduced_on, taken_down) VALUES (%s, %s, 'court', 'deleted', 'settled', %s, %s, %s, true)",
            (uuid4(), register.courts[0], IN_QUARTER, IN_QUARTER, AFTER),
        )
    last = statistics(client, register.courts[0])["quarters"][-1]
    assert abs(last["listed"] - 30) < 5
    assert abs(last["ended"]["settled"] - 30) < 5


def _ended(client: FlaskClient, register: Register) -> tuple[int, int]:
    """How many the quarter before last listed, and how many the last one ended, by performance."""
    before, last = statistics(client, register.courts[0])["quarters"][-2:]
    return before["listed"], last["ended"]["performed"]


def test_a_removal_that_was_taken_back_never_was_and_one_before_a_new_listing_stays_counted(
    client: FlaskClient, register: Register
) -> None:
    _listings(register, 30, state="ended", ended_on=IN_QUARTER, published_on=BEFORE)
    listed, ended = _ended(client, register)
    assert abs(listed - 30) < 5
    assert abs(ended - 30) < 5
    shown = "UPDATE register.listing SET state = 'published', ended_on = NULL, ended_cause = NULL"
    gone = "UPDATE register.listing SET state = 'deleted', ended_on = %s, ended_cause = 'performed', published_on = %s"
    with register.connection.transaction(force_rollback=True):
        register.connection.execute(shown)
        assert _ended(client, register) == (listed, 0), "taken back: listed since then, and never ended"
    with register.connection.transaction(force_rollback=True):
        register.connection.execute(f"{shown}, published_on = %s", (AFTER,))
        assert _ended(client, register) == (listed, ended), "listed anew"
        register.connection.execute(gone, (IN_QUARTER, BEFORE))
        assert _ended(client, register) == (listed, ended), "that was taken back: counted once"
    register.connection.execute("ALTER TABLE register.listing DISABLE TRIGGER follow_return")
    register.connection.execute(f"{shown}, published_on = %s", (AFTER,))
    assert _ended(client, register) == (0, 0), "the control"


def test_overdue_duties_are_those_past_their_last_day(client: FlaskClient, register: Register) -> None:
    today = date(2026, 3, 1)
    for due_on, number in ((today - timedelta(days=1), 20), (today, 40), (None, 40)):
        for _ in range(number):
            register.insert(
                "task", listing_id=register.listing(register.entity()), court_id=register.courts[0],
                kind="delete_after_cause", begun_on=today, due_on=due_on,
            )  # fmt: skip
    assert abs(statistics(client, register.courts[0])["overdue"] - 20) < 5


def test_days_are_told_only_of_so_many_that_nobodys_own_shows(client: FlaskClient, register: Register) -> None:
    _objections(register, 5, days=13)
    assert statistics(client, register.courts[0])["quarters"][-1]["objections"]["median_days"] is None
    _objections(register, 9, days=13)
    assert statistics(client, register.courts[0])["quarters"][-1]["objections"]["median_days"] == 15


def test_one_listing_more_moves_one_number_by_a_step_or_not_at_all(client: FlaskClient, register: Register) -> None:
    """What somebody sees who asks before and after each of forty listings."""
    court, steps = register.courts[0], []
    before = statistics(client, court)
    for _ in range(40):
        _listings(register, 1)
        assert statistics(client, court) == statistics(client, court)  # asking again tells nothing more
        after = statistics(client, court)
        changed = [(one, two) for one, two in zip(before["quarters"], after["quarters"], strict=True) if one != two]
        steps.append(sum(two["listed"] - one["listed"] for one, two in changed))
        assert all(one | {"listed": 0} == two | {"listed": 0} for one, two in changed)
        before = after
    assert Counter(steps) == {0: 32, 5: 8}  # one step in five


def _thresholds(register: Register, rounding: str) -> list[int]:
    """For each of many cells, the count at which its number first steps, asked one by one."""
    rows = register.connection.execute(
        f"SELECT cell, min(n) AS first FROM generate_series(1, 200) AS cell, generate_series(1, 9) AS n"
        f" WHERE {rounding} > 0 GROUP BY cell"
    ).fetchall()
    return [row["first"] for row in rows]


def test_where_a_number_steps_is_a_secret_of_each_quarter_and_court(register: Register) -> None:
    ours = Counter(_thresholds(register, "register.rounded(n, cell::text)"))
    assert ours.keys() == {1, 2, 3, 4, 5}
    assert min(ours.values()) > 15
    # The control: plain rounding steps at 3 everywhere, so that a step, or a difference, tells the count.
    assert set(_thresholds(register, "(5 * round(n / 5.0))")) == {3}


def test_none_stays_none_and_a_number_stands_for_nine(register: Register) -> None:
    rows = register.connection.execute(
        "SELECT n, min(register.rounded(n, c::text)) AS low, max(register.rounded(n, c::text)) AS high"
        " FROM generate_series(0, 30) AS n, generate_series(1, 300) AS c GROUP BY n"
    ).fetchall()
    by_count = {row["n"]: (row["low"], row["high"]) for row in rows}
    assert by_count[0] == (0, 0)
    could_be = [n for n, (low, high) in by_count.items() if low <= 10 <= high]
    assert sorted(could_be) == [6, 7, 8, 9, 10, 11, 12, 13, 14]


def test_another_installation_steps_elsewhere(register: Register) -> None:
    one = _thresholds(register, "register.rounded(n, cell::text)")
    register.connection.execute("UPDATE register.rounding SET secret = sha256(secret)")
    assert _thresholds(register, "register.rounded(n, cell::text)") != one


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT secret FROM register.rounding",
        "SELECT register.rounded(7, 'a')",
        "SELECT court_id FROM register.listing_course",
        "SELECT court_id FROM register.objection_course",
        "SELECT court_id FROM register.earlier_course",
    ],
)
@pytest.mark.parametrize("role", ["public_reader", "operator"])
def test_the_secret_and_the_counts_are_read_by_no_role(register: Register, sql: str, role: str) -> None:
    register.connection.execute(f"SET LOCAL ROLE {role}")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        register.connection.execute(sql)


def test_unknown_courts_are_the_one_404_and_the_answer_may_be_cached(client: FlaskClient, register: Register) -> None:
    known = client.get(f"/v1/statistics/courts/{register.courts[0]}")
    assert known.headers["Cache-Control"] == "public, max-age=3600"
    assert "ETag" in known.headers
    refused = [client.get(f"/v1/statistics/courts/{court}") for court in (uuid4(), "x", "%00")]
    assert {answer.status_code for answer in refused} == {404}
    assert len({answer.get_data() for answer in refused}) == 1
