"""Under any filter the counts over all tiles of any zoom add up to what the list holds."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import mapbox_vector_tile
import psycopg
import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import DictRow, dict_row

from backend.core.geo import cell, tile_bounds, wgs84_to_gcj02
from backend.entities import tile_queries
from tests.integration.conftest import Check, client_on
from tests.integration.register import AREAS, CITY_BUBBLES, POINTS, TODAY, Register

KINDS = ("person", "company", "organisation")
Address = tuple[int, int, int]


@dataclass(frozen=True)
class Listing:
    court: int
    grounds: tuple[int, ...]
    state: str
    notice: str | None


@dataclass(frozen=True)
class Listed:
    """One entity as it is put into the register; a person never has a point."""

    kind: str
    area: str
    point: tuple[float, float] | None
    listings: tuple[Listing, ...]


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
        current = [listing for listing in listed.listings if listing.state in ("current", "last_day")]
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

    def fill(self, world: list[Listed]) -> None:
        for number, listed in enumerate(world):
            entity = self.register.entity(f"虚构{number}", listed.kind, listed.area, point=listed.point)
            for listing in listed.listings:
                listing_id = self.register.listing(
                    entity, listing.state, listing.grounds, court_id=self.register.courts[listing.court]
                )
                if listing.notice:
                    self.register.notice(listing_id, listing.notice)


@pytest.fixture(scope="module")
def world(database_url: str) -> Iterator[World]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        yield World(connection, client_on(connection), Register(connection))
        connection.rollback()


def places(world: list[Listed]) -> list[tuple[float, float]]:
    return [label for _, label in AREAS.values()] + [listed.point for listed in world if listed.point]


def addresses(world: list[Listed], z: int, *, around: bool = False) -> set[Address]:
    """Every tile that can hold something at a zoom; with `around`, the eight tiles about each as well."""
    reach = (-1, 0, 1) if around else (0,)
    found = {cell(lon, lat, z) for lon, lat in places(world)}
    return {(z, x + i, y + j) for x, y in found for i in reach for j in reach if 0 <= x + i < 1 << z > y + j >= 0}


def features(client: FlaskClient, tiles: set[Address], query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for z, x, y in sorted(tiles):
        answer = client.get(f"/v1/map/{z}/{x}/{y}.json?{query}")
        assert answer.status_code == 200
        here = answer.get_json()["features"]
        assert len(here) <= 100
        bounds = tile_bounds(z, x, y)
        for feature in here:
            lon, lat = feature["geometry"]["coordinates"]
            assert bounds.west - 1e-6 <= lon <= bounds.east + 1e-6
            assert bounds.south - 1e-6 <= lat <= bounds.north + 1e-6
        found += here
    return found


def sums(found: list[dict[str, Any]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for properties in (feature["properties"] for feature in found):
        if properties["class"] == "entity":
            total[properties["kind"]] += 1
        else:
            total.update(properties["counts"])
    return +total


def listed_kinds(client: FlaskClient, query: str) -> Counter[str]:
    kinds: Counter[str] = Counter()
    cursor = ""
    while True:
        page = client.get(f"/v1/entities?{query}&limit=5{cursor}").get_json()
        kinds.update(item["kind"] for item in page["items"])
        if page["next"] is None:
            return kinds
        cursor = f"&cursor={page['next']}"


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


RICH = [
    *(Listed("person", area, None, (Listing(0, (1,), "current", None),)) for area in AREAS),
    *(Listed("company", "130108", point, (Listing(1, (2, 4), "current", "current"),)) for point in POINTS),
    *(Listed("organisation", "110101", POINTS[0], (Listing(2, (6,), "last_day", None),)) for _ in range(3)),
    *(Listed("company", "460105", None, (Listing(3, (3,), state, None),)) for state in ("current", "expired", "ended")),
    Listed("organisation", "46", (110.2, 20.03), (Listing(3, (5,), "future", "current"),)),
]


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


@pytest.mark.parametrize("z", [0, 6, 9, 12, 14, 18])
def test_vector_tiles_hold_the_same_features(world: World, z: int) -> None:
    with world.connection.transaction(force_rollback=True):
        world.fill(RICH)
        for address in addresses(RICH, z):
            path = "/v1/map/{}/{}/{}".format(*address)
            expected = world.client.get(f"{path}.json").get_json()["features"]
            raw = world.client.get(f"{path}.mvt").data
            layers = mapbox_vector_tile.decode(raw) if raw else {}
            for name in ("area", "cluster", "entity"):
                wanted = [
                    _flat(feature["properties"]) for feature in expected if feature["properties"]["class"] == name
                ]
                found = [feature["properties"] for feature in layers.get(name, {"features": []})["features"]]
                assert sorted(found, key=str) == sorted(wanted, key=str)


def _flat(properties: dict[str, Any]) -> dict[str, Any]:
    flat = {key: value for key, value in properties.items() if key not in ("class", "counts") and value is not None}
    return {**flat, **properties.get("counts", {})}


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


def test_a_bubble_stands_at_its_label_point(world: World, check: Check) -> None:
    with world.connection.transaction(force_rollback=True):
        world.fill(RICH)
        tile = world.client.get("/v1/map/0/0/0.json").get_json()
        check("Tile", tile)
        [hebei] = [feature for feature in tile["features"] if feature["properties"]["code"] == "13"]
        assert hebei == {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [114.5, 38.0]},
            "properties": {
                "class": "area",
                "code": "13",
                "name": "虚区13",
                "level": "province",
                "counts": {"person": 6, "company": 9, "organisation": 0},
            },
        }


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


def points_at(world: World, z: int, lon: float, lat: float) -> list[dict[str, Any]]:
    found = features(world.client, {(z, *cell(lon, lat, z))}, "kind=company&kind=organisation")
    return [feature["properties"] for feature in found if feature["properties"]["class"] != "area"]


def test_a_body_alone_in_its_cell_is_named(world: World, check: Check) -> None:
    with world.connection.transaction(force_rollback=True):
        body = world.register.entity("虚构有限公司", "company", point=(114.5, 38.0), source="demo")
        world.register.notice(world.register.listing(body))
        world.register.listing(body, court_id=world.register.courts[1])
        world.register.listing(body, "expired")
        for z in range(12, 19):
            [properties] = points_at(world, z, 114.5, 38.0)
            assert properties == {
                "class": "entity",
                "id": str(body),
                "kind": "company",
                "name": "虚构有限公司",
                "listings": 2,
                "notice": True,
                "source": "demo",
            }
        check("Tile", world.client.get("/v1/map/12/{}/{}.json".format(*cell(114.5, 38.0, 12))).get_json())


def test_coincident_bodies_stay_one_cluster(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        for kind in ("company", "company", "organisation"):
            world.register.listing(world.register.entity("虚构", kind, point=(114.5, 38.0)))
        for z in range(12, 19):
            assert points_at(world, z, 114.5, 38.0) == [
                {
                    "class": "cluster",
                    "count": 3,
                    "counts": {"person": 0, "company": 2, "organisation": 1},
                    "expansion_zoom": None,
                }
            ]


@settings(max_examples=25, deadline=None)
@given(
    point=st.tuples(st.floats(73, 135), st.floats(4, 53)),
    step=st.tuples(st.floats(-1, 1), st.floats(-1, 1)), scale=st.integers(0, 24), z=st.integers(12, 18),
)  # fmt: skip
def test_a_cluster_opens_at_its_expansion_zoom_and_not_before(
    world: World, point: tuple[float, float], step: tuple[float, float], scale: int, z: int
) -> None:
    other = point[0] + step[0] / 2**scale, point[1] + step[1] / 2**scale
    with world.connection.transaction(force_rollback=True):
        for place in (point, other):
            world.register.listing(world.register.entity("虚构", "company", point=place))
        here = points_at(world, z, *point)
        clusters = [properties for properties in here if properties["class"] == "cluster"]
        together = cell(*point, z + 3) == cell(*other, z + 3)
        assert bool(clusters) == together
        if clusters:
            expected = next((zoom for zoom in range(z, 19) if cell(*point, zoom + 3) != cell(*other, zoom + 3)), None)
            assert clusters[0]["expansion_zoom"] == expected


def test_a_cluster_stands_at_the_mean_of_its_bodies(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        for point in ((114.5, 38.0), (114.50001, 38.00002)):
            world.register.listing(world.register.entity("虚构", "company", point=point))
        [cluster] = features(world.client, {(12, *cell(114.5, 38.0, 12))}, "")
        assert cluster["geometry"]["coordinates"] == pytest.approx([114.500005, 38.00001], abs=1e-7)


def test_gcj02_moves_the_answer_and_not_the_tile(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        world.fill(RICH)
        x, y = cell(114.5, 38.0, 12)
        plain = world.client.get(f"/v1/map/12/{x}/{y}.json").get_json()["features"]
        shifted = world.client.get(f"/v1/map/12/{x}/{y}.json?crs=gcj02").get_json()["features"]
        assert plain
        assert [feature["properties"] for feature in plain] == [feature["properties"] for feature in shifted]
        for before, after in zip(plain, shifted, strict=True):
            expected = wgs84_to_gcj02(*before["geometry"]["coordinates"])
            assert after["geometry"]["coordinates"] == pytest.approx(expected, abs=2e-7)


def test_tiles_name_nobody_and_may_be_shared(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        person = world.register.entity("甄虚构")
        world.register.listing(person)
        for z in (0, 7, 10, 14):
            x, y = cell(*AREAS["130108"][1], z)
            for form in ("json", "mvt"):
                answer = world.client.get(f"/v1/map/{z}/{x}/{y}.{form}")
                assert answer.headers["Cache-Control"] == "public, max-age=30"
                assert b"130108" in answer.data or z < 9
                assert "甄虚构".encode() not in answer.data
                assert str(person).encode() not in answer.data


def test_a_full_tile_has_at_most_a_hundred_features(world: World) -> None:
    with world.connection.transaction(force_rollback=True):
        bounds = tile_bounds(12, *cell(114.5, 38.0, 12))
        for number in range(400):
            lon = bounds.west + (bounds.east - bounds.west) * (number % 20 + 0.5) / 20
            lat = bounds.south + (bounds.north - bounds.south) * (number // 20 + 0.5) / 20
            world.register.listing(world.register.entity("虚构", "company", point=(lon, lat)))
        found = features(world.client, {(12, *cell(114.5, 38.0, 12))}, "")
        assert len(found) == 64
        assert sum(feature["properties"]["count"] for feature in found) == 400


def test_an_unknown_court_is_refused(world: World) -> None:
    for path in ("/v1/map/0/0/0.json", "/v1/map/0/0/0.mvt"):
        answer = world.client.get(f"{path}?court={uuid.uuid4()}")
        assert answer.status_code == 422
        assert answer.get_json()["errors"][0]["pointer"] == "/query/court"
