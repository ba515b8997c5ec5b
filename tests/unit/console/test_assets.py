from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable

from backend.app import create_app
from backend.config import Settings
from backend.console.assets import asset_url

MANIFEST = {
    "inputs": "",
    "files": {"vault.js": "vault.1a2b.js", "worker.js": "worker.3c4d.js"},
    "chunks": ["chunk.5e6f.js"],
    "policies": {"worker.3c4d.js": "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'"},
}


def app_in(folder: Path) -> Flask:
    return create_app(Settings.from_environment({"VAR_DIR": str(folder)}))


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    console = tmp_path / "console"
    console.mkdir()
    (console / "manifest.json").write_text(json.dumps(MANIFEST))
    for name in ("vault.1a2b.js", "worker.3c4d.js", "chunk.5e6f.js", "vault.0000.js"):
        (console / name).write_text("export {}")
    return app_in(tmp_path)


@pytest.mark.parametrize("name", ["vault.1a2b.js", "chunk.5e6f.js"])
def test_a_built_file_may_be_kept_for_ever_and_has_the_policy_of_all(app: Flask, name: str) -> None:
    with app.test_client().get(f"/court/static/{name}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "text/javascript")
        assert "immutable" in answer.headers["Cache-Control"]
        assert "script-src 'self';" in answer.headers["Content-Security-Policy"]


def test_the_worker_alone_may_compile(app: Flask) -> None:
    with app.test_client().get("/court/static/worker.3c4d.js") as answer:
        assert answer.headers["Content-Security-Policy"] == MANIFEST["policies"]["worker.3c4d.js"]  # type: ignore[index]


@pytest.mark.parametrize("name", ["manifest.json", "vault.0000.js", "nothing.js", "../demo-keys.json"])
def test_nothing_but_built_files_is_served(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/court/static/{name}").status_code == 404


def test_pages_name_files_by_what_they_are(app: Flask) -> None:
    with app.test_request_context():
        assert asset_url("vault.js") == "/court/static/vault.1a2b.js"
        with pytest.raises(KeyError):
            asset_url("nothing.js")


def test_a_new_build_is_seen(app: Flask, tmp_path: Path) -> None:
    with app.test_request_context():
        asset_url("vault.js")
        newer = {**MANIFEST, "files": {"vault.js": "vault.0000.js"}}
        (tmp_path / "console" / "manifest.json").write_text(json.dumps(newer))
        assert asset_url("vault.js") == "/court/static/vault.0000.js"


def test_without_a_build_there_is_nothing_yet(tmp_path: Path) -> None:
    app = app_in(tmp_path)
    assert app.test_client().get("/court/static/vault.1a2b.js").status_code == 404
    with app.test_request_context(), pytest.raises(ServiceUnavailable):
        asset_url("vault.js")


@pytest.mark.parametrize(("path", "served"), [("api.css", True), ("package.json", False), ("console/worker.js", False)])
def test_sources_are_not_served(app: Flask, path: str, *, served: bool) -> None:
    with app.test_client().get(f"/static/{path}") as answer:
        assert (answer.status_code == 200) == served
