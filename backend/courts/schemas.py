from __future__ import annotations

from marshmallow import Schema, fields, validate

from backend.core.filings.bodies import CourtKeySchema
from backend.core.http import QuerySchema
from backend.core.parameters import AREA_CODE, DEFAULT_LIMIT, MAX_LIMIT, MAX_TERM, Term, WholeNumber
from backend.courts.domain import LEVELS


class CourtQuery(QuerySchema):
    q = Term(
        metadata={
            "description": "Part of a name, or a whole court code, e.g. 冀0108.",
            "minLength": 2,
            "maxLength": MAX_TERM,
        }
    )
    area = fields.String(
        metadata={"description": "Code of the courts' own area, with everything below it.", "pattern": AREA_CODE}
    )
    limit = WholeNumber(
        load_default=DEFAULT_LIMIT,
        validate=validate.Range(1, MAX_LIMIT),
        metadata={"description": "How many items at most."},
    )
    cursor = fields.String(metadata={"description": "`next` of the page before, under the same filters."})


class CourtAreaSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    name_en = fields.String(
        required=True, allow_none=True, metadata={"description": "Of the area; a court has a Chinese name only."}
    )


class CourtSuperiorSchema(Schema):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class CourtSelfCheckSchema(Schema):
    comparable = fields.Integer(required=True, metadata={"description": "Those whose file held an identifier."})
    of = fields.Integer(required=True, metadata={"description": "Current listings of people."})


class CourtSchema(Schema):
    id = fields.UUID(required=True)
    code = fields.String(required=True, metadata={"description": "The court's sign in case numbers (法院代字)."})
    name = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    area = fields.Nested(CourtAreaSchema, required=True)
    phone = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: not known here; 12368 answers for every court."}
    )
    address = fields.String(required=True, allow_none=True)
    by_rule = fields.Boolean(
        required=True,
        metadata={"description": "True: follows from the area's code alone, and nobody has confirmed it."},
    )
    as_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When its list was last imported; null before the first."},
    )
    accepts_tips = fields.Boolean(required=True)
    accepts_objections = fields.Boolean(required=True)


class CourtDetailSchema(CourtSchema):
    superior = fields.Nested(
        CourtSuperiorSchema,
        required=True,
        allow_none=True,
        metadata={"description": "Where its decisions are reviewed; null where that is not known here."},
    )
    self_check = fields.Nested(CourtSelfCheckSchema, required=True)
    keys = fields.List(
        fields.Nested(CourtKeySchema),
        required=True,
        metadata={"description": "Its valid keys, the signing key first; that one is signed by the root."},
    )


class CourtListSchema(Schema):
    items = fields.List(fields.Nested(CourtSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata={"description": "`cursor` of the next page."})
    as_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "Of the area's oldest list, else of the oldest of all."},
    )


class GroundWordsSchema(Schema):
    zh = fields.String(required=True)
    en = fields.String(required=True)


class GroundSchema(Schema):
    id = fields.Integer(required=True, validate=validate.Range(1, 6))
    text = fields.String(required=True, metadata={"description": "The law's own words."})
    plain = fields.Nested(GroundWordsSchema, required=True)
    short = fields.Nested(GroundWordsSchema, required=True)
    article = fields.String(required=True)
    how_it_ends = fields.Nested(GroundWordsSchema, required=True)
