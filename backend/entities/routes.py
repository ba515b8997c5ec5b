from __future__ import annotations

from datetime import datetime

from flask import Response

from backend.core.db import Connection
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.geo import wgs84_to_gcj02
from backend.core.http import Blueprint, cached_json, database, private_json
from backend.entities import answers, queries, tile_queries
from backend.entities.answer_schemas import DetailSchema, EntityListSchema, TileSchema
from backend.entities.domain import Filters, Position, Tile, decode_cursor, encode_cursor, parse_id
from backend.entities.matches import find_page
from backend.entities.schemas import EntityQuery, ListRequest, TileQuery, TileRequest, VectorTileQuery

entities = Blueprint("entities", __name__, url_prefix="/v1", description="Who is listed, where, and why.")
_VECTOR_TILE = "application/vnd.mapbox-vector-tile"
_TILE_ADDRESS = [
    {
        "name": "z",
        "in": "path",
        "required": True,
        "schema": {"type": "integer", "minimum": 0, "maximum": Tile.MAX_ZOOM},
    },
    {"name": "x", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}},
    {"name": "y", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}},
]
_TAG = {"ETag": {"description": "Changes with the answer.", "schema": {"type": "string"}}}
_PUBLIC = _TAG | {"Cache-Control": {"description": "`public, max-age=30`", "schema": {"type": "string"}}}
_PRIVATE = _TAG | {
    "Cache-Control": {"description": "`private, max-age=30`", "schema": {"type": "string"}},
    "X-Robots-Tag": {"description": "`noindex, noarchive`", "schema": {"type": "string"}},
}
_not_modified = entities.alt_response(304, description="Unchanged since the `ETag` in If-None-Match")


@entities.route("/entities")
@entities.arguments(EntityQuery, location="query")
@entities.response(200, EntityListSchema, headers=_PRIVATE)
@_not_modified
def list_entities(request: ListRequest) -> Response:
    """The listed, filtered: newest first; a search by how well the name matches; `near` nearest first"""
    filters = request.filters
    after = _place(filters, request.cursor)
    with database().read() as connection:
        _refuse_unknown(connection, filters)
        as_of = _freshness(connection, filters)
        page = _search(connection, request, after) if filters.search else _list(connection, request, after)
    items, places = page
    following = encode_cursor(filters, places[request.limit - 1]) if len(places) > request.limit else None
    items = items[: request.limit]
    return private_json(answers.page(items, following, as_of))


@entities.route("/entities/<entity_id>")
@entities.response(200, DetailSchema, headers=_PRIVATE)
@_not_modified
def show_entity(entity_id: str) -> Response:
    """One of the listed: what the court ordered, why it is listed, and how each listing ends"""
    known = parse_id(entity_id)
    with database().read() as connection:
        row = queries.find_summary(connection, known) if known else None
        listings = list(queries.fixed.list_listings(connection, entity=known)) if row else []
    if row is None or not listings:
        raise NotFound
    return private_json(answers.detail(row, listings))


@entities.route("/map/<z>/<x>/<y>.json", parameters=_TILE_ADDRESS)
@entities.arguments(TileQuery, location="query")
@entities.response(200, TileSchema, content_type="application/geo+json", headers=_PUBLIC)
@_not_modified
def show_tile(request: TileRequest, z: str, x: str, y: str) -> Response:
    """One web-mercator tile of counts and bodies, as GeoJSON

    Areas stand at their label points with how many of the listed count in them: provinces to zoom 5, cities to 8,
    counties from 9 on; whoever is placed coarser keeps that area's own. From zoom 12 on bodies with a registered
    address stand at it, alone as `entity` or several in a cell as `cluster`, and areas count everybody else. Counts
    are of entities; over all tiles of any zoom they add up to what `/v1/entities` lists under the same filters.
    """
    tile = Tile.parse(z, x, y)
    with database().read() as connection:
        _refuse_unknown(connection, request.filters)
        areas = tile_queries.list_area_counts(connection, tile, request.filters)
        cells = tile_queries.list_cells(connection, tile, request.filters) if tile.has_points else []
    project = wgs84_to_gcj02 if request.crs == "gcj02" else _unchanged
    features = [answers.area_feature(row, project) for row in areas]
    features += [answers.cell_feature(row, project) for row in cells]
    return cached_json({"type": "FeatureCollection", "features": features}, mimetype="application/geo+json")


@entities.route("/map/<z>/<x>/<y>.mvt", parameters=_TILE_ADDRESS)
@entities.arguments(VectorTileQuery, location="query")
@entities.response(
    200,
    {"type": "string", "format": "binary"},
    content_type=_VECTOR_TILE,
    description="Layers `area`, `cluster` and `entity`; counts stand in `person`, `company` and `organisation`.",
    headers=_PUBLIC,
)
@_not_modified
def show_vector_tile(request: TileRequest, z: str, x: str, y: str) -> Response:
    """One web-mercator tile of counts and bodies, as a Mapbox vector tile

    The features of the GeoJSON tile, always in WGS 84 (EPSG:3857 inside the tile); nulls are left out.
    """
    tile = Tile.parse(z, x, y)
    with database().read() as connection:
        _refuse_unknown(connection, request.filters)
        body = tile_queries.find_vector_tile(connection, tile, request.filters)
    return cached_json(body, mimetype=_VECTOR_TILE)


def _list(connection: Connection, request: ListRequest, after: Position | None) -> tuple[list[str], list[Position]]:
    """One item more than asked for, so that the end of the list is known, and each one's place."""
    rows = queries.list_summaries(connection, request.filters, limit=request.limit + 1, after=after)
    return [answers.summary(row) for row in rows], [answers.position(row) for row in rows]


def _search(connection: Connection, request: ListRequest, after: Position | None) -> tuple[list[str], list[Position]]:
    """The same for a search, best match first; a page that ends early has its own end in place of the last item's."""
    filters, search = request.filters, request.filters.search
    if search is None:
        return [], []
    page = find_page(connection, filters, search, limit=request.limit, after=after)
    places = [one.position for one in page.found]
    if page.end:
        places += [page.end] * (request.limit + 1 - len(places))
    return [one.text for one in page.found], places


def _place(filters: Filters, cursor: str | None) -> Position | None:
    if cursor is None:
        return None
    try:
        return decode_cursor(filters, cursor)
    except ValueError as error:
        raise Invalid(errors=(FieldError("/query/cursor", str(error)),)) from None


def _refuse_unknown(connection: Connection, filters: Filters) -> None:
    """Let no filter name an area or court that does not exist: an empty answer would read as "nobody is listed"."""
    unknown = []
    if filters.area and not queries.fixed.find_area(connection, area=filters.area):
        unknown.append(FieldError("/query/area", "there is no such area"))
    if filters.court and not queries.fixed.find_court(connection, court=filters.court):
        unknown.append(FieldError("/query/court", "there is no such court"))
    if unknown:
        raise Invalid(errors=tuple(unknown))


def _freshness(connection: Connection, filters: Filters) -> datetime | None:
    """When the newest list behind an answer was imported: the court's, else the area's, else of all."""
    if filters.court:
        row = queries.fixed.find_court(connection, court=filters.court)
    elif filters.area:
        row = queries.fixed.find_area(connection, area=filters.area)
    else:
        row = queries.fixed.find_newest_as_of(connection)
    as_of: datetime | None = row["as_of"]
    return as_of


def _unchanged(lon: float, lat: float) -> tuple[float, float]:
    return lon, lat
