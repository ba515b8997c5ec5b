"""Rows to the shapes of the public contract (design.md section 4)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from backend.core.clock import rfc3339
from backend.core.geo import wgs84_to_gcj02
from backend.entities.domain import grounds_of
from backend.entities.matches import Match
from backend.entities.wording import HOW_TO_OBJECT, ListingTerms, how_it_ends

Row = Mapping[str, Any]
Json = dict[str, Any]


def summary(row: Row) -> str:
    """One of the listed, in a line of JSON. People have no field that could hold a place finer than their area."""
    as_of = instant(row["as_of"])
    begun: str = row["summary"]
    return begun + (f'"{as_of}"}}' if as_of else "null}")


def found(match: Match, row: Row) -> str:
    """A summary with how the search term matched."""
    return f'{summary(row)[:-1]},"match":{{"how":"{match.how}","score":{json.dumps(match.score)}}}}}'


def page(items: bytes, following: str | None, as_of: str | None) -> bytes:
    """A page of a list as JSON; nothing in a cursor or a time needs escaping."""
    next_page, newest = (f'"{text}"' if text else "null" for text in (following, as_of))
    return b'{"items":[%b],"next":%b,"as_of":%b}' % (items, next_page.encode(), newest.encode())


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


def feature_collection(features: bytes) -> bytes:
    return b'{"type":"FeatureCollection","features":[%b]}' % features


def in_gcj02(features: bytes) -> bytes:
    """GeoJSON features with commas between them, shifted from WGS 84."""
    shifted: list[Json] = json.loads(b"[%b]" % features)
    for feature in shifted:
        point = feature["geometry"]
        # Seven decimals are a centimetre.
        point["coordinates"] = [round(degrees, 7) for degrees in wgs84_to_gcj02(*point["coordinates"])]
    return json.dumps(shifted, ensure_ascii=False, separators=(",", ":"))[1:-1].encode()


def instant(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
