"""One throw-away PostgreSQL cluster for the whole run, and a transaction that is rolled back for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg.rows import DictRow, dict_row

from backend.config import Settings
from backend.core.cluster import Cluster
from backend.core.db import Database
from tests.databases import migrate_with_copies
from tests.ports import free_port

# A busy machine must not fail a test: nothing here asserts a time.
hypothesis_settings.register_profile("no timing", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("no timing")

# Browsers and whole servers take longest: their files begin first, so that no worker is left alone with one at the end.
_FIRST = ("e2e", "reliability")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.parent.name not in _FIRST)


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database of its own: DATABASE_URL's server is never touched by tests that do not ask for it."""
    pointer: Path = tmp_path_factory.mktemp("cluster") / "test-cluster.json"
    cluster = Cluster(pointer, durable=False, port=free_port())
    try:
        url = cluster.start()
        migrate_with_copies(url)
        yield url
    finally:
        cluster.remove()


@pytest.fixture(scope="session")
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def connection(database_url: str) -> Iterator[psycopg.Connection[DictRow]]:
    """A transaction as the cluster's superuser, rolled back after the test.

    A test that waits for another one's transaction fails after a minute, where it would wait for ever.
    """
    with psycopg.connect(database_url, row_factory=dict_row, options="-c lock_timeout=60s") as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def settings() -> Settings:
    return Settings.from_environment({})
