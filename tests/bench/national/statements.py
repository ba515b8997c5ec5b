"""The SQL of a request, taken from the server's own code as it runs, as scripts for pgbench.

Each sampled request is answered once in this process while every statement that it sends is written down with its
values. Requests that send the same statements share one script, which prepares them once a connection, draws the
values of one request from `bench.parameter` by a fetch of its own, and executes them; a script of that fetch alone is
measured beside it and taken off. Prepared by SQL, since pgbench's own way makes two parameters of one named twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from flask.testing import FlaskClient
from psycopg.adapt import PyFormat, Transformer

from backend.app import create_app
from backend.config import Settings
from backend.core import db
from backend.core.db import Database
from backend.entities import statements as entity_statements

_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([sbt%])")
_NUMBERED = re.compile(r"\$(\d+)")
_COMMENT = re.compile(r"--[^\n]*")
# Of each script's variable that says whether a connection knows its statements.
READY = "ready_"
# pgbench takes 128; rarer shapes than these hardly count.
_MOST_SCRIPTS = 60
_INTEGER_MAX = 2**31 - 1


@dataclass(frozen=True)
class Statement:
    """One statement with `$1`, `$2` … and its values as PostgreSQL's literals."""

    text: str
    values: tuple[str, ...]

    @classmethod
    def read(cls, query: str, parameters: Any) -> Statement:
        values: list[str] = []
        places: dict[str, str] = {}
        given = iter(parameters) if isinstance(parameters, Sequence) else None

        def place(match: re.Match[str]) -> str:
            if match[2] == "%":
                return "%"
            if match[1] in places:
                return places[match[1]]
            value = parameters[match[1]] if match[1] else next(given or iter(()))
            written = "NULL"
            if value is not None:
                text, kind = _as_text(value)
                values.append("'" + text.replace("'", "''") + "'")
                written = f"${len(values)}::{kind}" if kind else f"${len(values)}"
            if match[1]:
                places[match[1]] = written
            return written

        text = _COMMENT.sub("", _PLACEHOLDER.sub(place, query)) if parameters else _COMMENT.sub("", query)
        return cls(text.strip().rstrip(";"), tuple(values))


def _as_text(value: Any) -> tuple[str, str]:
    """A value in PostgreSQL's text form, and its type's name; empty where the server finds it out by itself."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value), "bigint" if abs(value) > _INTEGER_MAX else "integer"
    transformer = Transformer()
    dumper = transformer.get_dumper(value, PyFormat.TEXT)
    text = bytes(dumper.dump(value) or b"").decode()
    found = psycopg.adapters.types.get(dumper.oid)
    if found is None or isinstance(value, str):
        return text, ""
    return text, f"{found.name}[]" if dumper.oid == found.array_oid else found.name


@dataclass(frozen=True)
class Scripts:
    """pgbench's scripts with their weights, and those of the fetch of values alone."""

    whole: Sequence[tuple[Path, int]]
    fetch: Sequence[tuple[Path, int]]


@contextmanager
def in_process(url: str) -> Iterator[FlaskClient]:
    """The product in this process, to be asked for what it sends."""
    database = Database(url)
    yield create_app(Settings.from_environment({"RATE_LIMITS": "off", "HOST": "127.0.0.1"}), database).test_client()
    database.close()


def capture(url: str, client: FlaskClient, paths: Sequence[str], folder: Path, kind: str) -> Scripts:
    """Write the scripts of a kind of request into `folder`, and its values into `bench.parameter`."""
    shapes: defaultdict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for statements in _statements_of(client, paths):
        arguments = [", ".join(statement.values) for statement in statements]
        shapes[tuple(statement.text for statement in statements)].append(arguments)
    counted = Counter({shape: len(rows) for shape, rows in shapes.items()}).most_common(_MOST_SCRIPTS)
    whole, fetch = [], []
    with psycopg.connect(url) as connection:
        for number, (shape, weight) in enumerate(counted):
            name = f"{kind}_{number}"
            _store(connection, name, shapes[shape])
            whole.append((_write(folder / f"{name}.sql", name, shape, shapes[shape]), weight))
            fetch.append((_write(folder / f"{name}_fetch.sql", name, (), shapes[shape]), weight))
    return Scripts(whole, fetch)


def _statements_of(client: FlaskClient, paths: Sequence[str]) -> Iterator[list[Statement]]:
    client.get(paths[0])
    for path in paths:
        with _recorded() as sent:
            client.get(path)
        yield [Statement.read(query, parameters) for query, parameters in sent]


@contextmanager
def _recorded() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent, with its parameters: psycopg's own and those that go by libpq's call."""
    sent: list[tuple[str, Any]] = []
    execute, run = psycopg.Cursor.execute, db.run_prepared

    def record(cursor: psycopg.Cursor[Any], query: Any, params: Any = None, **options: Any) -> psycopg.Cursor[Any]:
        sent.append((query if isinstance(query, str) else query.decode(), params))
        return execute(cursor, query, params, **options)

    def record_prepared(connection: Any, sql: str, parameters: Sequence[str], *rest: Any) -> Any:
        named = {str(number): value for number, value in enumerate(parameters, start=1)}
        sent.append((_NUMBERED.sub(r"%(\1)s", sql.replace("%", "%%")), named))
        return run(connection, sql, parameters, *rest)

    with (
        patch.object(psycopg.Cursor, "execute", record),
        patch.object(db, "run_prepared", record_prepared),
        patch.object(entity_statements, "run_prepared", record_prepared),
    ):
        yield sent


def _store(connection: psycopg.Connection[Any], script: str, rows: Sequence[list[str]]) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS bench.parameter"
        ' (script text COLLATE "C", place integer, arguments text [], PRIMARY KEY (script, place))'
    )
    connection.execute("GRANT SELECT ON bench.parameter TO public_reader")
    connection.execute("DELETE FROM bench.parameter WHERE script = %s", (script,))
    with connection.cursor().copy("COPY bench.parameter (script, place, arguments) FROM STDIN") as copy:
        for place, arguments in enumerate(rows, start=1):
            copy.write_row((script, place, arguments))


def _write(path: Path, name: str, shape: Sequence[str], rows: Sequence[list[str]]) -> Path:
    """A script that draws one of the rows and executes the statements of the shape with it."""
    columns = ", ".join(f"arguments[{number}] AS a{number}" for number in range(1, len(rows[0]) + 1)) or "1 AS a0"
    fetch = f"SELECT {columns} FROM bench.parameter WHERE script = '{name}' AND place = $1"
    lines = [
        f"\\if :{READY}{path.stem} = 0",
        f"PREPARE {name}_drawn (integer) AS {fetch};",
        *(f"PREPARE {name}_{number} AS {text};" for number, text in enumerate(shape, start=1)),
        f"\\set {READY}{path.stem} 1",
        "\\endif",
        f"\\set place random(1, {len(rows)})",
        f"EXECUTE {name}_drawn (:place) \\gset",
    ]
    for number in range(1, len(shape) + 1):
        # Without values there are no brackets either.
        given = f" (:a{number})" if rows[0][number - 1] else ""
        lines.append(f"EXECUTE {name}_{number}{given};")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
