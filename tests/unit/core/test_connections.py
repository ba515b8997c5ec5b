from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from backend.core.connections import Connections


@dataclass
class Pair:
    theirs: socket.socket
    ours: socket.socket

    def is_ended(self) -> bool:
        try:
            return self.ours.recv(4096, socket.MSG_DONTWAIT | socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    """Three accepted connections at one port, and one at another."""
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
        made = [Pair(socket.create_connection(at.getsockname()), at.accept()[0]) for at in (one, one, one, other)]
        yield made
        for pair in made:
            pair.theirs.close()
            pair.ours.close()


def test_a_silent_connection_is_ended_and_others_are_not(pairs: list[Pair]) -> None:
    silent, speaking, answered, elsewhere = pairs
    time.sleep(0.5)
    speaking.theirs.sendall(b"x")
    answered.ours.sendall(b"x")
    connections = Connections(silent.ours.getsockname()[1])
    for addresses, seconds in (((), 0.4), (("192.0.2.1",), 0.4), (("127.0.0.1",), 60)):
        connections.end_slow(addresses, seconds, 1_000_000)
        assert not silent.is_ended()
    connections.end_slow({"127.0.0.1"}, 0.4, 1_000_000)
    assert [pair.is_ended() for pair in (silent, answered, elsewhere)] == [True, False, False]
    # What had come before is there still; no end behind it.
    assert speaking.ours.recv(2) == b"x"
    assert not speaking.is_ended()
    silent.ours.sendall(b"408")
    assert silent.theirs.recv(3) == b"408"


def test_one_that_drips_is_ended_and_one_that_keeps_up_is_not(pairs: list[Pair]) -> None:
    dripping, fast, *_ = pairs
    connections = Connections(dripping.ours.getsockname()[1])
    for _ in range(12):
        time.sleep(0.05)
        dripping.theirs.sendall(b"x")
        # ten times as fast as it must be: a busy machine may pause between two pieces
        fast.theirs.sendall(bytes(5000))
        connections.end_slow({"127.0.0.1"}, 0.2, 10_000)
    for pair in (dripping, fast):
        pair.ours.recv(100_000)
    assert [pair.is_ended() for pair in (dripping, fast)] == [True, False]
