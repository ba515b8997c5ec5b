"""Lists in the order of publication: of everybody, of an area and of a court."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    Uuid,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from backend.entities.queries import Shape, item_columns, meets_in_listing, shared_conditions
from backend.entities.statements import constant, given
from backend.entities.tables import listed


@dataclass(frozen=True)
class ByPublication:
    """Newest first, each of the listed at its latest current listing."""

    shape: Shape
    size: int
    continued: bool

    def sort(self, row: Any) -> tuple[ColumnElement[Any], ...]:
        return row.c.key.desc(), row.c.entity_id.desc()

    def rows(self) -> Select[Any] | CompoundSelect[Any]:
        if self.shape.court:
            return self._of_court()
        return self.first(*shared_conditions(self.shape))

    def behind(self) -> list[ColumnElement[bool]]:
        if not self.continued:
            return []
        return [tuple_(given("after_key", Date), given("after_id", Uuid)) > _KEYS]

    def first(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        """The first of a list in its order, by an index where one has it."""
        found = select(*item_columns, listed.c.published_on.label("key")).where(*conditions, *self.behind())
        order = (listed.c.published_on.desc(), listed.c.entity_id.desc())
        return found.order_by(*order).limit(constant(self.size + 1))

    def _of_court(self) -> CompoundSelect[Any]:
        """Nearly everybody is listed by one court alone; the others of a court are found by another index."""
        shared = meets_in_listing(self.shape)
        courts, of_court = listed.c.courts, given("court", Uuid)
        newest = courts[literal_column("1")]
        further = func.array_remove(courts, newest).op("@>")(func.array_fill(of_court, literal_column("ARRAY[1]")))
        return union_all(
            select(self.first(*shared, newest == of_court).subquery()),
            select(self.first(*shared, func.cardinality(courts) > constant(1), further).subquery()),
        )


_KEYS = tuple_(listed.c.published_on, listed.c.entity_id)
