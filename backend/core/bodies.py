"""What is sent to the server is read before anybody works on it, and whoever sends too slowly is cut off.

granian calls the application as soon as the head of a request is there, and reading what follows blocks the calling
thread until it comes, for ever if need be. So granian has many threads; one that waits for a body holds nothing else,
and no more than a few work at one time, each with a connection to the database (docs/adr/0035).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from operator import attrgetter
from threading import Lock, Thread
from typing import IO, TYPE_CHECKING

from flask import Flask, Response

from backend.config import Settings
from backend.core.connections import Connections
from backend.core.db import Database
from backend.core.problems import RETRY_AFTER_SECONDS, problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# granian's `read` returns once all of a piece is there: small at first, so that whoever drips is soon seen to.
SMALLEST_PIECE, LARGEST_PIECE = 16, 4096
TICK_SECONDS = 0.5


@dataclass(frozen=True)
class Pace:
    """How fast a body must come, and how much of all of them is held.

    Attributes:
        seconds: for so long it may bring nothing; from then on it must keep up with `bytes_a_second` from there.
        largest: bytes; more of one body is not read, whoever parses it refuses it.
        largest_list: bytes; the same at the console, where lists are uploaded.
        together: bytes of all bodies that are not answered yet; beyond it the largest goes.
        at_once: how many may be on their way.
    """

    seconds: float
    bytes_a_second: int
    largest: int
    largest_list: int
    together: int
    at_once: int

    @classmethod
    def of(cls, settings: Settings) -> Pace:
        largest, largest_list = settings.filings.max_bytes, settings.desk.list_max_bytes
        return cls(
            settings.body_seconds, settings.body_bytes_a_second, largest, largest_list,
            max(settings.bodies_max_bytes, largest, largest_list), settings.bodies_at_once,
        )  # fmt: skip

    def most(self, environ: WSGIEnvironment) -> int:
        return self.largest_list if environ["PATH_INFO"].startswith("/court/") else self.largest


@dataclass(eq=False)
class Body:
    """What comes with a request."""

    address: str = ""
    length: int = 0
    most: int = 0
    # To come; then to be worked on.
    began: float = field(default_factory=time.monotonic)
    size: int = 0
    data: BytesIO = field(default_factory=BytesIO)
    # Others need its room; it hears of that with its next piece, or once its connection is ended.
    is_let_go: bool = False

    def is_late(self, now: float, pace: Pace) -> bool:
        return self.is_let_go or self.size < (now - self.began - pace.seconds) * pace.bytes_a_second


@dataclass
class Bodies:
    """Reads what comes with a request; then lets the application work on it, a few at a time."""

    application: WSGIApplication
    database: Database
    pace: Pace
    _reading: set[Body] = field(default_factory=set)
    _working: set[Body] = field(default_factory=set)
    _held: int = 0
    _lock: Lock = field(default_factory=Lock)
    _connections: Connections | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length, most = _length(environ), self.pace.most(environ)
        # One that says it is too long is refused unread.
        if length == 0 or length > most:
            return self._work(environ, start_response)
        body = Body(environ["REMOTE_ADDR"], int(environ.get("CONTENT_LENGTH") or 0), most)
        try:
            refusal = self._admit(body, environ["SERVER_PORT"]) or self._read(body, environ["wsgi.input"])
            if refusal:
                return refusal(environ, start_response)
            environ["wsgi.input"] = body.data
            return self._work(environ, start_response)
        finally:
            with self._lock:
                self._reading.discard(body)
                self._working.discard(body)
                self._held -= body.size

    def _work(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        seat = self.database.take_seat()
        try:
            return self.application(environ, start_response)
        finally:
            self.database.leave_seat(seat)

    def _admit(self, body: Body, port: str) -> Response | None:
        with self._lock:
            if len(self._reading) >= self.pace.at_once:
                return _busy()
            self._reading.add(body)
            if self._connections is None:
                self._connections = Connections(int(port or 0))
                Thread(target=self._watch, args=(self._connections,), name="bodies", daemon=True).start()
        return None

    def _read(self, body: Body, stream: IO[bytes]) -> Response | None:
        """Why it is refused; None once all that is needed of it is there."""
        while body.size <= body.most:
            piece = stream.read(max(SMALLEST_PIECE, min(body.size, LARGEST_PIECE)))
            with self._lock:
                if body.is_let_go:
                    return _busy()
                # One that ends too soon may have been cut off: with its connection, nothing more comes.
                if body.is_late(time.monotonic(), self.pace) or (not piece and body.size < body.length):
                    return problem(408, "Request Timeout", "It came too slowly; send it again as it is.")
                if not piece:
                    break
                self._keep(body, piece)
        with self._lock:
            if body.is_let_go:
                return _busy()
            self._reading.discard(body)
            self._working.add(body)
            body.began = time.monotonic()
        body.data.seek(0)
        return None

    def _keep(self, body: Body, piece: bytes) -> None:
        body.data.write(piece)
        body.size += len(piece)
        self._held += len(piece)
        if self._held > self.pace.together:
            largest = max(self._reading, key=attrgetter("size"))
            self._held -= largest.size
            largest.size, largest.data, largest.is_let_go = 0, BytesIO(), True

    def _watch(self, connections: Connections) -> None:
        while True:
            time.sleep(TICK_SECONDS)
            connections.end_slow(self._slow_addresses(), self.pace.seconds, self.pace.bytes_a_second)

    def _slow_addresses(self) -> set[str]:
        with self._lock:
            now = time.monotonic()
            late = {body.address for body in self._reading if body.is_late(now, self.pace)}
            # Their connections may be silent because they wait for us.
            return late - {body.address for body in self._working if now - body.began > self.pace.seconds / 4}


def _length(environ: WSGIEnvironment) -> int:
    """Bytes of the body that is announced, 1 where it does not say how many; 0 where none is."""
    text = environ.get("CONTENT_LENGTH", "")
    if text.isdigit():
        return int(text)
    return int("HTTP_TRANSFER_ENCODING" in environ or environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS"))


def _busy() -> Response:
    return problem(503, "The service is busy", headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def read_bodies_first(app: Flask) -> None:
    """Let the application be called only once everything is there, and by no more than a few at one time."""
    extensions = app.extensions
    app.wsgi_app = Bodies(app.wsgi_app, extensions["database"], Pace.of(extensions["settings"]))  # type: ignore[method-assign]
