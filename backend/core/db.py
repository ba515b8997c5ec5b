"""The database: connections for reads and writes, and statements composed with SQLAlchemy Core.

Fixed statements live in `queries.sql` or `queries/` beside the feature, loaded by `load_queries`. Statements whose
filters vary are composed with SQLAlchemy Core and run by `fetch_all` on the same psycopg connections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, local
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

import aiosql
import psycopg
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult
from psycopg.rows import DictRow, dict_row
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.util import LRUCache

from backend.config import Settings
from backend.core.cluster import Cluster
from backend.core.errors import LawNotLoaded, OperatorError, Overloaded
from backend.core.pools import CONNECT_SECONDS, Pool
from backend.core.reading import Reading

Connection = psycopg.Connection[DictRow]
_DIALECT = psycopg_dialect.dialect()  # type: ignore[no-untyped-call]
# By shape, of which filters allow some hundreds.
_COMPILED: LRUCache[Any, Any] = LRUCache(500)
# The statements that each connection knows by a name, by their text.
_PREPARED: WeakKeyDictionary[Any, dict[str, bytes]] = WeakKeyDictionary()


class NoDatabase(Overloaded, OperatorError):
    """The service is busy"""


@dataclass
class Database:
    """Connections to one database; safe to share between threads.

    The address may be a function, asked at first use: a command may have to start the database first. `pool_size` is
    how many transactions of one role may be under way at once, `seats` how many requests a server works on.
    """

    address: str | Callable[[], str]
    statement_timeout_ms: int = 3000
    pool_size: int = 16
    seats: int = 1
    _own: local = field(default_factory=local)
    _readings: WeakSet[Reading] = field(default_factory=WeakSet)
    _pools: dict[str, Pool] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _free: SimpleQueue[Reading] = field(default_factory=SimpleQueue)

    def __post_init__(self) -> None:
        for _ in range(self.seats):
            self._free.put(self._new_reading())

    @property
    def url(self) -> str:
        return self.address if isinstance(self.address, str) else self.address()

    def read(self) -> AbstractContextManager[Connection]:
        """This thread's read-only connection as `public_reader`, autocommit; long statements are cancelled.

        Nested, it is one and the same.

        Raises:
            Overloaded: on entering or leaving: a statement took too long, or the database is away.
        """
        try:
            return self._own.reading  # type: ignore[no-any-return]
        except AttributeError:
            reading = self._own.reading = self._new_reading()
            return reading

    def _new_reading(self) -> Reading:
        reading = Reading(self._connect)
        with self._lock:
            self._readings.add(reading)
        return reading

    def take_seat(self) -> Reading:
        """Wait for one of a few connections, which is this thread's own for reads until it is given back.

        A server has more threads than it could have connections: most wait for what slow senders send.
        """
        reading = self._own.reading = self._free.get()
        return reading

    def leave_seat(self, reading: Reading) -> None:
        del self._own.reading
        self._free.put(reading)

    @contextmanager
    def read_as(self, role: str) -> Iterator[Connection]:
        """This thread's connection for reads, inside one transaction as another role that may see what others may not.

        Raises:
            Overloaded: as `read`.
        """
        with self.read() as connection, connection.transaction():
            connection.execute("SELECT set_config('role', %s, true)", (role,))
            yield connection

    @contextmanager
    def transaction(self, role: str) -> Iterator[Connection]:
        """One transaction as `role` (`operator`, `owner`), on a connection of its pool; rolled back on any error.

        Raises:
            Overloaded: on entering or leaving: the database is away, every connection of the pool is taken, or a lock
                was waited for in vain. After a commit was tried, whether it took place is not certain.
            LawNotLoaded: a date was to be reckoned by a row that the law's tables do not hold.
        """
        try:
            with self._pool(role).transaction() as connection:
                yield connection
        except psycopg.OperationalError as error:
            raise Overloaded("Try again in a moment.") from error
        except psycopg.errors.NoDataFound as error:
            raise LawNotLoaded from error

    def close(self) -> None:
        """End all connections; a later read or transaction opens another."""
        with self._lock:
            readings, pools = list(self._readings), list(self._pools.values())
        for reading in readings:
            reading.close()
        for pool in pools:
            pool.close()

    def _pool(self, role: str) -> Pool:
        with self._lock:
            if role not in self._pools:
                self._pools[role] = Pool(partial(self._connect_as, role), self.pool_size)
            return self._pools[role]

    def _connect_as(self, role: str) -> Connection:
        return psycopg.connect(
            self.url,
            options=f"-c role={role} -c lock_timeout=30000",
            row_factory=dict_row,
            connect_timeout=CONNECT_SECONDS,
            prepare_threshold=None,  # a plan that suits one court would serve the next
        )

    def _connect(self) -> Connection:
        options = "-c role=public_reader -c default_transaction_read_only=on"
        options += f" -c statement_timeout={self.statement_timeout_ms}"
        # Both take longer to begin than these answers take: 13 ms for a worker, where a list takes 6.
        options += " -c max_parallel_workers_per_gather=0 -c jit=off"
        return psycopg.connect(
            self.url, options=options, autocommit=True, row_factory=dict_row, connect_timeout=CONNECT_SECONDS
        )


def run_prepared(connection: Connection, sql: str, parameters: Sequence[str], form: Format = Format.TEXT) -> PGresult:
    """What a statement finds, prepared once a connection and planned for any value.

    By libpq's own call: psycopg's takes 40 µs more for the same row, a third of the whole answer where one row is all
    that is asked for.

    Args:
        sql: with `$1`, `$2` … for the parameters, which are sent as text.
        form: in which the values come.
    """
    values = [parameter.encode() for parameter in parameters]
    if not connection.autocommit:
        # Where a transaction may be rolled back, psycopg then lets the server forget all prepared statements.
        result = connection.pgconn.exec_params(sql.encode(), values, result_format=form)
    else:
        result = connection.pgconn.exec_prepared(_prepared(connection, sql), values, result_format=form)
    _refuse_failed(connection, result)
    return result


def _prepared(connection: Connection, sql: str) -> bytes:
    known = _PREPARED.get(connection)
    if known is None:
        known = _PREPARED.setdefault(connection, {})
    name = known.get(sql)
    if name is None:
        name = b"own_%d" % len(known)
        _refuse_failed(connection, connection.pgconn.prepare(name, sql.encode()))
        known[sql] = name
    return name


def fetch_texts(connection: Connection, sql: str, parameters: Sequence[str]) -> list[list[str | None]]:
    """The rows of a prepared statement, every value as PostgreSQL writes it."""
    result = run_prepared(connection, sql, parameters)
    columns, value = range(result.nfields), result.get_value
    rows = [[value(row, column) for column in columns] for row in range(result.ntuples)]
    return [[None if found is None else found.decode() for found in row] for row in rows]


def _refuse_failed(connection: Connection, result: PGresult) -> None:
    if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        return
    if connection.pgconn.status == ConnStatus.BAD:
        raise psycopg.OperationalError("the connection is lost")
    raise psycopg.errors.error_from_result(result)


def fetch_all(connection: Connection, statement: Executable) -> list[DictRow]:
    """Run a SQLAlchemy Core statement on a psycopg connection, planned for its own values.

    Prepared, a list of one small county took 400 ms under the generic plan that suits the country, else 1 ms.
    """
    sql, parameters = compile_statement(statement)
    return connection.execute(sql, parameters, prepare=False).fetchall()


def compile_statement(statement: Any) -> tuple[str, Mapping[str, Any]]:
    """SQL text with `%(name)s` placeholders, and its parameters, for psycopg.

    Statements of one shape are compiled once, as SQLAlchemy's own engine does it: 2 ms of every answer otherwise.
    """
    compiled, values, *_ = statement._compile_w_cache(  # noqa: SLF001  # there is no public way without an engine
        _DIALECT, compiled_cache=_COMPILED, column_keys=[]
    )
    return compiled.string, compiled.construct_params(extracted_parameters=values)


def refresh_statistics(connection: Connection, tables: Sequence[str] | None = None) -> None:
    """Tell the planner what a bulk load has brought to some tables of `register`, or to all of them.

    In the load's own transaction, so that no reader plans blindly.
    """
    connection.execute("SELECT register.refresh_statistics(%s)", (None if tables is None else list(tables),))


def load_queries(module_file: str) -> Any:
    """The named statements of `queries.sql` or of `queries/` beside a module: `load_queries(__file__)`."""
    queries = Path(module_file).with_name("queries")
    return aiosql.from_path(queries if queries.is_dir() else queries.with_suffix(".sql"), "psycopg")


def database_url(settings: Settings) -> str:
    """The address to use: DATABASE_URL, else that of the embedded cluster if it runs.

    Raises:
        NoDatabase: neither is there.
    """
    url = settings.database_url or Cluster(settings.var_dir / "cluster.json").running_url()
    if url is None:
        raise NoDatabase("No database is running here: start one with `make demo`, or set DATABASE_URL.")
    return url


def connect(url: str) -> psycopg.Connection[Any]:
    """A plain connection as the user of the address.

    Raises:
        OperatorError: the server cannot be reached or refuses; says why, without the password.
    """
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise OperatorError(f"The database at DATABASE_URL cannot be used: {reason}") from None
