"""Database work that goes on beside Python's: one connection, one piece of work at a time, in a second thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Self, TypeVar

import psycopg

from backend.core.db import Connection

Answer = TypeVar("Answer")


class Beside:
    """Runs work on a connection while the caller goes on; inside the `with` nobody else may use the connection.

    psycopg lets go of the interpreter while the server works, so that two cores are busy. However the block is left,
    the thread is at rest afterwards: the last work is done, or, on an error or Ctrl-C, cancelled in the server.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, "database")
        self._work: Future[None] | None = None

    def run(self, work: Callable[[], None]) -> None:
        """Begin a piece of work when the one before is done; an error of that one is raised here."""
        if self._work:
            self._work.result()
        self._work = self._thread.submit(work)

    def ask(self, question: Callable[[], Answer]) -> Answer:
        """Ask when the work before is done, and wait for the answer."""
        answers: list[Answer] = []
        self.run(lambda: answers.append(question()))
        if self._work:
            self._work.result()
        return answers[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None and self._work:
                self._work.result()
        finally:
            self._stop()

    def _stop(self) -> None:
        # Again and again, since a cancellation between two statements is lost.
        while self._work and not self._work.done():
            with suppress(psycopg.Error):
                self._connection.cancel_safe(timeout=5)
            wait([self._work], 0.2)
        self._thread.shutdown()
