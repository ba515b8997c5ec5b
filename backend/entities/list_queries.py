"""One page of a list in one statement: its items as JSON, its end, how fresh it is, and what was asked in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Date,
    Double,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from backend.core.db import Connection
from backend.core.geo import BBox, cell, morton
from backend.entities.domain import Filters, Near, Position
from backend.entities.queries import (
    Shape,
    at_point_in_box,
    distance,
    labelled,
    meets_in_listing,
    point_is_inside,
    shared_conditions,
    values,
)
from backend.entities.statements import Statement, array_text, constant, given
from backend.entities.tables import area, court, listed

# A statement takes one row more than its largest page, so that a planner which knows the number stops there.
_PAGES = (20, 100)
# So many bodies in a box are sorted; beyond it, cells and areas are read in the list's order.
_FEW_POINTS = 2_000
# Beyond so many labelled areas the box holds so much of the country that the country's own order is walked.
_FEW_AREAS = 60
# Bits that a tile key loses to name its cell at zoom 14, 2 km wide: as serving.entity_row has an index.
_CELL_SHIFT = 14
_FEW_CELLS = 64
# JSON text holds no line break.
_BETWEEN = "\n"
# A list of the nearest first looks within these parts of the radius, and farther only for who is missing.
_REACHES = (64, 8)


@dataclass(frozen=True)
class Page:
    """A page of the listed.

    Attributes:
        items: summaries as JSON text.
        following: the place of the last item where the list goes on, else None.
        as_of: when the newest list behind the answer was imported, RFC 3339; None before the first import.
        unknown: names of the filters whose value does not exist.
        by_name: places of those whose full name was searched for.
    """

    items: Sequence[str]
    following: Position | None
    as_of: str | None
    unknown: tuple[str, ...]
    by_name: frozenset[int] = frozenset()


def find_page(connection: Connection, filters: Filters, *, limit: int, after: Position | None = None) -> Page:
    """A page of the listed, newest or nearest first."""
    shape = Shape.of(filters)
    size = next(size for size in _PAGES if limit <= size)
    asked = values(filters) | {"limit": str(limit)}
    if after is not None:
        asked |= {"after_key": str(after[0]), "after_id": str(after[1])}
    if filters.near:
        asked |= _reaches(filters.near)
    elif filters.bbox:
        asked["cells"] = array_text(map(str, _cells(filters.bbox)))
    found = _statement(shape, size, after is not None).row(connection, asked)
    items, key, last_id, as_of, known_area, known_court = (None if part is None else part.decode() for part in found)
    unknown = [name for name, known in (("area", known_area), ("court", known_court)) if known == "false"]
    return Page(
        items.split(_BETWEEN) if items else (),
        None if key is None or last_id is None else (float(key) if filters.near else key, last_id),
        as_of,
        tuple(unknown),
    )


def find_freshness(connection: Connection, filters: Filters) -> tuple[str | None, tuple[str, ...]]:
    """How fresh an answer under the filters is, and which filters name what does not exist."""
    shape = Shape.of(filters)
    row = _freshness(shape.area_digits, shape.court).row(connection, values(filters))
    as_of, *known = (None if part is None else part.decode() for part in row)
    return as_of, tuple(name for name, found in zip(("area", "court"), known, strict=True) if found == "false")


@lru_cache(maxsize=500)
def _freshness(area_digits: int, court_is_given: bool) -> Statement:  # noqa: FBT001
    shape = Shape(area_digits, False, False, False, False, None, court_is_given)  # noqa: FBT003
    return Statement.compose(select(*_known(shape)))


@lru_cache(maxsize=500)
def _statement(shape: Shape, size: int, continued: bool) -> Statement:  # noqa: FBT001
    order = _ByDistance(shape, size, continued) if shape.near else _ByPublication(shape, size, continued)
    rows = order.rows().subquery("found")
    place = func.row_number().over(order_by=order.sort(rows)).label("place")
    page = select(rows, place).order_by(*order.sort(rows)).limit(constant(size + 1)).cte("page")
    fresh = _fresh_courts(page)
    limit = given("limit", BigInteger)
    shown = page.c.place <= limit
    ends = and_(page.c.place == limit, select(func.max(page.c.place)).scalar_subquery() > limit)
    as_of = func.concat(constant("'\"'"), fresh.c.as_of, constant("'\"}'"))
    item = page.c.summary.op("||")(case((fresh.c.as_of.is_(None), constant("'null}'")), else_=as_of))
    ids = cast(page.c.entity_id, Text)
    return Statement.compose(
        select(
            _joined(item, page.c.place).filter(shown),
            func.max(cast(page.c.key, Text)).filter(ends),
            func.max(ids).filter(ends),
            *_known(shape),
        ).select_from(page.outerjoin(fresh, fresh.c.courts == page.c.courts))
    )


def _joined(text: ColumnElement[str], place: ColumnElement[int]) -> Any:
    return func.string_agg(text, aggregate_order_by(func.chr(constant(10)), place))


def _fresh_courts(page: CTE) -> CTE:
    """When the least fresh of an item's courts had its list imported; after every import anew, so it is not stored."""
    several = select(page.c.courts).distinct().subquery("several")
    oldest = func.min(court.c.as_of)
    return (
        select(several.c.courts, rfc3339(oldest).label("as_of"))
        .select_from(several.join(court, court.c.id == func.any(several.c.courts)))
        .group_by(several.c.courts)
        .cte("fresh")
    )


def rfc3339(instant: ColumnElement[Any]) -> ColumnElement[str]:
    form = constant('\'YYYY-MM-DD"T"HH24:MI:SS"Z"\'')
    return func.to_char(func.timezone(constant("'UTC'"), instant), form)


def _known(shape: Shape) -> list[ColumnElement[Any]]:
    """The freshness of the court, else of the area, else of all; whether the area and the court exist."""
    code = given("area", Text)
    of_court = select(court.c.as_of).where(court.c.id == given("court", Uuid)).scalar_subquery()
    if shape.court:
        as_of: ColumnElement[Any] = of_court
    elif shape.area_digits:
        # The courts whose own area lies in or above an area.
        below = select(func.max(court.c.as_of)).where(
            court.c.area_code >= code, court.c.area_code < code.op("||")(constant("':'"))
        )
        above = [func.left(code, constant(digits)) for digits in (2, 4) if digits < shape.area_digits]
        as_of = func.greatest(
            below.scalar_subquery(),
            *(select(func.max(court.c.as_of)).where(court.c.area_code == parent).scalar_subquery() for parent in above),
        )
    else:
        as_of = select(func.max(court.c.as_of)).scalar_subquery()
    found = select(area.c.code).where(area.c.code == code).exists()
    there = select(court.c.id).where(court.c.id == given("court", Uuid)).exists()
    return [
        rfc3339(as_of),
        cast(found, Text) if shape.area_digits else cast(null(), Text),
        cast(there, Text) if shape.court else cast(null(), Text),
    ]


@dataclass(frozen=True)
class _ByPublication:
    """Newest first, each of the listed at its latest current listing."""

    shape: Shape
    size: int
    continued: bool

    def sort(self, row: Any) -> tuple[ColumnElement[Any], ...]:
        return row.c.key.desc(), row.c.entity_id.desc()

    def rows(self) -> Select[Any] | CompoundSelect[Any]:
        if self.shape.bbox:
            return self._in_box()
        if self.shape.court:
            return self._of_court()
        return self._first(*shared_conditions(self.shape))

    def _behind(self) -> list[ColumnElement[bool]]:
        if not self.continued:
            return []
        return [tuple_(given("after_key", Date), given("after_id", Uuid)) > _KEYS]

    def _first(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """The first of a list in its order, by an index where one has it."""
        found = select(*_COLUMNS, listed.c.published_on.label("key")).where(*conditions, *self._behind())
        order = (listed.c.published_on.desc(), listed.c.entity_id.desc())
        return found.order_by(*order).limit(constant(self.size + 1))

    def _of_court(self) -> CompoundSelect[Any]:
        """Nearly everybody is listed by one court alone; the others of a court are found by another index."""
        shared = meets_in_listing(self.shape)
        courts, of_court = listed.c.courts, given("court", Uuid)
        newest = courts[literal_column("1")]
        further = func.array_remove(courts, newest).op("@>")(func.array_fill(of_court, literal_column("ARRAY[1]")))
        return union_all(
            select(self._first(*shared, newest == of_court).subquery()),
            select(self._first(*shared, func.cardinality(courts) > constant(1), further).subquery()),
        )

    def _in_box(self) -> CompoundSelect[Any]:
        shared = shared_conditions(self.shape)
        codes = select(func.array(labelled().scalar_subquery()).label("codes")).cte("labelled")
        few_areas = _value(select(func.cardinality(codes.c.codes) <= constant(_FEW_AREAS)))
        points = select(*_COLUMNS, listed.c.published_on.label("key")).where(
            few_areas, at_point_in_box(listed), *shared, *self._behind()
        )
        sampled = points.limit(constant(_FEW_POINTS + 1)).cte("at_point").prefix_with("MATERIALIZED")
        few_points = _value(select(func.count() <= constant(_FEW_POINTS)).select_from(sampled))
        cells = given("cells", ARRAY(BigInteger))
        few_cells = _value(select(func.cardinality(cells) > constant(0)))
        walk = or_(not_(few_areas), and_(not_(few_points), not_(few_cells)))
        code = func.unnest(_value(select(codes.c.codes))).table_valued("code", name="a").render_derived()
        key = func.unnest(cells).table_valued("cell", name="b").render_derived()
        of_area = self._first(listed.c.area_code == code.c.code, listed.c.point.is_(None), *shared).lateral("of_area")
        in_cell = self._first(
            listed.c.tile_key.op(">>")(constant(_CELL_SHIFT)) == key.c.cell, _checked(point_is_inside(listed)), *shared
        ).lateral("in_cell")
        of_labelled = listed.c.area_code.in_(select(labelled().subquery()))
        return union_all(
            select(sampled).where(few_points),
            select(of_area).select_from(code).join(of_area, true()).where(not_(walk)),
            select(in_cell).select_from(key).join(in_cell, true()).where(not_(few_points), not_(walk)),
            select(self._first(walk, _checked(point_is_inside(listed), of_labelled), *shared).subquery()),
        )


@dataclass(frozen=True)
class _ByDistance:
    """Nearest first. Distances are never shown."""

    shape: Shape
    size: int
    continued: bool

    def sort(self, row: Any) -> tuple[ColumnElement[Any], ...]:
        return row.c.key, row.c.entity_id

    def rows(self) -> Select[Any]:
        keys = (distance(listed), listed.c.entity_id)
        shared = shared_conditions(self.shape)
        if self.continued:
            shared.append(tuple_(*keys) > tuple_(given("after_key", Double), given("after_id", Uuid)))
        # The whole radius only where its inner parts hold too few for the page.
        reach = case(
            *((self._holds_a_page(part, shared), _envelope_within(part)) for part in _REACHES),
            else_=_envelope_within(1),
        )
        radius = case(*((self._holds_a_page(part, shared), _radius(part)) for part in _REACHES), else_=_radius(1))
        reached = select(reach.label("box"), radius.label("radius_m")).cte("reached").prefix_with("MATERIALIZED")
        found = select(*_COLUMNS, keys[0].label("key")).where(
            func.ST_Intersects(listed.c.point, _value(select(reached.c.box))),
            distance(listed) <= _value(select(reached.c.radius_m)),
            *shared,
        )
        return found.order_by(*keys).limit(constant(self.size + 1))

    def _holds_a_page(self, part: int, shared: list[ColumnElement[bool]]) -> ColumnElement[bool]:
        inside = func.ST_Intersects(listed.c.point, _envelope_within(part)), distance(listed) <= _radius(part)
        return select(listed.c.entity_id).where(*inside, *shared).offset(constant(self.size)).exists()


_COLUMNS = (listed.c.entity_id, listed.c.kind, listed.c.courts, listed.c.summary)
_KEYS = tuple_(listed.c.published_on, listed.c.entity_id)


def _checked(at_point: ColumnElement[bool], elsewhere: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """A condition on rows as they come: within CASE no plan takes it for a reason to leave the list's order."""
    return case((listed.c.point.is_not(None), at_point), else_=false() if elsewhere is None else elsewhere)


def _value(statement: Select[Any]) -> ColumnElement[Any]:
    return statement.scalar_subquery()


def _radius(part: int) -> ColumnElement[Any]:
    return given("radius_m", Double) / constant(part)


def _envelope_within(part: int) -> ColumnElement[Any]:
    sides = (given(f"{side}_{part}", Double) for side in ("west", "south", "east", "north"))
    return _value(select(func.ST_MakeEnvelope(*sides, constant(4326))))


def _reaches(near: Near) -> dict[str, str]:
    boxes = {part: Near(near.lon, near.lat, near.radius_m / part).box() for part in (1, *_REACHES)}
    return {
        f"{side}_{part}": repr(getattr(box, side))
        for part, box in boxes.items()
        for side in ("west", "south", "east", "north")
    }


def _cells(box: BBox) -> list[int]:
    """Keys of the zoom-14 cells that cover a box; none where they are too many to be read one by one."""
    west, north = cell(box.west, box.north, 14)
    east, south = cell(box.east, box.south, 14)
    if (east - west + 1) * (south - north + 1) > _FEW_CELLS:
        return []
    return [morton(x, y) for x in range(west, east + 1) for y in range(north, south + 1)]
