from __future__ import annotations

import pytest
from flask import Flask

from backend.core.problems import register_problems

NAME = "金丝雀"


def _refuse(row: str) -> str:
    rows: dict[str, str] = {}
    try:
        return rows[row]
    except KeyError as error:
        raise ValueError(f"Failing row contains ({row}).") from error


def test_an_error_that_nobody_foresaw_is_logged_with_its_trace_and_none_of_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A database quotes in them the row that it refused."""
    app = Flask(__name__)
    register_problems(app)
    app.add_url_rule("/listings", "look", lambda: _refuse(NAME))
    answer = app.test_client().get("/listings", query_string={"q": NAME})
    assert (answer.status_code, answer.get_json()) == (500, {"title": "Internal Server Error", "status": 500})
    for kept in ("unforeseen error in look", "Traceback", "in _refuse", "builtins.KeyError", "builtins.ValueError"):
        assert kept in caplog.text
    assert NAME not in caplog.text
