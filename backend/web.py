"""Serves the mini-program's pages to browsers: one document for every page path, and hashed files beside it.

`npm run build` in `miniprogram/` writes `var/web/`: `index.html`, `routes.json` (the page paths) and `assets/`.
"""

from __future__ import annotations

import html
import json
import mimetypes
from os.path import isfile
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory
from werkzeug.exceptions import NotFound
from werkzeug.routing import PathConverter
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
# How the build packs texts, the smaller first; browsers take `br` over TLS, and from this machine.
_PACKED = {"br": ".br", "gzip": ".gz"}
_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Court Listings Map</title><p>The pages are not built: make pages"
)


@pages.get("/assets/<path:name>")
def asset(name: str) -> Response:
    """A built file; its name holds a hash of its content, so it may be kept for ever."""
    folder = _root() / "assets"
    coding = _packing(folder, name)
    kind = mimetypes.guess_type(name)[0]
    response = send_from_directory(folder, name + _PACKED.get(coding, ""), mimetype=kind, max_age=_YEAR)
    if coding:
        response.headers["Content-Encoding"] = coding
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


class PagePath(PathConverter):
    """Any path but those under /v1 and /court, which say for themselves what and which methods they do not know."""

    regex = "(?!(?:v1|court)(?:/|$))[^/].*?"


@pages.get("/", defaults={"path": ""})
@pages.get("/<page:path>")
def page(path: str) -> Response:
    """The one document of the mini-program's pages; a path that is no page is a 404 with the same document."""
    try:
        routes = set(json.loads((_root() / "routes.json").read_text("utf-8")))
        document = (_root() / "index.html").read_text("utf-8")
    except FileNotFoundError:
        return Response(_NOT_BUILT, status=503, mimetype="text/html", headers={"Retry-After": "60"})
    early = "" if path else f"/v1/site /v1/areas/{settings().home_area}"
    response = Response(_filled(document, settings(), early), mimetype="text/html")
    response.status_code = 200 if f"/{path}" in routes else 404
    response.headers["Cache-Control"] = "no-cache"
    if path.startswith("entities/"):
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def add_security_headers(response: Response) -> Response:
    """No other host, no framing, no sniffing, no address of this site told to others; on every answer.

    What says nothing of being kept is not kept.
    """
    ours: tuple[tuple[str, str], ...] = current_app.extensions["security_headers"]
    if isinstance(response, ReadyAnswer):
        response.more_headers = ours
        return response
    for name, value in ours:
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def register_pages(app: Flask, current: Settings) -> None:
    app.add_url_rule("/static/<filename>", "static", style)
    app.url_map.converters["page"] = PagePath
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


def _packing(folder: Path, name: str) -> str:
    """The coding that the reader takes and the build has packed the file in, or "": a slow network carries a third."""
    for coding, suffix in _PACKED.items():
        path = safe_join(str(folder), name + suffix)
        if request.accept_encodings[coding] and path is not None and isfile(path):  # noqa: PTH113  # fails on long names
            return coding
    return ""


def _root() -> Path:
    return settings().var_dir / "web"


def _origins(urls: str) -> str:
    """The origins of addresses parted by spaces, each once; one that begins with a slash is our own."""
    parts = (url.partition("://") for url in urls.split())
    return " ".join(dict.fromkeys(f"{scheme}://{rest.split('/')[0]}" for scheme, _, rest in parts if rest))


def _filled(document: str, current: Settings, early: str) -> str:
    """The document with the base map, and with what its page asks for first: see `miniprogram/web/early.ts`."""
    base_map = {"tiles": current.map_tiles_url, "tiles-attribution": current.map_tiles_attribution}
    for name, value in {**base_map, "early": early}.items():
        document = document.replace(
            f'<meta name="{name}" content="">', f'<meta name="{name}" content="{html.escape(value)}">'
        )
    return document
