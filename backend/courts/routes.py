from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response

from backend.core.clock import rfc3339_or_none
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.filings.keyring import statement_of
from backend.core.http import Blueprint, cached_json, database
from backend.core.parameters import read_cursor
from backend.core.uuids import parse_uuid
from backend.courts import queries
from backend.courts.domain import Filters, Place
from backend.courts.schemas import CourtDetailSchema, CourtListSchema, CourtQuery, GroundSchema

courts = Blueprint("courts", __name__, url_prefix="/v1", description="Courts, and the grounds of listing.")


@courts.route("/grounds")
@courts.kept(GroundSchema(many=True))
def list_grounds() -> Response:
    """The six grounds: the law's words, plain ones, and how a listing on each ends"""
    with database().read() as connection:
        rows = list(queries.queries.list_grounds(connection))
    return cached_json([_ground(row) for row in rows])


@courts.route("/courts")
@courts.arguments(CourtQuery, location="query")
@courts.kept(CourtListSchema)
def list_courts(query: dict[str, Any]) -> Response:
    """Courts by code; a search by how well the name matches"""
    filters = Filters(query.get("q"), query.get("area"))
    after = read_cursor(partial(Place.decode, filters), query.get("cursor"))
    with database().read() as connection:
        if filters.area is not None and not queries.queries.find_area(connection, code=filters.area):
            raise Invalid(errors=(FieldError("/query/area", "there is no such area"),))
        as_of = queries.queries.find_as_of(connection, area=filters.area or "")
        rows = queries.list_courts(connection, filters, limit=query["limit"] + 1, after=after)
    shown = rows[: query["limit"]]
    following = Place(shown[-1]["rank"], shown[-1]["code"]).encode(filters) if len(rows) > len(shown) else None
    return cached_json({"items": [_court(row) for row in shown], "next": following, "as_of": rfc3339_or_none(as_of)})


@courts.route("/courts/<court_id>")
@courts.kept(CourtDetailSchema)
def show_court(court_id: str) -> Response:
    """A court: how to reach it, which court is above it, and what it accepts here"""
    known = parse_uuid(court_id)
    with database().read() as connection:
        row = queries.queries.find_court(connection, court=known) if known else None
        if row is None:
            raise NotFound
        keys = [_key(key) for key in queries.queries.list_court_keys(connection, court=known)]
        counts = queries.queries.find_self_check_counts(connection, court=known)
    superior = {"id": str(row["superior_id"]), "name": row["superior_name"]} if row["superior_id"] else None
    self_check = {"comparable": counts["comparable"], "of": counts["total"]}
    return cached_json(_court(row) | {"superior": superior, "self_check": self_check, "keys": keys})


def _court(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "code": row["code"],
        "name": row["name"],
        "level": row["level"],
        "area": {"code": row["area_code"], "name": row["area_name"], "name_en": row["area_name_en"]},
        "phone": row["phone"],
        "address": row["address"],
        "by_rule": row["by_rule"],
        "as_of": rfc3339_or_none(row["as_of"]),
        "accepts_tips": row["accepts_tips"],
        "accepts_objections": row["accepts_objections"],
    }


def _key(row: dict[str, Any]) -> dict[str, Any]:
    return dict(statement_of(row).to_json())


def _ground(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "text": row["text"],
        "plain": {"zh": row["plain_zh"], "en": row["plain_en"]},
        "short": {"zh": row["short_zh"], "en": row["short_en"]},
        "article": row["article"],
        "how_it_ends": {"zh": row["how_it_ends_zh"], "en": row["how_it_ends_en"]},
    }
