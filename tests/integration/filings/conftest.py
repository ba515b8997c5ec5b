from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.filing_world import World, world_in


@pytest.fixture(scope="module")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world_in(database_url, "filing", tmp_path_factory.mktemp("var")) as world:
        yield world


@pytest.fixture
def fresh(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world in which nothing has happened, for one test."""
    with world_in(database_url, "filing_alone", tmp_path_factory.mktemp("var")) as world:
        yield world
