"""A register that already held marks of the demo's notices keeps them, both ways, and loses what nobody signed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.rows import dict_row

from backend.core.migrations import migrate
from tests.databases import database_of_its_own
from tests.integration.register import Register

BEFORE = "0030"


@pytest.fixture
def own_url(database_url: str) -> Iterator[str]:
    with database_of_its_own(database_url, "upgraded") as url:
        yield url


def _go_back(url: str) -> None:
    """Undo this feature's migrations, and whatever came after them."""
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            row = connection.execute("SELECT max(version) FROM public.schema_migrations").fetchone()
            if row is None or str(row[0]) < BEFORE:
                return
            migrate(url, ["down"])


def _states(url: str) -> list[tuple[str, str, str]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT source, state, basis FROM register.notice ORDER BY state, source").fetchall()


def test_marks_of_the_demo_become_notices_and_back(own_url: str) -> None:
    _go_back(own_url)
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        register = Register(connection)
        demo = register.listing(register.entity(source="demo"), source="demo")
        ended = register.listing(register.entity(source="demo"), "ended", source="demo")
        court = register.listing(register.entity())
        for listing in (demo, ended, court):
            register.insert(
                "notice", listing_id=listing, kind="property", published_on="2026-01-01", ends_on="2099-01-01"
            )
    migrate(own_url)
    assert _states(own_url) == [("demo", "closed", "fixed"), ("demo", "published", "fixed")]
    with psycopg.connect(own_url, row_factory=dict_row) as connection:
        connection.execute("SELECT set_config('listings.today', '2026-03-01', true)")
        running = connection.execute("SELECT source FROM serving.running_notice").fetchall()
        assert running == [{"source": "demo"}]
    _go_back(own_url)
    with psycopg.connect(own_url) as connection:
        assert connection.execute("SELECT count(*) FROM register.notice").fetchone() == (1,)
    migrate(own_url)
    assert _states(own_url) == [("demo", "published", "fixed")]
