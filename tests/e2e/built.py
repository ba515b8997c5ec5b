"""The pages and the console's modules with a root key of the tests', whom they trust: as shipped they trust nobody."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from backend.config import ROOT

CONSOLE = ROOT / "backend" / "static"
_PAGES = ROOT / "miniprogram"


def put_pages(folder: Path, root_public_key: str) -> None:
    shutil.copytree(_built(_PAGES, "web/build/main.mjs", "WEB_OUT", root_public_key), folder)


def put_console(folder: Path, root_public_key: str) -> None:
    shutil.copytree(_built(CONSOLE, "build/main.mjs", "CONSOLE_OUT", root_public_key), folder)


def run_build(project: Path, script: str, out: dict[str, str], root_public_key: str) -> None:
    environment = {**os.environ, **out, "ROOT_PUBLIC_KEY": root_public_key}
    subprocess.run(["node", script], cwd=project, env=environment, check=True, capture_output=True)


def _built(project: Path, script: str, variable: str, root_public_key: str) -> Path:
    """Built once for all workers and for later runs: the build itself sees whether what is there is up to date."""
    folder = ROOT / "var" / "tests" / f"{variable.lower()}.{root_public_key[:8]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run_build(project, script, {variable: str(folder)}, root_public_key)
    return folder
