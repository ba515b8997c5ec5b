"""What the console's forms about notices say."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from backend.core.typed import TypedDecimal
from backend.notices.domain import CLOSING_CAUSES, FUNDERS, KINDS, LONGEST_CLAIM_TEXT


class _Form(Schema):
    @pre_load
    def _drop_empty(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """A field left empty is not said."""
        return {name: value for name, value in given.items() if value != ""}


def _money() -> TypedDecimal:
    return TypedDecimal(load_default=None, allow_nan=False)


class DraftForm(_Form):
    listing = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    basis = fields.String(required=True, validate=validate.OneOf(["fixed", "percent_recovered"]))
    amount = _money()
    percent = _money()
    cap = _money()
    funder = fields.String(required=True, validate=validate.OneOf(FUNDERS))
    how_to_claim = fields.String(load_default=None, validate=validate.Length(1, LONGEST_CLAIM_TEXT))
    requested_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    replaces = fields.UUID(load_default=None)


class ReasonForm(_Form):
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class PublishForm(_Form):
    first = fields.Date(load_default=None)


class ExtendForm(ReasonForm):
    ends_on = fields.Date(required=True)


class CloseForm(_Form):
    cause = fields.String(required=True, validate=validate.OneOf(CLOSING_CAUSES))
