"""Ports for servers that tests start by themselves."""

from __future__ import annotations

import socket

_held: list[socket.socket] = []


def free_port() -> int:
    """A port that is this process's own until it ends.

    Its socket stays bound and never listens, so that neither another process that asks for any port nor an outgoing
    connection is given it, while a server that reuses addresses, as all of ours do, may listen there, stop and listen
    again. A port that is only asked for and let go can be given to two servers at once, and granian's share it then.
    """
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    # Only now: asked for before, the port could be another holder's.
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    _held.append(holder)
    port: int = holder.getsockname()[1]
    return port
