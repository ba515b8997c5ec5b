"""Builds the national register: fictional rows as an import would have written them, by set-based statements.

Triggers and foreign keys rest while it is filled (`session_replication_role`) and indexes are made afterwards; names
and serving tables are then made by the product's own functions.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiosql
import psycopg

from backend.areas.service import load_areas
from backend.config import ROOT, Settings
from backend.core import name_index
from backend.core.db import MIGRATIONS, Database, migrate
from backend.core.geo import tile_key
from backend.courts.service import load_courts
from backend.listings.service import fold_counts, rebuild_serving
from tests.bench.national.names import copy_names

_statements: Any = aiosql.from_path(Path(__file__).with_name("build.sql"), "psycopg")
# Rows a statement, so that progress shows and no sort grows out of memory.
_BATCH = 2_000_000
_FILLED = ("register.entity", "register.listing", "register.notice")
Say = Callable[[str], None]


def sibling(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return f"{url.rpartition('/')[0]}/{name}"


def ensure_national(url: str, name: str, *, areas: str, rows: int, ever: int, say: Say) -> str:
    """The address of a database with so many rows, built now unless this very one is there already."""
    target = sibling(url, name)
    with psycopg.connect(sibling(url, "postgres"), autocommit=True) as connection:
        held = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
        if held and _signature_of(target) == _signature(rows, ever):
            say(f"{name}: {rows:,} rows are there already")
            fold_counts(Database(target))
            return target
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        with _timed(say, f"{name}: schema, areas and courts"):
            _ensure_areas(url, areas)
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{url.rpartition("/")[2]}"')
    _build(target, rows, ever, lambda text: say(f"{name}: {text}"))
    return target


def _ensure_areas(url: str, areas: str) -> None:
    """Areas and courts in the cluster's first database, from which the others are copied."""
    database = Database(url)
    migrate(url)
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT EXISTS (SELECT 1 FROM register.court)").fetchone()
    if row != (True,):
        load_areas(Settings.from_environment({"VAR_DIR": str(ROOT / "var")}), database, areas, say=lambda _: None)
        load_courts(database, say=lambda _: None)
    database.close()


def _build(url: str, rows: int, ever: int, say: Say) -> None:
    with psycopg.connect(url) as connection:
        with _timed(say, "names"):
            _statements.prepare_bench(connection)
            _refuse_other_keys(connection)
            copy_names(connection, ever)
            _statements.make_counties(connection)
            connection.execute("ANALYZE bench.county, bench.person_name, bench.body_name")
        with _timed(say, f"{ever:,} entities with their listings"), _without_indexes(connection, say):
            _fill(connection, rows, ever)
        connection.execute("ANALYZE register.entity, register.listing, register.notice")
    database = Database(url)
    with _timed(say, "index of names"), database.transaction("operator") as operator:
        name_index.index_new_names(operator)
    with _timed(say, "serving tables"):
        rebuild_serving(database)
    with psycopg.connect(url) as connection, _timed(say, "points for the peers"):
        connection.execute("ANALYZE")
        _statements.fill_peers(connection)
        connection.execute("CREATE TABLE bench.signature AS SELECT %s AS value", (_signature(rows, ever),))
    with psycopg.connect(url, autocommit=True) as connection, _timed(say, "vacuum"):
        # Visibility and hint bits as weeks of production would have left them.
        connection.execute("VACUUM (ANALYZE)")


def _fill(connection: psycopg.Connection[Any], rows: int, ever: int) -> None:
    _statements.set_freshness(connection)
    import_file = _statements.insert_import_file(connection)
    cursor = psycopg.ClientCursor(connection)
    for first in range(1, ever + 1, _BATCH):
        last = min(first + _BATCH - 1, ever)
        values = {"first": first, "last": last, "rows": rows, "ever": ever, "import_file": str(import_file)}
        cursor.execute(_statements.fill_entities.sql, values)
        cursor.execute(_statements.fill_listings.sql, values)
    _statements.fill_notices(connection)


@contextmanager
def _without_indexes(connection: psycopg.Connection[Any], say: Say) -> Iterator[None]:
    """Triggers, foreign keys and all indexes but the primary keys' rest; the rows must keep them by themselves."""
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute("SET LOCAL synchronous_commit = off")
    # Truncated in the same transaction, so that nothing of the filling need be logged.
    connection.execute(f"TRUNCATE {', '.join(_FILLED)} CASCADE")
    dropped = connection.execute(
        "SELECT format('%%s.%%I', schemaname, indexname), indexdef, conname, conrelid::regclass::text,"
        " pg_get_constraintdef(pg_constraint.oid) FROM pg_indexes"
        " LEFT JOIN pg_constraint"
        " ON conindid = format('%%s.%%I', schemaname, indexname)::regclass AND contype IN ('p', 'u')"
        " WHERE schemaname || '.' || tablename = ANY(%s) AND contype IS DISTINCT FROM 'p'",
        (list(_FILLED),),
    ).fetchall()
    for index, _, constraint, table, _ in dropped:
        if constraint:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        else:
            connection.execute(f"DROP INDEX {index}")
    yield
    connection.execute("SET LOCAL session_replication_role = origin")
    connection.execute("SET LOCAL maintenance_work_mem = '1GB'")
    with _timed(say, f"  of which {len(dropped)} indexes"):
        for _, definition, constraint, table, rule in dropped:
            connection.execute(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {rule}" if constraint else definition)


def _refuse_other_keys(connection: psycopg.Connection[Any]) -> None:
    """The SQL twin of `backend.core.geo.tile_key` must agree with it, or tiles would be measured empty."""
    for lon, lat in ((114.5, 38.04), (87.6, 43.8), (110.3, 20.0)):
        row = connection.execute("SELECT bench.tile_key(%s, %s)", (lon, lat)).fetchone()
        assert row == (tile_key(lon, lat),), "bench.tile_key differs from backend.core.geo"


@contextmanager
def _timed(say: Say, what: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    say(f"{what}: {time.perf_counter() - started:.1f} s")


def _signature(rows: int, ever: int) -> str:
    """Changes with the size, the schema and this builder."""
    digest = hashlib.sha256(f"{rows} {ever}".encode())
    for path in (*sorted(MIGRATIONS.glob("*.sql")), *sorted(Path(__file__).parent.glob("build.*"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _signature_of(url: str) -> str | None:
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('bench.signature') IS NULL").fetchone() == (True,):
            return None
        row = connection.execute("SELECT value FROM bench.signature").fetchone()
    return str(row[0]) if row else None
