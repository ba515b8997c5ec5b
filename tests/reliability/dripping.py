"""Many who send a request's body a byte at a time, in one thread, and come again when they are cut off."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from types import TracebackType
from typing import Self

HEAD = "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"


@dataclass
class Sender:
    """One connection. `said` is the status that came back, 0 where it was closed without one."""

    connection: socket.socket
    began: float = field(default_factory=time.monotonic)
    said: int | None = None

    def drip(self, byte: bytes) -> bool:
        """Send and look for an answer; whether the connection is still open."""
        try:
            if byte:
                self.connection.send(byte)
            answer = self.connection.recv(4096)
        except BlockingIOError:
            return True
        except OSError:
            answer = b""
        if answer and self.said is None:
            self.said = int(found[1]) if (found := re.match(rb"HTTP/1.1 (\d+)", answer)) else 0
        return bool(answer)


@dataclass
class Drippers:
    """`with Drippers(port, 50):` so many are at it.

    Attributes:
        byte: what each sends in a pause; b"" is a sender who is silent.
        answers: status and seconds until it came, of each who was answered or cut off.
        closed: seconds until a connection ended.
    """

    port: int
    many: int
    byte: bytes = b" "
    path: str = "/v1/tips"
    pause: float = 0.2
    answers: list[tuple[int, float]] = field(default_factory=list)
    closed: list[float] = field(default_factory=list)
    _over: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        senders: list[Sender] = []
        while not self._over.wait(self.pause):
            with suppress(OSError):
                while len(senders) < self.many:
                    senders.append(self._open())
            senders = [sender for sender in senders if self._goes_on(sender)]
        for sender in senders:
            sender.connection.close()

    def _open(self) -> Sender:
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=1)
        connection.sendall(HEAD.format(path=self.path, length=6000).encode())
        connection.setblocking(False)  # noqa: FBT003  # the name is Python's
        return Sender(connection)

    def _goes_on(self, sender: Sender) -> bool:
        had, is_open = sender.said, sender.drip(self.byte)
        if sender.said != had or not (is_open or sender.said):
            self.answers.append((sender.said or 0, time.monotonic() - sender.began))
        if not is_open:
            self.closed.append(time.monotonic() - sender.began)
            sender.connection.close()
        return is_open
