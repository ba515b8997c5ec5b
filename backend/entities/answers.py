"""Rows to the shapes of the public contract (design.md section 4)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backend.core.clock import rfc3339
from backend.core.geo import wgs84_to_gcj02
from backend.entities.matches import Match

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


def page(items: bytes, following: str | None, as_of: str | None, cut_until: str | None = None) -> bytes:
    """A page of a list as JSON; nothing in a cursor or a time needs escaping."""
    next_page, newest = (f'"{text}"' if text else "null" for text in (following, as_of))
    until = f',"surnames_only_until":"{cut_until}"' if cut_until else ""
    return b'{"items":[%b],"next":%b,"as_of":%b%b}' % (items, next_page.encode(), newest.encode(), until.encode())


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
