"""One pool of connections a role: what transactions use one after another, and what they must not leave behind."""

from __future__ import annotations

import select

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

_Connection = psycopg.Connection[DictRow]
Pool = ConnectionPool[_Connection]
# How long a request waits for a database that does not answer before it is told that the service is busy.
CONNECT_SECONDS = 2


def open_pool(url: str, role: str, size: int) -> Pool:
    """Connections that are `role` from their start, opened as needed and lent to one transaction at a time."""
    pool = Pool(
        url,
        kwargs={
            "options": f"-c role={role} -c lock_timeout=30000",
            "row_factory": dict_row,
            "connect_timeout": CONNECT_SECONDS,
            "prepare_threshold": None,  # a plan that suits one court would serve the next
        },
        min_size=0,
        max_size=size,
        timeout=CONNECT_SECONDS,
        reconnect_timeout=0,  # whoever comes next tries again; waiting longer each time would miss the return
        check=lambda connection: _refuse_ended(pool, connection),
        reset=_forget,
        num_workers=1,
        open=True,
    )
    return pool


def _refuse_ended(pool: Pool, connection: _Connection) -> None:
    """Find the server's farewell, or the end of the stream, without asking the server.

    The others of the pool have probably met the same end, and each would be waited for.
    """
    socket = select.poll()
    socket.register(connection.fileno(), select.POLLIN)
    if socket.poll(0):
        connection.close()
        pool.drain()
        raise psycopg.OperationalError("the server has ended the connection")


def _forget(connection: _Connection) -> None:
    """Let nothing that a transaction left behind reach the next: settings, temporary tables, locks, plans."""
    connection.autocommit = True
    connection.execute("DISCARD ALL")
    connection.execute("RESET ROLE")  # to that of the connection's options, which DISCARD ALL lays down
    connection.autocommit = False
