from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from backend.core.filings.bodies import KEY_NUMBER, Base64Bytes, FiledSchema, FollowedSchema, lookup_field
from backend.core.sealing.conversations import MAX_NUMBER
from backend.core.sealing.envelopes import BOXED_BYTES
from backend.objections.domain import ACTS, OUTCOMES, REVIEW_OUTCOMES, STATES


class ReminderSchema(Schema):
    """One WeChat message, without name or content, once the court has answered."""

    template_id = fields.String(
        required=True, metadata={"description": "For `wx.requestSubscribeMessage`, from a tap only."}
    )
    asked = fields.Boolean(required=True, metadata={"description": "Whether one is waiting for the court's answer."})


class WithdrawnSchema(Schema):
    asked = fields.Boolean(required=True, metadata={"description": "False: whom to remind is forgotten."})


class ReminderRequestSchema(Schema):
    lookup = lookup_field()
    code = fields.String(
        required=True, validate=validate.Regexp(r"^[\w-]{1,128}$"),
        metadata={"description": "What `wx.login` gave, behind the consent; good once, for five minutes."},
    )  # fmt: skip


class ObjectionFiledSchema(FiledSchema):
    answer_by = fields.Date(required=True, metadata={"description": "Last day for the court to decide."})
    working_days_left = fields.Integer(
        required=True,
        allow_none=True,
        metadata={
            "description": "Working days after today up to and with `answer_by`, by the court's calendar;"
            " null once that day is past, or the objection is decided."
        },
    )
    reminder = fields.Nested(
        ReminderSchema,
        required=True,
        allow_none=True,
        metadata={
            "description": "What a mini-program may offer; null where this service sends none, or it is decided."
        },
    )


class ReviewStatusSchema(Schema):
    """A review (复议) of the decision by the next higher court; its reasons stand in what that court serves."""

    asked_on = fields.Date(required=True, metadata={"description": "When the court recorded that it was asked for."})
    answer_by = fields.Date(required=True, metadata={"description": "Last day to decide it."})
    decided_on = fields.Date(required=True, allow_none=True)
    outcome = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(REVIEW_OUTCOMES),
        metadata={
            "description": "`upheld`: the decision stands. `withdrawn`: by whoever asked. Null while it is open."
        },
    )
    act = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(ACTS),
        metadata={"description": "What a reversal asks of the court that decided; null otherwise."},
    )


class ObjectionStatusSchema(FollowedSchema, ObjectionFiledSchema):
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    outcome = fields.String(required=True, allow_none=True, validate=validate.OneOf(OUTCOMES))
    decided_on = fields.Date(required=True, allow_none=True)
    stopped_at = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "format": "date-time",
            "description": "When the last of the listings meant went off view; null while one of them is shown.",
        },
    )
    removal_code = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Of the removal notice, where the court has issued one: `/v1/removal-notices/{code}`."
        },
    )
    review = fields.Nested(
        ReviewStatusSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Null where no review was asked for. `state` is `acted` after a reversal, too."},
    )


class BoxedSchema(Schema):
    """An answer that the browser's worker boxed to whoever filed."""

    part = fields.String(required=True, validate=validate.Regexp(rf"^c/[1-9][0-9]{{0,{len(str(MAX_NUMBER))}}}\Z"))
    key_id = fields.Integer(required=True, strict=True, validate=KEY_NUMBER)
    data = Base64Bytes(lambda size: size == BOXED_BYTES, "Boxed in the worker, base64url.")


class DecisionSchema(Schema):
    """How an objection is decided; its reasons stand in the sealed answer and nowhere else."""

    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    act = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(ACTS))
    reasoned = fields.Boolean(required=True)
    listings = fields.List(
        fields.String(validate=validate.Length(1, 200)), load_default=list, validate=validate.Length(max=50)
    )
    answer = fields.Nested(BoxedSchema, required=True)


class HandOverSchema(Schema):
    to = fields.UUID(required=True)


class FoundForm(Schema):
    """Listings by case number, or by the address of their page, with spaces between."""

    listings = fields.String(required=True, validate=validate.Regexp(r"\s*\S{1,200}(?:\s+\S{1,200}){0,49}\s*\Z"))


class ReviewForm(Schema):
    """How a review ended, with what follows where it reverses the decision, and why."""

    outcome = fields.String(required=True, validate=validate.OneOf(REVIEW_OUTCOMES))
    act = fields.String(load_default=None, validate=validate.OneOf(ACTS))
    reason = fields.String(required=True, validate=validate.Length(1, 2000))

    @pre_load
    def forget_empty(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value.strip() for name, value in given.items() if isinstance(value, str) and value.strip()}
