"""Map tiles as a reader asks for them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask.testing import FlaskClient

from backend.core.geo import cell, tile_bounds
from tests.integration.entities.contract import Listed
from tests.integration.register import AREAS

Address = tuple[int, int, int]


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
