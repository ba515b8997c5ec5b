from __future__ import annotations

from marshmallow import fields, validate

from backend.core.filings.bodies import FiledSchema, FollowedSchema
from backend.tips.domain import REASONS, STATES


class TipFiledSchema(FiledSchema):
    """A court has the tip: its number, and the server's word for it."""


class TipStatusSchema(FollowedSchema):
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    reason = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(REASONS),
        metadata={"description": "Why it was not used."},
    )  # fmt: skip
