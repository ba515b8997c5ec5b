"""Under any filter the counts over all tiles of any zoom add up to what the list holds."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.entities import tile_queries
from tests.integration.entities.contract import RICH, Asked, Listed, Listing, World, listed_kinds, questions, worlds
from tests.integration.entities.map_tiles import addresses, features, sums
from tests.integration.register import AREAS, CITY_BUBBLES, TODAY


@settings(max_examples=30, deadline=None)
@given(data=worlds, asked=questions, zooms=st.sets(st.integers(0, 18), min_size=1, max_size=3), counted=st.booleans())
def test_tiles_of_every_zoom_add_up_to_the_list(
    world: World,
    data: list[Listed],
    asked: Asked,
    zooms: set[int],
    counted: bool,  # noqa: FBT001  # whether today is the counted day
) -> None:
    with world.connection.transaction(force_rollback=True):
        if counted:
            world.connection.execute("UPDATE serving.count_day SET counted_on = serving.today()")
        world.fill(data)
        query = asked.query(world.register)
        expected = Counter(listed.kind for listed in data if asked.holds(listed))
        assert listed_kinds(world.client, query) == expected
        for z in zooms:
            assert sums(features(world.client, addresses(data, z), query)) == expected, z


@pytest.mark.parametrize("z", [0, 1, 2, 3, 6, 9, 12, 18])
def test_no_other_tile_counts_anybody_again(world: World, z: int) -> None:
    # Every tile there is up to zoom 3, then all tiles about those that can hold something.
    everywhere = (
        {(z, x, y) for x in range(1 << z) for y in range(1 << z)} if z <= 3 else addresses(RICH, z, around=True)
    )
    with world.connection.transaction(force_rollback=True):
        world.fill(RICH)
        assert sums(features(world.client, everywhere, "")) == listed_kinds(world.client, "")
        assert features(world.client, everywhere - addresses(RICH, z), "") == []


def bubbles(world: World, z: int) -> dict[str, int]:
    found = features(world.client, addresses(RICH, z), "kind=person")
    assert {feature["properties"]["class"] for feature in found} <= {"area"}
    return {f["properties"]["code"]: f["properties"]["counts"]["person"] for f in found}


def test_people_gather_in_the_bubbles_of_the_zoom(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        world.fill(RICH)
        provinces = Counter(code[:2] for code in AREAS)
        cities = Counter(CITY_BUBBLES.values())
        counties = Counter(AREAS.keys())
        for z in range(19):
            assert bubbles(world, z) == (provinces if z <= 5 else cities if z <= 8 else counties), z


def test_a_day_that_is_not_counted_yet_is_added(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.connection.transaction(force_rollback=True):
        world.connection.execute("UPDATE serving.count_day SET counted_on = serving.today()")
        world.fill(RICH)
        world.register.set_today(TODAY + timedelta(days=1))
        for query in ("", "notice=false", f"court={world.register.courts[2]}"):
            expected = listed_kinds(world.client, query)
            found = sums(features(world.client, {(0, 0, 0)}, query))
            assert found == expected
        # The control: without the second look yesterday's would be shown.
        monkeypatch.setattr(tile_queries, "replace", lambda shape, **_: shape)
        assert sums(features(world.client, {(0, 0, 0)}, query)) != expected


def test_only_areas_with_somebody_are_drawn(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        world.fill([Listed("person", "1301", None, (Listing(0, (1,), "current", None),))])
        found = features(world.client, {(0, 0, 0)}, "")
        assert [feature["properties"]["code"] for feature in found] == ["13"]
        assert features(world.client, {(0, 0, 0)}, "kind=company") == []
