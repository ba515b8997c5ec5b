"""Builds the national register: fictional rows as an import would have written them, by set-based statements.

Triggers and foreign keys rest while it is filled (`session_replication_role`) and indexes are made afterwards, on two
cores; the index of names and the serving tables are then made by the product's own functions.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiosql
import psycopg
from psycopg.rows import scalar_row

from backend.areas.service import load_areas
from backend.config import ROOT, Settings
from backend.core import name_index
from backend.core.db import Database
from backend.core.geo import tile_key
from backend.core.migrations import MIGRATIONS, migrate
from backend.courts.service import load_courts
from backend.listings.service import fold_counts, rebuild_serving
from tests.bench.national.names import copy_names

_statements: Any = aiosql.from_path(Path(__file__).with_name("build.sql"), "psycopg")
# Rows a statement, so that progress shows and no sort grows out of memory.
_BATCH = 2_000_000
_AREAS = "areas"
# Triggers and foreign keys rest, since the rows keep them by themselves; all names are hashed in memory.
_FILLING = "-c session_replication_role=replica -c synchronous_commit=off -c work_mem=512MB"
Say = Callable[[str], None]


def sibling(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return f"{url.rpartition('/')[0]}/{name}"


def ensure_national(url: str, name: str, *, areas: str, rows: int, ever: int, say: Say) -> str:
    """The address of a database with so many rows, built now unless this very one is there already."""
    target, signature = sibling(url, name), _signature(areas, rows, ever)
    if _signature_of(url, name) == signature:
        say(f"{name}: {rows:,} rows are there already")
        fold_counts(Database(target))
        return target
    with _timed(say, f"{name}: schema, areas and courts"):
        _ensure_areas(url, areas)
        _recreate(url, name, template=_AREAS)
    _build(target, rows, ever, lambda text: say(f"{name}: {text}"))
    _sign(target, signature)
    return target


def _ensure_areas(url: str, areas: str) -> None:
    """A database with areas and courts alone, from which the others are copied."""
    target, signature = sibling(url, _AREAS), _signature(areas)
    if _signature_of(url, _AREAS) == signature:
        return
    _recreate(url, _AREAS, template="template1")
    migrate(target)
    database = Database(target)
    load_areas(Settings.from_environment({"VAR_DIR": str(ROOT / "var")}), database, areas, say=lambda _: None)
    load_courts(database, say=lambda _: None)
    database.close()
    _sign(target, signature)


def _recreate(url: str, name: str, *, template: str) -> None:
    with psycopg.connect(sibling(url, "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _build(url: str, rows: int, ever: int, say: Say) -> None:
    with _timed(say, "names"):
        _prepare(url, ever)
    with _timed(say, f"{ever:,} entities with their listings"):
        _fill(url, rows, ever, say)
    database = Database(url)
    with _timed(say, "index of names"), database.transaction("operator") as operator:
        name_index.index_new_names(operator)
    with _timed(say, "serving tables"):
        rebuild_serving(database)
    with psycopg.connect(url) as connection, _timed(say, "points for the peers"):
        connection.execute("ANALYZE")
        _statements.fill_peers(connection)
    with psycopg.connect(url, autocommit=True) as connection, _timed(say, "vacuum"):
        # Visibility and hint bits as weeks of production would have left them.
        connection.execute("VACUUM (ANALYZE)")


def _prepare(url: str, ever: int) -> None:
    with psycopg.connect(url) as connection:
        _statements.prepare_bench(connection)
        _refuse_other_keys(connection)
    copy_names(url, ever)
    with psycopg.connect(url) as connection:
        _statements.make_counties(connection)
        connection.execute("ANALYZE bench.county, bench.person_name, bench.body_name")


def _fill(url: str, rows: int, ever: int, say: Say) -> None:
    """Entities and listings beside each other, one connection each; a notice needs its listing."""
    with psycopg.connect(url) as connection:
        _statements.set_freshness(connection)
        import_file = str(_statements.insert_import_file(connection))
        kept = {table: _drop_indexes(connection, table) for table in ("register.entity", "register.listing")}
    values = {"rows": rows, "ever": ever, "import_file": import_file}
    with ThreadPoolExecutor(len(kept)) as threads:
        statements = (_statements.fill_entities.sql, _statements.fill_listings.sql)
        list(threads.map(lambda sql: _insert_in_batches(url, sql, ever, values), statements))
        with _timed(say, f"of which {sum(map(len, kept.values()))} indexes"):
            list(threads.map(lambda definitions: _execute_all(url, definitions), kept.values()))
    with psycopg.connect(url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        _statements.fill_notices(connection)
        connection.execute("ANALYZE register.entity, register.listing, register.notice")


def _insert_in_batches(url: str, sql: str, ever: int, values: dict[str, Any]) -> None:
    with psycopg.connect(url, options=_FILLING) as connection:
        for first in range(1, ever + 1, _BATCH):
            last = min(first + _BATCH - 1, ever)
            psycopg.ClientCursor(connection).execute(sql, {**values, "first": first, "last": last})


def _drop_indexes(connection: psycopg.Connection[Any], table: str) -> list[str]:
    """Drop a table's unique constraints and indexes, its primary key apart; returns what makes them again."""
    made_again = []
    for index, definition, constraint, rule in _statements.list_indexes(connection, table=table):
        if constraint:
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
            made_again.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {rule}")
        else:
            connection.execute(f"DROP INDEX {index}")
            made_again.append(definition)
    return made_again


def _execute_all(url: str, statements: list[str]) -> None:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement)


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


def _signature(*options: object) -> str:
    """Changes with the size, the schema and this builder."""
    digest = hashlib.sha256(repr(options).encode())
    here = Path(__file__).parent
    for path in (*sorted(MIGRATIONS.glob("*.sql")), *sorted(here.glob("build.*")), here / "names.py"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _signature_of(url: str, name: str) -> str | None:
    """What a finished database was signed with; None for one that is not there or was left half built."""
    with psycopg.connect(sibling(url, "postgres"), row_factory=scalar_row) as connection:
        return connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", (name,)
        ).fetchone()


def _sign(url: str, signature: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(f"COMMENT ON DATABASE \"{url.rpartition('/')[2]}\" IS '{signature}'")
