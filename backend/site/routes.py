from __future__ import annotations

from flask import Response

from backend.core.clock import rfc3339_or_none
from backend.core.db import load_queries
from backend.core.http import Blueprint, cached_json, database, settings
from backend.site.schemas import SiteSchema

site = Blueprint("site", __name__, url_prefix="/v1", description="The installation itself.")
_queries = load_queries(__file__)


@site.route("/site")
@site.kept(SiteSchema)
def show_site() -> Response:
    """Where the map opens, whether the data are fictional, how fresh they are, and where the source is"""
    with database().read() as connection:
        held = _queries.find_site(connection)
    demo = ("mixed" if held["holds_court"] else "all") if held["holds_demo"] else "none"
    as_of = rfc3339_or_none(held["as_of"])
    source_url = settings().source_url or None
    return cached_json({"home_area": settings().home_area, "demo": demo, "as_of": as_of, "source_url": source_url})
