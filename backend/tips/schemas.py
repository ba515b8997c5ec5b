from __future__ import annotations

from marshmallow import Schema, fields, validate

from backend.core.filings.bodies import KEY_NUMBER, FiledSchema, FollowedSchema, lookup_field, sealed_field
from backend.tips.domain import OUTCOMES, REASONS, STATES


class TipFiledSchema(FiledSchema):
    """A court has the tip: its number, and the server's word for it."""


class TipStatusSchema(FollowedSchema):
    state = fields.String(
        required=True, validate=validate.OneOf(STATES),
        metadata={
            "description": "`rewarded` once two officers have decided the reward, `claimable` once the cashier has it"
            " to pay, `closed` where the case has ended and nothing is to come any more."
        },
    )  # fmt: skip
    outcome = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(OUTCOMES),
        metadata={"description": "How it was decided, also once it is closed; null before."},
    )  # fmt: skip
    reason = fields.String(
        required=True, allow_none=True, validate=validate.OneOf(REASONS),
        metadata={"description": "Why it was not used."},
    )  # fmt: skip
    can_claim = fields.Boolean(required=True, metadata={"description": "Whether a claim of its reward can be sent."})
    claim = fields.Integer(
        required=True, allow_none=True,
        metadata={"description": "Number of the claim that was sent: what the court's cashier asks for."},
    )  # fmt: skip


class ClaimSchema(Schema):
    """Who is to be paid, sealed to the court's reward key. Sent again as it is, it gets the same answer."""

    lookup = lookup_field()
    sealed = sealed_field()
    key_id = fields.Integer(
        required=True, strict=True, validate=KEY_NUMBER,
        metadata={"description": "Number of the court's reward key to which it is sealed."},
    )  # fmt: skip


class ClaimFiledSchema(Schema):
    court = fields.UUID(required=True)
    number = fields.Integer(required=True, metadata={"description": "Of the claim: what the court's cashier asks for."})
