"""Officers and their acts by command line, in a database of its own: what is committed to the trail stays there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

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
        with closing(Database(url)) as database:
            load_clocks(database)
        yield url


@pytest.fixture(scope="module")
def run(own_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    with running_on(own_url, tmp_path_factory.mktemp("var")) as run:
        yield run


@contextmanager
def running_on(url: str, var: Path) -> Iterator[Run]:
    with closing(Database(url)) as database:
        runner = create_app(Settings.from_environment({"VAR_DIR": str(var)}), database).test_cli_runner()
        yield lambda *arguments: runner.invoke(args=list(arguments))


@dataclass(frozen=True)
class World:
    """What the commands are about: a court's sign, and listings by what they are for."""

    court: str
    entity: str
    listing: str
    other: str
    odd_entity: str
    odd: str


@pytest.fixture(scope="module")
def world(own_url: str) -> World:
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        register = Register(connection)
        for login, court in (("wang.odd", 0), ("qian.odd", 0), ("fremd.odd", 1)):
            register.officer(register.courts[court], login, "approver" if login == "qian.odd" else "clerk")
        row = connection.execute("SELECT code FROM register.court WHERE id = %s", (register.courts[0],)).fetchone()
        assert row is not None
        entity, odd = register.entity(), register.entity("沈虚构")
        return World(
            str(row["code"]), str(entity), str(register.listing(entity, term_ends_on=None)),
            str(register.listing(register.entity("贾示例"), grounds=(4,))), str(odd),
            str(register.listing(odd, term_ends_on=None)),
        )  # fmt: skip


def test_an_officers_day_by_command_line(world: World, run: Run) -> None:
    court, entity, listing, other = world.court, world.entity, world.listing, world.other
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


NOBODY = "00000000-0000-4000-8000-000000000000"
WANG = ("--officer", "wang.odd")
ODD: dict[str, tuple[str, ...]] = {
    "no id": ("listings", "move", "abc", "delete", "--cause", "performed", *WANG),
    "unknown listing": ("listings", "move", NOBODY, "delete", "--cause", "performed", *WANG),
    "unknown action": ("listings", "move", "{odd}", "explode", "--cause", "performed", *WANG),
    "unknown cause": ("listings", "move", "{odd}", "delete", "--cause", "because", *WANG),
    "empty cause": ("listings", "move", "{odd}", "delete", "--cause", "", *WANG),
    "unknown officer": ("listings", "move", "{odd}", "delete", "--cause", "performed", "--officer", "nobody"),
    "another court's": ("listings", "move", "{odd}", "delete", "--cause", "performed", "--officer", "fremd.odd"),
    "twice the same": (
        "listings", "move", "{odd}", "delete", "--cause", "performed", *WANG, "--approved-by", "wang.odd",
    ),
    "no day": ("listings", "move", "{odd}", "delete", "--cause", "performed", "--on", "2026-02-30", *WANG),
    "first day": ("listings", "move", "{odd}", "delete", "--cause", "performed", "--on", "0001-01-01", *WANG),
    "last day": ("listings", "move", "{odd}", "delete", "--cause", "performed", "--on", "9999-12-31", *WANG),
    "strange date": (
        "listings", "move", "{odd}", "delete", "--cause", "performed", "--term-ends-on", "9999-12-31", *WANG,
    ),
    "a file's cause": ("listings", "move", "{odd}", "delete", "--cause", "not_in_list", *WANG),
    "too early": ("listings", "move", "{odd}", "expire", "--cause", "term_ended", *WANG),
    "no draft": ("listings", "move", "{odd}", "decide", "--cause", "decided", *WANG),
    "no bytes": ("listings", "move", "{odd}", "delete", "--cause", "\udcff", *WANG),
    "a NUL": ("listings", "move", "{odd}", "delete", "--cause", "performed", "--note", "a\0b", *WANG),
    "cause of nothing": ("listings", "cause", "{odd}", "early_deletion", "--on", "2026-02-27", *WANG),
    "cause to come": ("listings", "cause", "{odd}", "performed", "--on", "2999-01-01", *WANG),
    "cause before the law": ("listings", "cause", "{odd}", "performed", "--on", "1999-01-01", *WANG),
    "death to come": ("listings", "death", "{odd_entity}", "--on", "2999-01-01", *WANG),
    "death of nobody": ("listings", "death", NOBODY, "--on", "2026-02-01", *WANG),
    "minor nobody": ("listings", "minor", NOBODY, *WANG),
    "nothing to clear": ("listings", "clear", "{odd_entity}", "minor", *WANG, "--approved-by", "qian.odd"),
    "correct nothing": ("listings", "correct", "{odd}", "duty", "", *WANG),
    "correct no day": ("listings", "correct", "{odd}", "filed_on", "gestern", *WANG),
    "correct by no cause": ("listings", "correct", "{odd}", "duty", "x", "--cause", "stated", *WANG),
    "nothing to keep": ("listings", "keep", "{odd}", *WANG),
    "no removal": ("listings", "removal-notice", "{odd}", *WANG),
    "tasks of nobody": ("listings", "tasks", "--officer", "nobody"),
    "draft no file": ("listings", "draft", "/nowhere.json", *WANG),
    "draft a folder": ("listings", "draft", "/", *WANG),
    "draft by an approver": ("listings", "draft", "/dev/null", "--officer", "qian.odd"),
    "bad login": ("officers", "add", "Bad Login", "--court", "虚0", "--name", "甲", "--role", "clerk"),
    "unknown court": ("officers", "add", "fine", "--court", "nowhere", "--name", "甲", "--role", "clerk"),
    "unknown role": ("officers", "add", "fine", "--court", "虚0", "--name", "甲", "--role", "king"),
    "taken": ("officers", "add", "wang.odd", "--court", "{court}", "--name", "甲", "--role", "clerk"),
    "both hands": (
        "officers", "add", "fine", "--court", "{court}", "--name", "甲", "--role", "keeper", "--role", "approver",
    ),
    "no name": ("officers", "add", "fine", "--court", "{court}", "--name", " ", "--role", "clerk"),
    "end nobody": ("officers", "end", "nobody"),
    "password of nobody": ("officers", "password", "nobody", "--password", "x" * 20),
    "factors of nobody": ("officers", "forget-factors", "nobody"),
    "no calendar": ("clocks", "load", "--calendar", "/nowhere.csv"),
    "a folder": ("clocks", "load", "--clocks", "/"),
    "bytes": ("clocks", "load", "--clocks", "/bin/true"),
    "unknown audit": ("audit", "erase"),
    "unknown job": ("jobs", "run", "nothing"),
}  # fmt: skip


@pytest.mark.parametrize("arguments", ODD.values(), ids=ODD.keys())
def test_what_makes_no_sense_is_told_in_a_sentence(world: World, run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*(argument.format(**vars(world)) if "{" in argument else argument for argument in arguments))
    assert isinstance(done.exception, SystemExit), done.exc_info
    assert done.exit_code in (1, 2)
    said = done.output.splitlines()
    assert said[-1].startswith("Error: ")
    assert len(said) == (1 if done.exit_code == 1 else len(said)), done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("option", "header", "line"),
    [
        ("--clocks", "name,kind,amount,unit,valid_from,valid_until,article", "correct,duty,0,day,2026-01-01,,x"),
        ("--clocks", "name,kind,amount,unit,valid_from,valid_until,article", f"x,duty,{'9' * 20},day,2026-01-01,,x"),
        ("--clocks", "name,kind,amount,unit,valid_from,valid_until,article", "x,duty,1,day,2026-01-02,2026-01-01,x"),
        ("--clocks", "name,kind,amount,unit,valid_from,valid_until,article", ",duty,1,day,2026-01-02,,x"),
        ("--clocks", "name,kind,amount,unit,valid_from,valid_until,article", "x,duty,many,day,2026-01-02,,x"),
        (
            "--clocks",
            "name,kind,amount,unit,valid_from,valid_until,article",
            f"{'x' * 140_000},duty,1,day,2026-01-02,,x",
        ),
        ("--clocks", "name,kind,amount,unit,valid_from,valid_until,article", f"{'x' * 1001},duty,1,day,2026-01-02,,x"),
        ("--retention", "what,days,valid_from,valid_until,basis", f"listing,{'9' * 20},2026-01-01,,x"),
        ("--retention", "what,days,valid_from,valid_until,basis", "listing,9,2026-01-02,2026-01-01,x"),
        ("--calendar", "first_day,last_day,works,name,source", "2027-01-01,2027-01-01,no,a\0b,x"),
        ("--calendar", "first_day,last_day,works,name,source", "9999-12-31,9999-12-31,no,x"),
    ],
)
def test_a_strange_table_of_dates_is_refused_in_a_sentence(
    run: Run, tmp_path: Path, option: str, header: str, line: str
) -> None:
    file = tmp_path / "strange.csv"
    file.write_text(f"{header}\n{line}\n", "utf-8")
    done = run("clocks", "load", option, str(file))
    assert isinstance(done.exception, SystemExit), done.exc_info
    assert (done.exit_code, len(done.output.splitlines())) == (1, 1)
    assert done.output.startswith("Error: ")


def test_a_database_that_is_away_is_told_in_a_sentence(tmp_path: Path) -> None:
    app = create_app(Settings.from_environment({"VAR_DIR": str(tmp_path)}), Database("postgresql://127.0.0.1:1/none"))
    for arguments in (["audit", "verify"], ["officers", "list"], ["clocks", "load"], ["listings", "tasks", *WANG]):
        done = app.test_cli_runner().invoke(args=arguments)
        assert (done.exit_code, len(done.output.splitlines())) == (1, 1), done.exc_info


@pytest.fixture
def cut_url(database_url: str) -> Iterator[str]:
    """A database whose trail may be broken, since no other test looks at it."""
    with database_of_its_own(database_url, "officers_cut") as url:
        with psycopg.connect(url, row_factory=dict_row) as connection:
            Register(connection)
        yield url


@pytest.fixture
def var(cut_url: str, tmp_path: Path) -> Path:
    """Where the heads were signed of a trail whose end is cut off, as by a backup."""
    with running_on(cut_url, tmp_path) as run:
        _cut_the_trail(cut_url, run)
    return tmp_path


def _cut_the_trail(url: str, run: Run) -> None:
    with psycopg.connect(url) as connection:
        [(code,)] = connection.execute("SELECT code FROM register.court LIMIT 1").fetchall()
    for login in ("lin", "zhou"):
        assert run("officers", "add", login, "--court", code, "--name", "虚构人员", "--role", "clerk").exit_code == 0
    assert run("audit", "sign").exit_code == 0
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("DELETE FROM audit.body WHERE sequence = (SELECT max(sequence) FROM audit.entry)")
        connection.execute("DELETE FROM audit.entry WHERE sequence = (SELECT max(sequence) FROM audit.entry)")
        connection.execute(
            "UPDATE audit.head SET (sequence, digest) ="
            " (SELECT sequence, digest FROM audit.entry ORDER BY sequence DESC LIMIT 1)"
        )


def test_the_head_is_signed_and_a_trail_cut_at_its_end_is_found(cut_url: str, var: Path) -> None:
    with running_on(cut_url, var) as run:
        _expect_cut(run)


def _expect_cut(run: Run) -> None:
    found = run("audit", "verify")
    assert found.exit_code == 1
    assert "the end is cut off" in found.output
    # Signing does not make it whole: neither by hand nor by the job, whose failure is told.
    for command in (("audit", "sign"), ("jobs", "run", "sign-audit-head")):
        signed = run(*command)
        assert (signed.exit_code, len(signed.output.splitlines())) == (1, 1)
        assert "is not signed" in signed.output
    assert "失败 failed" in next(line for line in run("jobs", "list").output.splitlines() if "sign-audit-head" in line)
    assert "the end is cut off" in run("audit", "verify").output


def test_after_a_restore_heads_are_signed_again_and_what_was_lost_is_noted(cut_url: str, var: Path) -> None:
    with running_on(cut_url, var) as run:
        _restore(cut_url, run, var)


def _restore(url: str, run: Run, var: Path) -> None:
    lines = (var / "audit-heads.jsonl").read_text("ascii").splitlines()
    noted = run("audit", "restored", "--reason", "备份恢复")
    assert noted.exit_code == 0, noted.output
    whole = run("audit", "verify")
    assert whole.exit_code == 0, whole.output
    assert "a backup was restored" in whole.output
    [aside] = var.glob("audit-heads.until-*.jsonl")
    assert aside.read_text("ascii").splitlines() == lines
    with psycopg.connect(url, row_factory=dict_row) as connection:
        said = connection.execute("SELECT content FROM audit.body ORDER BY sequence DESC LIMIT 1").fetchone()
    assert said is not None
    assert '"reason": "备份恢复"' in said["content"]
    assert '"lost": 1' in said["content"]
    # Nothing is lost now: whoever cuts the trail next cannot be helped by a habit of running it.
    again = run("audit", "restored", "--reason", "x")
    assert (again.exit_code, "nothing to put aside" in again.output) == (1, True)
