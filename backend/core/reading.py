"""A connection for reads that threads use one after another, opened again when the server has gone."""

from __future__ import annotations

import select
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow

from backend.core.errors import Overloaded

Connection = psycopg.Connection[DictRow]


@dataclass(eq=False)
class Reading(AbstractContextManager[Connection]):
    """One thread's connection for reads: lent out by `with`, opened when there is none or the server has gone.

    It ends with its thread, since nothing but the thread's own variables holds it.
    """

    connect: Callable[[], Connection]
    _connection: Connection | None = None
    _socket: select.poll = field(default_factory=select.poll)
    # Held while the connection is lent, so that nobody closes it under libpq's hands.
    _lent: Any = field(default_factory=RLock)

    def __enter__(self) -> Connection:
        self._lent.acquire()
        connection = self._connection
        # Something to read where nothing was asked: the server's farewell, or the end of the stream.
        if connection is not None and not connection.closed and not self._socket.poll(0):
            return connection
        try:
            return self._open()
        except BaseException:
            self._lent.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        connection = self._connection
        # What was left open, a failed transaction say, must not reach the thread's next request.
        if connection is not None and connection.pgconn.transaction_status != TransactionStatus.IDLE:
            self.close()
        self._lent.release()
        if isinstance(error, psycopg.OperationalError):  # a cancelled statement is one, too
            raise Overloaded("Try again in a moment.") from error

    def close(self) -> None:
        with self._lent:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def __del__(self) -> None:
        self.close()

    def _open(self) -> Connection:
        self.close()
        try:
            connection = self.connect()
        except psycopg.OperationalError as error:
            raise Overloaded("Try again in a moment.") from error
        self._socket = select.poll()
        self._socket.register(connection.fileno(), select.POLLIN)
        self._connection = connection
        return connection
