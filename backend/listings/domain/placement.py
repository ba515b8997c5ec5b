"""Where somebody may stand on the map (docs/privacy.md): decided here, at import, and nothing finer is stored."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from backend.core.geo import gcj02_to_wgs84
from backend.core.names import fold
from backend.listings.domain.fields import Row
from backend.listings.domain.identifiers import Identifier
from backend.listings.domain.rejection import Reason, Rejected

# A box around China with its seas, WGS 84; swapped or empty coordinates fall outside.
_WEST, _SOUTH, _EAST, _NORTH = 73.0, 3.0, 136.0, 54.0
_HOME = re.compile(
    r"[0-9A-Za-z一二三四五六七八九十]\s*室|单元|号楼|村.*号|小区|家属院|宿舍|公寓|住宅|别墅|[栋幢].*[户号]|组\s*\d+\s*号"
)


class Point(NamedTuple):
    """A position in degrees, WGS 84."""

    lon: float
    lat: float


class Place(NamedTuple):
    """An area, the method by which it was chosen, and, for `registered_address` only, the point and the address.

    `area_code` is None for a point whose area the file does not name: the database knows the county that holds it.
    """

    area_code: str | None
    placed_by: str
    point: Point | None = None
    address: str | None = None


def place_person(area_code: str, court_area: str) -> Place:
    """In the county the court's file names, else in the court's own area; never finer, never at a point."""
    return Place(area_code, "county") if area_code else Place(court_area, "court_area")


def place_body(row: Row, identifier: Identifier, name_folded: str, court_area: str) -> Place:
    """At the registered address where that cannot be a home, else like a person.

    The area named in the file wins over the county that holds the point, since outlines differ by provider.

    Raises:
        Rejected: coordinates that are no position in China.
    """
    point = read_point(row)
    if point and row.registered_address and not may_be_home(row, identifier, name_folded):
        return Place(row.area_code or None, "registered_address", point, row.registered_address)
    return place_person(row.area_code, court_area)


def may_be_home(row: Row, identifier: Identifier, name_folded: str) -> bool:
    """Whether a body's address may be where somebody lives.

    A 个体工商户 (USCC 92…), a body identified by a person's masked ID, a name that holds the responsible person's
    name, or an address that looks residential (室, 单元, 号楼, 村 … 号).
    """
    if identifier.sole_trader or identifier.resident:
        return True
    if _HOME.search(unicodedata.normalize("NFKC", row.registered_address)):
        return True
    representative = fold(row.representative)
    return len(representative) > 1 and representative in name_folded


def read_point(row: Row) -> Point | None:
    """The registered point in WGS 84, converted where the file gives GCJ-02; None where it gives none.

    Raises:
        Rejected: half a position, not numbers, or outside China.
    """
    if row.registered_lon or row.registered_lat:
        return _point("registered_lon", row.registered_lon, row.registered_lat)
    if row.registered_lon_gcj02 or row.registered_lat_gcj02:
        shifted = _point("registered_lon_gcj02", row.registered_lon_gcj02, row.registered_lat_gcj02)
        return Point(*gcj02_to_wgs84(*shifted))
    return None


def _point(field: str, lon_text: str, lat_text: str) -> Point:
    try:
        lon, lat = float(lon_text), float(lat_text)
    except ValueError:
        raise Rejected(field, Reason.IMPOSSIBLE_COORDINATES) from None
    if not (math.isfinite(lon) and _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH):
        raise Rejected(field, Reason.IMPOSSIBLE_COORDINATES)
    return Point(lon, lat)
