"""What a self-check must send; what is wrong with it is said without repeating it."""

from __future__ import annotations

import re

from marshmallow import Schema, ValidationError, fields, validate

from backend.core.identities import OFFICIAL_MASK
from backend.core.names import fold
from backend.core.proof import MAX_PAYLOAD

# A resident ID of either length, wherever it stands: it has no business in a request.
_WHOLE_ID = re.compile(r"\d{15}|\d{17}[\dXx]")
_NAME_LENGTH = 100


def _refuse_other_forms(text: str) -> None:
    if _WHOLE_ID.search(text):
        raise ValidationError("must not be a whole ID number: send its first ten and last four with **** between them")
    if not text.isascii() or not OFFICIAL_MASK.fullmatch(text):
        raise ValidationError("must be ten digits, ****, three digits and a digit or X")


def _refuse_other_names(text: str) -> None:
    # spaces of any kind are folded away
    if not "".join(text.split()).isprintable() or len(text) > _NAME_LENGTH or not fold(text):
        raise ValidationError(f"must be a name of at most {_NAME_LENGTH} printable characters")
    if _WHOLE_ID.search(text):
        raise ValidationError("must not hold an ID number")


class SelfCheckSchema(Schema):
    court = fields.UUID(required=True, metadata={"description": "A court's id."})
    mask_form = fields.String(
        required=True,
        validate=_refuse_other_forms,
        metadata={
            "description": "The ID number as published files write it, month and day hidden: `9999991985****0013`.",
            "pattern": r"^[0-9]{10}\*{4}[0-9]{3}[0-9X]$",
        },
    )
    name = fields.String(
        required=True,
        validate=_refuse_other_names,
        metadata={
            "description": "The whole name; compared as everywhere, whatever the script, width or spacing.",
            "minLength": 1,
            "maxLength": _NAME_LENGTH,
        },
    )
    challenge = fields.String(
        required=True,
        validate=validate.Length(max=MAX_PAYLOAD),
        metadata={"description": "A solved `GET /v1/challenge?for=self-check`, in base64. Good once."},
    )
