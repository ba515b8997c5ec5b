"""Statements over the listed. Lists and tiles share one filtered selection, so their counts agree under any filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Double,
    SmallInteger,
    Text,
    Uuid,
    and_,
    cast,
    func,
    select,
)
from sqlalchemy.types import TypeEngine

from backend.core.db import load_queries
from backend.entities.domain import Filters
from backend.entities.statements import array_text, constant, given
from backend.entities.tables import area, listed

fixed = load_queries(__file__)
# How a value gets into a statement: by its name, or as it is.
Bind = Callable[[str, TypeEngine[Any] | type[TypeEngine[Any]]], ColumnElement[Any]]
# What an item of a list is made from.
item_columns = (listed.c.entity_id, listed.c.kind, listed.c.courts, listed.c.summary)


@dataclass(frozen=True)
class Shape:
    """Which filters are set. Requests of one shape share a statement and its plan.

    Attributes:
        area_digits: 2 for a province, 4 for a city, 6 for a county; 0 without an area.
    """

    area_digits: int
    bbox: bool
    near: bool
    kinds: bool
    grounds: bool
    notice: bool | None
    court: bool

    @classmethod
    def of(cls, filters: Filters) -> Shape:
        return cls(
            len(filters.area or ""),
            filters.bbox is not None,
            filters.near is not None,
            bool(filters.kinds),
            bool(filters.ground_mask),
            filters.notice,
            filters.court is not None,
        )


def values(filters: Filters) -> dict[str, str]:
    """What stands in a statement for the filters that are set, by the names that `conditions` uses."""
    found: dict[str, str] = {}
    if filters.kinds:
        found["kinds"] = array_text(filters.kinds)
    if filters.area:
        found["area"] = filters.area
    if filters.ground_mask:
        found["ground_mask"] = str(filters.ground_mask)
    if filters.court:
        found["court"] = str(filters.court)
    if filters.near:
        near = filters.near
        found |= {"lon": repr(near.lon), "lat": repr(near.lat), "radius_m": repr(near.radius_m)}
    box = filters.near.box() if filters.near else filters.bbox
    if box:
        found |= {"west": repr(box.west), "south": repr(box.south), "east": repr(box.east), "north": repr(box.north)}
    return found


def shared_conditions(shape: Shape, row: Any = listed, bind: Bind = given) -> list[ColumnElement[bool]]:
    """What `serving.listed`, or an alias of it, must fulfil under the filters, but for `bbox` and the search term."""
    found: list[ColumnElement[bool]] = []
    if shape.kinds:
        found.append(row.c.kind == func.any(cast(bind("kinds", ARRAY(Text)), ARRAY(Text))))
    if shape.area_digits:
        # Each level has an index by date; an area of no level's length is found by the exact code alone.
        code = row.c.area_code if shape.area_digits == 6 else func.left(row.c.area_code, constant(shape.area_digits))
        found.append(code == bind("area", Text))
    if shape.near:
        found += [at_point_in_box(row, bind), distance(row, bind) <= bind("radius_m", Double)]
    if shape.court:
        found.append(_has_listing(shape, row, bind))
    elif shape.grounds:
        found.append(_meets(row.c.ground_mask, bind))
    if shape.notice is not None:
        found.append(row.c.notice if shape.notice else ~row.c.notice)
    return found


def meets_in_listing(shape: Shape) -> list[ColumnElement[bool]]:
    """The same where an index already finds the court's: only a ground is left to be checked in its listings."""
    found = shared_conditions(replace(shape, court=False, grounds=False))
    return [*found, _has_listing(shape, listed, given)] if shape.grounds else found


def _has_listing(shape: Shape, row: Any, bind: Bind) -> ColumnElement[bool]:
    if not shape.grounds:
        return bind("court", Uuid) == func.any(row.c.courts)
    # One and the same listing must be the court's and stand on one of the grounds.
    listing = func.unnest(row.c.courts, row.c.court_masks).table_valued("court_id", "ground_mask", name="of_court")
    one = listing.render_derived()
    same = select(one).where(one.c.court_id == bind("court", Uuid), _meets(one.c.ground_mask, bind)).exists()
    # Most rows fail here already, without their listings being unfolded.
    return and_(_meets(row.c.ground_mask, bind), same)


def _meets(mask: ColumnElement[int], bind: Bind) -> ColumnElement[bool]:
    return mask.op("&")(bind("ground_mask", SmallInteger)) != constant(0)


def labelled() -> Any:
    """Codes of the areas whose label point lies in the box."""
    return select(area.c.code).where(func.ST_Intersects(area.c.label_point, _envelope(given)))


def at_point_in_box(row: Any, bind: Bind = given) -> ColumnElement[bool]:
    # A point's own box is rounded, so the index alone is not exact; two comparisons cost less than ST_Intersects.
    return and_(row.c.point.op("&&")(_envelope(bind)), point_is_inside(row, bind))


def point_is_inside(row: Any, bind: Bind = given) -> ColumnElement[bool]:
    lon, lat = func.ST_X(row.c.point), func.ST_Y(row.c.point)
    return and_(
        lon.between(bind("west", Double), bind("east", Double)),
        lat.between(bind("south", Double), bind("north", Double)),
    )


def _envelope(bind: Bind) -> ColumnElement[Any]:
    sides = (bind(side, Double) for side in ("west", "south", "east", "north"))
    envelope = func.ST_MakeEnvelope(*sides, constant(4326))
    # Made once a statement, not once a row.
    return select(envelope).scalar_subquery()


def distance(row: Any, bind: Bind = given) -> ColumnElement[float]:
    """Metres on the ellipsoid from the position asked for; only ever used to filter and sort."""
    position = func.ST_SetSRID(func.ST_MakePoint(bind("lon", Double), bind("lat", Double)), constant(4326))
    asked = select(func.geography(position)).scalar_subquery()
    return func.ST_Distance(func.geography(row.c.point), asked)
