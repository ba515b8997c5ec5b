from __future__ import annotations

from marshmallow import Schema, fields, validate


class SiteSchema(Schema):
    home_area = fields.String(required=True, metadata={"description": "Code of the area where the map opens."})
    demo = fields.String(
        required=True,
        validate=validate.OneOf(["all", "mixed", "none"]),
        metadata={"description": "Whether all, some or none of the records held are invented."},
    )
    as_of = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "date-time", "description": "When the oldest list was imported; null before the first."},
    )
    source_url = fields.String(
        required=True,
        allow_none=True,
        metadata={"format": "uri", "description": "Where the source of this software can be had; null where not said."},
    )
