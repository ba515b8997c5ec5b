"""What `demo serve` starts ends with it."""

from __future__ import annotations

import sys

import pytest

from backend.core.errors import OperatorError
from backend.run import _start, _stop_all, _wait_for_one

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)",
]


def test_everything_started_is_stopped_and_who_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.run.STOP_SECONDS", -1)
    processes = [_start(SLEEPS, {}), _start(STUBBORN, {})]
    assert [process.poll() for process in processes] == [None, None]
    _stop_all(processes)
    for process in processes:
        assert process.wait(60) < 0


def test_a_server_or_worker_that_ends_by_itself_ends_the_rest() -> None:
    lives = _start(SLEEPS, {})
    ends = _start([sys.executable, "-c", "raise SystemExit(3)"], {})
    try:
        with pytest.raises(OperatorError, match="The worker ended by itself with code 3"):
            _wait_for_one({"server": lives, "worker": ends})
    finally:
        _stop_all([lives])
