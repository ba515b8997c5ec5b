"""What is sent to break the server: refusals come back, no process dies, memory is bounded, others are served."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from backend.config import ROOT
from backend.core.sealing.wire import to_text
from tests.ports import free_port
from tests.reliability.served import Server, file_until_acknowledged, serving_in

HUGE = 50_000_000
# Two bodies of eight million bytes at a time, as text, as JSON and as bytes, and what Python keeps of them.
GROWTH_MB = 150
_HEAD = "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{more}\r\n"
_NGINX = """\
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    fastcgi_temp_path {folder}/fastcgi;
    proxy_temp_path {folder}/proxy;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    server {{
        listen 127.0.0.1:{port};
        location / {{ proxy_pass http://127.0.0.1:{product}; }}
        {filings}
    }}
}}
"""


@pytest.fixture(scope="module")
def server(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_in(database_url, tmp_path_factory.mktemp("hostile"), "tips", BODIES_MAX_BYTES="24000000") as server:
        server.wait()
        yield server


def memory_mb(server: Server, what: str) -> int:
    """Of all its processes, as the kernel names it in /proc."""
    texts = [(process / "status").read_text() for process in server.processes()]
    return sum(int(re.findall(rf"{what}:\s+(\d+)", text)[0]) for text in texts) // 1024


def peak_mb(server: Server) -> int:
    """The most that its processes ever had in memory."""
    return memory_mb(server, "VmHWM")


def send(port: int, head: str, parts: Iterable[bytes], pause: float = 0, *, shut: bool = False) -> int:
    """The status that comes back; 0 where the connection just ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as sender:
        try:
            sender.sendall(head.encode())
            for part in parts:
                sender.sendall(part)
                time.sleep(pause)
            if shut:
                sender.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before it was all sent: the answer may be there nevertheless
        with suppress(ConnectionResetError):
            found = re.match(rb"HTTP/1.1 (\d+)", sender.recv(4096))
            return int(found[1]) if found else 0
    return 0


def post(server: Server, data: bytes, path: str = "/v1/tips") -> int:
    head = _HEAD.format(path=path, more=f"Content-Length: {len(data)}\r\n")
    return send(server.port, head, [data])


def bodies(server: Server) -> dict[str, bytes]:
    whole = server.world.phone().seal() | {"challenge": "x"}
    photo = to_text(bytes(131_072 + 16))
    wrong: dict[str, Any] = {
        "a letter too short": {"sealed": to_text(bytes(4143))},
        "a letter too long": {"sealed": to_text(bytes(4145))},
        "seven photos": {"photos": [photo] * 7},
        "a photo of no step": {"photos": [to_text(bytes(1000))]},
        "a lookup too short": {"lookup": to_text(bytes(31))},
        "a word more": {"name": "clear"},
        "a long challenge": {"challenge": "x" * 1_000_000},
    }
    texts = {name: json.dumps(whole | change).encode() for name, change in wrong.items()}
    return texts | {
        "50 MB": b'{"sealed": "' + b"A" * HUGE,
        "deep": b"[" * 5_000_000,
        "many keys": b"{" + b",".join(b'"%d":1' % n for n in range(300_000)) + b"}",
        "many values": b"[" + b"{}," * 2_600_000 + b"1]",
        "as long as may be": b'{"sealed": "' + b"A" * 7_900_000 + b'"}',
        "no JSON": b"\xff\xfe" * 1000,
        "null": b"null",
        "a huge number": b'{"key_id": ' + b"9" * 100_000 + b"}",
        "empty": b"",
    }


def chunked(server: Server) -> int:
    """50 MB that nobody said would come."""
    head = _HEAD.format(path="/v1/tips", more="Transfer-Encoding: chunked\r\n")
    block = b"10000\r\n" + b"A" * 65_536 + b"\r\n"
    return send(server.port, head, [block] * (HUGE // 65_536) + [b"0\r\n\r\n"])


def test_hostile_bodies_are_refused_and_nobody_dies(server: Server) -> None:
    before, peak = server.processes(), peak_mb(server)
    for name, data in bodies(server).items():
        for path in ("/v1/tips", "/v1/tips/status", "/v1/tips/messages", "/v1/claims"):
            assert 400 <= post(server, data, path) < 500, (name, path)
    assert 400 <= chunked(server) < 500
    with ThreadPoolExecutor(8) as senders:
        codes = set(senders.map(lambda _: post(server, b"A" * HUGE), range(8)))
    assert all(400 <= code < 500 for code in codes), codes
    assert server.processes() == before
    assert peak_mb(server) - peak < GROWTH_MB
    file_until_acknowledged(server, server.world.phone())


def test_what_is_cut_off_in_the_middle_stores_nothing(server: Server) -> None:
    before = server.world.rows("SELECT count(*) FROM sealed.filing")
    data = json.dumps(server.world.phone().seal() | {"challenge": "x"}).encode()
    head = _HEAD.format(path="/v1/tips", more=f"Content-Length: {len(data)}\r\n")
    for cut in (0, 1, 3000, len(data) - 1):
        code = send(server.port, head, [data[:cut]], shut=True)
        assert code == 0 or 400 <= code < 500, (cut, code)
    assert server.world.rows("SELECT count(*) FROM sealed.filing") == before
    file_until_acknowledged(server, server.world.phone())


def dripping(port: int, over: Event) -> int:
    """A byte every fifth of a second, until it is over."""
    head = _HEAD.format(path="/v1/tips", more="Content-Length: 6000\r\n")
    return send(port, head, iter(lambda: b"" if over.is_set() else b" ", b""), 0.2, shut=True)


def test_memory_does_not_follow_what_is_on_its_way(server: Server) -> None:
    """Each stops one byte short of a body that may be so long; the control is in tests/unit/core/test_bodies.py."""
    length, resident = 7_900_000, memory_mb(server, "VmRSS")
    head = _HEAD.format(path="/v1/tips", more=f"Content-Length: {length}\r\n").encode()
    with ExitStack() as stack:
        for _ in range(30):
            sender = stack.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            with suppress(ConnectionError):
                sender.sendall(head + b"A" * (length - 1))
        assert memory_mb(server, "VmRSS") - resident < GROWTH_MB < 30 * length / 2**20
        file_until_acknowledged(server, server.world.phone())


def test_with_a_larger_limit_memory_would_follow_what_is_sent(database_url: str, tmp_path: Path) -> None:
    """The control: it is the limit that keeps memory bounded."""
    with serving_in(database_url, tmp_path, "tips", FILING_MAX_BYTES="64000000") as lavish:
        lavish.wait()
        peak = peak_mb(lavish)
        assert post(lavish, b'{"sealed": "' + b"A" * 60_000_000 + b'"}') == 422
        assert peak_mb(lavish) - peak > GROWTH_MB


@contextmanager
def nginx(server: Server, folder: Path, filings: str) -> Iterator[int]:
    port = free_port()
    folder.mkdir()
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(folder=folder, port=port, product=server.port, filings=filings))
    process = subprocess.Popen(["nginx", "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def logged(server: Server, folder: Path, filings: str) -> str:
    """What nginx writes down while a phone files and follows a tip."""
    direct = server.port
    with nginx(server, folder, filings) as port:
        server.port = port
        try:
            over = Event()
            with ThreadPoolExecutor(6) as senders, ExitStack() as ending:
                ending.callback(over.set)
                slow = [senders.submit(dripping, port, over) for _ in range(6)]
                time.sleep(0.5)
                phone, _ = file_until_acknowledged(server, server.world.phone())
                assert not all(one.done() for one in slow), "filed while slow senders were at it"
            assert server.post("/v1/tips/status", {"lookup": phone.lookup})[0] == 200
            assert server.post("/v1/claims", {"lookup": phone.lookup})[0] == 422
            assert post(server, b"A" * HUGE) == 413
            assert server.get("/v1/areas")[0] == 200
            server.get("/filings/file")
            assert [path for path in (folder / "body").rglob("*") if path.is_file()] == []
        finally:
            server.port = direct
    return "".join((folder / name).read_text() for name in ("access.log", "error.log"))


EXAMPLE = ROOT / "docs" / "examples" / "nginx-filings.conf"
_OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_nginx_as_documented_writes_nothing_down_and_lets_no_slow_sender_in(server: Server, tmp_path: Path) -> None:
    (location,) = re.findall(r"^location ~ [^{]*\{\n.*?^\}$", _OPERATIONS, re.MULTILINE | re.DOTALL)
    location = location.replace("/etc/nginx/nginx-filings.conf", str(EXAMPLE))
    location = location.replace("http://127.0.0.1:8000", f"http://127.0.0.1:{server.port}")
    text = logged(server, tmp_path / "documented", location)
    assert "/v1/areas" in text
    for path in ("/v1/tips", "/v1/challenge", "/v1/claims", "/filings/"):
        assert path not in text
    # The control: without it, each of them is dated.
    text = logged(server, tmp_path / "plain", "client_max_body_size 9m; client_body_buffer_size 9m;")
    for path in ("/v1/tips", "/v1/challenge", "/v1/claims", "/filings/"):
        assert path in text
