"""The best Python servers of maps and features, over the same rows: tipg and pygeoapi, where they are installed.

`make bench-peers` puts them into an environment of their own. Each is served as its own documents say, with as many
workers as the product has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.bench.national.servers import WORKERS, Server, running
from tests.ports import free_port

_TABLE = "bench.listed_point"
_TILE = re.compile(r"/v1/map/(\d+)/(\d+)/(\d+)\.")


@contextmanager
def serve_peers(url: str, folder: Path) -> Iterator[dict[str, Server]]:
    """The peers that are installed, by name; none where `make bench-peers` was never run."""
    programs = folder / "peers" / ".venv" / "bin"
    with ExitStack() as stack:
        servers = {}
        if (programs / "uvicorn").exists():
            servers["tipg"] = stack.enter_context(_tipg(url, programs, folder))
        if (programs / "pygeoapi").exists():
            servers["pygeoapi"] = stack.enter_context(_pygeoapi(url, programs, folder))
        yield servers


def path_for(peer: str, path: str) -> str | None:
    """What a peer is asked for in place of one of our requests; None where it has nothing of the kind."""
    tile = _TILE.match(path)
    if peer == "tipg":
        collection = f"/collections/{_TABLE}"
        if tile:
            return f"{collection}/tiles/WebMercatorQuad/{tile[1]}/{tile[2]}/{tile[3]}"
    else:
        collection = "/collections/listed"
        if tile:
            # Column and row change places, and the format is a parameter.
            return f"{collection}/tiles/WebMercatorQuad/{tile[1]}/{tile[3]}/{tile[2]}?f=mvt"
    query = parse_qs(urlsplit(path).query)
    if "bbox" not in query:
        return None
    form = "geojson" if peer == "tipg" else "json"
    return f"{collection}/items?bbox={query['bbox'][0]}&limit={query['limit'][0]}&f={form}"


@contextmanager
def _tipg(url: str, programs: Path, folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [str(programs / "uvicorn"), "tipg.main:app", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--log-level", "warning", "--no-access-log"]
    environment = {
        "DATABASE_URL": url,
        "TIPG_DB_SCHEMAS": '["bench"]',
        "TIPG_DB_TABLES": f'["{_TABLE}"]',
        "TIPG_MAX_FEATURES_PER_TILE": "10000",
        "TIPG_CATALOG_TTL": "36000",
    }
    with running(command, environment, f"http://127.0.0.1:{port}/", "healthz", folder / "tipg.log") as server:
        yield server


@contextmanager
def _pygeoapi(url: str, programs: Path, folder: Path) -> Iterator[Server]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    configuration, openapi = folder / "peers" / "pygeoapi.yml", folder / "peers" / "openapi.json"
    # JSON is YAML.
    configuration.write_text(json.dumps(_pygeoapi_configuration(url, address, port)), "utf-8")
    openapi.write_text('{"openapi": "3.0.2", "info": {"title": "peer", "version": "1"}, "paths": {}}', "utf-8")
    command = [str(programs / "gunicorn"), "pygeoapi.flask_app:APP", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(WORKERS), "--threads", "2", "--log-level", "error", "--timeout", "120"]
    environment = {
        "PYGEOAPI_CONFIG": str(configuration),
        "PYGEOAPI_OPENAPI": str(openapi),
        # What nobody waits for any more must not slow the next contender.
        "PGOPTIONS": "-c statement_timeout=20000",
    }
    with running(command, environment, f"{address}/", "conformance?f=json", folder / "pygeoapi.log") as server:
        yield server


def _pygeoapi_configuration(url: str, address: str, port: int) -> dict[str, object]:
    parts = urlsplit(url)
    database = {
        "host": parts.hostname, "port": parts.port, "dbname": parts.path.lstrip("/"), "user": parts.username,
        "password": parts.password, "search_path": ["bench", "public"],
    }  # fmt: skip
    provider = {"data": database, "id_field": "place", "table": "listed_point", "geom_field": "geom"}
    formats = {"name": "pbf", "mimetype": "application/vnd.mapbox-vector-tile"}
    listed = {
        "type": "collection", "title": "listed", "description": "listed", "keywords": ["listed"], "links": [],
        "extents": {"spatial": {"bbox": [70, 0, 140, 56], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
        "providers": [
            {**provider, "type": "feature", "name": "PostgreSQL"},
            {
                **provider, "type": "tile", "name": "MVT-postgresql", "format": formats,
                # By its address: given as text, PROJ would be asked anew for every row.
                "storage_crs": "http://www.opengis.net/def/crs/EPSG/0/4326",
                "options": {"zoom": {"min": 0, "max": 18}},
            },
        ],
    }  # fmt: skip
    person = {"name": "bench", "position": "bench", "city": "bench", "country": "bench", "url": address}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port}, "url": address, "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8", "language": "en-US", "limits": {"default_items": 100, "max_items": 1000},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "peer", "description": "peer", "keywords": ["peer"], "keywords_type": "theme",
                "terms_of_service": "none", "url": address,
            },
            "license": {"name": "none"}, "provider": {"name": "bench", "url": address}, "contact": person,
        },
        "resources": {"listed": listed},
    }  # fmt: skip
