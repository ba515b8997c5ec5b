from __future__ import annotations

import math
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from backend.core.http import QuerySchema
from backend.core.parameters import AREA_CODE, MAX_TERM, Term

_LEVELS = validate.OneOf(["province", "city", "county"])


class Degrees(fields.Float):
    """A finite number; Python's `float` would also take `1_0` and other scripts' digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> float:
        if not str(value).isascii() or "_" in str(value):
            raise ValidationError("must be a number of degrees")
        degrees = float(super()._deserialize(value, attr, data, **kwargs) or 0)
        if not math.isfinite(degrees):
            raise ValidationError("must be finite")
        return degrees


def _crs(description: str) -> fields.String:
    return fields.String(
        load_default="wgs84",
        validate=validate.OneOf(["wgs84", "gcj02"]),
        metadata={"description": description},
    )


class AreaQuery(QuerySchema):
    parent = fields.String(
        metadata={
            "description": "Only what lies directly below this area; with `q`, anywhere below.",
            "pattern": AREA_CODE,
        }
    )
    q = Term(
        metadata={
            "description": "Part of a name, in simplified or traditional characters.",
            "minLength": 2,
            "maxLength": MAX_TERM,
        }
    )


class AreaDetailQuery(QuerySchema):
    crs = _crs("Datum of `label_point` and `bbox`.")


class AreaOutlineQuery(QuerySchema):
    zoom = fields.Integer(
        load_default=11,
        validate=validate.Range(0, 18),
        metadata={"description": "The web-mercator zoom at which the outline is drawn: the less, the simpler it is."},
    )
    crs = _crs("Datum of the outline.")

    @validates_schema(pass_original=True)
    def zoom_is_plain(self, _data: dict[str, Any], original: dict[str, Any], **_: Any) -> None:
        zoom = original.get("zoom", "0")
        if not (zoom.isascii() and zoom.isdigit()):  # Python's `int` would also take `+1_1`
            raise ValidationError("must be a whole number", "zoom")


class AreaPositionQuery(QuerySchema):
    lon = Degrees(required=True, validate=validate.Range(-180, 180), metadata={"description": "Longitude."})
    lat = Degrees(required=True, validate=validate.Range(-90, 90), metadata={"description": "Latitude."})
    crs = _crs("Datum of `lon` and `lat`.")


class AreaSchema(Schema):
    code = fields.String(required=True, metadata={"description": "GB/T 2260: province 2 digits, city 4, county 6."})
    name = fields.String(required=True)
    level = fields.String(required=True, validate=_LEVELS)
    parent = fields.String(
        required=True, allow_none=True, metadata={"description": "Code of the area directly above; null for provinces."}
    )
    name_en = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "Made of the name's pinyin, such as `Yuhua District`; null where it does not read."},
    )


class AreaCountsSchema(Schema):
    person = fields.Integer(required=True)
    company = fields.Integer(required=True)
    organisation = fields.Integer(required=True)


class AreaPlacedBySchema(Schema):
    county = fields.Integer(required=True, metadata={"description": "People whose county the court's file names."})
    court_area = fields.Integer(required=True, metadata={"description": "People counted in their court's own area."})


class AreaRecentSchema(Schema):
    days = fields.Integer(required=True)
    added = fields.Integer(required=True, metadata={"description": "Entities listed in that time."})
    removed = fields.Integer(required=True, metadata={"description": "Entities that left and are listed no more."})


class AreaDetailSchema(AreaSchema):
    label_point = fields.List(
        fields.Float(),
        required=True,
        validate=validate.Length(equal=2),
        metadata={"description": "`[lon, lat]`: where a name or a count may stand. A label, not a place."},
    )
    bbox = fields.List(
        fields.Float(),
        required=True,
        validate=validate.Length(equal=4),
        metadata={"description": "`[west, south, east, north]` of the outline."},
    )
    counts = fields.Nested(
        AreaCountsSchema,
        required=True,
        metadata={"description": "Entities with a current listing, here and in everything below."},
    )
    placed_by = fields.Nested(AreaPlacedBySchema, required=True)
    recent = fields.Nested(
        AreaRecentSchema,
        required=True,
        metadata={"description": "The days up to today, by the register as of the last import or nightly count."},
    )
    as_of = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "format": "date-time",
            "description": "Of the oldest list of a court of this area, or of one above or below; else null.",
        },
    )


class AreaGeometrySchema(Schema):
    type = fields.String(required=True, validate=validate.Equal("MultiPolygon"))
    coordinates = fields.List(fields.List(fields.List(fields.List(fields.Float()))), required=True)


class AreaPropertiesSchema(Schema):
    code = fields.String(required=True)
    name = fields.String(required=True)
    level = fields.String(required=True, validate=_LEVELS)


class AreaOutlineSchema(Schema):
    type = fields.String(required=True, validate=validate.Equal("Feature"))
    properties = fields.Nested(AreaPropertiesSchema, required=True)
    geometry = fields.Nested(
        AreaGeometrySchema,
        required=True,
        allow_none=True,
        metadata={"description": "Null where no provider draws the area."},
    )
