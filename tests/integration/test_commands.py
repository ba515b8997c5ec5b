"""Commands that cannot go on end with one sentence, never with a stack trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from backend.app import create_app
from backend.config import Settings
from tests.databases import database_of_its_own
from tests.ports import free_port

Run = Callable[..., Result]
# One of each feature that a command line reads.
_READING = (["officers", "list"], ["jobs", "list"], ["audit", "verify"], ["keys", "list"], ["filings", "check"])
_NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(url: str, *arguments: str) -> Result:
        settings = Settings.from_environment({"DATABASE_URL": url, "VAR_DIR": str(tmp_path)})
        return create_app(settings).test_cli_runner().invoke(args=list(arguments))

    return run


def _assert_one_sentence(result: Result) -> str:
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
    return result.output


def test_a_database_without_the_schema_is_told_as_that(database_url: str, run: Run) -> None:
    with database_of_its_own(database_url, "bare", "template1") as url:
        for command in _READING:
            assert "run `migrate` first" in _assert_one_sentence(run(url, *command))


def test_a_database_that_is_away_is_told_as_that(run: Run) -> None:
    for command in _READING:
        said = _assert_one_sentence(run(f"postgresql://nobody@127.0.0.1:{free_port()}/none", *command))
        assert "The database at DATABASE_URL cannot be used" in said


def test_whatever_is_not_there_is_named(database_url: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    told = {
        ("listings", "tasks", "--officer", "nobody"): "There is no active officer nobody.",
        ("keys", "make-root", "--out", str(file)): f"{file} cannot be used: File exists.",
        ("listings", "removal-notice", _NOBODY, "--officer", "nobody"): "There is no active officer nobody.",
    }
    for command, sentence in told.items():
        assert _assert_one_sentence(run(database_url, *command)) == f"Error: {sentence}\n"
