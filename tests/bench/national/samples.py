"""Thousands of distinct requests of each kind, drawn from what the database lists today."""

from __future__ import annotations

import http.client
import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import aiosql
import psycopg

from backend.core.geo import CELL_ZOOM, cell
from tests.bench.national.servers import Server

_statements: Any = aiosql.from_path(Path(__file__).with_name("samples.sql"), "psycopg")
HOT = ("公司", "有限", "张伟")
Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Sample:
    """Requests of one kind and what the product answered; `failed` names the first answer that was not 200."""

    paths: Sequence[str]
    bodies: Sequence[bytes]
    failed: str | None

    @property
    def mean_bytes(self) -> float:
        return sum(map(len, self.bodies)) / max(1, len(self.bodies))


def draw(connection: Connection, kind: str, number: int) -> list[str]:
    """Distinct paths of a kind, in no order that the tables have."""
    return list(dict.fromkeys(_KINDS[kind](connection, number)))[:number]


def fetch(server: Server, paths: Sequence[str]) -> Sample:
    """Ask for every path once: what is found is what the ceilings must answer."""
    address = urlsplit(server.address)
    bodies = []
    with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)) as client:
        for path in paths:
            client.request("GET", path)
            response = client.getresponse()
            bodies.append(response.read())
            if response.status != 200:
                return Sample(paths, bodies, f"{response.status} for {path}")
    return Sample(paths, bodies, None)


def list_folded_names(connection: Connection, number: int) -> list[Any]:
    """Rows with a `name_folded` of three characters or more, each name once."""
    return list(_statements.list_folded_names(connection, number=number))


def _detail(connection: Connection, number: int) -> list[str]:
    return [f"/v1/entities/{row[0]}" for row in _statements.list_ids(connection, number=number)]


def _exact(connection: Connection, number: int) -> list[str]:
    # Names that more people bear than the page holds: nobody asks the later tiers then.
    return [_search(row[0]) + "&limit=5" for row in _statements.list_shared_names(connection, number=number)]


def _full_name(connection: Connection, number: int) -> list[str]:
    return [_search(row[0]) for row in _statements.list_names(connection, number=number)]


def _prefix(connection: Connection, number: int) -> list[str]:
    return [_search(row[0]) for row in _statements.list_prefixes(connection, number=number)]


def _contains(connection: Connection, number: int) -> list[str]:
    inside = [row[0][1:3] for row in _statements.list_names(connection, number=3 * number)]
    return [_search(text) for text in inside if text.isalpha()]


def _wrong(connection: Connection, number: int) -> list[str]:
    names = [row[0] for row in _statements.list_names(connection, number=number)]
    return [_search(name[:-1] + "淼鑫垚焱"[place % 4]) for place, name in enumerate(names)]


def _hot(connection: Connection, number: int) -> list[str]:  # noqa: ARG001
    return [_search(text) for text in HOT]


def _search(text: str) -> str:
    return f"/v1/entities?q={quote(text)}"


def _area_tiles(connection: Connection, number: int) -> list[str]:
    paths = []
    for lon, lat in _statements.list_labels(connection, number=number):
        for zoom in (11, 9, 7, 5, 10, 8, 6, 4):
            x, y = cell(lon, lat, zoom)
            paths.append(f"/v1/map/{zoom}/{x}/{y}.json")
    return paths[::7] + paths


def _body_tiles(connection: Connection, number: int) -> list[str]:
    """Tiles of some hundred bodies; of half as many, and so on, where the data are too small to have any."""
    most = 140
    while most > 1:
        paths = _tiles_of(connection, number, most // 2, most)
        if paths:
            return paths
        most //= 2
    return []


def _few_body_tiles(connection: Connection, number: int) -> list[str]:
    """Tiles of ten to twenty bodies, which data of any size have."""
    return _tiles_of(connection, number, 10, 20)


def _tiles_of(connection: Connection, number: int, least: int, most: int) -> list[str]:
    paths = []
    for zoom in range(12, 17):
        shift = 2 * (CELL_ZOOM - zoom)
        for (key,) in _statements.list_crowded(connection, shift=shift, least=least, most=most, number=number):
            paths.append(f"/v1/map/{zoom}/{_every_second_bit(key)}/{_every_second_bit(key >> 1)}.json")
    # In equal parts of the zooms, however many each has.
    return paths[:: max(1, len(paths) // number)]


def _every_second_bit(key: int) -> int:
    return sum((key >> 2 * place & 1) << place for place in range(CELL_ZOOM))


def _boxes(connection: Connection, number: int) -> list[str]:
    """Boxes in the shape of a phone around bodies, with some hundreds of the listed, whatever the size of the data."""
    rows = _statements.count_listed(connection)
    half = min(1.0, 0.03 * math.sqrt(8_500_000 / max(1, rows)))
    paths = []
    for lon, lat in _statements.list_points(connection, number=number):
        west, east, south, north = lon - half, lon + half, lat - 1.5 * half, lat + 1.5 * half
        paths.append(f"/v1/entities?bbox={west:.5f},{south:.5f},{east:.5f},{north:.5f}&limit=100")
    return paths


def _as_vector(kind: Callable[[Connection, int], list[str]]) -> Callable[[Connection, int], list[str]]:
    return lambda connection, number: [path.replace(".json", ".mvt") for path in kind(connection, number)]


_KINDS: dict[str, Callable[[Connection, int], list[str]]] = {
    "detail": _detail,
    "exact": _exact,
    "full_name": _full_name,
    "prefix": _prefix,
    "area_tile": _area_tiles,
    "area_tile_mvt": _as_vector(_area_tiles),
    "body_tile": _body_tiles,
    "body_tile_mvt": _as_vector(_body_tiles),
    "few_body_tile": _few_body_tiles,
    "bbox": _boxes,
    "contains": _contains,
    "wrong": _wrong,
    "hot": _hot,
}
