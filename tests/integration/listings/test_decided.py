"""What officers have decided about a listing is not undone by a later file."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from tests.integration.listings.lists import GROUND, YEAR, Importer, person

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
        " SELECT listing.id, 'delete', 'deleted', 'performed', '第十条', current_date, officer.id"
        " FROM register.listing CROSS JOIN register.officer"
    )
    try:
        assert importer.take([person(1)]).republished == 0
        assert _states(register) == ["deleted"]
    finally:
        register.execute("DELETE FROM register.listing_event")
        register.execute("DELETE FROM register.officer")


def test_no_file_without_a_term_takes_one_away(importer: Importer, register: psycopg.Connection[DictRow]) -> None:
    term, other = f"{YEAR + 2}-05-05", f"{YEAR + 3}-05-05"
    importer.take([person(1), person(2), person(3, disruptTypeName=GROUND, term_ends_on=term)])
    register.execute("UPDATE register.listing SET term_ends_on = %s WHERE case_number LIKE %s", (term, "%执1号"))
    later = [
        person(1, **CHANGED),
        person(2, **CHANGED, term_ends_on=other),
        person(3, disruptTypeName="有履行能力而拒不履行生效法律文书确定义务"),
    ]
    assert importer.take(later).changed == 3
    rows = register.execute("SELECT term_ends_on FROM register.listing ORDER BY case_key").fetchall()
    assert [str(row["term_ends_on"]) for row in rows] == [term, other, "None"]  # ground 1 has none


def test_no_file_says_again_what_an_officer_has_set_right(
    importer: Importer, register: psycopg.Connection[DictRow]
) -> None:
    one, two = person(1, duty="支付货款,电话13800138000"), person(2)
    importer.take([one, two])
    (wrong,) = register.execute("SELECT duty FROM register.listing WHERE case_number LIKE '%执1号'").fetchall()
    register.execute(
        "INSERT INTO register.officer (court_id, login, name, roles)"
        " SELECT DISTINCT court_id, 'lin', '虚构书记员', ARRAY['clerk'] FROM register.listing"
    )
    register.execute(
        "UPDATE register.listing SET duty = '支付货款9元', row_hash = NULL WHERE case_number LIKE '%执1号'"
    )
    register.execute("UPDATE register.entity SET sex = 'female', age_band = '50-59' WHERE name = %s", (one["iname"],))
    for detail in ({"field": "duty", "before": wrong["duty"]}, {"field": "sex"}, {"field": "age_band"}):
        register.execute(
            "INSERT INTO register.listing_event"
            " (listing_id, action, to_state, cause, article, effective_on, officer_id, detail)"
            " SELECT listing.id, 'correct', 'published', 'wrong_data', '第九条', current_date, officer.id, %s"
            " FROM register.listing CROSS JOIN register.officer WHERE case_number LIKE '%%执1号'",
            (Jsonb(detail),),
        )
    try:
        less = {"performance": "部分未履行"}
        assert importer.take([one | less, two | less]).changed == 2
        said = (
            "SELECT duty, performance, sex, age_band FROM register.listing"
            " INNER JOIN register.entity ON entity.id = listing.entity_id ORDER BY case_key"
        )
        assert [tuple(row.values()) for row in register.execute(said)] == [
            ("支付货款9元", "partial", "female", "50-59"), (two["duty"], "partial", "male", "40-49"),
        ]  # fmt: skip
        assert register.execute("SELECT FROM register.withheld_text").fetchall() == []
        importer.take([person(1, **CHANGED), person(2, **CHANGED)])
        assert {row["duty"] for row in register.execute(said)} == {CHANGED["duty"]}  # a third text is news
    finally:
        register.execute("DELETE FROM register.listing_event")
        register.execute("DELETE FROM register.officer")


def test_a_file_that_says_all_is_performed_asks_the_court_and_deletes_nothing(
    importer: Importer, register: psycopg.Connection[DictRow]
) -> None:
    first_ground = "有履行能力而拒不履行生效法律文书确定义务"
    importer.take([person(1, performance="全部已履行"), person(2), person(3, disruptTypeName=first_ground)])
    assert _duties(register) == {"（2099）示0101执1号": "decide_early_deletion"}
    performed = {"performance": "全部已履行"}
    importer.take(
        [person(1, **performed), person(2, **performed), person(3, disruptTypeName=first_ground, **performed)]
    )
    assert _duties(register) == {
        "（2099）示0101执1号": "decide_early_deletion",
        "（2099）示0101执2号": "decide_early_deletion",
        "（2099）示0101执3号": "delete_after_cause",
    }
    assert _states(register) == ["published"] * 3


def _duties(register: psycopg.Connection[DictRow]) -> dict[str, str]:
    rows = register.execute(
        "SELECT case_number, kind FROM register.task INNER JOIN register.listing ON listing.id = listing_id"
    )
    return {row["case_number"]: row["kind"] for row in rows}


def _states(register: psycopg.Connection[DictRow]) -> list[str]:
    return [row["state"] for row in register.execute("SELECT state FROM register.listing ORDER BY case_number")]
