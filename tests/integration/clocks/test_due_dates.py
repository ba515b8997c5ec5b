"""The dates of tests/data/clocks/due_dates.csv were counted by hand on the State Council's calendars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.app import create_app
from backend.clocks.service import load_clocks, provisional_years
from backend.config import ROOT, Settings
from backend.core.clock import today as china_today
from backend.core.db import Database
from backend.core.errors import LawNotLoaded, OperatorError
from tests.integration.register import Register

Connection = psycopg.Connection[DictRow]
DUE_DATES = ROOT / "tests" / "data" / "clocks" / "due_dates.csv"


@pytest.fixture(scope="module", autouse=True)
def clocks(database: Database) -> Iterator[None]:
    load_clocks(database)
    yield
    with database.transaction("operator") as connection:
        connection.execute("DELETE FROM register.calendar_day")
        connection.execute("DELETE FROM register.clock")


def _due_dates() -> list[dict[str, str]]:
    with DUE_DATES.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _due_dates(), ids=lambda row: f"{row['clock']} {row['begins_on']}")
def test_a_duty_is_due_on_the_day_counted_by_hand(connection: Connection, row: dict[str, str]) -> None:
    assert _due_on(connection, row["clock"], row["begins_on"]) == date.fromisoformat(row["due_on"])


def test_without_the_calendar_table_most_of_these_days_would_be_wrong(connection: Connection) -> None:
    connection.execute("DELETE FROM register.calendar_day")
    right = [
        row
        for row in _due_dates()
        if _due_on(connection, row["clock"], row["begins_on"]) == date.fromisoformat(row["due_on"])
    ]
    assert len(right) < len(_due_dates()) / 4


def test_what_began_before_a_change_of_the_law_runs_by_the_old_one(connection: Connection) -> None:
    connection.execute("UPDATE register.clock SET valid_until = '2026-06-30' WHERE name = 'delete_after_cause'")
    connection.execute(
        "INSERT INTO register.clock VALUES ('delete_after_cause', 'duty', 1, 'working_day', '2026-07-01', NULL, '新规')"
    )
    assert _due_on(connection, "delete_after_cause", "2026-06-30") == date(2026, 7, 3)
    assert _due_on(connection, "delete_after_cause", "2026-07-01") == date(2026, 7, 2)


def test_a_clock_that_was_no_law_yet_is_an_error_not_a_guess(connection: Connection) -> None:
    with pytest.raises(psycopg.errors.NoDataFound):
        _due_on(connection, "delete_after_cause", "2010-01-01")


def test_a_calendar_file_replaces_the_years_it_names_and_no_others(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(
        "first_day,last_day,works,name,source\n2027-02-05,2027-02-11,no,春节,国办\n2027-02-20,2027-02-20,yes,调休,国办\n",
        "utf-8",
    )
    assert provisional_years(database) == [2027]
    try:
        for calendar in (file, None):  # None: as after an update
            load_clocks(database, calendar=calendar)
            assert provisional_years(database) == []
            with database.transaction("operator") as connection:
                assert _due_on(connection, "delete_after_cause", "2027-02-04") == date(2027, 2, 16)
                assert _due_on(connection, "delete_after_cause", "2026-02-13") == date(2026, 2, 25)
    finally:
        with database.transaction("operator") as connection:
            connection.execute("DELETE FROM register.calendar_day WHERE extract(YEAR FROM day) = 2027")
        load_clocks(database)


@pytest.mark.parametrize(
    ("today", "gaps"),
    [
        ("2026-11-30", {}),
        ("2026-12-01", {2027: True}),
        ("2027-06-30", {2027: True}),
        ("2027-12-01", {2027: True, 2028: False}),
        ("2028-02-29", {2028: False}),
    ],
)
def test_a_year_without_its_arrangement_is_told_of_a_month_before_it_begins(
    connection: Connection, today: str, gaps: dict[int, bool]
) -> None:
    connection.execute("SELECT set_config('listings.today', %s, true)", (today,))
    statement = "SELECT year, provisional FROM register.calendar_gap"
    told = {row["year"]: row["provisional"] for row in connection.execute(statement)}
    assert told == gaps
    connection.execute(
        "INSERT INTO register.calendar_day (day, works, name, source)"
        " VALUES ('2027-02-20', true, '春节调休', '国办'), ('2028-01-03', false, '元旦', '国办')"
    )
    assert connection.execute(statement).fetchall() == []


def test_checking_fails_until_the_calendar_of_the_coming_year_is_loaded(database: Database, tmp_path: Path) -> None:
    years = sorted({china_today().year, (china_today() + timedelta(days=31)).year})
    file = tmp_path / "calendar.csv"
    rows = "".join(f"{year}-01-01,{year}-01-01,no,元旦,国办\n" for year in years)
    file.write_text(f"first_day,last_day,works,name,source\n{rows}", "utf-8")
    app = create_app(Settings.from_environment({"DATABASE_URL": database.url}), database)
    with app.app_context():
        with database.transaction("operator") as connection:
            connection.execute("DELETE FROM register.calendar_day")
        failed = app.test_cli_runner().invoke(args=["clocks", "check"])
        assert (failed.exit_code, f"{years[0]} has no calendar" in failed.output) == (1, True), failed.output
        loaded = app.test_cli_runner().invoke(args=["clocks", "load", "--calendar", str(file)])
        passed = app.test_cli_runner().invoke(args=["clocks", "check"])
    assert (loaded.exit_code, passed.exit_code) == (0, 0), passed.output
    assert "has no calendar" not in loaded.output
    with database.transaction("operator") as connection:
        connection.execute("DELETE FROM register.calendar_day")
    load_clocks(database)


def test_open_duties_end_by_the_calendar_that_is_loaded_later(register: Register, connection: Connection) -> None:
    court = register.courts[0]
    ends = {
        kind: register.insert(
            "task", court_id=court, kind=kind, begun_on=date(2027, 12, 30), due_on=due, done_on=done
        )
        for kind, due, done in (
            ("delete_after_cause", date(2028, 1, 4), None),
            ("correct", date(2028, 1, 4), date(2027, 12, 31)),
            ("decide_early_deletion", None, None),
        )
    }  # fmt: skip
    count = "SELECT register.count_duties_anew() AS n"
    assert connection.execute(count).fetchone() == {"n": 0}, "by the week, as they were counted"
    connection.execute(
        "INSERT INTO register.calendar_day (day, works, name, source) VALUES ('2028-01-03', false, '元旦', '国办')"
    )
    assert connection.execute(count).fetchone() == {"n": 1}
    due = {row["id"]: row["due_on"] for row in connection.execute("SELECT id, due_on FROM register.task")}
    assert {kind: due[task] for kind, task in ends.items()} == {
        "delete_after_cause": date(2028, 1, 5),
        "correct": date(2028, 1, 4),
        "decide_early_deletion": None,
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("day\n2027-01-01\n", "columns"),
        ("first_day,last_day,works,name,source\n2027-01-01,2026-01-01,no,x,y\n", "line 2"),
        ("first_day,last_day,works,name,source\n2027-01-01,2027-01-01,maybe,x,y\n", "yes or no"),
        ("first_day,last_day,works,name,source\n2027-01-01,2027-01-02,no,x,y\n2027-01-02,2027-01-02,no,x,y\n", "twice"),
        ("first_day,last_day,works,name,source\n2027-13-01,2027-01-01,no,x,y\n", "line 2"),
        ("first_day,last_day,works,name,source\n2027-01-01,2027-01-01\n", "5 cells"),
    ],
)
def test_a_broken_calendar_is_refused_with_its_line(database: Database, tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(OperatorError, match=said):
        load_clocks(database, calendar=file)


@pytest.mark.parametrize(
    "missing",
    [
        "DELETE FROM register.clock WHERE name = 'term_longest'",
        "DELETE FROM register.cause WHERE code = 'of_age'",
        "UPDATE register.cause SET article = '' WHERE code = 'not_in_list'",
        "DELETE FROM register.retention WHERE what = 'tombstone_key'",
        "DELETE FROM register.calendar_day",
    ],
)
def test_migrating_says_that_rows_of_the_law_are_to_be_loaded(database: Database, missing: str) -> None:
    app = create_app(Settings.from_environment({"DATABASE_URL": database.url}), database)
    load_clocks(database)
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["migrate"])
        assert (told.exit_code, "clocks load" in told.output) == (0, False), told.output
        with database.transaction("operator") as connection:
            connection.execute(missing)
        told = app.test_cli_runner().invoke(args=["migrate"])
    assert (told.exit_code, "flask --app backend clocks load" in told.output) == (0, True), told.output
    load_clocks(database)


def test_a_date_without_its_clock_says_what_to_run(database: Database) -> None:
    with pytest.raises(LawNotLoaded, match="clocks load"), database.transaction("operator") as connection:
        connection.execute("SELECT register.due_on('no_such_clock', '2026-03-02')")


def test_two_clocks_of_one_name_may_not_overlap(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "clocks.csv"
    file.write_text(
        "name,kind,amount,unit,valid_from,valid_until,article\ncorrect,duty,2,working_day,2026-01-01,,新规\n", "utf-8"
    )
    with pytest.raises(OperatorError, match="correct"):
        load_clocks(database, clocks=file)


def _due_on(connection: Connection, clock: str, begins_on: str) -> date:
    row = connection.execute("SELECT register.due_on(%s, %s::date) AS due", (clock, begins_on)).fetchone()
    assert row is not None
    due: date = row["due"]
    return due
