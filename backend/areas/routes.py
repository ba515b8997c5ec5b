from __future__ import annotations

from typing import Any

from flask import Response, json

from backend.areas.domain import Named, match
from backend.areas.queries import queries
from backend.areas.schemas import (
    AreaDetailQuery,
    AreaDetailSchema,
    AreaOutlineQuery,
    AreaOutlineSchema,
    AreaPositionQuery,
    AreaQuery,
    AreaSchema,
)
from backend.core.clock import rfc3339_or_none
from backend.core.db import Connection
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.geo import gcj02_to_wgs84, wgs84_to_gcj02
from backend.core.http import Blueprint, cached_json, database
from backend.core.problems import PROBLEM_JSON, ProblemSchema

areas = Blueprint("areas", __name__, url_prefix="/v1/areas", description="Administrative divisions.")

# Outlines change when an operator loads another provider's, once in years.
OUTLINE_SECONDS = 86_400
# Six decimals are a decimetre.
_DECIMALS = 6
_RECENT_DAYS = 30  # serving.recent_count counts as many


@areas.route("")
@areas.arguments(AreaQuery, location="query")
@areas.kept(AreaSchema(many=True))
def list_areas(query: dict[str, str]) -> Response:
    """Provinces; what lies below an area; or a search by name"""
    parent = query.get("parent")
    with database().read() as connection:
        if parent is not None and not queries.find_area(connection, code=parent):
            raise Invalid(errors=(FieldError("/query/parent", "there is no such area"),))
        if "q" in query:
            rows = _named(connection, query["q"], parent or "")
        elif parent is not None:
            rows = list(queries.list_children(connection, parent=parent))
        else:
            rows = list(queries.list_provinces(connection))
    return cached_json([_item(row) for row in rows])


@areas.route("/at")
@areas.arguments(AreaPositionQuery, location="query")
@areas.kept(AreaSchema)
@areas.alt_response(404, schema=ProblemSchema, content_type=PROBLEM_JSON, description="Outside every area")
def find_area_at(query: dict[str, Any]) -> Response:
    """The county that holds a position, or the city or province where no county is drawn there"""
    lon, lat = query["lon"], query["lat"]
    if query["crs"] == "gcj02":
        lon, lat = gcj02_to_wgs84(lon, lat)
    with database().read() as connection:
        row = queries.find_area_at(connection, lon=lon, lat=lat)
    if row is None:
        raise NotFound
    return cached_json(_item(row))


@areas.route("/<code>")
@areas.arguments(AreaDetailQuery, location="query")
@areas.kept(AreaDetailSchema)
def show_area(query: dict[str, str], code: str) -> Response:
    """An area: how many are listed in it, how they came to stand there, and what changed lately"""
    with database().read() as connection:
        row = _area(connection, code)
        counts = queries.find_area_counts(connection, code=code)
        recent = queries.find_recent_counts(connection, code=code)
        as_of = queries.find_as_of(connection, code=code)
    return cached_json(
        _item(row)
        | {
            "label_point": _pair(row["lon"], row["lat"], query["crs"]),
            "bbox": [
                *_pair(row["west"], row["south"], query["crs"]),
                *_pair(row["east"], row["north"], query["crs"]),
            ],
            "counts": {kind: counts[kind] for kind in ("person", "company", "organisation")},
            "placed_by": {"county": counts["by_county"], "court_area": counts["by_court_area"]},
            "recent": {"days": _RECENT_DAYS, "added": recent["added"], "removed": recent["removed"]},
            "as_of": rfc3339_or_none(as_of),
        }
    )


@areas.route("/<code>/outline")
@areas.arguments(AreaOutlineQuery, location="query")
@areas.kept(AreaOutlineSchema, content_type="application/geo+json")
def show_outline(query: dict[str, Any], code: str) -> Response:
    """An area's outline as a GeoJSON Feature, simplified for the zoom at which it is drawn"""
    with database().read() as connection:
        row = queries.find_outline(connection, code=_code(code), zoom=query["zoom"])
    if row is None:
        raise NotFound
    geometry = row.pop("geometry") or "null"
    if query["crs"] == "gcj02" and geometry != "null":
        drawn = json.loads(geometry)
        geometry = json.dumps(drawn | {"coordinates": _shift(drawn["coordinates"])}, separators=(",", ":"))
    properties = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    body = f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'
    return cached_json(body, max_age=OUTLINE_SECONDS, mimetype="application/geo+json")


def _named(connection: Connection, term: str, below: str) -> list[dict[str, Any]]:
    rows = {row["code"]: row for row in queries.list_all(connection)}
    found = []
    for code, row in rows.items():
        above = [rows[code[:length]]["name"] for length in (2, 4) if length < len(code) and code[:length] in rows]
        rank = match(Named(code, row["name"], tuple(above)), term)
        if rank is not None and code.startswith(below) and code != below:
            found.append((rank, len(code), code))
    return [rows[code] for _, _, code in sorted(found)]


def _area(connection: Connection, code: str) -> dict[str, Any]:
    row: dict[str, Any] | None = queries.find_area(connection, code=_code(code))
    if row is None:
        raise NotFound
    return row


def _code(text: str) -> str:
    if "\0" in text:  # PostgreSQL's text cannot hold it
        raise NotFound
    return text


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("code", "name", "level")} | {
        "parent": row["parent_code"],
        "name_en": row["name_en"],
    }


def _pair(lon: float, lat: float, crs: str) -> list[float]:
    position = wgs84_to_gcj02(lon, lat) if crs == "gcj02" else (lon, lat)
    return [round(degrees, _DECIMALS) for degrees in position]


def _shift(coordinates: list[Any]) -> list[Any]:
    if isinstance(coordinates[0], list):
        return [_shift(inner) for inner in coordinates]
    return _pair(coordinates[0], coordinates[1], "gcj02")
