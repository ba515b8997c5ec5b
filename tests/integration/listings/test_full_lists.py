from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.errors import OperatorError
from backend.listings.domain.rejection import Reason
from tests.integration.listings.lists import COURTS, Importer, Record, body, person, snapshot

Register = psycopg.Connection[DictRow]
FULL: dict[str, Any] = {"full_list_of": "示0101"}
ELSEWHERE = {"courtName": "示例市乙区人民法院"}


@contextmanager
def officers(register: Register) -> Iterator[None]:
    """An approver, and some who are none of this court's: a clerk, another court's, and one who has left."""
    for login, court, roles, active in (
        ("zhou", COURTS[0].id, ["approver"], True),
        ("lin", COURTS[0].id, ["clerk"], True),
        ("elsewhere", COURTS[1].id, ["approver"], True),
        ("ended", COURTS[0].id, ["approver"], False),
    ):
        register.execute(
            "INSERT INTO register.officer (court_id, login, name, roles, active) VALUES (%s, %s, '虚构人员', %s, %s)",
            (court, login, roles, active),
        )
    try:
        yield
    finally:
        register.execute("DELETE FROM register.officer")


def people(number: int) -> list[Record]:
    return [person(place) for place in range(1, number + 1)]


def states(register: Register) -> dict[str, int]:
    query = "SELECT coalesce(ended_cause, state) AS state, count(*) AS n FROM register.listing GROUP BY 1"
    return {row["state"]: row["n"] for row in register.execute(query)}


def test_a_full_list_drops_what_it_no_longer_holds_of_its_court(importer: Importer, register: Register) -> None:
    importer.take([*people(10), person(50, **ELSEWHERE)])
    summary = importer.take(people(9), **FULL)
    assert (summary.unchanged, summary.dropped) == (9, 1)
    assert states(register) == {"published": 10, "not_in_list": 1}
    assert importer.take([*people(10)], **FULL).republished == 1


def test_an_ordinary_list_drops_nothing(importer: Importer, register: Register) -> None:
    importer.take(people(10))
    assert importer.take(people(2)).dropped == 0
    assert states(register) == {"published": 10}


def test_a_full_list_leaves_demo_records_and_ended_terms_alone(importer: Importer, register: Register) -> None:
    importer.take(people(3), source="demo")
    importer.take([*people(3), person(4, publishDate="2020-01-01", term_ends_on="2022-01-01")])
    assert importer.take(people(2), **FULL).dropped == 1
    assert states(register) == {"published": 6, "not_in_list": 1}


def test_rows_of_another_court_go_to_quarantine(importer: Importer) -> None:
    summary = importer.take([person(1), person(2, **ELSEWHERE)], **FULL)
    assert (summary.new, summary.quarantined) == (1, {Reason.OTHER_COURT: 1})


def test_a_courts_own_list_needs_no_court_column(importer: Importer) -> None:
    row = person(1)
    del row["courtName"]
    assert importer.take([row], **FULL).new == 1
    assert importer.take([row]).quarantined == {Reason.UNKNOWN_COURT: 1}


@pytest.mark.parametrize(
    "damage",
    [{"publishDate": "x"}, {"disruptTypeName": ""}, {"caseCode": "x"}, {"cardNum": "999999198002030001"}],
)
def test_a_listing_whose_row_is_in_quarantine_stays(
    importer: Importer, register: Register, damage: dict[str, str]
) -> None:
    importer.take(people(4))
    summary = importer.take([person(1), person(2, **damage), person(3)], **FULL)
    assert (summary.kept, summary.dropped) == (1, 1)
    assert states(register) == {"published": 3, "not_in_list": 1}


def test_a_row_of_another_court_keeps_nothing(importer: Importer, register: Register) -> None:
    importer.take(people(2))
    summary = importer.take([person(1), person(2, **ELSEWHERE)], **FULL)
    assert (summary.kept, summary.dropped) == (0, 1)
    assert states(register) == {"published": 1, "not_in_list": 1}


@pytest.mark.parametrize(
    ("gone", "added", "refused"), [(10, 0, False), (11, 0, True), (0, 40, False), (0, 41, True), (0, 0, False)]
)
def test_a_large_change_needs_a_second_officer(
    importer: Importer, register: Register, gone: int, added: int, *, refused: bool
) -> None:
    importer.take(people(200))
    rows = people(200)[gone:] + [body(number) for number in range(added)]
    before = snapshot(register)
    if refused:
        with pytest.raises(OperatorError, match="--approved-by"):
            importer.take(rows, **FULL)
        assert snapshot(register) == before
        with officers(register):
            importer.take(rows, **FULL, approved_by="zhou")
        approved = register.execute("SELECT approved_by FROM register.import_file WHERE full_list_of IS NOT NULL")
        assert [row["approved_by"] for row in approved] == ["zhou"]
    else:
        importer.take(rows, **FULL)
    assert states(register)["published"] == 200 - gone + added


def test_whoever_is_listed_again_counts_as_added(importer: Importer, register: Register) -> None:
    importer.take(people(241))
    importer.take([person(number, cause="已履行完毕") for number in range(1, 42)])
    with pytest.raises(OperatorError, match="add 41 of 200"):
        importer.take(people(241), **FULL)
    assert states(register) == {"published": 200, "performed": 41}
    assert importer.take(people(241)[1:], **FULL).republished == 40  # the control


@pytest.mark.parametrize("login", ["nobody", "lin", "elsewhere", "ended"])
def test_the_second_officer_must_be_an_approver_of_the_court(
    importer: Importer, register: Register, login: str
) -> None:
    importer.take(people(2))
    before = snapshot(register)
    with officers(register), pytest.raises(OperatorError, match="approver"):
        importer.take(people(1), **FULL, approved_by=login)
    assert snapshot(register) == before


def test_a_small_court_needs_none(importer: Importer, register: Register) -> None:
    importer.take(people(199))
    assert importer.take(people(100), **FULL).dropped == 99
    assert states(register) == {"published": 100, "not_in_list": 99}


def test_removals_with_a_stated_cause_never_wait(importer: Importer, register: Register) -> None:
    importer.take(people(200))
    rows = people(200)
    for row in rows[:50]:
        row["cause"] = "已履行完毕"
    assert importer.take(rows, **FULL).removed == 50
    assert states(register) == {"published": 150, "performed": 50}


def test_an_unknown_court_is_refused(importer: Importer) -> None:
    with pytest.raises(OperatorError, match="示9999"):
        importer.take(people(1), full_list_of="示9999")
