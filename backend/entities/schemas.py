"""What may be asked of the listed, checked before anything else runs; the answers stand in `answer_schemas`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backend.core.geo import BBox, gcj02_to_wgs84, parse_position
from backend.core.http import QuerySchema
from backend.core.parameters import DEFAULT_LIMIT, MAX_LIMIT, WholeNumber
from backend.entities.domain import GROUNDS, KINDS, MAX_QUERY, Filters, Near, Search, ground_mask, parse_id

DEFAULT_RADIUS_M, MAX_RADIUS_M = 3_000, 50_000


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
    court = parse_id(text)
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
    if "_" in text or not 0 < radius_m <= MAX_RADIUS_M:  # refuses NaN too
        raise ValueError(f"must be a number of metres above 0, at most {MAX_RADIUS_M}")
    return radius_m


def _described(text: str, **schema: Any) -> dict[str, Any]:
    return {"description": text, **schema}


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
            " found too, last; behind an exact match, on the page to which `next` leads."
        ),
    )
    area = Parsed(
        _area_code,
        metadata=_described("Code of a province (2 digits), city (4) or county (6), with everything below it."),
    )
    bbox = Parsed(
        BBox.parse,
        metadata=_described(
            "`west,south,east,north`, at most 90° × 60°: bodies by their point, everybody else by the label point of"
            " their area."
        ),
    )
    near = Parsed(
        parse_position,
        metadata=_described("`lon,lat`: bodies that stand at a point, nearest first. People are never found by it."),
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
