from __future__ import annotations

from typing import Any

import mapbox_vector_tile
import pytest

from tests.integration.entities.contract import RICH, World
from tests.integration.entities.map_tiles import addresses


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
