"""What building the application costs whoever serves residents, and what that relies on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

from flask import Flask

from backend.app import create_app
from backend.config import ROOT, Settings
from backend.core.db import Database

# For passkeys, WeChat and Redis: together 22 MB of each process, loaded by whoever first needs one.
LOADED_LATE = {"webauthn", "cryptography", "httpx", "redis"}


def test_the_application_is_built_without_libraries_of_few_requests(tmp_path: Path) -> None:
    program = "import sys; from backend import create_app; create_app(); print(*sys.modules)"
    place = {"DATABASE_URL": "postgresql://nowhere", "REDIS_URL": "", "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, **place}, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert {"flask", "backend.courts.sign_in_passkeys", "backend.core.wechat", "backend.core.limits"} <= loaded
    assert not LOADED_LATE & loaded


def test_nothing_that_answers_is_a_coroutine() -> None:
    app = create_app(Settings.from_environment({"IDENTITY_KEY": "5a" * 32}), Database("postgresql://nowhere"))
    assert not [called for called in _called(app) if iscoroutinefunction(called)]

    async def coroutine() -> None: ...

    app.after_request_funcs[None].append(coroutine)  # type: ignore[arg-type]  # the control
    assert [called for called in _called(app) if iscoroutinefunction(called)] == [coroutine]


def _called(app: Flask) -> Iterator[Callable[..., Any]]:
    """All that Flask passes to `ensure_sync`."""
    yield from app.view_functions.values()
    for hooks in (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs):
        for named in hooks.values():
            yield from named
    for by_code in app.error_handler_spec.values():
        for handlers in by_code.values():
            yield from handlers.values()
