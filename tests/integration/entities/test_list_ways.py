"""Lists in a box and about a position, by every way a statement may take, hold what the contract in Python says."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from backend.entities import list_in_box, list_queries
from tests.integration.entities.contract import Asked, Listed, Listing, World, pages, questions, worlds
from tests.integration.register import AREAS, POINTS

# Metres in a degree of latitude at the position asked for, within a thousandth.
DEGREE_M = 111_000
POSITION = (114.5, 38.0)


@dataclass(frozen=True)
class Box:
    west: float
    south: float
    east: float
    north: float

    def holds(self, listed: Listed) -> bool:
        _, label = AREAS[listed.area]
        lon, lat = listed.point or label
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def query(self) -> str:
        return f"bbox={self.west!r},{self.south!r},{self.east!r},{self.north!r}"


def box_about(centre: tuple[float, float], width: float, height: float) -> Box:
    lon, lat = centre
    return Box(lon - width, lat - height, lon + width, lat + height)


# The smaller ones are covered by few cells.
boxes = st.builds(
    box_about,
    st.sampled_from([POSITION, (114.52, 38.02), *POINTS, *(label for _, label in AREAS.values())]),
    *(st.sampled_from([0.0005, 0.05, 0.06, 1.0, 20.0]) for _ in range(2)),
)
near_points = st.builds(
    lambda east, north: (POSITION[0] + east, POSITION[1] + north), *(st.floats(-0.06, 0.06) for _ in range(2))
)
listings = st.builds(
    Listing, court=st.integers(0, 3), grounds=st.sampled_from([(1,), (2, 3)]), state=st.just("current"),
    notice=st.none(), published_on=st.sampled_from(["2024-06-30", "2025-01-01"]),
)  # fmt: skip
close_bodies = st.builds(
    Listed, kind=st.sampled_from(["company", "organisation"]), area=st.sampled_from(["130108", "110101"]),
    point=near_points, listings=st.tuples(listings),
)  # fmt: skip
box_worlds = st.builds(list.__add__, worlds, st.lists(close_bodies, min_size=4, max_size=10))


@pytest.fixture
def fresh_statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Statements composed with other limits are forgotten before and after."""
    list_queries._statement.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    list_queries._statement.cache_clear()


@pytest.fixture(
    params=[(2000, 60, 64), (0, 60, 64), (0, 60, 0), (2000, 0, 64), (0, 0, 0)],
    ids=["few", "many points", "many points and cells", "many areas", "many of everything"],
)
def limits(request: pytest.FixtureRequest, fresh_statements: pytest.MonkeyPatch) -> None:
    for name, limit in zip(("_FEW_POINTS", "_FEW_AREAS", "_FEW_CELLS"), request.param, strict=True):
        fresh_statements.setattr(list_in_box, name, limit)


def newest_first(asked: Asked, box: Box, world: list[Listed], ids: list[uuid.UUID]) -> list[str]:
    found = [
        (max(listing.published_on for listing in listed.current), str(entity))
        for listed, entity in zip(world, ids, strict=True)
        if asked.holds(listed) and box.holds(listed)
    ]
    return [entity for _, entity in sorted(found, reverse=True)]


@pytest.mark.usefixtures("limits")
def test_a_box_holds_whom_the_contract_says_by_every_way(world: World) -> None:
    @hypothesis_settings(max_examples=25)
    @given(data=box_worlds, asked=questions, box=boxes, limit=st.sampled_from([2, 5, 30]))
    def holds(data: list[Listed], asked: Asked, box: Box, limit: int) -> None:
        with world.connection.transaction(force_rollback=True):
            expected = newest_first(asked, box, data, world.fill(data))
            found = pages(world.client, f"{box.query()}&{asked.query(world.register)}", limit)
            assert [item["id"] for item in found] == expected

    holds()


def body_at(fraction: float, radius_m: float) -> Listed:
    """North of the position by a fraction of the radius."""
    point = (POSITION[0], POSITION[1] + fraction * radius_m / DEGREE_M)
    return Listed("company", "130108", point, (Listing(0, (1,), "current", None),))


# On both sides of a 64th, an eighth and the whole of the radius.
FRACTIONS = (0.0, 0.01, 0.015, 0.017, 0.06, 0.12, 0.13, 0.5, 0.99, 1.01)


@pytest.mark.parametrize("radius_m", [500, 50_000])
def test_near_lists_run_on_from_reach_to_reach(
    world: World, fresh_statements: pytest.MonkeyPatch, radius_m: int
) -> None:
    # A statement for two looks within the inner reaches wherever they hold three.
    fresh_statements.setattr(list_queries, "_PAGES", (2, 100))

    @hypothesis_settings(max_examples=20)
    @given(fractions=st.lists(st.sampled_from(FRACTIONS), max_size=16), limit=st.sampled_from([1, 2, 100]))
    def runs_on(fractions: list[float], limit: int) -> None:
        with world.connection.transaction(force_rollback=True):
            ids = world.fill([body_at(fraction, radius_m) for fraction in fractions])
            placed = zip(fractions, map(str, ids), strict=True)
            expected = [entity for _, entity in sorted(pair for pair in placed if pair[0] < 1)]
            found = pages(world.client, f"near={POSITION[0]},{POSITION[1]}&radius_m={radius_m}", limit)
            assert [item["id"] for item in found] == expected

    runs_on()


def test_cells_are_filtered_like_everything_else(world: World, fresh_statements: pytest.MonkeyPatch) -> None:
    fresh_statements.setattr(list_in_box, "_FEW_POINTS", 0)
    register = world.register
    with world.connection.transaction(force_rollback=True):
        wanted = register.entity("甲虚构有限公司", "company", point=POSITION)
        register.listing(wanted)
        for kind, place in (("organisation", POSITION), ("company", (POSITION[0] + 0.03, POSITION[1]))):
            register.listing(register.entity("乙虚构单位", kind, point=place))
        found = pages(world.client, f"{box_about(POSITION, 0.01, 0.01).query()}&kind=company")
        assert [one["id"] for one in found] == [str(wanted)]
