"""What a court decides itself begins as a draft, by command line, in the form of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from click.testing import Result
from psycopg.rows import DictRow

from backend.app import create_app
from backend.clocks.service import load_clocks
from backend.core.clock import today
from tests.integration.listings.lists import COURTS, Importer, body, person

Register = psycopg.Connection[DictRow]
Run = Callable[..., Result]


@pytest.fixture
def run(importer: Importer, register: Register) -> Iterator[Run]:
    load_clocks(importer.database)
    for login, role in (("draft.lin", "clerk"), ("draft.zhou", "approver")):
        register.execute(
            "INSERT INTO register.officer (court_id, login, name, roles) VALUES (%s, %s, '虚构人员', ARRAY[%s])",
            (COURTS[0].id, login, role),
        )
    app = create_app(importer.settings, importer.database)

    def run(*arguments: str) -> Result:
        return app.test_cli_runner().invoke(args=["listings", *arguments, "--officer", "draft.lin"])

    yield run
    register.execute("TRUNCATE register.entity, register.listing CASCADE")
    register.execute("DELETE FROM register.officer WHERE login LIKE 'draft.%%'")


def _draft(importer: Importer, run: Run, *rows: Any) -> Result:
    return run("draft", str(importer.write(rows, "drafts.json")))


def _states(register: Register) -> list[str]:
    return [row["state"] for row in register.execute("SELECT state FROM register.listing ORDER BY case_number")]


def _shown(register: Register) -> int:
    rows = register.execute("SELECT count(*) AS n FROM serving.listed").fetchall()
    return int(rows[0]["n"])


def test_a_draft_is_decided_and_published_and_only_then_shown(importer: Importer, register: Register, run: Run) -> None:
    done = _draft(importer, run, person(1), body(2))
    assert done.exit_code == 0, done.output
    first, _ = (line.split("\t")[0] for line in done.output.splitlines())
    assert (_states(register), _shown(register)) == (["draft", "draft"], 0)
    (row,) = register.execute("SELECT * FROM register.listing WHERE id = %s", (first,)).fetchall()
    assert (row["published_on"], row["term_ends_on"], row["import_file_id"]) == (None, None, None)
    term = (today() + timedelta(days=800)).isoformat()
    assert run("move", first, "decide", "--cause", "decided", "--term-ends-on", term).exit_code == 0
    assert _shown(register) == 0
    shown = run("move", first, "publish", "--cause", "decision", "--approved-by", "draft.zhou")
    assert shown.output.strip() == f"{first}: published"
    assert _shown(register) == 1
    rows = register.execute(
        "SELECT action, from_state, article, officer_id IS NOT NULL AS by FROM register.listing_event"
        " WHERE listing_id = %s ORDER BY id",
        (first,),
    ).fetchall()
    assert [(row["action"], row["from_state"]) for row in rows] == [
        ("draft", None), ("decide", "draft"), ("publish", "decided"),
    ]  # fmt: skip
    assert all(row["article"] and row["by"] for row in rows)
    entries = register.execute(
        "SELECT entry.action FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE body.content::json ->> 'listing' = %s ORDER BY sequence",
        (first,),
    ).fetchall()
    assert [row["action"] for row in entries] == ["listing.draft", "listing.decide", "listing.publish"]


def test_no_file_publishes_a_draft(importer: Importer, register: Register, run: Run) -> None:
    assert _draft(importer, run, person(1)).exit_code == 0
    summary = importer.take([person(1), person(2)])
    assert (summary.new, summary.unchanged) == (1, 1)
    assert _states(register) == ["draft", "published"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (person(2, age="", birth_date=(today() - timedelta(days=17 * 365)).isoformat()), "minor"),
        (person(2, age="17"), "minor"),
        (person(2, courtName=COURTS[1].name), "another court"),
        (person(2, disruptTypeName="无"), "no ground"),
        (person(2, cardNum="110101199003070010"), "resident ID in clear"),
        (person(1), "is listed, or drafted, already"),
        (person(9), "is listed, or drafted, already"),
        ("no record", "not a record"),
    ],
)
def test_a_file_with_a_row_that_cannot_be_decided_drafts_nothing(
    importer: Importer, register: Register, run: Run, row: Any, said: str
) -> None:
    importer.take([person(9)])
    done = _draft(importer, run, person(1), row)
    assert (done.exit_code, len(done.output.splitlines())) == (1, 1), done.exc_info
    assert said in done.output
    assert "19900307" not in done.output
    assert _states(register) == ["published"]


def test_without_the_rule_of_article_4_the_draft_would_be_taken(importer: Importer, run: Run) -> None:
    assert _draft(importer, run, person(2, age="18")).exit_code == 0
