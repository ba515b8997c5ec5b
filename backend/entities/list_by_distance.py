"""Lists of bodies about a position, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Double, Select, Uuid, case, func, select, tuple_

from backend.entities.domain import Near
from backend.entities.queries import Shape, distance, item_columns, shared_conditions
from backend.entities.statements import constant, given
from backend.entities.tables import listed

# A list of the nearest first looks within these parts of the radius, and farther only for who is missing.
_REACHES = (64, 8)


@dataclass(frozen=True)
class ByDistance:
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
        found = select(*item_columns, keys[0].label("key")).where(
            func.ST_Intersects(listed.c.point, _value(select(reached.c.box))),
            distance(listed) <= _value(select(reached.c.radius_m)),
            *shared,
        )
        return found.order_by(*keys).limit(constant(self.size + 1))

    def _holds_a_page(self, part: int, shared: list[ColumnElement[bool]]) -> ColumnElement[bool]:
        inside = func.ST_Intersects(listed.c.point, _envelope_within(part)), distance(listed) <= _radius(part)
        return select(listed.c.entity_id).where(*inside, *shared).offset(constant(self.size)).exists()


def _value(statement: Select[Any]) -> ColumnElement[Any]:
    return statement.scalar_subquery()


def _radius(part: int) -> ColumnElement[Any]:
    return given("radius_m", Double) / constant(part)


def _envelope_within(part: int) -> ColumnElement[Any]:
    sides = (given(f"{side}_{part}", Double) for side in ("west", "south", "east", "north"))
    return _value(select(func.ST_MakeEnvelope(*sides, constant(4326))))


def reach_values(near: Near) -> dict[str, str]:
    """What stands in the statement for the boxes about the parts of a radius."""
    boxes = {part: Near(near.lon, near.lat, near.radius_m / part).box() for part in (1, *_REACHES)}
    return {
        f"{side}_{part}": repr(getattr(box, side))
        for part, box in boxes.items()
        for side in ("west", "south", "east", "north")
    }
