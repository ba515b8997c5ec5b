"""Notices by command line, in a database of its own, since what is committed to the trail stays there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from click.testing import Result
from psycopg.rows import dict_row

from backend.app import create_app
from backend.clocks.service import load_clocks
from backend.config import Settings
from backend.core.clock import today
from backend.core.db import Database
from tests.databases import database_of_its_own
from tests.integration.register import Register

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def own_url(database_url: str) -> Iterator[str]:
    with database_of_its_own(database_url, "notices") as url:
        load_clocks(Database(url))
        yield url


@pytest.fixture(scope="module")
def run(own_url: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    var = tmp_path_factory.mktemp("var")
    app = create_app(Settings.from_environment({"VAR_DIR": str(var)}), Database(own_url))
    return lambda *arguments: app.test_cli_runner().invoke(args=list(arguments))


@pytest.fixture(scope="module")
def listing(own_url: str) -> str:
    """Of a court with three officers."""
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        register = Register(connection)
        for login, role in (("lin", "clerk"), ("zhou", "approver"), ("wu", "reward_officer")):
            register.officer(register.courts[0], login, role)
        return str(register.listing(register.entity(), term_ends_on=None))


def test_a_notices_life_by_command_line(listing: str, run: Run) -> None:
    day, until = today(), str(today() + timedelta(days=60))
    asked = ["notices", "draft", listing, "--kind", "property", "--requested-on", str(day), "--until", until]
    for refused in (["--amount", "abc"], ["--percent", "0"], ["--amount", "5", "--percent", "5"], []):
        assert run(*asked, *refused, "--officer", "lin").exit_code == 1
    drafted = run(*asked, "--percent", "5", "--cap", "200000", "--officer", "lin")
    assert drafted.exit_code == 0, drafted.output
    notice = drafted.output.partition(":")[0]
    assert f"{notice}\tdraft" in run("notices", "list", "--officer", "zhou").output
    too_soon = run("notices", "publish", notice, "--officer", "lin")
    assert too_soon.exit_code == 1
    assert "approved" in run("notices", "approve", notice, "--officer", "zhou").output
    assert "published" in run("notices", "publish", notice, "--officer", "lin").output
    later = str(today() + timedelta(days=90))
    extended = run("notices", "extend", notice, "--until", later, "--officer", "lin", "--approved-by", "zhou")
    assert later in extended.output
    assert "0 notices closed" in run("notices", "close", "--ended").output
    assert run("notices", "close", notice, "--officer", "lin").exit_code == 2
    assert "closed" in run("notices", "close", notice, "--cause", "performed", "--officer", "lin").output
    alone = run("notices", "close", notice, "--cause", "paid", "--officer", "wu")
    assert "second" in alone.output
    paid = run("notices", "close", notice, "--cause", "paid", "--officer", "wu", "--approved-by", "zhou")
    assert "paid" in paid.output
    assert "whole" in run("audit", "verify").output or run("audit", "verify").exit_code == 0


def test_what_closes_by_itself_reaches_the_trail_at_the_commit(own_url: str, listing: str, run: Run) -> None:
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        connection.execute("SELECT set_config('role', 'operator', true)")
        officers = connection.execute("SELECT id FROM register.officer ORDER BY login LIMIT 2").fetchall()
        connection.execute(
            "INSERT INTO register.notice (listing_id, state, kind, basis, amount, requested_on, answer_due_on,"
            " published_on, ends_on, drafted_by, approved_by) VALUES (%s, 'published', 'property', 'fixed', 1,"
            " '2026-01-01', '2026-01-11', '2026-01-02', '2026-02-01', %s, %s)",
            (listing, officers[0]["id"], officers[1]["id"]),
        )
    assert "1 notices closed" in run("notices", "close", "--ended").output
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        last = connection.execute("SELECT action FROM audit.entry ORDER BY sequence DESC LIMIT 1").fetchone()
        assert last == {"action": "notice.close"}
