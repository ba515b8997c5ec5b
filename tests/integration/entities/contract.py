"""Who is listed under which filters, in plain Python: what lists and tiles are held against."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from flask.testing import FlaskClient
from hypothesis import strategies as st
from psycopg.rows import DictRow

from tests.integration.register import AREAS, POINTS, Register

KINDS = ("person", "company", "organisation")


@dataclass(frozen=True)
class Listing:
    court: int
    grounds: tuple[int, ...]
    state: str
    notice: str | None
    published_on: str = "2025-01-01"


@dataclass(frozen=True)
class Listed:
    """One entity as it is put into the register; a person never has a point."""

    kind: str
    area: str
    point: tuple[float, float] | None
    listings: tuple[Listing, ...]

    @property
    def current(self) -> list[Listing]:
        return [listing for listing in self.listings if listing.state in ("current", "last_day")]


@dataclass(frozen=True)
class Asked:
    """Filters as a caller asks them."""

    kinds: tuple[str, ...] = ()
    grounds: tuple[int, ...] = ()
    notice: bool | None = None
    court: int | None = None

    def query(self, register: Register) -> str:
        parts = [f"kind={kind}" for kind in self.kinds] + [f"ground={ground}" for ground in self.grounds]
        if self.notice is not None:
            parts.append(f"notice={str(self.notice).lower()}")
        if self.court is not None:
            parts.append(f"court={register.courts[self.court]}")
        return "&".join(parts)

    def holds(self, listed: Listed) -> bool:
        """The contract in plain Python, to hold the SQL against."""
        current = listed.current
        has_notice = any(listing.notice in ("current", "last_day") for listing in current)
        return (
            any(
                (self.court is None or listing.court == self.court)
                and (not self.grounds or bool(set(self.grounds) & set(listing.grounds)))
                for listing in current
            )
            and (not self.kinds or listed.kind in self.kinds)
            and (self.notice is None or self.notice == has_notice)
        )


listings = st.builds(
    Listing,
    court=st.integers(0, 3),
    grounds=st.sets(st.integers(1, 6), min_size=1, max_size=3).map(lambda grounds: tuple(sorted(grounds))),
    state=st.sampled_from(["current", "current", "current", "last_day", "expired", "future", "ended"]),
    notice=st.sampled_from([None, None, "current", "last_day", "expired", "future"]),
    published_on=st.sampled_from(["2024-06-30", "2025-01-01", "2025-01-02"]),
)
points = st.sampled_from(POINTS) | st.tuples(st.floats(73, 135), st.floats(4, 53))
listed_people = st.builds(
    Listed, kind=st.just("person"), area=st.sampled_from(sorted(AREAS)), point=st.none(),
    listings=st.lists(listings, min_size=1, max_size=3).map(tuple),
)  # fmt: skip
listed_bodies = st.builds(
    Listed, kind=st.sampled_from(KINDS[1:]), area=st.sampled_from(sorted(AREAS)), point=points | st.none(),
    listings=st.lists(listings, min_size=1, max_size=3).map(tuple),
)  # fmt: skip
worlds = st.lists(listed_people | listed_bodies, max_size=14)
questions = st.builds(
    Asked,
    kinds=st.sets(st.sampled_from(KINDS), max_size=2).map(lambda kinds: tuple(sorted(kinds))),
    grounds=st.sets(st.integers(1, 6), max_size=3).map(lambda grounds: tuple(sorted(grounds))),
    notice=st.sampled_from([None, None, True, False]),
    court=st.sampled_from([None, None, 0, 1, 2, 3]),
)


@dataclass(frozen=True)
class World:
    """A register that is filled and emptied again and again on one connection."""

    connection: psycopg.Connection[DictRow]
    client: FlaskClient
    register: Register

    def fill(self, world: list[Listed]) -> list[uuid.UUID]:
        """The ids of the entities, in the order of the world."""
        return [self._add(number, listed) for number, listed in enumerate(world)]

    def _add(self, number: int, listed: Listed) -> uuid.UUID:
        entity = self.register.entity(f"虚构{number}", listed.kind, listed.area, point=listed.point)
        for listing in listed.listings:
            # One that begins tomorrow has a day of its own.
            day = {} if listing.state == "future" else {"published_on": listing.published_on}
            listing_id = self.register.listing(
                entity, listing.state, listing.grounds, court_id=self.register.courts[listing.court], **day
            )
            if listing.notice:
                self.register.notice(listing_id, listing.notice)
        return entity


def pages(client: FlaskClient, query: str, limit: int = 5) -> Iterator[dict[str, Any]]:
    """The items of a list through all its pages."""
    cursor = ""
    while True:
        answer = client.get(f"/v1/entities?{query}&limit={limit}{cursor}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        page = answer.get_json()
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def listed_kinds(client: FlaskClient, query: str) -> Counter[str]:
    return Counter(item["kind"] for item in pages(client, query))


RICH = [
    *(Listed("person", area, None, (Listing(0, (1,), "current", None),)) for area in AREAS),
    *(Listed("company", "130108", point, (Listing(1, (2, 4), "current", "current"),)) for point in POINTS),
    *(Listed("organisation", "110101", POINTS[0], (Listing(2, (6,), "last_day", None),)) for _ in range(3)),
    *(Listed("company", "460105", None, (Listing(3, (3,), state, None),)) for state in ("current", "expired", "ended")),
    Listed("organisation", "46", (110.2, 20.03), (Listing(3, (5,), "future", "current"),)),
]
