"""What may be asked of the listed, checked before anything else runs; the answers stand in `answer_schemas`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import request
from marshmallow import ValidationError, fields, missing, post_load, validate, validates_schema

from backend.core.geo import BBox, gcj02_to_wgs84, parse_position
from backend.core.http import QuerySchema, StrictParser
from backend.core.parameters import AREA_CODE, DEFAULT_LIMIT, MAX_LIMIT, WholeNumber
from backend.core.uuids import parse_uuid
from backend.entities.domain import GROUNDS, KINDS, MAX_QUERY, Filters, Near, Search, ground_mask

DEFAULT_RADIUS_M, MAX_RADIUS_M = 3_000, 50_000
# How the OpenAPI text tells a number of degrees; exponents are read as well.
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"


@dataclass(frozen=True)
class ListRequest:
    """A list as it was asked for; the cursor is not read yet."""

    filters: Filters
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class TileRequest:
    """A tile's filters and the datum of the coordinates in the answer."""

    filters: Filters
    crs: str


class Parsed(fields.String):
    """Text read by a function that raises ValueError with words for the caller."""

    def __init__(self, parse: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parse = parse

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        try:
            return self.parse(super()._deserialize(value, attr, data, **kwargs))
        except ValueError as error:
            raise ValidationError(str(error)) from None


def _court_id(text: str) -> UUID:
    court = parse_uuid(text)
    if court is None:
        raise ValueError("there is no such court")
    return court


def _area_code(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) in (2, 4, 6)):
        raise ValueError("there is no such area")
    return text


def _radius(text: str) -> float:
    try:
        radius_m = float(text)
    except ValueError:
        radius_m = 0.0
    if not text.isascii() or "_" in text or not 0 < radius_m <= MAX_RADIUS_M:  # refuses NaN too
        raise ValueError(f"must be a number of metres above 0, at most {MAX_RADIUS_M}")
    return radius_m


def _described(text: str, **schema: Any) -> dict[str, Any]:
    return {"description": text, **schema}


class LeanParser(StrictParser):
    """Reads a well-formed query field by field, and leaves every other to the schema as a whole, which refuses it.

    Marshmallow's way through a schema and webargs' way to it take hundreds of microseconds, most of them for fields
    that the query does not name.
    """

    def parse(self, argmap: Any, req: Any = None, *, location: str | None = None, **kwargs: Any) -> Any:
        found = _read(argmap, (req or request).query_string) if location == "query" else None
        return super().parse(argmap, req, location=location, **kwargs) if found is None else found


def _read(schema: Any, raw: bytes) -> Any:
    """What the schema makes of the query; None where anything is the least unusual."""
    # Names of people are never remembered, so only queries that cannot hold one are.
    if isinstance(schema, VectorTileQuery) and len(raw) <= _REMEMBERED_BYTES:
        return _remembered(schema, raw)
    return _read_anew(schema, raw)


@lru_cache(maxsize=4096)
def _remembered(schema: Any, raw: bytes) -> Any:
    return _read_anew(schema, raw)


def _read_anew(schema: Any, raw: bytes) -> Any:
    if raw and not _PLAIN_QUERY.fullmatch(raw):
        return None
    texts: dict[str, Any] = {}
    for pair in raw.decode().split("&") if raw else ():
        name, _, text = pair.partition("=")
        field = schema.load_fields.get(name)
        if field is None or (name in texts and not isinstance(field, fields.List)):
            return None
        if isinstance(field, fields.List):
            texts.setdefault(name, []).append(text)
        else:
            texts[name] = text
    if "radius_m" in texts and "near" not in texts:
        return None
    try:
        data = {name: schema.load_fields[name].deserialize(text, name, texts) for name, text in texts.items()}
    except ValidationError:
        return None
    for name, field in schema.load_fields.items():
        if name not in data and field.load_default is not missing:
            data[name] = field.load_default
    return schema.build(data)


# Nothing that is encoded, so that nothing is decoded: numbers, dates, ids, codes and the words of this interface.
_PLAIN_QUERY = re.compile(rb"[a-z_]+=[A-Za-z0-9.,:_-]+(&[a-z_]+=[A-Za-z0-9.,:_-]+){0,49}")
_REMEMBERED_BYTES = 200


class FilterQuery(QuerySchema):
    """The filters that lists and tiles share."""

    kind = fields.List(
        fields.String(validate=validate.OneOf(KINDS)),
        metadata=_described("Any of these kinds; may be repeated."),
    )
    ground = fields.List(
        WholeNumber(validate=validate.OneOf(GROUNDS)),
        metadata=_described("Any of these grounds of Article 1; may be repeated."),
    )
    notice = fields.Boolean(
        truthy={"true"},
        falsy={"false"},
        metadata=_described("Whether any current listing of theirs has a reward notice that runs today."),
    )
    court = Parsed(
        _court_id,
        metadata=_described("With a current listing of this court; together with `ground`, one that satisfies both."
                            " Ids stand at `/v1/courts`.", format="uuid"),
    )  # fmt: skip

    @staticmethod
    def filters(data: dict[str, Any]) -> Filters:
        kinds = tuple(sorted(set(data.get("kind", ()))))
        grounds = ground_mask(data.get("ground", []))
        return Filters(kinds=kinds, ground_mask=grounds, notice=data.get("notice"), court=data.get("court"))


class VectorTileQuery(FilterQuery):
    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> TileRequest:
        return TileRequest(self.filters(data), data.get("crs", "wgs84"))


class TileQuery(VectorTileQuery):
    crs = fields.String(
        validate=validate.OneOf(["wgs84", "gcj02"]),
        metadata=_described("Datum of the coordinates in the answer. The tile's own address is always WGS 84.",
                            default="wgs84"),
    )  # fmt: skip


class EntityQuery(FilterQuery):
    q = Parsed(
        Search.parse,
        metadata=_described(
            "A name, its beginning or a part of it, in simplified or traditional characters, pinyin or initials; a"
            " company's brand; a whole case number in any brackets or spacing; or a unified social credit code. Two"
            f" Chinese characters or three letters to {MAX_QUERY} characters. Names that differ in one character are"
            " found too, last; behind an exact match, on the page to which `next` leads.",
            minLength=2,
            maxLength=MAX_QUERY,
        ),
    )
    area = Parsed(
        _area_code,
        metadata=_described(
            "Code of a province (2 digits), city (4) or county (6), with everything below it.", pattern=AREA_CODE
        ),
    )
    bbox = Parsed(
        BBox.parse,
        metadata=_described(
            "`west,south,east,north`, at most 90° × 60°: bodies by their point, everybody else by the label point of"
            " their area.",
            pattern=f"^{_NUMBER}(,{_NUMBER}){{3}}$",
        ),
    )
    near = Parsed(
        parse_position,
        metadata=_described(
            "`lon,lat`: bodies that stand at a point, nearest first. People are never found by it.",
            pattern=f"^{_NUMBER},{_NUMBER}$",
        ),
    )
    radius_m = Parsed(
        _radius,
        metadata=_described(
            "Only with `near`.", type="number", default=DEFAULT_RADIUS_M, exclusiveMinimum=0, maximum=MAX_RADIUS_M
        ),
    )
    crs = fields.String(
        validate=validate.OneOf(["wgs84", "gcj02"]),
        metadata=_described("Datum of `bbox` and `near`.", default="wgs84"),
    )
    limit = WholeNumber(
        validate=validate.Range(1, MAX_LIMIT),
        load_default=DEFAULT_LIMIT,
        metadata=_described("How many items at most."),
    )
    cursor = fields.String(metadata=_described("`next` of the page before, under the same filters."))

    @validates_schema
    def radius_needs_a_position(self, data: dict[str, Any], **_: Any) -> None:
        if "radius_m" in data and "near" not in data:
            raise ValidationError("only with near", "radius_m")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ListRequest:
        bbox, position = data.get("bbox"), data.get("near")
        if data.get("crs") == "gcj02":
            bbox = bbox and _box_to_wgs84(bbox)
            position = position and gcj02_to_wgs84(*position)
        filters = replace(
            self.filters(data),
            search=data.get("q"),
            area=data.get("area"),
            bbox=bbox,
            near=position and Near(position[0], position[1], data.get("radius_m", float(DEFAULT_RADIUS_M))),
        )
        return ListRequest(filters, data["limit"], data.get("cursor"))


def _box_to_wgs84(box: BBox) -> BBox:
    # Corner by corner: within a box of a map's size the shift is the same to a few metres.
    return BBox(*gcj02_to_wgs84(box.west, box.south), *gcj02_to_wgs84(box.east, box.north))
