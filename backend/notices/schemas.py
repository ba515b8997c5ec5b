from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from backend.core.http import QuerySchema
from backend.core.parameters import AREA_CODE, DEFAULT_LIMIT, MAX_LIMIT, WholeNumber
from backend.core.uuids import parse_uuid
from backend.notices.domain import BASES, FUNDERS, KINDS


class CourtId(fields.String):
    """A court's id; what is none cannot exist."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        court = parse_uuid(super()._deserialize(value, attr, data, **kwargs))
        if court is None:
            raise ValidationError("there is no such court")
        return court


class NoticeQuery(QuerySchema):
    area = fields.String(
        metadata={
            "description": "Code of the area where the listed entity counts, with everything below it.",
            "pattern": AREA_CODE,
        }
    )
    court = CourtId(metadata={"description": "Id of the listing's court.", "format": "uuid"})
    limit = WholeNumber(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "How many items at most."},
    )
    cursor = fields.String(metadata={"description": "`next` of the page before, under the same filters."})


def _text(description: str = "", **schema: Any) -> fields.String:
    described = {"description": description} if description else {}
    return fields.String(required=True, metadata={**described, **schema})


def _number(description: str) -> fields.Float:
    return fields.Float(required=True, allow_none=True, metadata={"description": description})


class NoticeCourtSchema(Schema):
    id = _text("Contacts stand at `/v1/courts/{id}`.", format="uuid")
    name = _text()


class NoticeAreaSchema(Schema):
    code = _text("GB/T 2260: province 2 digits, city 4, county 6.")
    name = _text()


class NoticeEntitySchema(Schema):
    id = _text("The page is `/v1/entities/{id}`.", format="uuid")
    kind = fields.String(required=True, validate=validate.OneOf(["person", "company", "organisation"]))
    name = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "description": "Of a company or organisation. Null for a person: notices name nobody, so that people are"
            " named by `/v1/entities/{id}` alone, within its budgets."
        },
    )


class NoticeWordsSchema(Schema):
    zh = _text()
    en = _text()


class NoticeSchema(Schema):
    id = _text("Random.", format="uuid")
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    basis = fields.String(required=True, validate=validate.OneOf(BASES))
    amount = _number("Yuan, with at most two decimals; null where the basis is a percentage.")
    percent = _number("Per cent of the money recovered thanks to the tip; null where the amount is fixed.")
    cap = _number("Yuan; the most that a percentage may come to, null without one.")
    currency = fields.String(required=True, validate=validate.Equal("CNY"))
    promise = fields.Nested(
        NoticeWordsSchema, required=True, metadata={"description": "Basis, amount and cap in one line."}
    )
    funder = fields.String(required=True, validate=validate.OneOf(FUNDERS), metadata={"description": "Never a name."})
    published_on = _text("First day.", format="date")
    ends_on = _text("Last day.", format="date")
    court = fields.Nested(NoticeCourtSchema, required=True)
    area = fields.Nested(NoticeAreaSchema, required=True, metadata={"description": "Where the entity counts."})
    entity = fields.Nested(NoticeEntitySchema, required=True)
    case_number = _text("Of the listing.")
    source = fields.String(
        required=True,
        validate=validate.OneOf(["demo", "court"]),
        metadata={"description": "`demo` notices are invented."},
    )
    as_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When the court's list was last imported."},
    )


class NoticeDetailSchema(NoticeSchema):
    wanted = fields.Nested(NoticeWordsSchema, required=True)
    example = fields.Nested(
        NoticeWordsSchema, required=True, metadata={"description": "The reward of one case, within the cap."}
    )
    who_pays = fields.Nested(NoticeWordsSchema, required=True)
    not_paid = fields.Nested(NoticeWordsSchema, required=True, many=True, metadata={"description": "When nothing is."})
    not_eligible = fields.Nested(
        NoticeWordsSchema, required=True, many=True, metadata={"description": "Who cannot get it."}
    )
    how_to_claim = fields.Nested(NoticeWordsSchema, required=True)
    court_adds = fields.String(
        required=True, allow_none=True, metadata={"description": "The court's own words on claiming, in Chinese."}
    )
    misuse = fields.Nested(NoticeWordsSchema, required=True, metadata={"description": "What not to do."})


class NoticeListSchema(Schema):
    items = fields.List(fields.Nested(NoticeSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "`cursor` of the next page."})
    as_of = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "format": "date-time",
            "description": "Of the court's list, else of the area's oldest, else of the oldest of all.",
        },
    )
