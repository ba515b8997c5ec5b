"""Statements composed once for each shape of a request, and run with text in and bytes out.

A composed statement is compiled once and prepared once a connection: composing, compiling and planning anew took
longer than the answer. The values of a request stand in subqueries, so that the planner cannot look at them: the plan
it keeps is the one it would make for each, and PostgreSQL never goes on planning because a value makes it hope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg.pq import Format
from sqlalchemy import BindParameter, ColumnElement, Integer, Select, Text, bindparam, cast, literal_column, select
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.types import TypeEngine

from backend.core.db import Connection, run_prepared

_DIALECT = psycopg_dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Statement:
    """SQL with `$1`, `$2` … and the names of the values that stand there."""

    sql: str
    names: tuple[str, ...]

    @classmethod
    def compose(cls, statement: Select[Any]) -> Statement:
        compiled = statement.compile(dialect=_DIALECT)
        return cls(compiled.string, tuple(compiled.positiontup or ()))

    def row(self, connection: Connection, values: Mapping[str, str]) -> tuple[bytes | None, ...]:
        """The one row that the statement finds; its columns must be text, which comes as UTF-8, or bytea."""
        result = run_prepared(connection, self.sql, [values[name] for name in self.names], Format.BINARY)
        return tuple(result.get_value(0, column) for column in range(result.nfields))


def given(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]]) -> ColumnElement[Any]:
    """A value of the request, by its name."""
    value: BindParameter[Any] = bindparam(name, type_=Text)
    return select(cast(value, kind)).scalar_subquery()


def constant(text: str | int) -> ColumnElement[Any]:
    """A number or a quoted text that is part of the statement."""
    return literal_column(str(text), Integer if isinstance(text, int) else Text)


def array_text(items: Iterable[str]) -> str:
    """An array as PostgreSQL reads it, of words that need no quotes."""
    return "{" + ",".join(items) + "}"
