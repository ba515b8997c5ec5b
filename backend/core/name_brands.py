"""The brand (字号) of a company's name: what is left without divisions, bracketed places, trade and legal form.

A company's name runs division + brand + trade + legal form (企业名称登记管理规定, Article 6). Where a county's bare
name may be a place or the brand itself (`长安`), both ways are kept: a look-up matches any of them.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from backend.core.name_readings import rows

_BRACKETED = re.compile(r"\([^()]*\)")
# Everything from the first legal form on goes: what follows it names a branch.
_LEGAL_FORM = re.compile(
    r"(?:控股)?(?:集团)?(?:股份)?有限(?:责任)?(?:总)?公司|股份公司|集团公司|集团总公司|(?:控股)?集团|总公司|分公司|公司"
    r"|(?:普通|有限|特殊普通)?合伙企业|个人独资企业|个体工商户|农民专业合作社(?:联合社)?|专业合作社|合作社"
    r"|(?:律师|会计师|税务师)事务所|事务所|经营部|经销部|门市部|营业部|服务部|批发部|加工部|商行|商店|商场|超市|药店|酒店|宾馆"
    r"|饭店|餐厅|餐馆|饭庄|酒楼|茶楼|旅馆|网吧|诊所|医院|学校|幼儿园|工作室|加工厂|制品厂|养殖场|农场|林场|厂$|店$|馆$|社$|部$|站$"
)
_ETHNIC = (
    "(?:各族|蒙古|回族|回|藏族|藏|维吾尔|哈萨克|柯尔克孜|壮族|壮|彝族|苗族|侗族|布依族|瑶族|白族|土家族|哈尼族|傣族|黎族|傈僳族"
    "|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|阿昌族|普米族"
    "|朝鲜族|塔吉克|怒族|鄂温克族|鄂伦春|德昂族|保安族|裕固族|独龙族|门巴族|珞巴族|基诺族|满族|蒙古族|族)"
)
_SUFFIX = re.compile(f"(?:{_ETHNIC}*自治[区州县旗]|特别行政区|地区|林区|新区|矿区|[省市区县盟旗州])$")
# The shortest division with its suffix has two characters (赵县), the longest eighteen.
_LONGEST_DIVISION = 18
_LEAST_BRAND = 2


@dataclass(frozen=True)
class BodyName:
    """The parts of a body's folded name.

    Attributes:
        bare: without what stands in brackets.
        without_place: `bare` without leading divisions.
        brands: one or more ways to read its brand; empty when nothing of two characters is left.
    """

    bare: str
    without_place: str
    brands: tuple[str, ...]


def read_body(name: str) -> BodyName:
    """Take a body's folded name apart: `河北省石家庄市鼎泰(集团)商贸有限公司` has the brand `鼎泰`."""
    bare = _BRACKETED.sub("", name)
    without_place = _without(bare, _surely_places())
    legal = _LEGAL_FORM.search(without_place, _LEAST_BRAND)
    core = without_place[: legal.start()] if legal else without_place
    ways = (core, _without(core, _maybe_places()))
    brands = dict.fromkeys(_without_trade(way) for way in ways)
    return BodyName(bare, without_place, tuple(brand for brand in brands if len(brand) >= _LEAST_BRAND))


def _without(name: str, places: frozenset[str]) -> str:
    """The name without the divisions it begins with, as long as at least two characters remain."""
    start = 0
    while True:
        for length in range(min(_LONGEST_DIVISION, len(name) - start - _LEAST_BRAND), 1, -1):
            if name[start : start + length] in places:
                start += length
                break
        else:
            return name[start:]


def _without_trade(core: str) -> str:
    trade = _trades().search(core, _LEAST_BRAND)
    return core[: trade.start()] if trade else core


@functools.cache
def _trades() -> re.Pattern[str]:
    words = [word for row in rows("trades.tsv") for word in row[0].split(" ")]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


@functools.cache
def _divisions() -> dict[str, list[str]]:
    return {level: names.split(" ") for level, names in rows("divisions.tsv")}


def _stems(level: str) -> frozenset[str]:
    stems = (_SUFFIX.sub("", name) for name in _divisions()[level])
    return frozenset(stem for stem in stems if len(stem) >= _LEAST_BRAND)


@functools.cache
def _surely_places() -> frozenset[str]:
    """Full names of every level, provinces and cities without suffix too, and a bare suffix's mistakes (`北京省`)."""
    full = frozenset(name for names in _divisions().values() for name in names)
    stems = _stems("province") | _stems("city")
    return full | stems | frozenset(stem + "市" for stem in stems) | frozenset(stem + "省" for stem in stems)


@functools.cache
def _maybe_places() -> frozenset[str]:
    return _surely_places() | _stems("county")
