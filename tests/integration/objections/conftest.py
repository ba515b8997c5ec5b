from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.filing_world import World, world_in
from tests.integration.tips.seats import Seat, sit


@pytest.fixture(scope="module")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(database_url, "objecting", tmp_path_factory.mktemp("var")) as world:
        yield world


@pytest.fixture
def unlimited(world: World) -> None:
    world.execute("DELETE FROM sealed.unwrapping")
    world.execute("DELETE FROM register.review")
    world.execute("UPDATE register.listing SET state = 'published' WHERE state = 'suspended'")
    world.execute("UPDATE register.task SET done_on = begun_on WHERE done_on IS NULL")


@pytest.fixture
def clerk(world: World) -> Seat:
    return sit(world, "lin")
