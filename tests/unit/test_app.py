"""What building the application costs whoever serves residents, and what that relies on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from backend.config import ROOT

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
