"""Connections of one database role that transactions use one after another, and what they must not leave behind.

Not psycopg's own pool: its threads are waited for, five seconds each, when a server's process ends, and after the
database was away a request would wait for its next attempt instead of making one.
"""

from __future__ import annotations

import select
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from weakref import finalize

import psycopg
from psycopg.rows import DictRow

Connection = psycopg.Connection[DictRow]
# How long a request waits for a database that does not answer before it is told that the service is busy.
CONNECT_SECONDS = 2


class _Turns:
    """So many at once, first come first served: at a semaphore of Python's who gives back may take again at once."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    def take(self, seconds: float) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = Event()
            self._waiting.append(turn)
        if turn.wait(seconds):
            return True
        with self._lock:
            if turn.is_set():  # at the last moment
                return True
            self._waiting.remove(turn)
        return False

    def give_back(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


@dataclass(eq=False)
class Pool:
    """At most `size` connections at once, opened as needed; each lent to one transaction at a time."""

    connect: Callable[[], Connection]
    size: int
    _resting: deque[Connection] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._turns = _Turns(self.size)
        finalize(self, _close, self._resting)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back on any error.

        Raises:
            psycopg.OperationalError: every connection is lent, or none can be had.
        """
        if not self._turns.take(CONNECT_SECONDS):
            raise psycopg.OperationalError("every connection is lent")
        try:
            with ExitStack() as failing:
                connection = failing.enter_context(self._take())  # which closes it
                yield connection
                connection.commit()
                if _forgets(connection):
                    failing.pop_all()
                    self._resting.append(connection)
        finally:
            self._turns.give_back()

    def close(self) -> None:
        """End the connections that rest; those that are lent rest afterwards."""
        _close(self._resting)

    def _take(self) -> Connection:
        while self._resting:
            connection = self._resting.pop()
            if not _has_ended(connection):
                return connection
            connection.close()
        return self.connect()


def _close(resting: deque[Connection]) -> None:
    while resting:
        resting.pop().close()


def _has_ended(connection: Connection) -> bool:
    """Whether the server's farewell, or the end of the stream, is there: found without asking the server."""
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    return bool(socket.poll(0))


def _forgets(connection: Connection) -> bool:
    """Let nothing that a transaction left behind reach the next: settings, temporary tables, locks, plans.

    Whether that was done: what was committed stays so where the connection breaks only now.
    """
    try:
        connection.autocommit = True
        connection.execute("DISCARD ALL")
        connection.execute("RESET ROLE")  # to that of the connection's options, which DISCARD ALL lays down
        connection.autocommit = False
    except psycopg.Error:
        return False
    return True
