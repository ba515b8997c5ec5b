from __future__ import annotations

from functools import partial

from flask import Response

from backend.core.db import Connection
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.http import PRIVATE_TOLD, Blueprint, cached_json, database, private_json, text_header
from backend.core.limits import brakes as app_brakes
from backend.core.parameters import read_cursor
from backend.core.uuids import parse_uuid
from backend.entities import answers, brakes, tile_queries
from backend.entities.answer_schemas import DetailSchema, EntityListSchema, TileSchema
from backend.entities.details import find_detail
from backend.entities.domain import Filters, Place, Position, Tile, decode_cursor, encode_cursor
from backend.entities.freshness import find_freshness
from backend.entities.list_queries import Page, find_page
from backend.entities.matches import find_matches
from backend.entities.name_search import EXACT
from backend.entities.schemas import EntityQuery, LeanParser, ListRequest, TileQuery, TileRequest, VectorTileQuery

entities = Blueprint("entities", __name__, url_prefix="/v1", description="Who is listed, where, and why.")
entities.ARGUMENTS_PARSER = LeanParser()
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
_VISITOR = [
    {
        "name": "X-Visitor",
        "in": "header",
        "description": "A token of `POST /v1/visitors`, or the cookie it set: people are then counted for its holder,"
        " not for everybody behind the same address. An unusable one counts as none.",
        "schema": {"type": "string"},
    }
]
# Where nobody is a person, the budget's are missing.
_BUDGET = {
    "RateLimit-Policy": text_header(
        'How many distinct people a visitor is shown by name in an hour: `"people";q=200;w=3600`.'
    ),
    "RateLimit": text_header('How many more now, and seconds until the window ends: `"people";r=180;t=3400`.'),
    "Vary": text_header("`X-Visitor, Cookie`"),
}
_HEADERS = PRIVATE_TOLD | _BUDGET


@entities.route("/entities", parameters=_VISITOR)
@entities.arguments(EntityQuery, location="query")
@entities.kept(EntityListSchema, headers=_HEADERS)
def list_entities(request: ListRequest) -> Response:
    """The listed, filtered: newest first; a search by how well the name matches; `near` nearest first"""
    filters = request.filters
    place = _place(filters, request.cursor)
    after = place.position if place else None
    with database().read() as connection:
        page = (
            _search(connection, request, after)
            if filters.search
            else find_page(connection, filters, limit=request.limit, after=after)
        )
    _refuse_unknown(page.unknown)
    shown = brakes.show(page.items, place.people if place else 0, page.by_name)
    following = _cursor(filters, Place(page.following, shown.people)) if page.following and not shown.ended else None
    return shown.dress(private_json(answers.page(shown.items, following, page.as_of, shown.until)))


@entities.route("/entities/<entity_id>", parameters=_VISITOR)
@entities.kept(DetailSchema, headers=_HEADERS)
def show_entity(entity_id: str) -> Response:
    """One of the listed: what the court ordered, why it is listed, and how each listing ends"""
    known = parse_uuid(entity_id)
    with database().read() as connection:
        answer = find_detail(connection, known) if known else None
    if answer is None:
        raise NotFound
    answer, shown = brakes.show_one(answer)
    return shown.dress(private_json(answer))


@entities.route("/map/<z>/<x>/<y>.json", parameters=_TILE_ADDRESS)
@entities.arguments(TileQuery, location="query")
@entities.kept(TileSchema, content_type="application/geo+json")
def show_tile(request: TileRequest, z: str, x: str, y: str) -> Response:
    """One web-mercator tile of counts and bodies, as GeoJSON

    Areas stand at their label points with how many of the listed count in them: provinces to zoom 5, cities to 8,
    counties from 9 on; whoever is placed coarser keeps that area's own. From zoom 12 on bodies with a registered
    address stand at it, alone as `entity` or several in a cell as `cluster`, and areas count everybody else. Counts
    are of entities; over all tiles of any zoom they add up to what `/v1/entities` lists under the same filters.
    """
    tile = Tile.parse(z, x, y)
    with database().read() as connection:
        found = tile_queries.find_tile(connection, tile, request.filters)
    _refuse_unknown_court(found)
    features = answers.in_gcj02(found.content) if request.crs == "gcj02" else found.content
    return cached_json(answers.feature_collection(features), mimetype="application/geo+json")


@entities.route("/map/<z>/<x>/<y>.mvt", parameters=_TILE_ADDRESS)
@entities.arguments(VectorTileQuery, location="query")
@entities.kept(
    {"type": "string", "format": "binary"},
    content_type=_VECTOR_TILE,
    description="Layers `area`, `cluster` and `entity`; counts stand in `person`, `company` and `organisation`.",
)
def show_vector_tile(request: TileRequest, z: str, x: str, y: str) -> Response:
    """One web-mercator tile of counts and bodies, as a Mapbox vector tile

    The features of the GeoJSON tile, always in WGS 84 (EPSG:3857 inside the tile); nulls are left out.
    """
    tile = Tile.parse(z, x, y)
    with database().read() as connection:
        found = tile_queries.find_vector_tile(connection, tile, request.filters)
    _refuse_unknown_court(found)
    return cached_json(found.content, mimetype=_VECTOR_TILE)


def _search(connection: Connection, request: ListRequest, after: Position | None) -> Page:
    """A page of a search, best match first."""
    filters, search = request.filters, request.filters.search
    as_of, unknown = find_freshness(connection, filters)
    if search is None or unknown:
        return Page((), None, as_of, unknown)
    matches = find_matches(connection, filters, search, limit=request.limit, after=after)
    # Who bears exactly the name that was searched; a case number that was found names nobody.
    by_name = frozenset(number for number, one in enumerate(matches.found) if one.position[0] == EXACT)
    return Page(tuple(one.text for one in matches.found), matches.end, as_of, (), by_name)


def _cursor(filters: Filters, place: Place) -> str:
    return encode_cursor(app_brakes().keys.of("cursor"), filters, place)


def _place(filters: Filters, cursor: str | None) -> Place | None:
    return read_cursor(partial(decode_cursor, app_brakes().keys.of("cursor"), filters), cursor)


def _refuse_unknown(names: tuple[str, ...]) -> None:
    """Let no filter name an area or court that does not exist: an empty answer would read as "nobody is listed"."""
    if names:
        raise Invalid(errors=tuple(FieldError(f"/query/{name}", f"there is no such {name}") for name in names))


def _refuse_unknown_court(tile: tile_queries.TileBody) -> None:
    _refuse_unknown(() if tile.court_is_known else ("court",))
