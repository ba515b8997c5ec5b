from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from backend.changes.domain import MAX_DIGITS
from backend.core.http import QuerySchema
from backend.core.parameters import DEFAULT_LIMIT, MAX_LIMIT, WholeNumber


class Sequence(fields.Integer):
    """ASCII digits only, as `WholeNumber`, but as many as a sequence may have."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not (str(value).isascii() and str(value).isdigit() and len(str(value)) <= MAX_DIGITS):
            raise ValidationError("must be a whole number")
        return super()._deserialize(value, attr, data, **kwargs)


class MembersQuery(QuerySchema):
    limit = WholeNumber(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "How many items at most."},
    )
    cursor = fields.String(metadata={"description": "`next` of the page before."})


class ChangesQuery(MembersQuery):
    since = Sequence(
        load_default=0,
        metadata={
            "description": "The last sequence that the reader has; 0 is the beginning, 410 once that is no longer kept."
        },
    )


class MirroredSchema(Schema):
    """The public fields of `/v1/entities/{id}` that a copy needs."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    age_band = fields.String(required=True, allow_none=True)
    area = fields.Dict(required=True, metadata={"description": "`code` and `name`."})
    placed_by = fields.String(required=True)
    source = fields.String(required=True, metadata={"description": "`demo` records are invented."})
    listings = fields.List(
        fields.Dict(),
        required=True,
        metadata={
            "description": "Every current listing, newest first: court, case_number, basis, duty, performance,"
            " performed_part, unperformed_part, grounds (1 to 6), filed_on, published_on, term_ends_on,"
            " notice, corrected."
        },
    )
    uscc = fields.String(allow_none=True, metadata={"description": "Bodies only."})
    representative = fields.String(allow_none=True, metadata={"description": "Bodies only."})
    registered_address = fields.String(allow_none=True, metadata={"description": "Bodies only."})


class ChangeSchema(Schema):
    seq = fields.Integer(required=True, metadata={"description": "Grows by one with each change, in order of commits."})
    op = fields.String(
        required=True,
        validate=validate.OneOf(["add", "update", "remove"]),
        metadata={
            "description": "`remove` only, without a key. An add or update of whoever has left since is one too."
        },
    )
    id = fields.UUID(required=True, metadata={"description": "Of the entity, as in `/v1/entities/{id}`."})
    entity = fields.Nested(
        MirroredSchema, metadata={"description": "With a key, for add and update: what is said now, not what was."}
    )


class MemberSchema(Schema):
    id = fields.UUID(required=True)
    entity = fields.Nested(MirroredSchema, required=True)


_AS_OF = {"format": "date-time", "description": "Everything committed until then is in."}
_HEAD = {"description": "The last sequence. Where `next` is null, go on with it as `since`."}


class ChangeListSchema(Schema):
    items = fields.List(fields.Nested(ChangeSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "`cursor` of the next page."})
    as_of = fields.String(required=True, metadata=_AS_OF)
    head = fields.Integer(required=True, metadata=_HEAD)
    since = fields.Integer(required=True, metadata={"description": "As it was asked for, so that it is signed too."})


class MemberListSchema(Schema):
    items = fields.List(fields.Nested(MemberSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "`cursor` of the next page."})
    as_of = fields.String(required=True, metadata=_AS_OF)
    head = fields.Integer(
        required=True,
        metadata={"description": "That of the first page is the `since` with which to go on in `/v1/changes`."},
    )


class SigningKeySchema(Schema):
    algorithm = fields.String(required=True, metadata={"description": "`Ed25519`"})
    public_key = fields.String(required=True, metadata={"description": "32 bytes, hexadecimal."})
    purpose = fields.String(required=True, metadata={"description": "In front of the body in what is signed."})
