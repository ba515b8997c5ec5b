"""One folded form of a name or number, so that spellings of the same thing compare equal.

Import folds what it stores and search folds what is asked, with this same function (docs/adr/0002). The
original is kept for display.
"""

from __future__ import annotations

import functools
import re
import unicodedata

import opencc

# NFKC leaves these apart, or turns them into something else, though people type any of them between parts of a name.
MIDDLE_DOTS = "\u00b7\u30fb\u2022\u2219\u22c5\u2027\uff0e\ufe52.\u318d\u119e\u1427\u16eb\uff65\u0387"
_WITHOUT_DOTS = dict.fromkeys(map(ord, MIDDLE_DOTS))
# Pairs that OpenCC leaves alone but which files and people swap for one another.
_VARIANTS = dict(zip("閻闫肖傅戴邱鐘鍾锺於囯鬱", "阎阎萧付代丘钟钟钟于国郁", strict=True))
# Simplified characters whose traditional form, in general or as Taiwan or Hong Kong writes it, leads back to another.
_VARIANTS |= dict(zip("暱渖稆缐谘迳钜镟馀麹幺簷痺着睪颚鲶衞敍", "昵沈穞线咨径巨旋余曲么檐痹著睾腭鲇卫叙", strict=True))
# Where Chinese characters stand in Unicode 15.
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
_BRACKETS = str.maketrans("〔〕［］【】{}[]〈〉《》", "()()()()()()()")
_SPACE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


@functools.cache
def _to_simplified() -> dict[int, str]:
    """Every traditional character to its simplified form, by OpenCC.

    Character by character, not by phrase: OpenCC keeps `乾` in `乾坤` but not alone, and a part must fold as the whole.
    """
    traditional = "\n".join(chr(code) for first, last in _IDEOGRAPHS for code in range(first, last + 1))
    simplified = opencc.OpenCC("t2s").convert(traditional)
    pairs = zip(traditional.split("\n"), simplified.split("\n"), strict=True)
    table = {one: _VARIANTS.get(other, other) for one, other in pairs}
    # A second step, since OpenCC takes 薴 to 苧 and 苧 to 苎.
    return {ord(one): table.get(other, other) for one, other in table.items() if one != other}


def fold(text: str) -> str:
    """Fold a name for comparison: simplified, half-width, lower case, round brackets, no spaces and no middle dots.

    `歐陽 娜・娜` → `欧阳娜娜`; `虚构（北京）ＡＢＣ公司` → `虚构(北京)abc公司`.
    """
    text = text.translate(_WITHOUT_DOTS)
    text = unicodedata.normalize("NFKC", text).translate(_WITHOUT_DOTS).translate(_BRACKETS)
    folded = _SPACE.sub("", text).translate(_to_simplified()).casefold()
    # A mark that stood behind a space now stands behind a letter, and casefold takes letters apart.
    return unicodedata.normalize("NFKC", folded)


def tells_enough(folded: str) -> bool:
    """Whether a folded term says something: two Chinese characters, or three letters or digits."""
    chinese = sum(unicodedata.name(sign, "").startswith("CJK UNIFIED") or sign == "〇" for sign in folded)
    return chinese >= 2 or sum(map(str.isalnum, folded)) >= 3


_CASE_DROPPED = re.compile(r"[()（）〔〕\[\]［］【】\s]+")


def fold_case_number(text: str) -> str:
    """Fold a case number in any script, bracket, width or spacing: `( 2019 )冀0108執 123號` → `2019冀0108执123号`."""
    return _CASE_DROPPED.sub("", unicodedata.normalize("NFKC", text)).translate(_to_simplified())
