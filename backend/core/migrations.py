"""The schema's versions: bringing a database to this one with dbmate, and telling what it lacks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from backend.config import ROOT
from backend.core.db import connect
from backend.core.errors import OperatorError

MIGRATIONS = ROOT / "sql" / "migrations"


def migrate(url: str, arguments: Sequence[str] = ("up",)) -> None:
    """Bring a database to this version's schema with dbmate; a second run changes nothing.

    Raises:
        OperatorError: the server is away or refuses, the database is newer than this version, or a migration fails.
    """
    with connect(url) as connection:
        _refuse_newer(connection)
        explicit = url if "sslmode=" in url else _with_sslmode(url, ssl=connection.pgconn.ssl_in_use)
    program = Path(sys.executable).with_name("dbmate")
    command = [str(program), "--migrations-dir", str(MIGRATIONS), "--no-dump-schema", *arguments]
    environment = {**os.environ, "DATABASE_URL": explicit.replace("postgresql://", "postgres://", 1)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise OperatorError(f"The database could not be migrated: {''.join(last)}")


def pending_migrations(connection: psycopg.Connection[Any]) -> set[str]:
    """Versions of this code that the database lacks; readable by every role."""
    return _own_versions() - _applied_versions(connection)


def _refuse_newer(connection: psycopg.Connection[Any]) -> None:
    newer = _applied_versions(connection) - _own_versions()
    if newer:
        raise OperatorError(
            f"This database was migrated by a newer version of the program (it has {max(newer)}): update the program."
        )


def _own_versions() -> set[str]:
    return {path.name.partition("_")[0] for path in MIGRATIONS.glob("*.sql")}


def _applied_versions(connection: psycopg.Connection[Any]) -> set[str]:
    with connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
        if cursor.execute("SELECT to_regclass('public.schema_migrations') IS NULL").fetchone() == (True,):
            return set()
        return {version for (version,) in cursor.execute("SELECT version FROM public.schema_migrations")}


def _with_sslmode(url: str, *, ssl: bool) -> str:
    # dbmate's driver wants an explicit mode where libpq tries one after the other.
    return f"{url}{'&' if '?' in url else '?'}sslmode={'require' if ssl else 'disable'}"
