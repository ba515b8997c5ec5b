from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import OperatorError
from backend.listings import readers

VALUES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.integers().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


def read(text: str) -> list[Any]:
    return [record for _, record in readers._read_array(io.StringIO(text), "list.json")]


@given(
    records=st.lists(VALUES, max_size=6),
    size=st.integers(1, 40),
    indent=st.sampled_from([None, 1]),
    ascii_only=st.booleans(),
)
def test_an_array_is_read_whole_wherever_the_window_is_cut(
    records: list[Any], size: int, indent: int | None, *, ascii_only: bool
) -> None:
    text = json.dumps(records, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readers, "_CHUNK", size)
        assert read(text) == records
        assert read(f"{text} \n") == records


@given(st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=3)), min_size=1, max_size=4), st.data())
def test_an_array_cut_off_anywhere_is_refused(records: list[Any], data: st.DataObject) -> None:
    text = json.dumps(records)
    end = data.draw(st.integers(1, len(text) - 1))
    with pytest.raises(OperatorError, match=r"complete|valid"):
        read(text[:end])


@pytest.mark.parametrize("text", ["[1,]", "[,1]", "[1 2]", "[1]]", "[1],", "[1][2]", "[{'a': 1}]", "[1", "["])
def test_what_is_no_array_is_refused(text: str) -> None:
    with pytest.raises(OperatorError):
        read(text)


def test_numbers_keep_their_digits() -> None:
    assert read("[1234567890123456789012, 1.50, 1e3]") == ["1234567890123456789012", "1.50", "1e3"]


def test_a_record_without_end_is_not_read_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LONGEST_RECORD", 1000)
    monkeypatch.setattr(readers, "_CHUNK", 100)
    with pytest.raises(OperatorError):
        read('["' + "x" * 5000 + '"]')
