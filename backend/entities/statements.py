"""Statements composed once for each shape of a request, and run with text in and bytes out.

A composed statement is compiled once and prepared once a connection: composing, compiling and planning anew took
longer than the answer. The values of a request stand in subqueries, so that the planner cannot look at them: the plan
it keeps is the one it would make for each, and PostgreSQL never goes on planning because a value makes it hope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult
from sqlalchemy import BindParameter, ColumnElement, Integer, Select, Text, bindparam, cast, literal_column, select
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.types import TypeEngine

from backend.core.db import Connection

_DIALECT = psycopg_dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
# The statements that each connection knows by a name.
_PREPARED: WeakKeyDictionary[Any, dict[str, bytes]] = WeakKeyDictionary()


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
        """The one row that the statement finds; its columns must be text, which comes as UTF-8, or bytea.

        By libpq itself: psycopg's own way to the same bytes takes some 40 µs longer.
        """
        parameters = [values[name].encode() for name in self.names]
        if connection.autocommit:
            name = self._prepared(connection)
            result = connection.pgconn.exec_prepared(name, parameters, result_format=Format.BINARY)
        else:
            # Where a transaction may be rolled back, psycopg then lets the server forget all prepared statements.
            result = connection.pgconn.exec_params(self.sql.encode(), parameters, result_format=Format.BINARY)
        _refuse_failed(connection, result)
        return tuple(result.get_value(0, column) for column in range(result.nfields))

    def _prepared(self, connection: Connection) -> bytes:
        known = _PREPARED.get(connection)
        if known is None:
            known = _PREPARED.setdefault(connection, {})
        name = known.get(self.sql)
        if name is None:
            name = b"composed_%d" % len(known)
            _refuse_failed(connection, connection.pgconn.prepare(name, self.sql.encode()))
            known[self.sql] = name
        return name


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


def _refuse_failed(connection: Connection, result: PGresult) -> None:
    if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        return
    if connection.pgconn.status == ConnStatus.BAD:
        raise psycopg.OperationalError("the connection is lost")
    raise psycopg.errors.error_from_result(result)


Texts = Sequence[bytes | None]
