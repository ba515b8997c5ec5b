"""What the console's scripts send about tips and claims: ciphertexts, choices and reasons."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from backend.core.filings.bodies import KEY_NUMBER, Base64Bytes
from backend.core.sealing.conversations import MAX_NUMBER
from backend.core.sealing.envelopes import BOXED_BYTES
from backend.core.typed import TypedDecimal
from backend.tips.domain import EXPORT_BATCH, OUTCOMES, REASONS


class BoxedSchema(Schema):
    """What the worker made: boxed to the sender or to the reward officers."""

    part = fields.String(
        required=True, validate=validate.Regexp(rf"^(award|c/[1-9][0-9]{{0,{len(str(MAX_NUMBER))}}})\Z")
    )
    key_id = fields.Integer(required=True, strict=True, validate=KEY_NUMBER)
    data = Base64Bytes(lambda size: size == BOXED_BYTES, "Boxed in the worker, base64url.")


class DecisionSchema(Schema):
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(REASONS))
    award = fields.Nested(BoxedSchema, load_default=None, allow_none=True)


class HandOverSchema(Schema):
    to = fields.UUID(required=True)


class UrgentSchema(Schema):
    urgent = fields.Boolean(required=True)


class ReasonSchema(Schema):
    reason = fields.String(required=True, validate=validate.Length(1, 2000))


class ProposalSchema(ReasonSchema):
    rank = fields.Integer(required=True, strict=True, validate=validate.Range(1, 10_000))
    recovered = TypedDecimal(required=True, allow_nan=False, places=2)
    notice = fields.UUID(load_default=None, allow_none=True)
    not_agent = fields.Boolean(required=True)
    not_bound = fields.Boolean(required=True)
    not_known = fields.Boolean(required=True)
    claim_met = fields.Boolean(load_default=False)
    found = fields.Boolean(load_default=False)


class ExportedSchema(Schema):
    numbers = fields.List(fields.Integer(strict=True), required=True, validate=validate.Length(1, EXPORT_BATCH))
