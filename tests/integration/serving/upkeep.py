"""Things that happen to a register, one after the other, and the check of what the public then reads."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import psycopg
from hypothesis import strategies as st
from psycopg.rows import DictRow

from tests.integration.register import AREAS, POINTS, TODAY, Register

STATES = ("current", "last_day", "expired", "future", "ended")
NOTICES = ("current", "last_day", "expired", "future")
days = st.integers(-40, 40)
operations = st.one_of(
    st.tuples(st.just("list"), st.integers(0, 9), st.integers(0, 3), st.sampled_from(STATES), st.integers(1, 6)),
    st.tuples(st.just("listing_term"), st.integers(0, 9), days, st.none() | days),
    st.tuples(st.just("end"), st.integers(0, 9)),
    st.tuples(st.just("give_away"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("announce"), st.integers(0, 9), st.sampled_from(NOTICES)),
    st.tuples(st.just("notice_ends"), st.integers(0, 9), st.integers(0, 40)),
    st.tuples(st.just("silence"), st.integers(0, 9)),
    st.tuples(st.just("place"), st.integers(0, 9), st.none() | st.sampled_from(POINTS), st.sampled_from(sorted(AREAS))),
    st.tuples(st.just("rename_area"), st.sampled_from(sorted(AREAS)), st.sampled_from(sorted(AREAS))),
    st.tuples(st.just("rename_court"), st.integers(0, 3)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("midnight"), st.sampled_from([1, 2, 30, 500])),
    st.tuples(st.just("fold")),
    st.tuples(st.just("rebuild")),
)


@dataclass
class Story:
    """A register to which one thing after the other happens."""

    register: Register
    entities: list[uuid.UUID] = field(default_factory=list)
    listings: list[uuid.UUID] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number in range(6):
            kind = ("person", "company", "organisation")[number % 3]
            self.entities.append(self.register.entity(f'虚"构{number}', kind))

    def happen(self, name: str, *arguments: Any) -> None:
        getattr(self, name)(*arguments)

    def list(self, entity: int, court: int, state: str, ground: int) -> None:
        if self.entities:
            whom = self.entities[entity % len(self.entities)]
            self.listings.append(
                self.register.listing(whom, state, [ground], court_id=self.register.courts[court])
            )  # fmt: skip

    def listing_term(self, listing: int, begins: int, ends: int | None) -> None:
        term = None if ends is None else TODAY + timedelta(days=ends)
        self._update(
            listing, "published_on = %s, term_ends_on = %s, ground_mask = 5", TODAY + timedelta(days=begins), term
        )

    def end(self, listing: int) -> None:
        self._update(listing, "state = 'deleted', ended_on = %s, ended_cause = 'performed'", TODAY)

    def give_away(self, listing: int, entity: int) -> None:
        if self.entities:
            self._update(listing, "entity_id = %s", self.entities[entity % len(self.entities)])

    def announce(self, listing: int, state: str) -> None:
        if self.listings:
            self.register.notice(self.listings[listing % len(self.listings)], state)

    def notice_ends(self, listing: int, day: int) -> None:
        if self.listings:
            self._execute(
                "UPDATE register.notice SET published_on = %s, ends_on = %s WHERE listing_id = %s",
                TODAY, TODAY + timedelta(days=day), self.listings[listing % len(self.listings)],
            )  # fmt: skip

    def silence(self, listing: int) -> None:
        if self.listings:
            self._execute(
                "DELETE FROM register.notice WHERE listing_id = %s", self.listings[listing % len(self.listings)]
            )

    def place(self, entity: int, point: tuple[float, float] | None, area: str) -> None:
        if not self.entities:
            return
        self._execute(
            "UPDATE register.entity SET area_code = %s, name = name || 'x', placed_by = CASE kind WHEN 'person' THEN"
            " 'county' ELSE placed_by END WHERE id = %s",
            area, self.entities[entity % len(self.entities)],
        )  # fmt: skip
        if point:
            self.entities.append(self.register.entity("虚构有限公司", "company", area, point=point))
            self.list(len(self.entities) - 1, 0, "current", 2)

    def rename_area(self, area: str, bubble: str) -> None:
        self._execute(
            "UPDATE register.area SET name = name || '改', city_bubble_code = %s WHERE code = %s", bubble, area
        )

    def rename_court(self, court: int) -> None:
        self._execute("UPDATE register.court SET name = name || '改' WHERE id = %s", self.register.courts[court])

    def delete(self, entity: int) -> None:
        if self.entities:
            gone = self.entities.pop(entity % len(self.entities))
            rows = self.register.connection.execute("SELECT id FROM register.listing WHERE entity_id = %s", (gone,))
            theirs = {row["id"] for row in rows}
            self._execute("DELETE FROM register.entity WHERE id = %s", gone)
            self.listings = [listing for listing in self.listings if listing not in theirs]

    def midnight(self, later: int) -> None:
        row = self.register.connection.execute("SELECT serving.today() AS today").fetchone()
        assert row is not None
        self.register.set_today(row["today"] + timedelta(days=later))

    def fold(self) -> None:
        self._execute("SELECT serving.fold_counts()")

    def rebuild(self) -> None:
        self._execute("SELECT serving.rebuild()")

    def _update(self, listing: int, changes: str, *values: Any) -> None:
        if self.listings:
            which = self.listings[listing % len(self.listings)]
            self._execute(f"UPDATE register.listing SET {changes} WHERE id = %s", *values, which)

    def _execute(self, statement: str, *values: Any) -> None:
        self.register.connection.execute(statement, values)


def differences(connection: psycopg.Connection[DictRow]) -> dict[str, int]:
    rows = connection.execute("SELECT place, number FROM serving.differences()").fetchall()
    return {row["place"]: row["number"] for row in rows if row["number"]}
