"""Query parameters that several features read the same way."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from backend.core.names import fold, tells_enough

DEFAULT_LIMIT, MAX_LIMIT = 20, 100
MAX_TERM = 100
# How the OpenAPI text tells the code of an area: a province, city or county.
AREA_CODE = "^[0-9]{2}([0-9]{2}){0,2}$"


def parse_uuid(text: str) -> UUID | None:
    """An id as this program writes it; None for anything else (`UUID` also takes braces and URNs)."""
    try:
        known = UUID(text)
    except ValueError:
        return None
    return known if str(known) == text.lower() else None


class WholeNumber(fields.Integer):
    """ASCII digits only: Python's `int` would also take `+2_0` and other scripts' digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not (str(value).isascii() and str(value).isdigit() and len(str(value)) <= 9):
            raise ValidationError("must be a whole number")
        return super()._deserialize(value, attr, data, **kwargs)


class Term(fields.String):
    """A search term, folded: at least two Chinese characters or three letters or digits, so that it says something."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        term = fold(text)
        if not tells_enough(term):
            raise ValidationError("needs at least two Chinese characters or three letters")
        if len(text) > MAX_TERM:
            raise ValidationError(f"must have at most {MAX_TERM} characters")
        return term
