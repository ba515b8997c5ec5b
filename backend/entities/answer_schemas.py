"""What is answered: these document the answers in the OpenAPI text, and the tests hold the answers to them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from backend.entities.domain import GROUNDS, HOW_MATCHED, KINDS

_SOURCES = ("demo", "court")
_PERFORMANCES = ("none", "partial", "full", "other")


def _text(description: str = "", *, null: bool = False, **schema: Any) -> fields.String:
    return fields.String(required=True, allow_none=null, metadata=_metadata(description, schema))


def _choice(values: tuple[str, ...], description: str = "", *, null: bool = False) -> fields.String:
    one_of = validate.OneOf([*values, None] if null else values)
    return fields.String(required=True, allow_none=null, validate=one_of, metadata=_metadata(description, {}))


def _day(description: str = "", *, null: bool = False) -> fields.String:
    return _text(description, null=null, format="date")


def _instant(description: str) -> fields.String:
    return _text(description, null=True, format="date-time")


def _whole(description: str = "", *, null: bool = False) -> fields.Integer:
    return fields.Integer(required=True, allow_none=null, strict=True, metadata=_metadata(description, {}))


def _flag(description: str) -> fields.Boolean:
    return fields.Boolean(required=True, metadata=_metadata(description, {}))


def _nested(schema: type[Schema], description: str = "", *, null: bool = False, many: bool = False) -> fields.Nested:
    return fields.Nested(schema, required=True, allow_none=null, many=many, metadata=_metadata(description, {}))


def _list(item: fields.Field[Any], description: str) -> fields.List[Any]:
    return fields.List(item, required=True, metadata=_metadata(description, {}))


def _metadata(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {**({"description": description} if description else {}), **schema}


class AreaNameSchema(Schema):
    code = _text("GB/T 2260: province 2 digits, city 4, county 6.")
    name = _text()


class MatchSchema(Schema):
    how = _choice(HOW_MATCHED, "`exact` means equal after folding; a case number or credit code found is exact too.")
    score = fields.Float(required=True, metadata={"description": "1 for an exact match, less for any other."})


class SummarySchema(Schema):
    id = _text("Random; names nobody by itself.", format="uuid")
    kind = _choice(KINDS)
    name = _text()
    sex = _choice(("male", "female"), "Null for bodies and where the file does not say.", null=True)
    age_band = _text("Ten years around the age when listed, e.g. `40-49`; never recomputed.", null=True)
    area = _nested(AreaNameSchema, "Where they are counted. For people: not a residence.")
    placed_by = _choice(
        ("registered_address", "county", "court_area"),
        "Why there: a body's registered address, the county in the court's file, or the court's own area.",
    )
    courts = _list(fields.String(), "Names of the courts of the current listings, newest listing first.")
    case_numbers = _list(fields.String(), "Of the current listings, newest first.")
    grounds = _list(fields.Integer(validate=validate.OneOf(GROUNDS)), "Grounds of any current listing; `/v1/grounds`.")
    published_on = _day("Of the latest current listing.")
    notice = _flag("Whether a reward notice runs today.")
    source = _choice(_SOURCES, "`demo` records are invented.")
    as_of = _instant("Of the list that was imported longest ago among their courts', so that age does not hide.")


class FoundSchema(SummarySchema):
    match = fields.Nested(MatchSchema, metadata={"description": "In searches only."})


_SURNAMES_ONLY = {
    "description": "Only beyond the budget of people: until then names of people not seen before are cut to the surname"
    " and 某. A search for a full name still shows it.",
    "format": "date-time",
}


class EntityListSchema(Schema):
    items = _nested(FoundSchema, many=True)
    next = _text(
        "The next page's `cursor`; null at the end, and after a hundred people. In a search a page may be shorter than"
        " `limit` and still have a next one: it ends before the names that are only spelt alike or similar when it"
        " shows an exact match, and where a filter leaves out nearly everybody whose name fits.",
        null=True,
    )
    as_of = _instant(
        "Of the court's list, else of the area's oldest, else of the oldest of all, so that age does not hide; null"
        " before the first import."
    )
    surnames_only_until = fields.String(metadata=_SURNAMES_ONLY)


class CourtNameSchema(Schema):
    id = _text("Contacts stand at `/v1/courts/{id}`.", format="uuid")
    name = _text()


class BasisSchema(Schema):
    issuer = _text("Who made the judgment or award that is enforced.", null=True)
    number = _text(null=True)


class BilingualSchema(Schema):
    zh = _text()
    en = _text()


class ListedGroundSchema(Schema):
    id = fields.Integer(required=True, validate=validate.OneOf(GROUNDS))
    text = _text("In the law's words.")
    plain = _nested(BilingualSchema)
    article = _text("《…》第一条第（四）项")


class HowItEndsSchema(BilingualSchema):
    causes = _nested(BilingualSchema, "What ends it by law; empty where it has a term.", many=True)


class CorrectedSchema(Schema):
    on = _day()
    field = _text()


_DUTIES = (
    "withdraw", "correct", "delete_after_cause", "decide_early_deletion", "act_on_objection", "decide_objection",
)  # fmt: skip


class DueSchema(Schema):
    what = _choice(_DUTIES)
    on = _day("The last day; null where the law sets none, as for deciding on early deletion.", null=True)


class ListingSchema(Schema):
    id = _text("Random; names the listing to its court, e.g. in an objection.", format="uuid")
    court = _nested(CourtNameSchema)
    case_number = _text()
    basis = _nested(BasisSchema)
    duty = _text("What the court ordered.", null=True)
    performance = _choice(_PERFORMANCES)
    performed_part = _text(null=True)
    unperformed_part = _text(null=True)
    grounds = _nested(ListedGroundSchema, many=True)
    filed_on = _day(null=True)
    published_on = _day()
    term_ends_on = _day("Last day; null where there is no term or the file does not state it.", null=True)
    how_it_ends = _nested(HowItEndsSchema)
    how_to_object = _nested(BilingualSchema)
    objection_open = _flag("Whether an objection is being reviewed.")
    notice_id = _text("The reward notice that runs today.", null=True, format="uuid")
    corrected = _nested(CorrectedSchema, "The last correction.", null=True)
    due = _nested(
        DueSchema, "The most pressing duty of the court that ends or changes it, and its last day.", null=True
    )
    due_in_working_days = _whole(
        "Working days after today up to and with the day of `due`, by the court's calendar; null without one, or once"
        " it is past.",
        null=True,
    )
    source_file_on = _day("When the court's file that states this was imported.")


class DetailSchema(SummarySchema):
    uscc = fields.String(allow_none=True, metadata={"description": "Unified social credit code; bodies only."})
    representative = fields.String(
        allow_none=True, metadata={"description": "Who answers for a body; not thereby listed. Bodies only."}
    )
    registered_address = fields.String(
        allow_none=True, metadata={"description": "Bodies only; null where they are placed by area."}
    )
    surnames_only_until = fields.String(metadata=_SURNAMES_ONLY)
    listings = _nested(ListingSchema, "Every current listing, newest first.", many=True)


class SelfCheckAnswerSchema(Schema):
    items = _nested(
        DetailSchema, "Who bears this name and number: as on their pages, with the court's listings only.", many=True
    )
    comparable = _whole("Of the court's current listings of people, those whose file held an official mask.")
    of = _whole("The court's current listings of people.")


class CountsSchema(Schema):
    person = _whole()
    company = _whole()
    organisation = _whole()


class PropertiesSchema(Schema):
    """Which of these are there depends on `class`: each names the classes that have it."""

    kind_of_feature = fields.String(
        required=True, data_key="class", validate=validate.OneOf(["area", "cluster", "entity"])
    )
    code = fields.String(metadata={"description": "area"})
    name = fields.String(metadata={"description": "area, entity"})
    name_en = fields.String(
        allow_none=True, metadata={"description": "area: made of the name's pinyin; null where it does not read"}
    )
    level = fields.String(validate=validate.OneOf(["province", "city", "county"]), metadata={"description": "area"})
    counts = fields.Nested(CountsSchema, metadata={"description": "area, cluster"})
    count = fields.Integer(metadata={"description": "cluster"})
    expansion_zoom = fields.Integer(
        allow_none=True,
        metadata={"description": "cluster: first zoom that shows them apart; null where they share one place."},
    )
    id = fields.String(metadata={"description": "entity", "format": "uuid"})
    kind = fields.String(validate=validate.OneOf(KINDS), metadata={"description": "entity"})
    listings = fields.Integer(metadata={"description": "entity: how many current listings"})
    notice = fields.Boolean(metadata={"description": "entity: whether a reward notice runs today"})
    source = fields.String(validate=validate.OneOf(_SOURCES), metadata={"description": "entity"})


class PointSchema(Schema):
    type = _choice(("Point",))
    coordinates = fields.List(
        fields.Float(), required=True, validate=validate.Length(equal=2), metadata={"description": "lon, lat"}
    )


class FeatureSchema(Schema):
    type = _choice(("Feature",))
    geometry = _nested(PointSchema)
    properties = _nested(PropertiesSchema)


class TileSchema(Schema):
    type = _choice(("FeatureCollection",))
    features = _nested(FeatureSchema, many=True)
