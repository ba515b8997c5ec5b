from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import DictRow

from backend.areas.service import read_source, store_areas
from tests.integration.conftest import client_on

FICTIONAL = Path(__file__).parents[2] / "data" / "areas" / "fictional.geojson"


@pytest.fixture
def fictional(connection: psycopg.Connection[DictRow]) -> psycopg.Connection[DictRow]:
    """A transaction in which the invented province is loaded."""
    store_areas(connection, read_source(str(FICTIONAL), Path()))
    return connection


@pytest.fixture
def client(fictional: psycopg.Connection[DictRow]) -> FlaskClient:
    return client_on(fictional)
