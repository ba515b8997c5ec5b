from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from backend.core import proof
from tests.integration.conftest import client_on
from tests.integration.entities.contract import World
from tests.integration.register import Register
from tests.integration.visitors_of import Site


@pytest.fixture(scope="module")
def world(database_url: str) -> Iterator[World]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        yield World(connection, client_on(connection), Register(connection))
        connection.rollback()


@pytest.fixture
def site(connection: psycopg.Connection[DictRow]) -> Site:
    return Site.over(connection)


@pytest.fixture
def easy_proofs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work of a moment."""
    monkeypatch.setattr(proof, "MAX_NUMBER", 20)
