"""Whoever reads while the serving tables are swapped gets an answer, and the one or the other, never a mixture."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest
from flask.testing import FlaskClient
from psycopg.rows import dict_row

from backend.app import create_app
from backend.config import Settings
from backend.core.db import Database
from backend.core.geo import cell
from tests.databases import database_of_its_own
from tests.integration.conftest import WITHOUT_LIMITS
from tests.integration.register import Register
from tests.integration.serving.upkeep import differences

POINT = (114.5, 38.0)
TILE = "/v1/map/12/{}/{}.json".format(*cell(*POINT, 12))


@dataclass
class Reader(threading.Thread):
    """Asks again and again until it is told to stop; `seen` holds every total it was given."""

    client: FlaskClient
    path: str
    stop: threading.Event
    seen: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        while not self.stop.is_set():
            answer = self.client.get(self.path)
            if answer.status_code != 200:
                self.failures.append(answer.get_data(as_text=True))
                continue
            body = answer.get_json()
            if "features" in body:
                self.seen.append(sum(sum(f["properties"]["counts"].values()) for f in body["features"]))
            else:
                self.seen.append(len(body["items"]))


@pytest.fixture
def own_database(database_url: str) -> Iterator[Database]:
    with database_of_its_own(database_url, "swapped") as url:
        database = Database(url)
        yield database
        database.close()


def test_readers_go_on_while_tables_are_swapped(own_database: Database) -> None:
    app = create_app(Settings.from_environment(WITHOUT_LIMITS), own_database)
    with psycopg.connect(own_database.url, row_factory=dict_row) as connection:
        register = Register(connection)
        connection.execute("SET LOCAL listings.today = ''")
        for _ in range(8):
            _list_somebody(register)
    stop = threading.Event()
    readers = [
        Reader(app.test_client(), path, stop)
        for path in ("/v1/map/0/0/0.json", TILE, "/v1/entities?limit=100", "/v1/map/0/0/0.json?ground=1")
    ]
    for reader in readers:
        reader.start()
    try:
        for _ in range(6):
            with psycopg.connect(own_database.url, row_factory=dict_row) as connection:
                register.connection = connection
                connection.execute("SET LOCAL listings.bulk = 'on'")
                for _ in range(4):
                    _list_somebody(register)
                connection.execute("SELECT serving.rebuild()")
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    for reader in readers:
        assert reader.failures == []
        assert reader.seen == sorted(reader.seen)
        assert set(reader.seen) <= set(range(8, 33, 4))
        assert len(set(reader.seen)) > 1
    with psycopg.connect(own_database.url, row_factory=dict_row) as connection:
        assert differences(connection) == {}


def _list_somebody(register: Register) -> None:
    register.listing(register.entity("虚构有限公司", "company", point=POINT), term_ends_on=None)


def test_public_rights_outlive_a_swap(own_database: Database) -> None:
    with own_database.transaction("operator") as connection:
        connection.execute("SELECT serving.rebuild()")
    with own_database.read() as connection:
        assert connection.execute("SELECT count(*) AS n FROM serving.listed").fetchone() == {"n": 0}
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM serving.entity_row")
