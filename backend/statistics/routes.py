from __future__ import annotations

from flask import Response

from backend.core.db import load_queries
from backend.core.errors import NotFound
from backend.core.http import Blueprint, cached_json, database
from backend.core.uuids import parse_uuid
from backend.statistics.domain import ROUNDED_TO, put_together
from backend.statistics.schemas import CourtStatisticsSchema

statistics = Blueprint("statistics", __name__, url_prefix="/v1", description="Numbers of courts, rounded.")
_queries = load_queries(__file__)
# What is said changes once a day; an hour less fresh is no harm.
MAX_AGE = 3600


@statistics.route("/statistics/courts/<court_id>")
@statistics.kept(CourtStatisticsSchema)
def show_court(court_id: str) -> Response:
    """What a court listed, ended and decided, by quarter, and what is overdue

    Every number is a multiple of five. No difference between numbers, quarters, courts or days tells of one person.
    """
    court = parse_uuid(court_id)
    with database().read() as connection:
        if court is None or not _queries.holds_court(connection, court=court):
            raise NotFound
        last_day = _queries.find_last_day(connection)
        quarters = put_together(_queries.list_numbers(connection, court=court), last_day)
        overdue = _queries.find_overdue(connection, court=court)
    return cached_json(
        {"court": str(court), "rounded_to": ROUNDED_TO, "quarters": quarters, "overdue": overdue}, max_age=MAX_AGE
    )
