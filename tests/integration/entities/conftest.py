from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.integration.conftest import client_on
from tests.integration.entities.contract import World
from tests.integration.register import Register


@pytest.fixture(scope="module")
def world(database_url: str) -> Iterator[World]:
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        yield World(connection, client_on(connection), Register(connection))
        connection.rollback()
