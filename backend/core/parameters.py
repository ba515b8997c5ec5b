"""Query parameters that several features read the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from marshmallow import ValidationError, fields

from backend.core.errors import FieldError, Invalid
from backend.core.names import fold, tells_enough

DEFAULT_LIMIT, MAX_LIMIT = 20, 100
MAX_TERM = 100
# How the OpenAPI text tells the code of an area: a province, city or county.
AREA_CODE = "^[0-9]{2}([0-9]{2}){0,2}$"
_Place = TypeVar("_Place")


def read_cursor(decode: Callable[[str], _Place], cursor: str | None) -> _Place | None:
    """The place that a cursor names; None without a cursor.

    Raises:
        Invalid: at `/query/cursor`, where `decode` raises ValueError.
    """
    if cursor is None:
        return None
    try:
        return decode(cursor)
    except ValueError as error:
        raise Invalid(errors=(FieldError("/query/cursor", str(error)),)) from None


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
