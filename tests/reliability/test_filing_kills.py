"""Clients file while server and PostgreSQL are killed: what was acknowledged is there, once, in order, with its key.

FILING_KILLS=10000 files so many; by default few, so that the suite stays quick.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from backend.config import ROOT as CLONE
from backend.core.cluster import Cluster
from backend.core.db import migrate
from backend.core.filings.shredding import list_keyless
from backend.core.sealing.chains import Link, check_chain
from backend.core.sealing.wire import to_text
from tests.integration.filing_world import ROOT, Phone, World, make_world
from tests.integration.visitors_of import solve

FILINGS = int(os.environ.get("FILING_KILLS", "120"))
CLIENTS, SERVER_KILLS, DATABASE_KILLS = 16, max(2, FILINGS // 1500), max(1, FILINGS // 3500)
_LIMITS = "FILINGS_AN_HOUR_PER_ADDRESS FILINGS_A_DAY_PER_COURT NEW_VISITORS_AN_HOUR REQUESTS_A_MINUTE"
LIMITS_OUT_OF_THE_WAY = dict.fromkeys(_LIMITS.split(), "1000000")


@dataclass
class Server:
    """granian over a world, killed and started again; its PostgreSQL too."""

    world: World
    cluster: Cluster
    port: int
    process: subprocess.Popen[bytes] | None = None
    unanswered: list[str] = field(default_factory=list)

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--factory"]
        command += ["backend:create_app", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        command += ["--blocking-threads", "8", "--log-level", "critical", "--no-access-log"]
        environment = {
            **os.environ, **LIMITS_OUT_OF_THE_WAY, "DATABASE_URL": self.world.url, "VAR_DIR": str(self.world.var),
            "SHRED_MIRROR_DIR": str(self.world.var / "mirror"), "IDENTITY_KEY": "5a" * 32, "HOST": "127.0.0.1",
            "ROOT_PUBLIC_KEY": to_text(ROOT.public),
        }  # fmt: skip
        self.process = subprocess.Popen(command, cwd=CLONE, env=environment, start_new_session=True)

    def kill(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_database(self) -> None:
        """SIGKILL to the postmaster; PostgreSQL then recovers from its WAL."""
        pointer = self.cluster._pointer()
        assert pointer
        pid = int(Path(pointer.data, "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            # Its children let go of the shared memory a moment after it is gone.
            time.sleep(1)
            with suppress(Exception):
                self._restart(pointer.data, pointer.port)
                return
        raise TimeoutError

    def _restart(self, data: str, port: int) -> None:
        from backend.core.cluster import _program, _run_as_server

        options = f"-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c port={port}"
        _run_as_server(
            [_program("pg_ctl"), "-D", data, "-l", f"{data}/server.log", "-w", "-t", "60", "-o", options, "start"]
        )

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        data, headers = json.dumps(body).encode(), {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers)
        return self._ask(request)

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        return self._ask(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}"))

    def _ask(self, request: urllib.request.Request) -> tuple[int, dict[str, Any]]:
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, {}
        except (OSError, ValueError) as error:
            self.unanswered.append(repr(error))
            return 0, {}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    cluster = Cluster(tmp_path / "cluster.json")
    try:
        url = cluster.start()
        migrate(url)
        world = make_world(url, tmp_path / "var")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = Server(world, cluster, port)
        server.start()
        yield server
        server.kill()
        world.database.close()
    finally:
        cluster.remove()


def file_until_acknowledged(server: Server, phone: Phone) -> tuple[Phone, int]:
    """As a phone does: the same filing again, with another proof of work where the first was spent."""
    body, challenge = phone.seal(), ""
    for _ in range(200):
        if not challenge:
            code, made = server.get("/v1/challenge?for=objections")
            challenge = solve(made) if code == 200 else ""
        if challenge:
            code, answer = server.post("/v1/objections", body | {"challenge": challenge})
            if code == 201:
                return phone, int(answer["number"])
            if code == 422:
                challenge = ""
        time.sleep(random.uniform(0.05, 0.3))
    raise TimeoutError("never acknowledged")


@contextmanager
def killing(server: Server) -> Iterator[None]:
    """Kills in the middle of the filing, at times nobody chose."""
    kills = [server.kill] * SERVER_KILLS + [server.kill_database] * DATABASE_KILLS
    random.shuffle(kills)
    done = threading.Event()

    def go_on() -> None:
        for kill in kills:
            time.sleep(random.uniform(0.5, 2.5))
            kill()
            if kill == server.kill:
                server.start()
        done.set()

    thread = threading.Thread(target=go_on)
    thread.start()
    yield
    thread.join()
    assert done.is_set()


def test_killed_servers_lose_nothing_that_was_acknowledged(server: Server) -> None:
    world = server.world
    phones = [world.phone(world.court) for _ in range(FILINGS)]
    with killing(server), ThreadPoolExecutor(CLIENTS) as clients:
        acknowledged = list(clients.map(lambda phone: file_until_acknowledged(server, phone), phones))
    rows = world.rows("SELECT number, env, head FROM sealed.filing ORDER BY number")
    assert [row["number"] for row in rows] == list(range(1, FILINGS + 1))
    assert sorted(number for _, number in acknowledged) == [row["number"] for row in rows]
    check_chain([Link(**row) for row in rows])
    assert server.unanswered, "no kill met a request"
    assert list_keyless(world.database, world.store) == []
    assert world.rows("SELECT count(*) FROM register.objection")[0]["count"] == FILINGS
