"""Serves the mini-program's pages to browsers: one document for every page path, and hashed files beside it.

`npm run build` in `miniprogram/` writes `var/web/`: `index.html`, `routes.json` (the page paths) and `assets/`.
"""

from __future__ import annotations

import html
import json
import mimetypes
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from backend.config import ROOT, Settings
from backend.core.http import ReadyAnswer, settings

pages = Blueprint("pages", __name__)

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "font-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_YEAR = 31_536_000
_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Court Listings Map</title><p>The pages are not built: make pages"
)


@pages.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """A built file; its name holds a hash of its content, so it may be kept for ever."""
    folder = _root() / "assets"
    is_packed = bool(request.accept_encodings["gzip"]) and _is_packed(folder, name)
    kind = mimetypes.guess_type(name)[0]
    response = send_from_directory(folder, f"{name}.gz" if is_packed else name, mimetype=kind, max_age=_YEAR)
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.immutable = True
    return response


def style(filename: str) -> Response:
    """A style sheet of a rendered page; nothing below the folder, which also holds the console's sources."""
    if not filename.endswith(".css"):
        raise NotFound
    return send_from_directory(ROOT / "backend" / "static", filename)


@pages.get("/robots.txt")
def robots() -> Response:
    """People's pages are for readers, not for indexes (PIPL Article 27: a reasonable scope)."""
    return Response("User-agent: *\nDisallow: /v1/\nDisallow: /entities/\n", mimetype="text/plain")


@pages.get("/", defaults={"path": ""})
@pages.get("/<path:path>")
def page(path: str) -> Response:
    """The one document of the mini-program's pages; a path that is no page is a 404 with the same document."""
    if path.startswith(("v1/", "court/")) or path in ("v1", "court"):
        raise NotFound
    try:
        routes = set(json.loads((_root() / "routes.json").read_text("utf-8")))
        document = (_root() / "index.html").read_text("utf-8")
    except FileNotFoundError:
        return Response(_NOT_BUILT, status=503, mimetype="text/html", headers={"Retry-After": "60"})
    response = Response(_with_base_map(document, settings()), mimetype="text/html")
    response.status_code = 200 if f"/{path}" in routes else 404
    response.headers["Cache-Control"] = "no-cache"
    if early := _early(f"/{path}"):
        response.headers["Link"] = early
    if path.startswith("entities/"):
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def add_security_headers(response: Response) -> Response:
    """No other host, no framing, no sniffing, no address of this site told to others; on every answer."""
    ours: tuple[tuple[str, str], ...] = current_app.extensions["security_headers"]
    if isinstance(response, ReadyAnswer):
        response.more_headers = ours
        return response
    for name, value in ours:
        response.headers.setdefault(name, value)
    return response


def register_pages(app: Flask, current: Settings) -> None:
    app.add_url_rule("/static/<filename>", "static", style)
    app.register_blueprint(pages)
    app.extensions["security_headers"] = _security_headers(_origins(current.map_tiles_url))
    app.after_request(add_security_headers)


def _security_headers(tiles: str) -> tuple[tuple[str, str], ...]:
    """The headers of every answer; `tiles` are the base map's origins, or empty."""
    policy = dict(_POLICY)
    if tiles:
        policy["img-src"] += f" {tiles}"
        policy["connect-src"] += f" {tiles}"
    return (
        ("Content-Security-Policy", "; ".join(f"{name} {value}" for name, value in policy.items())),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "geolocation=(self), camera=(), microphone=()"),
    )


def _is_packed(folder: Path, name: str) -> bool:
    """Whether the build has packed the file as well: a reader on a slow network waits for a third of it."""
    path = safe_join(str(folder), f"{name}.gz")
    return path is not None and Path(path).is_file()


def _early(path: str) -> str | None:
    """The files that the page at `path` will need beside those its document names, as a Link header: the map's."""
    file = _root() / "early.json"
    early: dict[str, list[str]] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return ", ".join(early.get(path, [])) or None


def _root() -> Path:
    return settings().var_dir / "web"


def _origins(urls: str) -> str:
    """The origins of addresses parted by spaces, each once; one that begins with a slash is our own."""
    parts = (url.partition("://") for url in urls.split())
    return " ".join(dict.fromkeys(f"{scheme}://{rest.split('/')[0]}" for scheme, _, rest in parts if rest))


def _with_base_map(document: str, current: Settings) -> str:
    for name, value in (("tiles", current.map_tiles_url), ("tiles-attribution", current.map_tiles_attribution)):
        document = document.replace(
            f'<meta name="{name}" content="">', f'<meta name="{name}" content="{html.escape(value)}">'
        )
    return document
