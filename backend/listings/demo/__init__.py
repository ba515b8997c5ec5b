"""Fictional listings in the official feed's form, the same for the same seed, day, areas and courts.

They go through the same import as a court's file, with `source = demo`, which marks every one of them. Names are
invented, credit codes have division 999999, case numbers a year to come, masked IDs an area part that is nobody's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from backend.core.db import Connection
from backend.core.errors import OperatorError
from backend.listings import queries
from backend.listings.demo.bodies import draw_address, draw_body
from backend.listings.demo.cases import CaseBook
from backend.listings.demo.people import draw_person, example_person
from backend.listings.demo.spread import Quota, spread

_SEED = 20_990_101
Point = tuple[float, float]
Record = dict[str, object]


@dataclass(frozen=True)
class Demo:
    """Everything drawn beforehand: who stands where, and the points that bodies may have."""

    listings: int
    quotas: Sequence[Quota]
    points: Mapping[str, Sequence[Point]]
    today: date

    @classmethod
    def prepare(cls, connection: Connection, home_area: str, listings: int) -> Demo:
        """Plan a demo for the areas and courts that the register holds.

        Raises:
            OperatorError: there are none.
        """
        counties = queries.list_demo_counties(connection)
        if not counties:
            raise OperatorError("No courts are loaded: load areas and courts first.")
        quotas = spread(counties, home_area, listings, _random(_SEED))
        wanted = {quota.county["code"]: quota.bodies for quota in quotas if quota.bodies}
        points = queries.draw_points(connection, wanted, _SEED)
        return cls(listings, quotas, points, queries.find_today(connection))

    def records(self) -> Iterator[Record]:
        """Exactly `listings` records, the home county's first; the very first is the example's."""
        return islice(self._endless(), self.listings)

    def _endless(self) -> Iterator[Record]:
        rng = _random(_SEED + 1)
        book = CaseBook.opened(rng, self.today)
        neighbours = _neighbours(self.quotas)
        yield {**example_person(self.today), **book.draw(self.quotas[0].county, alone=True)}
        while True:  # quotas are rounded: a second round fills what the first left open
            for quota in self.quotas:
                for _ in range(quota.people):
                    yield from _person(rng, book, quota.county, neighbours)
                for place in range(quota.bodies):
                    yield from _body(rng, book, quota.county, self._point(rng, quota.county["code"], place))

    def _point(self, rng: random.Random, area_code: str, place: int) -> Point | None:
        """A point of the county, now and then the same for several bodies; None where no outline is drawn."""
        points = self.points.get(area_code, ())
        if not points:
            return None
        return points[place % len(points)] if rng.random() < 0.8 else points[0]


def _person(
    rng: random.Random, book: CaseBook, county: Mapping[str, Any], neighbours: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Record]:
    """A person's listings: most stand in the court's own area, some in the county a neighbouring court's file names."""
    who = draw_person(rng, book.today)
    near = neighbours[county["code"][:4]]
    for nth in range(_how_many(rng)):
        court = county if rng.random() < 0.78 else rng.choice(near)
        named = {} if court is county and rng.random() < 0.95 else {"area_code": county["code"]}
        yield {**who, **book.draw(court, alone=nth > 0), **named}


def _body(rng: random.Random, book: CaseBook, county: Mapping[str, Any], point: Point | None) -> Iterator[Record]:
    """A body's listings; one in eight has no address, and some addresses are such that no point may be shown."""
    who = draw_body(rng, county["name"])
    address: Record = {}
    if point and rng.random() < 0.88:
        residential = rng.random() < 0.06
        address = {
            "registered_address": draw_address(rng, county["name"], residential=residential),
            "registered_lon": f"{point[0]:.6f}",
            "registered_lat": f"{point[1]:.6f}",
        }
    for nth in range(_how_many(rng)):
        yield {**who, **book.draw(county, alone=nth > 0), **address, "area_code": county["code"]}


def _how_many(rng: random.Random) -> int:
    chance = rng.random()
    return 1 if chance < 0.88 else 2 if chance < 0.98 else 3


def _random(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  # made to be the same each time; nothing is secured by it


def _neighbours(quotas: Sequence[Quota]) -> dict[str, list[Mapping[str, Any]]]:
    near: dict[str, list[Mapping[str, Any]]] = {}
    for quota in quotas:
        near.setdefault(quota.county["code"][:4], []).append(quota.county)
    return near
