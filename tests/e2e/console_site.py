"""The console's modules as an officer's browser gets them: built, served with their policies, and one empty page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree, ignore_patterns
from threading import Thread
from typing import Any

from flask import Flask, Response, request
from playwright.sync_api import Page
from werkzeug.serving import make_server

from backend.config import Settings
from backend.console.assets import asset_url, console_assets
from backend.core.access import CONSOLE_POLICY
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.wire import to_text
from tests.data.protocol_parties import secret_of
from tests.e2e.built import CONSOLE, put_console, run_build


def build_console(folder: Path, change: Callable[[Path], None] | None = None) -> Path:
    """A `var` directory with the built console; `change` may spoil a copy of its sources first."""
    console, root_key = folder / "var" / "console", to_text(verify_key_of(secret_of("root")))
    if not change:
        put_console(console, root_key)
        return console.parent
    project = folder / "static"
    copytree(CONSOLE, project, ignore=ignore_patterns("node_modules"))
    (project / "node_modules").symlink_to(CONSOLE / "node_modules")
    change(project / "console")
    run_build(project, "build/main.mjs", {"CONSOLE_OUT": str(console)}, root_key)
    return console.parent


@dataclass
class ConsoleSite:
    """A server of its own; `lent` is what it lends by path, `reports` what browsers complained of."""

    var_dir: Path
    address: str = ""
    lent: dict[str, Any] = field(default_factory=dict)
    reports: list[str] = field(default_factory=list)
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def app(self) -> Flask:
        app = Flask(__name__)
        app.extensions["settings"] = Settings.from_environment({"VAR_DIR": str(self.var_dir)})
        app.register_blueprint(console_assets)
        app.add_url_rule("/court/page", view_func=self.page)
        app.add_url_rule("/court/lent/<name>", view_func=self.lend, methods=["POST"])
        app.add_url_rule("/reports", view_func=self.report, methods=["POST"])
        app.add_url_rule("/executed", view_func=self.report, methods=["GET"], endpoint="executed")
        app.add_url_rule("/raw/<name>", view_func=self.raw)
        return app

    def page(self) -> Response:
        style = asset_url("console.css")
        text = f'<!doctype html><html lang="zh"><title>法院</title><link rel="stylesheet" href="{style}"><main></main>'
        policy = f"{CONSOLE_POLICY}; report-uri /reports"
        return Response(text, mimetype="text/html", headers={"Content-Security-Policy": policy})

    def lend(self, name: str) -> Any:
        if name not in self.lent:
            return {"title": "gone"}, 404
        return self.lent[name]

    def report(self) -> Response:
        self.reports.append(request.get_data(as_text=True) or request.full_path)
        return Response(status=204)

    def raw(self, name: str) -> Response:
        text, kind = self.pages[name]
        return Response(text, mimetype=kind)


@contextmanager
def serving(var_dir: Path) -> Iterator[ConsoleSite]:
    site = ConsoleSite(var_dir)
    server = make_server("127.0.0.1", 0, site.app(), threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()


def modules_of(site: ConsoleSite) -> dict[str, str]:
    """URLs of the built modules by the name they have for pages, e.g. `vault`."""
    with site.app().test_request_context():
        return {name: asset_url(f"{name}.js") for name in ("vault", "photos", "drafts", "duplicates", "csv")}


def open_page(page: Page, site: ConsoleSite) -> Page:
    """The empty page, with the built modules as `m.vault`, `m.photos` …"""
    page.goto(f"{site.address}/court/page")
    load_modules(page, site)
    return page


def load_modules(page: Page, site: ConsoleSite) -> None:
    load = """async (urls) => {
      const loaded = Object.entries(urls).map(async ([name, url]) => [name, await import(url)])
      globalThis.m = Object.fromEntries(await Promise.all(loaded))
    }"""
    page.evaluate(load, modules_of(site))
