"""A server of its own over a world of its own, for what only whole processes show."""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

from backend.config import ROOT as CLONE
from backend.core.cluster import Cluster, Pointer
from backend.core.migrations import migrate
from backend.core.sealing.wire import to_text
from backend.run import GIVE_BACK, THREADS
from tests.integration.filing_world import ROOT, Phone, World, make_world, world_in
from tests.integration.visitors_of import solve
from tests.ports import free_port

_LIMITS = "FILINGS_AN_HOUR_PER_ADDRESS FILINGS_A_DAY_PER_COURT NEW_VISITORS_AN_HOUR REQUESTS_A_MINUTE"
LIMITS_OUT_OF_THE_WAY = dict.fromkeys(_LIMITS.split(), "1000000")


@dataclass
class Server:
    """granian over a world, killed and started again; its PostgreSQL too, where it has a `cluster` of its own."""

    world: World
    cluster: Cluster | None
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    factory: str = "backend:create_app"
    threads: int = THREADS
    process: subprocess.Popen[bytes] | None = None
    unanswered: list[str] = field(default_factory=list)
    codes: Counter[int] = field(default_factory=Counter)

    @property
    def log(self) -> Path:
        return self.world.var.parent / "server.log"

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--factory"]
        command += [self.factory, "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        command += ["--blocking-threads", str(self.threads), "--log-level", "critical", "--no-access-log"]
        environment = {
            **os.environ, **GIVE_BACK, **self.environment, "DATABASE_URL": self.world.url,
            "VAR_DIR": str(self.world.var), "SHRED_MIRROR_DIR": str(self.world.var / "mirror"),
            "IDENTITY_KEY": "5a" * 32, "HOST": "127.0.0.1",
            "ROOT_PUBLIC_KEY": to_text(ROOT.public), "TMPDIR": str(self.world.var.parent / "tmp"),
        }  # fmt: skip
        (self.world.var.parent / "tmp").mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=CLONE, env=environment, start_new_session=True, stdout=log, stderr=log
            )

    def processes(self) -> list[Path]:
        """Its own and its workers', in /proc."""
        assert self.process
        found = []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                if entry.name.isdigit() and os.getpgid(int(entry.name)) == self.process.pid:
                    found.append(entry)
        return sorted(found)

    def wait(self) -> None:
        deadline = time.monotonic() + 120
        while self.get("/readyz")[0] != 200:
            assert time.monotonic() < deadline, "the server does not start"
            time.sleep(0.1)

    def kill(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_database(self) -> None:
        """SIGKILL to the postmaster; PostgreSQL then recovers from its WAL."""
        pointer = self._pointer()
        pid = int(Path(pointer.data, "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            # Its children let go of the shared memory a moment after it is gone.
            time.sleep(0.2)
            with suppress(Exception):
                self._restart(pointer.data, pointer.port)
                return
        raise TimeoutError

    def stop_database(self) -> None:
        assert self.cluster
        self.cluster.stop()

    def start_database(self) -> None:
        """Where it was before."""
        pointer = self._pointer()
        self._restart(pointer.data, pointer.port)

    def _pointer(self) -> Pointer:
        assert self.cluster
        pointer = self.cluster._pointer()
        assert pointer
        return pointer

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
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            self.codes[error.code] += 1
            return error.code, {}
        except (OSError, ValueError, HTTPException) as error:  # cut off in the middle of an answer too
            self.unanswered.append(repr(error))
            return 0, {}


@contextmanager
def serving(place: Path, kind: str, *, factory: str = "backend:create_app", **more: str) -> Iterator[Server]:
    """A cluster, a court, and a server that listens, built by `factory`; `more` is its environment."""
    cluster = Cluster(place / "cluster.json", port=free_port())
    try:
        url = cluster.start()
        migrate(url)
        world = make_world(url, place / "var")
        with _listening(Server(world, cluster, free_port(), LIMITS_OUT_OF_THE_WAY | more, factory), kind) as server:
            yield server
    finally:
        cluster.remove()


@contextmanager
def serving_in(server_url: str, place: Path, kind: str, **more: str) -> Iterator[Server]:
    """As `serving`, sooner, in a database on a server that runs, for what leaves PostgreSQL in peace."""
    with (
        world_in(server_url, f"served_{secrets.token_hex(4)}", place / "var") as world,
        _listening(Server(world, None, free_port(), LIMITS_OUT_OF_THE_WAY | more), kind) as server,
    ):
        yield server


@contextmanager
def _listening(server: Server, kind: str) -> Iterator[Server]:
    server.world.kind = kind
    server.start()
    try:
        yield server
    finally:
        server.kill()
        server.world.database.close()


def file_until_acknowledged(server: Server, phone: Phone, body: dict[str, Any] | None = None) -> tuple[Phone, int]:
    """As any program may: the very same request again and again, whatever became of the one before."""
    body, challenge, kind = body or phone.seal(), "", server.world.kind
    for _ in range(200):
        if not challenge:
            code, made = server.get(f"/v1/challenge?for={kind}")
            challenge = solve(made) if code == 200 else ""
        if challenge:
            code, answer = server.post(f"/v1/{kind}", body | {"challenge": challenge})
            if code == 201:
                return phone, int(answer["number"])
            assert code not in (422, 500), f"the same request again was answered {code}"
        time.sleep(random.uniform(0.05, 0.3))
    raise TimeoutError("never acknowledged")
