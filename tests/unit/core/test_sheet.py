"""A table of rows at hand: sorted, searched, turned and as a file, as its address asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from backend.core.desk_tables import PAGE_ROWS, Heading, Sheet

COLUMNS = (Heading("name", "姓名", "Name"), Heading("number", "编号", "No."), Heading("at", "时间", "When"))
ROWS: list[dict[str, Any]] = [
    {"name": "乙", "number": 2, "at": datetime(2026, 3, 1, 20, 30, tzinfo=UTC)},
    {"name": "=RUN()", "number": None, "at": None},
    {"name": "甲 Alpha", "number": 1, "at": None},
]


def asked(address: str, rows: list[dict[str, Any]] = ROWS) -> tuple[list[str], list[str]]:
    """The names on the page that an address asks for, and the lines of the file of the same view."""
    with Flask(__name__).test_request_context(f"/{address}"):
        sheet = Sheet(COLUMNS, rows)
        lines = sheet.csv("x").get_data(as_text=True).removeprefix("\ufeff").splitlines()
        return [row["name"] for row in sheet.page().rows], lines


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", ["乙", "=RUN()", "甲 Alpha"]),
        ("?sort=nothing", ["乙", "=RUN()", "甲 Alpha"]),
        ("?sort=number", ["甲 Alpha", "乙", "=RUN()"]),
        ("?sort=number&down=1", ["乙", "甲 Alpha", "=RUN()"]),
        ("?find=aLPHA", ["甲 Alpha"]),
        ("?find=2026-03-02 04:30", ["乙"]),  # as a clock in China shows it
        ("?find=none", []),
    ],
)
def test_page_and_file_are_of_the_same_view(address: str, names: list[str]) -> None:
    shown, lines = asked(address)
    assert shown == names
    assert lines[0] == "姓名,编号,时间"
    assert [line.partition(",")[0].removeprefix("'") for line in lines[1:]] == names


def test_a_file_holds_no_formula_and_times_as_they_are_shown() -> None:
    _, lines = asked("")
    assert lines[1:] == ["乙,2,2026-03-02 04:30", "'=RUN(),,", "甲 Alpha,1,"]


def test_pages_are_turned_and_a_file_holds_all() -> None:
    rows = [{"name": str(n), "number": n, "at": None} for n in range(PAGE_ROWS + 3)]
    shown, lines = asked("?sort=number&page=2", rows)
    assert shown == ["50", "51", "52"]
    assert len(lines) == PAGE_ROWS + 4
