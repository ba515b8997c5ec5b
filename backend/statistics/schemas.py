from __future__ import annotations

from marshmallow import Schema, fields

from backend.statistics.domain import CAUSES

_ROUNDED = {"description": "A multiple of five, off by less than five; where it steps is secret."}


def _number(description: str = "") -> fields.Integer:
    return fields.Integer(required=True, metadata={"description": description} if description else dict(_ROUNDED))


EndedSchema = Schema.from_dict({cause: _number() for cause in CAUSES}, name="EndedSchema")


class ObjectionNumbersSchema(Schema):
    filed = _number("By the day of filing; rounded.")
    upheld = _number("At least in part, by the court or on review, by the day of that decision; rounded.")
    median_days = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "From filing to decision, in steps of five; null where fewer than some ten were decided."
        },
    )


class QuarterSchema(Schema):
    first = fields.Date(required=True, data_key="from")
    last = fields.Date(required=True, data_key="to")
    listed = _number("Published in the quarter; rounded.")
    ended = fields.Nested(EndedSchema, required=True, metadata={"description": "By cause, each rounded by itself."})
    objections = fields.Nested(ObjectionNumbersSchema, required=True)


class CourtStatisticsSchema(Schema):
    court = fields.UUID(required=True)
    rounded_to = fields.Integer(required=True)
    quarters = fields.List(
        fields.Nested(QuarterSchema),
        required=True,
        metadata={
            "description": "The last twelve whole quarters, oldest first. There are no totals, and none can be had by"
            " adding: every number is rounded by itself, always in the same way."
        },
    )
    overdue = _number("Duties of the court whose last day is past today; rounded.")
