"""Numbers are taken as people type them, and nothing else is taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from marshmallow import Schema, ValidationError

from backend.core.typed import TypedDecimal, TypedInteger, plain_number, typed_count


@pytest.mark.parametrize("typed", ["10000", "10,000", "１００００", "１０，０００", " 10,000 ", "　10000"])
def test_takes_full_width_digits_and_thousands(typed: str) -> None:
    assert typed_count(typed) == 10_000
    form = Schema.from_dict({"count": TypedInteger(required=True), "sum": TypedDecimal(required=True)})()
    assert form.load({"count": typed, "sum": f"{typed.strip()}.50"}) == {"count": 10_000, "sum": Decimal("10000.5")}


@pytest.mark.parametrize("typed", ["", "1,0", "10,00", ",000", "1,000,", "1.5", "-3", "1e3", "三", "²x", "9" * 400])
def test_takes_no_other_text_for_a_count(typed: str) -> None:
    assert typed_count(typed) is None


def test_a_comma_that_parts_no_thousands_is_refused() -> None:
    assert plain_number("1,5") == "1,5"
    with pytest.raises(ValidationError):
        Schema.from_dict({"sum": TypedDecimal()})().load({"sum": "1,5"})
