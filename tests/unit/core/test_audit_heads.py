from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.core.audit import Head
from backend.core.audit_heads import HeadFile
from backend.core.errors import OperatorError


@pytest.mark.parametrize(
    "line",
    ["", "[]", "{}", "7", "\u00e9", "[" * 100_000, '{"sequence": 1e999, "digest": "", "signature": ""}',
     '{"sequence": -1, "digest": "", "signature": ""}', '{"sequence": 9e99, "digest": "", "signature": ""}'],
)  # fmt: skip
def test_a_line_that_is_no_signed_head_is_named(tmp_path: Path, line: str) -> None:
    file = HeadFile(tmp_path / "heads.jsonl", tmp_path / "audit.key")
    file.sign(Head(1, b"a" * 32), datetime(2026, 11, 23, tzinfo=UTC))
    with file.path.open("a", encoding="utf-8") as written:
        written.write(f"{line}\n")
    with pytest.raises(OperatorError, match="Line 2"):
        file.read()


def test_signed_heads_are_read_again_and_a_changed_line_is_refused(tmp_path: Path) -> None:
    file = HeadFile(tmp_path / "heads.jsonl", tmp_path / "audit.key")
    heads = [Head(1, b"a" * 32), Head(7, b"b" * 32)]
    for head in [*heads, heads[1]]:
        file.sign(head, datetime(2026, 11, 23, tzinfo=UTC))
    assert file.read() == heads
    with pytest.raises(OperatorError, match="is not signed"):
        file.sign(heads[0], datetime(2026, 11, 23, tzinfo=UTC))  # cut back to a head that was signed before
    text = file.path.read_text("ascii")
    file.path.write_text(text.replace('"sequence": 7', '"sequence": 8'), "ascii")
    with pytest.raises(OperatorError, match="Line 2"):
        file.read()
