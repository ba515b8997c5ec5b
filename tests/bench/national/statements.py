"""The SQL of a request, taken from the server's own code as it runs, as scripts for pgbench.

Each sampled request is answered once in this process while every statement that it sends is written down with its
values. Requests that send the same statements share one script, which draws the values of one of them from
`bench.parameter` by a fetch of its own; a script of that fetch alone is measured beside it and taken off.
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
# pgbench takes 128; rarer shapes than these hardly count.
_MOST_SCRIPTS = 60
_INTEGER_MAX = 2**31 - 1
_INLINE_MAX = 1000


@dataclass(frozen=True)
class Statement:
    """One statement as pgbench reads it, from `first` on numbered `:p1`, `:p2` …, and its values as text."""

    text: str
    values: tuple[str, ...]

    @classmethod
    def read(cls, query: str, parameters: Any, first: int) -> Statement:
        values: list[str] = []
        places: dict[str, str] = {}
        given = iter(parameters) if isinstance(parameters, Sequence) else None

        def place(match: re.Match[str]) -> str:
            if match[2] == "%":
                return "%"
            if match[1] in places:
                return places[match[1]]
            value = parameters[match[1]] if match[1] else next(given or iter(()))
            # pgbench makes two parameters of one that is named twice, and GROUP BY would no longer know its own.
            repeated = bool(match[1]) and query.count(f"%({match[1]})s") > 1
            inline = value is None or (repeated and isinstance(value, int) and abs(value) < _INLINE_MAX)
            written = _literal(value) if inline else _written(value, first + len(values))
            if not inline:
                values.append(_as_text(value)[0])
            if match[1]:
                places[match[1]] = written
            return written

        text = _COMMENT.sub("", _PLACEHOLDER.sub(place, query)) if parameters else _COMMENT.sub("", query)
        return cls(text.strip().rstrip(";"), tuple(values))


def _literal(value: int | None) -> str:
    return "NULL" if value is None else str(value)


def _written(value: Any, number: int) -> str:
    _, kind = _as_text(value)
    return f":p{number}::{kind}" if kind else f":p{number}"


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
    shapes: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for statements in _statements_of(client, paths):
        shapes[tuple(statement.text for statement in statements)].append(
            tuple(value for statement in statements for value in statement.values)
        )
    counted = Counter({shape: len(values) for shape, values in shapes.items()}).most_common(_MOST_SCRIPTS)
    whole, fetch = [], []
    with psycopg.connect(url) as connection:
        for number, (shape, weight) in enumerate(counted):
            name = f"{kind}_{number}"
            _store(connection, name, shapes[shape])
            drawn = _draw(name, len(shapes[shape]), len(shapes[shape][0]))
            whole.append((_write(folder / f"{name}.sql", [drawn, *(f"{text};" for text in shape)]), weight))
            fetch.append((_write(folder / f"{name}_fetch.sql", [drawn]), weight))
    return Scripts(whole, fetch)


def _statements_of(client: FlaskClient, paths: Sequence[str]) -> Iterator[list[Statement]]:
    client.get(paths[0])
    for path in paths:
        with _recorded() as sent:
            client.get(path)
        statements: list[Statement] = []
        for query, parameters in sent:
            first = 1 + sum(len(statement.values) for statement in statements)
            statements.append(Statement.read(query, parameters, first))
        yield statements


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


def _store(connection: psycopg.Connection[Any], script: str, rows: Sequence[tuple[str, ...]]) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS bench.parameter"
        ' (script text COLLATE "C", place integer, value text [], PRIMARY KEY (script, place))'
    )
    connection.execute("GRANT SELECT ON bench.parameter TO public_reader")
    connection.execute("DELETE FROM bench.parameter WHERE script = %s", (script,))
    with connection.cursor().copy("COPY bench.parameter (script, place, value) FROM STDIN") as copy:
        for place, values in enumerate(rows, start=1):
            copy.write_row((script, place, list(values)))


def _draw(script: str, rows: int, values: int) -> str:
    columns = ", ".join(f"value[{place}] AS p{place}" for place in range(1, values + 1)) or "1 AS p0"
    return (
        f"\\set place random(1, {rows})\n"
        f"SELECT {columns} FROM bench.parameter WHERE script = '{script}' AND place = :place \\gset"
    )


def _write(path: Path, parts: Sequence[str]) -> Path:
    path.write_text("\n".join(parts) + "\n", "utf-8")
    return path
