from __future__ import annotations

from marshmallow import fields, validate

from backend.core.filings.bodies import FiledSchema, FollowedSchema
from backend.objections.domain import OUTCOMES, STATES


class ObjectionFiledSchema(FiledSchema):
    answer_by = fields.Date(required=True, metadata={"description": "Last day for the court to decide."})


class ObjectionStatusSchema(FollowedSchema, ObjectionFiledSchema):
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
