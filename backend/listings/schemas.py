"""Forms of the console about listings and lists."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from backend.core.typed import TypedInteger
from backend.listings.findings import CORRECTABLE

_reason = validate.Length(min=1, max=2000)


class DeskForm(Schema):
    """A form in which an empty field is one that was not filled in."""

    @pre_load
    def forget_empty(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {
            name: value.strip() if isinstance(value, str) else value
            for name, value in given.items()
            if not isinstance(value, str) or value.strip()
        }


class MoveForm(DeskForm):
    """Something happens to a listing."""

    cause = fields.String(required=True, validate=validate.Length(max=50))
    on = fields.Date(load_default=None)
    term_ends_on = fields.Date(load_default=None)
    grace_until = fields.Date(load_default=None)
    reason = fields.String(required=True, validate=_reason)


class CorrectionForm(DeskForm):
    """One field is set right."""

    field = fields.String(required=True, validate=validate.OneOf(CORRECTABLE))
    value = fields.String(required=True, validate=validate.Length(max=5000))
    cause = fields.String(required=True, validate=validate.OneOf(("wrong_data", "objection_founded")))
    reason = fields.String(required=True, validate=_reason)


class TermForm(DeskForm):
    """The term that the decision states is completed."""

    term_ends_on = fields.Date(required=True)
    reason = fields.String(required=True, validate=_reason)


class FoundForm(DeskForm):
    """A cause of Article 9 or 10 has come about."""

    cause = fields.String(required=True, validate=validate.Length(max=50))
    on = fields.Date(required=True)
    reason = fields.String(required=True, validate=_reason)


class EarlyForm(DeskForm):
    """Whether a listing is deleted before its term ends."""

    decision = fields.String(required=True, validate=validate.OneOf(("delete", "keep")))
    reason = fields.String(required=True, validate=_reason)


class WithheldForm(DeskForm):
    """Whether withheld text is shown."""

    field = fields.String(required=True, validate=validate.OneOf(("duty", "performed_part", "unperformed_part")))
    verdict = fields.String(required=True, validate=validate.OneOf(("release_text", "keep_text")))
    reason = fields.String(required=True, validate=_reason)


class PersonForm(DeskForm):
    """What was found of the listed person: a death on a day, or that they are under 18; or that this was wrong."""

    finding = fields.String(required=True, validate=validate.OneOf(("death", "minor", "not_dead", "of_age")))
    died_on = fields.Date(load_default=None)
    reason = fields.String(required=True, validate=_reason)


class ReasonForm(DeskForm):
    """Why."""

    reason = fields.String(required=True, validate=_reason)


class HandOverForm(DeskForm):
    """To whom."""

    to = fields.UUID(required=True)


class CountForm(DeskForm):
    """How many, typed."""

    count = TypedInteger(required=True)


class CauseForm(DeskForm):
    """Why those leave whom a list lacks; `all`: whoever has no cause yet."""

    cause = fields.String(required=True, validate=validate.Length(max=50))
    all = fields.Boolean(load_default=False)


class BulkForm(DeskForm):
    """One act on several listings, confirmed by typing how many."""

    action = fields.String(required=True, validate=validate.OneOf(("withdraw", "delete", "suspend", "record_cause")))
    cause = fields.String(required=True, validate=validate.Length(max=50))
    count = TypedInteger(required=True)
    reason = fields.String(required=True, validate=_reason)
