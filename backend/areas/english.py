"""English names of divisions, made of pinyin and what they are: 裕华区 → Yuhua District.

Characters read as in places, which is seldom otherwise than `core/name_readings.py` reads them; `_PLACES` has the
places of the national list where it is. Made once, when areas are loaded.
"""

from __future__ import annotations

import re

from backend.core.name_readings import of_character
from backend.core.names import fold

# What English calls otherwise than pinyin would; 陕西 has its second a to be told from 山西.
_OWN_NAMES = {
    "内蒙古自治区": "Inner Mongolia",
    "广西壮族自治区": "Guangxi",
    "西藏自治区": "Xizang",
    "宁夏回族自治区": "Ningxia",
    "新疆维吾尔自治区": "Xinjiang",
    "陕西省": "Shaanxi Province",
    "香港特别行政区": "Hong Kong",
    "澳门特别行政区": "Macao",
    "呼和浩特市": "Hohhot",
    "哈尔滨市": "Harbin",
    "拉萨市": "Lhasa",
    "乌鲁木齐市": "Urumqi",
}
# The longest first; a city's name stands for itself.
_KINDS = {
    "自治州": "Prefecture",
    "自治县": "County",
    "自治旗": "Banner",
    "地区": "Prefecture",
    "新区": "New Area",
    "林区": "District",
    "特区": "District",
    "省": "Province",
    "盟": "League",
    "县": "County",
    "区": "District",
    "旗": "Banner",
    "市": "",
}
_PEOPLES = (
    "维吾尔|柯尔克孜|哈萨克|达斡尔|鄂温克|鄂伦春|塔吉克|蒙古|朝鲜|布依|土家|哈尼|傈僳|拉祜|纳西|景颇|撒拉|毛南|仡佬|仫佬"
    "|保安|东乡|裕固|锡伯|布朗|普米|独龙|各|藏|羌|彝|回|苗|侗|壮|瑶|白|傣|黎|满|畲|佤|土|怒|水"
)
_AUTONOMOUS = re.compile(rf"(.+?)(?:(?:{_PEOPLES})族?)+(自治[州县旗])")
_PLACES = {
    "都": "du", "长": "chang", "长子": "zhang zi", "藏": "zang", "勒": "le", "什": "shi", "佛": "fo", "乾": "qian",
    "堡": "bu", "重": "chong", "曾": "zeng", "乐亭": "lao ting", "乐清": "yue qing", "乐陵": "lao ling",
    "六合": "lu he", "六安": "lu an", "洪洞": "hong tong", "崆峒": "kong tong", "蚌": "beng", "尉犁": "yu li",
    "大埔": "da bu", "番禺": "pan yu", "宝坻": "bao di", "蔚县": "yu xian", "牟平": "mu ping", "中牟": "zhong mu",
    "泊头": "bo tou", "繁峙": "fan shi", "珲": "hun", "茄": "qie", "枞": "zong", "涡": "guo", "厦": "xia", "铅": "yan",
    "东阿": "dong e", "单县": "shan xian", "浚": "xun", "泌": "bi", "陂": "pi", "圩": "xu", "覃": "qin", "犍": "qian",
    "称": "chen", "伽": "jia", "荥经": "ying jing", "召陵": "shao ling",
}  # fmt: skip
_LONGEST_PLACE = 2


def english_name(name: str) -> str | None:
    """`Yuhua District`, `Shijiazhuang`, `Lu'an`, `Lüliang`; None for what does not read, such as a code."""
    if name in _OWN_NAMES:
        return _OWN_NAMES[name]
    own, kind = _parts(name)
    syllables = _read(name)[: len(own)]
    if not all(syllables):
        return None
    word = "".join(
        f"'{syllable}" if place and syllable[0] in "aeo" else syllable for place, syllable in enumerate(syllables)
    )
    return f"{word.replace('v', 'ü').capitalize()} {kind}".rstrip()


def _parts(name: str) -> tuple[str, str]:
    """What a place is called, and what it is in English."""
    found = _AUTONOMOUS.fullmatch(name)
    if found:
        return found[1], _KINDS[found[2]]
    for ending, kind in _KINDS.items():
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending), kind
    return name, ""


def _read(name: str) -> list[str]:
    """One syllable a character; empty for what has no reading."""
    syllables: list[str] = []
    while len(syllables) < len(name):
        rest = name[len(syllables) :]
        place = next((rest[:size] for size in range(_LONGEST_PLACE, 0, -1) if rest[:size] in _PLACES), None)
        syllables += _PLACES[place].split() if place else [_usual(rest[0])]
    return syllables


def _usual(character: str) -> str:
    if not "\u3400" <= character <= "\u9fff":
        return ""
    usual = of_character(fold(character)).usual
    return usual[0] if usual else ""
