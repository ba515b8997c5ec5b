"""A fictional province 99 with two counties and two courts.

An import is a transaction of its own, so what it does is committed: in a second database of the test server, that no
other feature's test looks at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row

from backend.clocks.service import load_clocks
from backend.config import Settings
from backend.core.db import Database
from backend.core.names import fold
from tests.databases import make_database
from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk
from tests.integration.listings.lists import COURTS, Importer

_AREAS = (
    ("99", "示例省", "province", None, 110.0, 30.0, 112.0),
    ("9901", "示例市", "city", "99", 110.0, 30.0, 112.0),
    ("990101", "甲区", "county", "9901", 110.0, 30.0, 111.0),
    ("990102", "乙区", "county", "9901", 111.0, 30.0, 112.0),
)


@pytest.fixture(scope="session")
def imports_url(database_url: str) -> str:
    """Address of a database with areas and courts."""
    url = make_database(database_url, "imports")
    load_courts(url)
    return url


@pytest.fixture
def importer(imports_url: str, tmp_path: Path) -> Iterator[Importer]:
    """Imports into an emptied register, with an identity key of its own; emptied again afterwards."""
    _empty(imports_url)
    database = Database(imports_url)
    yield Importer(database, Settings.from_environment({"VAR_DIR": str(tmp_path / "var")}), tmp_path)
    database.close()
    _empty(imports_url)


@pytest.fixture
def register(imports_url: str, importer: Importer) -> Iterator[psycopg.Connection[DictRow]]:  # noqa: ARG001
    """A connection that sees what imports left behind."""
    with psycopg.connect(imports_url, row_factory=dict_row, autocommit=True) as connection:
        yield connection


@pytest.fixture
def desk(importer: Importer, imports_url: str) -> Iterator[ListDesk]:
    load_clocks(Database(imports_url))
    made = ListDesk(importer, imports_url)
    yield made
    made.leave()


@pytest.fixture
def clerk(desk: ListDesk) -> Seat:
    return desk.seat("clerk")


@pytest.fixture
def approver(desk: ListDesk) -> Seat:
    return desk.seat("approver")


def load_courts(url: str) -> None:
    """The fictional province, its courts, and a court name that both of them share."""
    with psycopg.connect(url) as connection:
        for code, name, level, parent, west, south, east in _AREAS:
            connection.execute(
                "INSERT INTO register.area (code, name, level, parent_code, city_bubble_code, label_point,"
                " label_tile_x, label_tile_y, outline, provider, provider_version, provider_crs)"
                " VALUES (%s, %s, %s, %s, %s,"
                " ST_SetSRID(ST_MakePoint(%s, %s), 4326), 0, 0,"
                " ST_Multi(ST_MakeEnvelope(%s, %s, %s, %s, 4326)),"
                " 'test', '1', 'EPSG:4326')",
                (code, name, level, parent, code[:4], west + 0.5, south + 0.5, west, south, east, south + 1),
            )
        for court in COURTS:
            connection.execute(
                "INSERT INTO register.court (id, code, name, level, area_code, by_rule)"
                " VALUES (%s, %s, %s, 'basic', %s, false)",
                (court.id, court.code, court.name, court.area_code),
            )
            for name in (court.name, "同名法院"):
                connection.execute(
                    "INSERT INTO register.court_name VALUES (%s, %s) ON CONFLICT DO NOTHING", (fold(name), court.id)
                )


def _empty(url: str) -> None:
    with psycopg.connect(url) as connection:
        tables: Any = "register.entity, register.listing, register.import_file, register.installation"
        connection.execute(f"TRUNCATE {tables} CASCADE")
        connection.execute("UPDATE register.court SET as_of = NULL")
