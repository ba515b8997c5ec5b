from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.listings.domain.fields import Row
from backend.listings.domain.record import Court, Register
from backend.listings.keys import RowHasher

COURT = Court("id", "示0101", "990101", "示例省")
REGISTER = Register({"法院": (COURT,)}, frozenset({"990101"}), date(2026, 1, 1))
ROW = Row(name="赵示例", case_number="（2099）示0101执1号", duty="支付")


def row_hash(row: Row = ROW, key: bytes = bytes(32), source: str = "court", register: Register = REGISTER) -> Any:
    return RowHasher(key, source, register).row(row)


def test_the_same_row_has_the_same_hash_on_another_day() -> None:
    later = Register(REGISTER.courts, REGISTER.counties, date(2027, 1, 1))
    assert row_hash() == row_hash(register=later)
    assert len(row_hash()) == 16


@pytest.mark.parametrize(
    "other",
    [
        {"row": ROW._replace(duty="支付 ")},
        {"row": ROW._replace(duty=None, performance="支付")},
        {"key": bytes(31) + b"1"},
        {"source": "demo"},
        {"register": Register({"法院": (COURT._replace(area_code="990102"),)}, REGISTER.counties, REGISTER.today)},
        {"register": Register(REGISTER.courts, frozenset(), REGISTER.today)},
        {"register": Register(REGISTER.courts, REGISTER.counties, REGISTER.today, COURT)},
    ],
)
def test_whatever_a_check_depends_on_changes_it(other: dict[str, Any]) -> None:
    assert row_hash(**other) not in {None, row_hash()}


@pytest.mark.parametrize(
    "change", [{"full_id": "x"}, {"birth_date": "x"}, {"age": 45}, {"duty": "a\x1fb"}, {"duty": "\udc80"}]
)
def test_some_rows_have_none(change: dict[str, Any]) -> None:
    assert row_hash(ROW._replace(**change)) is None
