"""Numbers as people type them into a form: full-width digits, and thousands behind commas."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from marshmallow import fields

_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")


def plain_number(typed: str) -> str:
    """What was typed, in plain digits; no number and a comma elsewhere stay as they are."""
    folded = unicodedata.normalize("NFKC", typed).strip()
    return folded.replace(",", "") if _THOUSANDS.fullmatch(folded) else folded


def typed_count(typed: str) -> int | None:
    """How many were typed; None where that is no whole number."""
    digits = plain_number(typed)
    return int(digits) if re.fullmatch("[0-9]{1,9}", digits) else None


class TypedInteger(fields.Integer):
    """A whole number that somebody typed."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return super()._deserialize(_plain(value), attr, data, **more)


class TypedDecimal(fields.Decimal):
    """A sum or a share that somebody typed."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return super()._deserialize(_plain(value), attr, data, **more)


def _plain(value: Any) -> Any:
    return plain_number(value) if isinstance(value, str) else value
