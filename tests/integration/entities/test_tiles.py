"""What stands in a single tile."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.core.geo import cell, tile_bounds, wgs84_to_gcj02
from tests.integration.conftest import Check
from tests.integration.entities.contract import RICH, World
from tests.integration.entities.map_tiles import features
from tests.integration.register import AREAS


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
                "name_en": None,
                "level": "province",
                "counts": {"person": 6, "company": 9, "organisation": 0},
            },
        }


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
