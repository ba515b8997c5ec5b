"""The connections of this process, as the operating system knows them."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")
# Of `struct tcp_info` in linux/tcp.h: the state; milliseconds since data were last sent, and since they last came; how
# many bytes have come.
_TCP_INFO = struct.Struct("=B43xI4xI72xQ")
_ESTABLISHED = 1
_INTERNET = (socket.AF_INET, socket.AF_INET6)


@dataclass
class Connections:
    """Those that others have opened at a port of this process. Linux tells of them; elsewhere none is ended."""

    port: int
    # When a connection was first looked at, and how many bytes had come by then; by its socket's number.
    _seen: dict[str, tuple[float, int]] = field(default_factory=dict)

    def end_slow(self, addresses: Collection[str], seconds: float, bytes_a_second: int) -> None:
        """End what comes from these addresses where nothing was answered for so long and too little has come since.

        Whoever reads from such a connection finds its end, and can still answer. granian has no limit for a body that
        does not come, and does not say over which connection a request came.
        """
        before, self._seen = self._seen, {}
        for number, connection in _sockets() if addresses else ():
            with connection, suppress(OSError):  # no TCP, or closed by the other side
                if connection.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN) not in _INTERNET:
                    continue
                if connection.getsockname()[1] != self.port or connection.getpeername()[0] not in addresses:
                    continue
                state, sent, came, size = _TCP_INFO.unpack(
                    connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO.size)
                )
                if state != _ESTABLISHED or sent < seconds * 1000:
                    continue
                now = time.monotonic()
                since, size_then = self._seen[number] = before.get(number, (now, size))
                is_behind = now - since > seconds / 2 and size - size_then < (now - since) * bytes_a_second
                if is_behind or came >= seconds * 1000:
                    connection.shutdown(socket.SHUT_RD)


def _sockets() -> Iterator[tuple[str, socket.socket]]:
    """Every socket of this process by its number, under a descriptor of its own: so it stays the one it is."""
    for entry in _DESCRIPTORS.iterdir() if _DESCRIPTORS.is_dir() else ():
        with suppress(OSError):  # closed meanwhile
            number = str(entry.readlink())
            if number.startswith("socket:"):
                yield number, socket.fromfd(int(entry.name), socket.AF_INET, socket.SOCK_STREAM)
