"""Small makers of fictional values; every ID has the area 999999, every credit code the division 999999."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.core.names import fold
from backend.listings.domain.fields import Row
from backend.listings.domain.identifiers import uscc_check_character
from backend.listings.domain.record import Court, Register

TODAY = date(2026, 11, 23)
COURT = Court("00000000-0000-0000-0000-000000000001", "示0101", "990101", "示例省")
OTHER_COURT = Court("00000000-0000-0000-0000-000000000002", "示0102", "990102", "示例省")


def fictional_id(born_on: date, serial: int) -> str:
    """A full resident ID of nobody, with a right check digit."""
    first_17 = f"999999{born_on:%Y%m%d}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first_17 + "10X98765432"[sum(int(d) * w for d, w in zip(first_17, weights, strict=True)) % 11]


def fictional_uscc(prefix: str = "91", serial: str = "MA0000017") -> str:
    first_17 = f"{prefix}999999{serial}"
    return first_17 + uscc_check_character(first_17)


def register(**changes: Any) -> Register:
    courts = {
        fold("示例市甲区人民法院"): (COURT,),
        fold("示例市乙区人民法院"): (OTHER_COURT,),
        fold("同名法院"): (COURT, OTHER_COURT),
    }
    return Register(**{"courts": courts, "counties": frozenset({"990101", "990102"}), "today": TODAY, **changes})


def person(**changes: Any) -> Row:
    fields: dict[str, Any] = {
        "name": "赵示例",
        "sex": "男性",
        "age": "45",
        "identifier": "9999991980****0174",
        "court": "示例市甲区人民法院",
        "kind": "580",
        "case_number": "（2099）示0101执1号",
        "grounds": "违反财产报告制度",
        "performance": "全部未履行",
        "filed_on": "2025年01月02日",
        "published_on": "2025年05月06日",
    }
    return Row(**{**fields, **changes})


def body(**changes: Any) -> Row:
    fields: dict[str, Any] = {
        "name": "甲区虚构云岭商贸有限公司",
        "sex": "",
        "age": "0",
        "identifier": fictional_uscc("91"),
        "representative": "钱示例",
        "kind": "581",
    }
    return person(**{**fields, **changes})
