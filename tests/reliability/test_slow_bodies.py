"""Whoever sends slowly is cut off and holds neither those who file nor those who read; a slow phone is served."""

from __future__ import annotations

import json
import select
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tests.integration.visitors_of import solve
from tests.ports import free_port
from tests.reliability.dripping import HEAD, Drippers
from tests.reliability.served import Server, file_until_acknowledged, serving_in

# As the defaults are to a phone on a slow network, twice as fast as the slowest that is served: 8 KiB against 4.
BODY_SECONDS, BYTES_A_SECOND = 2, 131_072
PHONE_BYTES_A_SECOND = 2 * BYTES_A_SECOND
DRIPPERS = 50
# Unprotected, nobody else is answered for as long as they drip, twenty minutes; so long the control looks on.
LOOK_SECONDS = 5.0
# A small part of twenty minutes, and much for a busy machine.
PATIENCE_SECONDS = 60.0


@pytest.fixture(scope="module")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pace = {"BODY_SECONDS": str(BODY_SECONDS), "BODY_BYTES_A_SECOND": str(BYTES_A_SECOND)}
    place = tmp_path_factory.mktemp("slow")
    with serving_in(database_url, place, "tips", FILINGS_A_DAY_PER_TARGET="1000000", **pace) as server:
        server.wait()
        server.unanswered.clear()  # before it listened
        yield server


def ready(server: Server, photos: int = 0) -> bytes:
    """A filing with its proof, as it is sent."""
    body = server.world.phone().seal(jpegs=(bytes(120_000),) * photos)
    _, challenge = server.get("/v1/challenge?for=tips")
    return json.dumps(body | {"challenge": solve(challenge)}).encode()


def send(server: Server, data: bytes, bytes_a_second: float = 1e9, timeout: float = PATIENCE_SECONDS) -> bytes:
    """The head of the answer."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=timeout) as phone:
        phone.sendall(HEAD.format(path="/v1/tips", length=len(data)).encode())
        began = time.monotonic()
        for at in range(0, len(data), 8192):
            time.sleep(max(0, began + at / bytes_a_second - time.monotonic()))
            if select.select([phone], [], [], 0)[0]:  # answered: it need not send on
                break
            phone.sendall(data[at : at + 8192])
        return phone.recv(4096)


def cut_off(server: Server, data: bytes, bytes_a_second: float) -> bool:
    try:
        return send(server, data, bytes_a_second).startswith(b"HTTP/1.1 408 ")
    except ConnectionError:  # as a byte came
        return True


def file_and_read(server: Server) -> None:
    """Each answer comes within the patience of whoever asks; what gets none is noted."""
    file_until_acknowledged(server, server.world.phone())
    assert server.get("/v1/areas")[0] == 200
    assert server.unanswered == []


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_fifty_slow_senders_are_cut_off_while_others_file_and_read(server: Server) -> None:
    before = server.processes()
    with Drippers(server.port, DRIPPERS) as drippers:
        time.sleep(1)
        filed, until = 0, time.monotonic() + PATIENCE_SECONDS
        # Until those who came again have been cut off again.
        while len(drippers.answers) < 2 * DRIPPERS and time.monotonic() < until:
            file_and_read(server)
            filed += 1
    assert filed > 5
    assert len(drippers.answers) >= 2 * DRIPPERS
    told = Counter(status for status, _ in drippers.answers)
    # Where a byte comes as the connection ends, the answer is lost with it.
    assert set(told) <= {408, 0}
    assert told[408] > DRIPPERS
    assert max(seconds for _, seconds in drippers.answers) < PATIENCE_SECONDS
    assert len(drippers.closed) >= DRIPPERS
    assert server.processes() == before
    assert not server.codes


def test_a_slow_phone_with_photos_files_among_slow_senders(server: Server) -> None:
    data = ready(server, photos=4)
    assert len(data) > 600_000
    with Drippers(server.port, DRIPPERS):
        began = time.monotonic()
        assert send(server, data, PHONE_BYTES_A_SECOND).startswith(b"HTTP/1.1 201 ")
        assert time.monotonic() - began > BODY_SECONDS
    assert cut_off(server, ready(server, photos=1), BYTES_A_SECOND / 4)


def test_who_sends_nothing_is_told_so_and_gives_its_thread_back(server: Server) -> None:
    with Drippers(server.port, DRIPPERS, byte=b"") as silent:
        time.sleep(1)
        file_and_read(server)
        wait_until(lambda: len(silent.closed) >= DRIPPERS)
        assert {status for status, _ in silent.answers} == {408}
        file_and_read(server)


@contextmanager
def unprotected(server: Server) -> Iterator[Server]:
    """The same application, whose bodies are read by the few threads that answer, however long it takes."""
    other = replace(server, port=free_port(), factory="backend.app:create_app", threads=4, process=None, unanswered=[])
    other.start()
    try:
        other.wait()
        yield other
    finally:
        other.kill()


def test_without_the_protection_slow_senders_stop_everybody(server: Server) -> None:
    """The control."""
    with unprotected(server) as other:
        data = ready(other)
        with Drippers(other.port, DRIPPERS) as drippers:
            time.sleep(1)
            with pytest.raises(TimeoutError):
                send(other, data, timeout=LOOK_SECONDS)
            assert drippers.answers == []
        assert send(other, data).startswith(b"HTTP/1.1 201 ")
