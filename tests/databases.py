"""Databases of tests' own, for what commits: copies of a migrated one, since migrating each anew would take seconds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from backend.core.migrations import migrate

_MIGRATED = "migrated"


def migrate_with_copies(url: str) -> None:
    """Migrate the server's first database, and keep a copy for `make_database` that nobody can change."""
    migrate(url)
    _run(url, f"CREATE DATABASE {_MIGRATED} TEMPLATE {url.rpartition('/')[2]} ALLOW_CONNECTIONS false")


def make_database(server_url: str, name: str, template: str = _MIGRATED) -> str:
    """The address of a new database on a server, in the place of any of that name: migrated, or a copy of another."""
    _run(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server_url.rpartition('/')[0]}/{name}"


@contextmanager
def database_of_its_own(server_url: str, name: str, template: str = _MIGRATED) -> Iterator[str]:
    """As `make_database`; dropped afterwards."""
    try:
        yield make_database(server_url, name, template)
    finally:
        _run(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _run(server_url: str, *statements: str) -> None:
    # From another database: nobody may be connected to one that is copied.
    with psycopg.connect(f"{server_url.rpartition('/')[0]}/postgres", autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
