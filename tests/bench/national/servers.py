"""The servers of one run, each on a port of its own and stopped by its own process id."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from backend.config import ROOT
from tests.ports import free_port

WORKERS, THREADS = 2, 2
_START_SECONDS = 90


@dataclass(frozen=True)
class Server:
    """A running server; `pid` is that of its first process, whose children are its workers."""

    address: str
    pid: int

    def memory_mb(self) -> float:
        """Resident memory of the largest worker in MB, shared pages counted in full."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii").split()
        return max(_resident_mb(pid) for pid in children or [str(self.pid)])


@contextmanager
def serve_product(url: str, var: Path) -> Iterator[Server]:
    """The product under granian, as in production but for the limits on bulk reading."""
    log = var / f"product-{url.rpartition('/')[2]}.log"
    environment = {"DATABASE_URL": url, "RATE_LIMITS": "off", "HOST": "127.0.0.1", "VAR_DIR": str(var)}
    with _granian(["--factory", "backend:create_app"], environment, "healthz", log) as server:
        yield server


@contextmanager
def serve_ceilings(url: str, var: Path) -> Iterator[Server]:
    with _granian(["tests.bench.ceilings:app"], {"DATABASE_URL": url}, "empty", var / "ceilings.log") as server:
        yield server


@contextmanager
def _granian(app: Sequence[str], environment: Mapping[str, str], ready: str, log: Path) -> Iterator[Server]:
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", *app, "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--log-level", "warning"]
    with running(command, environment, f"http://127.0.0.1:{port}/", ready, log) as server:
        yield server


@contextmanager
def running(
    command: Sequence[str], environment: Mapping[str, str], address: str, ready: str, log: Path
) -> Iterator[Server]:
    """A server from when it answers at `ready` until the block is left.

    Raises:
        RuntimeError: it ended, or did not answer in time; its own words are in `log`.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            _wait(process, address + ready, log)
            yield Server(address, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} does not answer at {address}: {log.read_text('utf-8', 'replace')[-800:]}")


def _resident_mb(pid: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
