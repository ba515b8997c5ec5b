from __future__ import annotations

import socket

import pytest

from tests.ports import free_port


def test_a_port_stays_ones_own_while_its_server_comes_and_goes() -> None:
    port = free_port()
    for _ in range(2):
        # As servers do it: it may use an address again.
        with socket.create_server(("127.0.0.1", port)) as server, socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
