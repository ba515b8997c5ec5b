"""Codes of administrative divisions (行政区划代码, GB/T 2260), in the short form of 2, 4 or 6 digits."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from backend.core.names import fold

Level = Literal["province", "city", "county"]

_LEVELS: dict[int, Level] = {2: "province", 4: "city", 6: "county"}
# 直辖市 have districts directly: their middle digits 01 and 02 only sort districts from counties.
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
# Middle digits 90 hold counties that a province governs itself (省直辖县级行政区划), e.g. 429004 仙桃市.
_GOVERNED_BY_PROVINCE = "90"

# Folding costs more than comparing, and there are only some thousand names.
folded = functools.lru_cache(maxsize=8192)(fold)


def level_of(code: str) -> Level:
    """The level that a code's length says.

    Raises:
        ValueError: not 2, 4 or 6 ASCII digits.
    """
    if not re.fullmatch(r"[0-9]+", code) or len(code) not in _LEVELS:
        raise ValueError("must be 2, 4 or 6 digits")
    return _LEVELS[len(code)]


def shorten(code: str) -> str:
    """Drop the pairs of zeros that fill a code up: `441900` → `4419`, `710000` → `71`; others stay."""
    return re.sub(r"(00)+$", "", code) if len(code) in (6, 12) else code


def parent_of(code: str) -> str | None:
    """The area directly above, skipping 市辖区, 县 and 省直辖, which are headings of the list and no areas."""
    match level_of(code):
        case "province":
            return None
        case "city":
            return code[:2]
        case _:
            under_province = code[:2] in _MUNICIPALITIES or code[2:4] == _GOVERNED_BY_PROVINCE
            return code[:2] if under_province else code[:4]


def city_bubble_of(code: str, parent: str | None, cities: Collection[str]) -> str:
    """The area whose bubble counts this one at zoom 6 to 8.

    Args:
        cities: codes of every city there is, to see whether the province has a city level at all.
    """
    if parent is None or len(code) == 4:
        return code
    if len(parent) == 4:
        return parent
    has_cities = any(city.startswith(parent) for city in cities)
    return code if has_cities else parent


@dataclass(frozen=True)
class Named:
    """An area with the names above it, outermost first, for a search by name."""

    code: str
    name: str
    above: tuple[str, ...]


def match(area: Named, term: str) -> int | None:
    """How well a folded search term names an area: the less the better; None where it does not.

    `裕华`, `石家庄市裕华` and `石家庄裕华` name 裕华区; `石家庄` names the city and not everything in it.
    """
    name = folded(area.name)
    if term == name:
        return 0
    if name.startswith(term):
        return 1
    if term in name:
        return 2
    full = [folded(above) for above in area.above]
    spoken = [above.rstrip("省市") for above in full]
    paths = ("".join(full), "".join(spoken))
    return 3 if any(term in path + name and term not in path for path in paths) else None
