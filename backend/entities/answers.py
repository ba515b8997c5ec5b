"""JSON in the shapes of the public contract, which `answer_schemas` describes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from backend.core.geo import wgs84_to_gcj02

Json = dict[str, Any]


def page(items: Sequence[str], following: str | None, as_of: str | None, cut_until: str | None = None) -> str:
    """A page of a list as JSON; nothing in a cursor or a time needs escaping."""
    next_page, oldest = (f'"{text}"' if text else "null" for text in (following, as_of))
    until = f',"surnames_only_until":"{cut_until}"' if cut_until else ""
    return f'{{"items":[{",".join(items)}],"next":{next_page},"as_of":{oldest}{until}}}'


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
