"""Rows to the shapes of the public contract (design.md section 4)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from backend.core.clock import rfc3339
from backend.entities.domain import KINDS, Position, grounds_of
from backend.entities.wording import HOW_TO_OBJECT, ListingTerms, how_it_ends

Row = Mapping[str, Any]
Json = dict[str, Any]
# From WGS 84 longitude and latitude to those of the answer.
Projection = Callable[[float, float], tuple[float, float]]


def summary(row: Row) -> str:
    """One of the listed, in a line of JSON. People have no field that could hold a place finer than their area."""
    as_of = instant(row["as_of"])
    begun: str = row["summary"]
    return begun + (f'"{as_of}"}}' if as_of else "null}")


def page(items: Sequence[str], following: str | None, as_of: datetime | None) -> str:
    """A page of a list as JSON; nothing in a cursor or a time needs escaping."""
    ends = (f'"{text}"' if text else "null" for text in (following, instant(as_of)))
    return '{{"items":[{}],"next":{},"as_of":{}}}'.format(",".join(items), *ends)


def position(row: Row) -> Position:
    """The place of a row in its list, as a cursor keeps it."""
    keys = [row[f"key_{number}"] for number in range(3) if f"key_{number}" in row]
    return tuple(key if isinstance(key, (str, int, float)) else str(key) for key in keys)


def detail(row: Row, listings: Sequence[Row]) -> Json:
    """A summary with every current listing; what is known of bodies alone is not even named for people."""
    answer: Json = json.loads(summary(row))
    if row["kind"] != "person":
        answer |= {name: row[name] for name in ("uscc", "representative", "registered_address")}
    answer["listings"] = [_listing(listing, several=len(listings) > 1) for listing in listings]
    return answer


def _listing(row: Row, *, several: bool) -> Json:
    terms = ListingTerms(grounds_of(row["ground_mask"]), row["term_ends_on"], row["performance"], several)
    corrected = {"on": _day(row["corrected_on"]), "field": row["corrected_field"]} if row["corrected_on"] else None
    return {
        "court": {"id": str(row["court_id"]), "name": row["court_name"]},
        "case_number": row["case_number"],
        "basis": {"issuer": row["basis_issuer"], "number": row["basis_number"]},
        "duty": row["duty"],
        "performance": row["performance"],
        "performed_part": row["performed_part"],
        "unperformed_part": row["unperformed_part"],
        "grounds": row["grounds"],
        "filed_on": _day(row["filed_on"]),
        "published_on": _day(row["published_on"]),
        "term_ends_on": _day(row["term_ends_on"]),
        "how_it_ends": how_it_ends(terms),
        "how_to_object": HOW_TO_OBJECT,
        # Objections and their clocks are not built yet: there is none to be open, and nothing falls due.
        "objection_open": False,
        "notice_id": str(row["notice_id"]) if row["notice_id"] else None,
        "corrected": corrected,
        "due": None,
        "source_file_on": _day(row["source_file_on"]),
    }


def area_feature(row: Row, project: Projection) -> Json:
    properties = {"class": "area", **{name: row[name] for name in ("code", "name", "level")}, "counts": _counts(row)}
    return _feature(row, properties, project)


def cell_feature(row: Row, project: Projection) -> Json:
    """An `entity` where a body stands alone in its cell, else a `cluster`."""
    if row["id"] is not None:
        own = {name: row[name] for name in ("id", "kind", "name", "listings", "notice", "source")}
        return _feature(row, {"class": "entity", **own}, project)
    shared = {"count": row["count"], "counts": _counts(row), "expansion_zoom": row["expansion_zoom"]}
    return _feature(row, {"class": "cluster", **shared}, project)


def _counts(row: Row) -> Json:
    return {kind: row[kind] for kind in KINDS}


def _feature(row: Row, properties: Json, project: Projection) -> Json:
    # Seven decimals are a centimetre.
    coordinates = [round(degrees, 7) for degrees in project(row["lon"], row["lat"])]
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": coordinates}, "properties": properties}


def instant(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
