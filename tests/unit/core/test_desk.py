"""What a spreadsheet would compute is text in the console's files."""

from __future__ import annotations

import pytest

from backend.core.desk_tables import neutral_cell
from tests.data.payloads import script_payloads

SIGNS = "=+-@|%\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("start", [*SIGNS, *(f"  {sign}" for sign in SIGNS), "\t", "\r", "\n", "\u3000="])
def test_what_begins_a_formula_stands_behind_an_apostrophe(start: str) -> None:
    assert neutral_cell(f"{start}RUN()") == f"'{start}RUN()"


@pytest.mark.parametrize("value", ["虚构甲", "a=b", "（2025）虚9999执1号", " 虚构", "", 0, 7, None])
def test_other_cells_stay_as_they_are(value: object) -> None:
    assert neutral_cell(value) == ("" if value is None else str(value))


def test_no_payload_begins_a_formula() -> None:
    assert not [payload for payload in script_payloads() if neutral_cell(payload).lstrip().startswith(tuple(SIGNS))]
