from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from flask import Response

from backend.core.clock import rfc3339_or_none
from backend.core.db import Connection
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.http import PRIVATE_TOLD, Blueprint, database, private_json
from backend.core.parameters import read_cursor
from backend.core.uuids import parse_uuid
from backend.notices import wording
from backend.notices.domain import Filters, Place, Reward
from backend.notices.queries import list_running, queries
from backend.notices.schemas import NoticeDetailSchema, NoticeListSchema, NoticeQuery

notices = Blueprint("notices", __name__, url_prefix="/v1", description="Reward notices that courts have published.")


@notices.route("/notices")
@notices.arguments(NoticeQuery, location="query")
@notices.kept(NoticeListSchema, headers=PRIVATE_TOLD)
def list_notices(query: dict[str, Any]) -> Response:
    """Reward notices that run today, the newest first"""
    filters = Filters(query.get("area"), query.get("court"))
    after = read_cursor(partial(Place.decode, filters), query.get("cursor"))
    with database().read() as connection:
        as_of = _freshness(connection, filters)
        rows = list_running(connection, filters, limit=query["limit"] + 1, after=after)
    shown = rows[: query["limit"]]
    last = shown[-1] if len(rows) > len(shown) else None
    following = Place(last["published_on"], last["id"]).encode(filters) if last else None
    return private_json({"items": [_item(row) for row in shown], "next": following, "as_of": rfc3339_or_none(as_of)})


@notices.route("/notices/<notice_id>")
@notices.kept(NoticeDetailSchema, headers=PRIVATE_TOLD)
def show_notice(notice_id: str) -> Response:
    """One notice that runs today: what is wanted, what is paid for it and when it is not, and how to claim"""
    known = parse_uuid(notice_id)
    with database().read() as connection:
        row = queries.find_running(connection, notice=known) if known else None
    if row is None:
        raise NotFound
    return private_json(_item(row) | wording.explained(row))


def _freshness(connection: Connection, filters: Filters) -> datetime | None:
    """As of when the answer is: one court's import, else the oldest of an area's courts.

    Raises:
        Invalid: an area or court that does not exist, since an empty answer would read as "no rewards".
    """
    unknown = []
    if filters.area is not None and not queries.find_area(connection, code=filters.area):
        unknown.append("area")
    court = queries.find_court(connection, court=filters.court) if filters.court else None
    if filters.court and court is None:
        unknown.append("court")
    if unknown:
        raise Invalid(errors=tuple(FieldError(f"/query/{name}", f"there is no such {name}") for name in unknown))
    as_of: datetime | None = court["as_of"] if court else queries.find_as_of(connection, area=filters.area or "")
    return as_of


def _item(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "kind": row["kind"],
        "basis": row["basis"],
        "amount": _json_number(row["amount"]),
        "percent": _json_number(row["percent"]),
        "cap": _json_number(row["cap"]),
        "currency": "CNY",
        "promise": wording.promise(_reward(row)),
        "funder": row["funder"],
        "published_on": row["published_on"].isoformat(),
        "ends_on": row["ends_on"].isoformat(),
        "court": {"id": str(row["court_id"]), "name": row["court_name"]},
        "area": {"code": row["area_code"], "name": row["area_name"]},
        "entity": {"id": str(row["entity_id"]), "kind": row["entity_kind"], "name": row["entity_name"]},
        "case_number": row["case_number"],
        "source": row["source"],
        "as_of": rfc3339_or_none(row["as_of"]),
    }


def _reward(row: dict[str, Any]) -> Reward:
    return Reward(row["basis"], row["amount"], row["percent"], row["cap"])


def _json_number(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
