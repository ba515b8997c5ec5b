from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.areas.service import read_source, store_areas

FICTIONAL = Path(__file__).parents[2] / "data" / "areas" / "fictional.geojson"


@pytest.fixture
def fictional(connection: psycopg.Connection[DictRow]) -> psycopg.Connection[DictRow]:
    """A transaction in which the invented province is loaded, without courts."""
    store_areas(connection, read_source(str(FICTIONAL), Path()))
    return connection
