"""A row that an earlier file held word for word needs no check, and nobody can tell from the outcome."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.listings import importing, intake, keys
from tests.integration.listings.lists import COURTS, YEAR, Importer, body, person
from tests.integration.listings.test_chunks import BEFORE, FILE, take

Register = psycopg.Connection[DictRow]


class Checked(Exception):
    """A row was checked."""


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """From here on no row may be checked."""

    def check(*_: Any) -> None:
        raise Checked

    monkeypatch.setattr(intake, "check", check)
    return monkeypatch


def test_the_same_rows_pass_unchecked(importer: Importer, request: pytest.FixtureRequest) -> None:
    importer.take(BEFORE)
    request.getfixturevalue("unchecked")
    assert importer.take(BEFORE).unchanged == len(BEFORE)
    assert importer.take(BEFORE, dry_run=True).unchanged == len(BEFORE)
    with pytest.raises(Checked):
        importer.take([*BEFORE, person(30)])


def _raise_the_rules(_: Register, unchecked: pytest.MonkeyPatch) -> None:
    unchecked.setattr(keys, "RULES_VERSION", keys.RULES_VERSION + 1)


def _add_a_court_name(register: Register, _: pytest.MonkeyPatch) -> None:
    register.execute("INSERT INTO register.court_name VALUES ('别名', %s)", (COURTS[0].id,))


def _move_a_court(register: Register, _: pytest.MonkeyPatch) -> None:
    register.execute("UPDATE register.court SET area_code = '990102' WHERE id = %s", (COURTS[0].id,))


def _end_a_listing(register: Register, _: pytest.MonkeyPatch) -> None:
    register.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = %s, ended_cause = 'performed'", (f"{YEAR}-06-06",)
    )


@pytest.mark.parametrize("change", [_raise_the_rules, _add_a_court_name, _move_a_court, _end_a_listing])
def test_they_are_checked_again_when_anything_else_has_changed(
    importer: Importer, register: Register, request: pytest.FixtureRequest, change: Any
) -> None:
    importer.take(BEFORE)
    unchecked = request.getfixturevalue("unchecked")
    try:
        change(register, unchecked)
        with pytest.raises(Checked):
            importer.take(BEFORE)
    finally:
        register.execute("DELETE FROM register.court_name WHERE name_folded = '别名'")
        register.execute("UPDATE register.court SET area_code = %s WHERE id = %s", (COURTS[0].area_code, COURTS[0].id))


def test_a_row_checked_by_new_rules_is_known_from_then_on(
    importer: Importer, register: Register, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    importer.take(BEFORE)
    monkeypatch.setattr(keys, "RULES_VERSION", keys.RULES_VERSION + 1)
    before = register.execute("SELECT xmin::text FROM serving.entity_row ORDER BY entity_id").fetchall()
    assert importer.take(BEFORE).unchanged == len(BEFORE)
    # What is shown stays the same, so that the serving tables need not follow.
    assert register.execute("SELECT xmin::text FROM serving.entity_row ORDER BY entity_id").fetchall() == before
    request.getfixturevalue("unchecked")
    assert importer.take(BEFORE).unchanged == len(BEFORE)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize("backwards", [False, True])
def test_looking_up_changes_nothing(
    importer: Importer, register: Register, monkeypatch: pytest.MonkeyPatch, size: int, *, backwards: bool
) -> None:
    rows = [person(3), *FILE, person(2, duty="旧"), person(4), person(1)]
    rows = rows[::-1] if backwards else rows
    monkeypatch.setattr(importing, "CHUNK", 3)
    monkeypatch.setattr(intake, "GIVE_UP_AFTER", 0)
    without = take(importer, register, rows)
    monkeypatch.setattr(intake, "GIVE_UP_AFTER", 1000)
    monkeypatch.setattr(intake, "LOOK_UP", size)
    assert take(importer, register, rows) == without


def test_a_full_list_drops_what_it_lacks_and_keeps_what_is_the_same(importer: Importer, register: Register) -> None:
    importer.take([person(1), person(2), person(3)], full_list_of="示0101")
    summary = importer.take([person(1), person(2, duty="新"), person(4, age="x")], full_list_of="示0101")
    assert (summary.unchanged, summary.changed, summary.dropped) == (1, 1, 1)
    found = register.execute("SELECT case_number FROM register.listing WHERE state = 'deleted'").fetchall()
    assert [row["case_number"] for row in found] == [person(3)["caseCode"]]


def test_no_hash_is_kept_of_a_row_with_a_birth_date(importer: Importer, register: Register) -> None:
    importer.take([person(1), person(2, 出生日期="1980-01-01"), body(3)])
    found = register.execute("SELECT case_number FROM register.listing WHERE row_hash IS NULL").fetchall()
    assert [row["case_number"] for row in found] == [person(2)["caseCode"]]


def test_courts_of_unchecked_rows_are_as_of_now(importer: Importer, register: Register) -> None:
    importer.take([person(1)])
    register.execute("UPDATE register.court SET as_of = NULL")
    importer.take([person(1)])
    found = register.execute("SELECT id::text FROM register.court WHERE as_of IS NOT NULL").fetchall()
    assert [row["id"] for row in found] == [COURTS[0].id]
