"""The console's built modules and styles, under names that hold a hash of their content.

`npm run build` in `backend/static/` writes `var/console/`: the files, and `manifest.json`, which names them and gives
the worker that holds keys and the frame that decodes photos policies of their own (docs/adr/0018).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, send_from_directory
from werkzeug.exceptions import NotFound

from backend.core.access import CourtBlueprint, open_to_all
from backend.core.http import settings

console_assets = CourtBlueprint("console_assets", __name__, url_prefix="/court/static")

_YEAR = 31_536_000


@console_assets.get("/<name>")
@open_to_all
def asset(name: str) -> Response:
    """A built file; its name holds a hash of its content, so it may be kept for ever."""
    manifest = _manifest()
    if manifest is None or name not in {*manifest["files"].values(), *manifest["chunks"]}:
        raise NotFound
    response = send_from_directory(_root(), name, max_age=_YEAR)
    response.cache_control.immutable = True
    if name in manifest["policies"]:
        response.headers["Content-Security-Policy"] = manifest["policies"][name]
    return response


def asset_url(name: str) -> str:
    """Where a module or style sheet is served, e.g. `vault.js`, `console.css`, `pages/tips.js`.

    Where the console is not built, which `make pages` does, an address that leads nowhere: pages work without looks
    and script as far as they can.

    Raises:
        KeyError: the console has no such file.
    """
    manifest = _manifest()
    if manifest is None:
        return f"{console_assets.url_prefix}/{name}"
    return f"{console_assets.url_prefix}/{manifest['files'][name]}"


def _manifest() -> dict[str, Any] | None:
    file = _root() / "manifest.json"
    try:
        return _read_manifest(file, file.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=1)
def _read_manifest(file: Path, _changed: int) -> dict[str, Any]:
    """Read once for each build: every page asks for it several times."""
    manifest: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return manifest


def _root() -> Path:
    return settings().var_dir.resolve() / "console"
