"""Officers and their acts by command line, in a database of its own: what is committed to the trail stays there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from click.testing import Result
from psycopg.rows import dict_row

from backend.app import create_app
from backend.clocks.service import load_clocks
from backend.config import Settings
from backend.core.db import Database
from tests.databases import database_of_its_own
from tests.integration.register import Register

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def own_url(database_url: str) -> Iterator[str]:
    with database_of_its_own(database_url, "officers") as url:
        load_clocks(Database(url))
        yield url


@pytest.fixture(scope="module")
def run(own_url: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    var = tmp_path_factory.mktemp("var")
    app = create_app(Settings.from_environment({"VAR_DIR": str(var)}), Database(own_url))

    def run(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(args=list(arguments))

    return run


def test_an_officers_day_by_command_line(own_url: str, run: Run) -> None:
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        register = Register(connection)
        row = connection.execute("SELECT code FROM register.court WHERE id = %s", (register.courts[0],)).fetchone()
        assert row is not None
        court = str(row["code"])
        entity = register.entity()
        listing = str(register.listing(entity, term_ends_on=None))
        other = str(register.listing(register.entity("贾示例"), grounds=(4,)))
    for login, role in (("lin", "clerk"), ("zhou", "approver")):
        added = run("officers", "add", login, "--court", court, "--name", "虚构人员", "--role", role)
        assert added.exit_code == 0, added.output
    assert "zhou" in run("officers", "list").output
    opened = run("listings", "cause", listing, "performed", "--on", "2026-02-27", "--officer", "lin")
    assert "delete_after_cause" in opened.output, opened.output
    assert listing in run("listings", "tasks", "--officer", "lin").output
    alone = run("listings", "move", other, "delete", "--cause", "early_deletion", "--officer", "lin")
    assert alone.exit_code == 1
    assert "second officer" in alone.output
    both = run(
        "listings", "move", other, "delete", "--cause", "early_deletion", "--officer", "lin", "--approved-by", "zhou"
    )
    assert both.output.strip() == f"{other}: deleted"
    died = run("listings", "death", str(entity), "--on", "2026-02-01", "--officer", "lin")
    assert died.exit_code == 0, died.output
    run("officers", "end", "lin")
    ended = run("listings", "move", listing, "delete", "--cause", "death", "--officer", "lin")
    assert ended.exit_code == 1
    assert "no active officer" in ended.output
    assert "The trail is whole" in run("audit", "verify").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "Bad Login", "--court", "虚0", "--name", "甲", "--role", "clerk"),
        ("add", "fine", "--court", "nowhere", "--name", "甲", "--role", "clerk"),
        ("end", "nobody"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("officers", *arguments)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "Traceback" not in done.output


def test_the_head_is_signed_and_a_trail_cut_at_its_end_is_found(own_url: str, run: Run) -> None:
    assert run("audit", "sign").exit_code == 0
    with psycopg.connect(own_url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("DELETE FROM audit.body WHERE sequence = (SELECT max(sequence) FROM audit.entry)")
        connection.execute("DELETE FROM audit.entry WHERE sequence = (SELECT max(sequence) FROM audit.entry)")
        connection.execute(
            "UPDATE audit.head SET (sequence, digest) ="
            " (SELECT sequence, digest FROM audit.entry ORDER BY sequence DESC LIMIT 1)"
        )
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert "the end is cut off" in found.output
