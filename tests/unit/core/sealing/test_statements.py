from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from backend.core.sealing.refusals import Malformed
from backend.core.sealing.statements import Statement, read_request, sign_statement

UNSIGNED = Statement("c", "sign", 2, b"k" * 32, datetime(2031, 1, 1, tzinfo=UTC))


def test_a_request_is_a_statement_that_nobody_has_signed() -> None:
    assert read_request(UNSIGNED.to_json()) == UNSIGNED


@pytest.mark.parametrize(
    "value",
    [
        sign_statement(UNSIGNED, b"s" * 32).to_json(),
        {name: said for name, said in UNSIGNED.to_json().items() if name != "signature"},
        {**UNSIGNED.to_json(), "key": "AAAA"},
        {**UNSIGNED.to_json(), "not_after": "2031-01-01"},
        ["sign"],
        "sign",
    ],
)
def test_anything_else_is_no_request(value: Any) -> None:
    with pytest.raises(Malformed):
        read_request(value)
