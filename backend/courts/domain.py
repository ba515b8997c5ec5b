"""The rule by which most courts follow from the administrative divisions, and the ways a court's name is written.

A basic court's sign in case numbers (法院代字) is its province's sign and the last four digits of its county's code;
an intermediate court's has the city's two digits; a high court's is the province's sign alone. Railway, maritime,
development-zone and municipality courts break the rule, so the corrections file has the last word.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from backend.core import cursors

CourtLevel = Literal["basic", "intermediate", "high", "special"]
LEVELS: tuple[CourtLevel, ...] = ("basic", "intermediate", "high", "special")

# The provinces' signs in case numbers, which are not always those of number plates: 内 for 蒙, 黔 for 贵.
# Taiwan, Hong Kong and Macao have none. 99 is no province: the tests' invented areas use it.
# fmt: off
PROVINCE_SIGNS: Mapping[str, str] = {
    "11": "京", "12": "津", "13": "冀", "14": "晋", "15": "内",
    "21": "辽", "22": "吉", "23": "黑",
    "31": "沪", "32": "苏", "33": "浙", "34": "皖", "35": "闽", "36": "赣", "37": "鲁",
    "41": "豫", "42": "鄂", "43": "湘", "44": "粤", "45": "桂", "46": "琼",
    "50": "渝", "51": "川", "52": "黔", "53": "云", "54": "藏",
    "61": "陕", "62": "甘", "63": "青", "64": "宁", "65": "新",
    "99": "虚",
}
# fmt: on
# Never change it: ids that were given out would no longer lead anywhere.
_ID_NAMESPACE = uuid.UUID("2f5c1f0e-6f0b-4c55-9a39-0d1a3f1d7c11")
_PROVINCE_ENDINGS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


@dataclass(frozen=True)
class Area:
    """A division, as far as courts need it."""

    code: str
    name: str
    parent: str | None


@dataclass(frozen=True)
class Court:
    """A court with its place in the order of courts; `superior` is a court code."""

    code: str
    name: str
    level: CourtLevel
    area_code: str
    superior: str | None
    by_rule: bool
    phone: str | None = None
    address: str | None = None

    @property
    def id(self) -> uuid.UUID:
        return court_id(self.code)


def court_id(code: str) -> uuid.UUID:
    """UUIDv5 of the code: two installations name the same court by the same id."""
    return uuid.uuid5(_ID_NAMESPACE, code)


def courts_by_rule(areas: Iterable[Area]) -> list[Court]:
    """High, intermediate and basic courts that follow from the divisions, superiors first.

    A county directly under a province gets no superior: which intermediate court that is follows no rule.
    """
    by_code = {area.code: area for area in areas}
    ordered = sorted(by_code.values(), key=lambda area: (len(area.code), area.code))
    return [_court_of(area, by_code) for area in ordered if area.code[:2] in PROVINCE_SIGNS]


def _court_of(area: Area, areas: Mapping[str, Area]) -> Court:
    sign, province = PROVINCE_SIGNS[area.code[:2]], areas[area.code[:2]]
    code = sign + area.code[2:]
    if area.parent is None:
        return Court(code, f"{area.name}高级人民法院", "high", area.code, None, by_rule=True)
    if len(area.code) == 4:
        return Court(code, f"{province.name}{area.name}中级人民法院", "intermediate", area.code, sign, by_rule=True)
    above = areas[area.parent]
    in_municipality = above is province and province.name.endswith("市")
    is_district = area.name.endswith("区") and above is not province
    prefix = above.name if is_district or in_municipality else ""
    superior = None if above is province else sign + area.code[2:4]
    return Court(code, f"{prefix}{area.name}人民法院", "basic", area.code, superior, by_rule=True)


def name_variants(name: str, level: CourtLevel, province: str, city: str | None) -> set[str]:
    """Every usual way to write a court's name: with and without its province and city, the province also in short.

    `裕华区人民法院`, `石家庄市裕华区人民法院`, `河北石家庄市裕华区人民法院` and so on. Only basic courts are written
    without their city; what is left of the others (`中级人民法院`) would name none.

    Args:
        province: full name of the province.
        city: full name of the city; None where the court's area has none above it.
    """
    if level not in ("basic", "intermediate"):
        return {name}
    short = functools.reduce(str.removesuffix, _PROVINCE_ENDINGS, province)
    bare, cities = name.removeprefix(province), [""]
    if level == "basic" and city and not _names_nothing(bare.removeprefix(city)):
        bare, cities = bare.removeprefix(city), ["", city]
    variants = {prefix + middle + bare for prefix in ("", short, province) for middle in cities}
    return {variant for variant in variants if not _names_nothing(variant)} | {name}


def _names_nothing(rest: str) -> bool:
    return rest.startswith("第")  # 第一人民法院 of which city?


@dataclass(frozen=True)
class Filters:
    """Which courts are meant.

    Attributes:
        term: folded part of a name, or a court code.
        area: code of the courts' own area, with everything below it.
    """

    term: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class Place:
    """The place of a court in a list: how well the term names it, 0 best, then its code."""

    rank: int
    code: str

    def encode(self, filters: Filters) -> str:
        """A cursor of the list under these filters."""
        return cursors.under_filters(filters, f"{self.rank}{self.code}".encode())

    @classmethod
    def decode(cls, filters: Filters, text: str) -> Place:
        """Read a cursor that `encode` made for the same filters.

        Raises:
            ValueError: anything else.
        """
        try:
            payload = cursors.payload_of(text).decode()
            place = cls(int(payload[:1]), payload[1:])
        except ValueError:
            raise cursors.refusal() from None
        if "\0" in place.code or place.encode(filters) != text:
            raise cursors.refusal()
        return place
