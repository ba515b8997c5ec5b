"""Runs wrk and pgbench for a few seconds and reads what they say."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.national.statements import READY

_LUA = Path(__file__).with_name("cycle.lua")
_PGBENCH = sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))


@dataclass(frozen=True)
class Measured:
    """One contender in one round; times in milliseconds, `errors` counts failed and non-2xx answers."""

    per_second: float
    p50_ms: float | None
    p99_ms: float | None
    bytes_each: float | None
    errors: int


@dataclass(frozen=True)
class Load:
    """wrk at work, cycling through a file of paths, one a line; `finish` reads its figures."""

    process: subprocess.Popen[str]

    @classmethod
    def start(cls, address: str, paths: Path, *, connections: int, seconds: float) -> Load:
        command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{round(seconds)}s", "--timeout", "20s"]
        command += ["-s", str(_LUA), address, "--", str(paths)]
        return cls(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True))

    def stop(self) -> Measured:
        """End it before its time, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return self.finish()

    def finish(self) -> Measured:
        output, _ = self.process.communicate()
        said = next((line for line in output.splitlines() if line.startswith("{")), None)
        if said is None:
            raise RuntimeError(f"wrk failed: {output[-500:]}")
        figures = json.loads(said)
        answered = max(1, figures["requests"])
        return Measured(
            figures["requests"] / figures["seconds"], figures["p50_ms"], figures["p99_ms"],
            figures["bytes"] / answered, figures["errors"] + (figures["requests"] == 0),
        )  # fmt: skip


def run_wrk(address: str, paths: Path, *, connections: int, seconds: float) -> Measured:
    if seconds >= 1:
        return Load.start(address, paths, connections=connections, seconds=seconds).finish()
    load = Load.start(address, paths, connections=connections, seconds=60)  # wrk knows whole seconds only
    time.sleep(seconds)
    measured = load.stop()
    # A busy machine may have answered nothing yet.
    return measured if measured.per_second else run_wrk(address, paths, connections=connections, seconds=8 * seconds)


def run_pgbench(
    url: str, scripts: Sequence[tuple[Path, int]], *, connections: int, seconds: float, settings: Mapping[str, str]
) -> Measured:
    """Scripts with their weights, prepared by themselves, with the role and settings of the server's connections."""
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    command = [str(_PGBENCH[-1]), "-n", "-M", "simple", "-c", str(connections), "-j", "2", "-r"]
    # Whole seconds only; a smoke test is content with a few of each.
    command += ["-T", str(round(seconds))] if seconds >= 1 else ["-t", "10"]
    for path, weight in scripts:
        command += ["-f", f"{path}@{weight}", "-D", f"{READY}{path.stem}=0"]
    done = subprocess.run([*command, url], env={**os.environ, "PGOPTIONS": options}, capture_output=True, text=True)
    found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
    if done.returncode == 0 and found is None:  # not one transaction came to its end
        return Measured(0.001, None, None, None, 1)
    if done.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench failed: {(done.stderr or done.stdout)[-800:]}")
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    return Measured(float(found[1]), None, None, None, int(failed[1]) if failed else 0)
