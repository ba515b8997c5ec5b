from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.filing_world import World, world_in
from tests.integration.tips.seats import Seat, sit


@pytest.fixture(scope="module")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(database_url, "tipping", tmp_path_factory.mktemp("var")) as world:
        world.kind = "tips"
        yield world


@pytest.fixture
def fresh(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which nothing has happened, for one test."""
    with world_in(database_url, "tipping_alone", tmp_path_factory.mktemp("var")) as world:
        world.kind = "tips"
        yield world


@pytest.fixture
def unlimited(world: World) -> None:
    """No limit on opening reached by other tests."""
    world.execute("DELETE FROM sealed.unwrapping")


@pytest.fixture
def clerk(world: World) -> Seat:
    return sit(world, "lin")


@pytest.fixture
def payer(world: World) -> Seat:
    return sit(world, "wu")
