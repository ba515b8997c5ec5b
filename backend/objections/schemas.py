from __future__ import annotations

from marshmallow import Schema, fields, validate

from backend.core.filings.bodies import BoxedMessageSchema, CertificateSchema, CourtKeySchema
from backend.objections.domain import OUTCOMES, STATES


class ObjectionFiledSchema(Schema):
    number = fields.Integer(required=True, metadata={"description": "Counts the court's objections without a gap."})
    court = fields.UUID(required=True)
    hour = fields.String(required=True, metadata={"format": "date-time", "description": "Nothing finer is kept."})
    certificate = fields.Nested(CertificateSchema, required=True)
    answer_by = fields.Date(required=True, metadata={"description": "Last day for the court to decide."})


class ObjectionStatusSchema(ObjectionFiledSchema):
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    outcome = fields.String(required=True, allow_none=True, validate=validate.OneOf(OUTCOMES))
    decided_on = fields.Date(required=True, allow_none=True)
    removal_code = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Of the removal notice, where the court has issued one: `/v1/removal-notices/{code}`."
        },
    )
    messages = fields.List(fields.Nested(BoxedMessageSchema), required=True)
    keys = fields.List(
        fields.Nested(CourtKeySchema),
        required=True,
        metadata={
            "description": "Statements of the box keys that made the messages, and of the keys that signed them."
        },
    )
    expires_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "Its contents are destroyed then; null while open."}
    )


class WordsStoredSchema(Schema):
    n = fields.Integer(required=True)
