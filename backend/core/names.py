"""One folded form of a name or number, so that spellings of the same thing compare equal.

Import folds what it stores and search folds what is asked, with this same function (domain.md section 8). The
original is kept for display.
"""

from __future__ import annotations

import functools
import re
import unicodedata

import opencc

# NFKC leaves these apart, or turns them into something else, though people type any of them between parts of a name.
_MIDDLE_DOTS = dict.fromkeys(
    map(ord, "\u00b7\u30fb\u2022\u2219\u22c5\u2027\uff0e\ufe52.\u318d\u119e\u1427\u16eb\uff65\u0387")
)
# Pairs that OpenCC leaves alone but which files and people swap for one another.
_VARIANTS = str.maketrans("閻闫阎肖萧傅戴邱鐘鍾锺於囯鬱", "阎阎阎萧萧付代丘钟钟钟于国郁")
_BRACKETS = str.maketrans("〔〕［］【】{}[]〈〉《》", "()()()()()()()")
_SPACE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


@functools.cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """Fold a name for comparison: simplified, half-width, lower case, round brackets, no spaces and no middle dots.

    `歐陽 娜・娜` → `欧阳娜娜`; `虚构（北京）ＡＢＣ公司` → `虚构(北京)abc公司`.
    """
    text = text.translate(_MIDDLE_DOTS)
    text = unicodedata.normalize("NFKC", text).translate(_MIDDLE_DOTS).translate(_BRACKETS)
    text = _to_simplified().convert(_SPACE.sub("", text))
    return text.translate(_VARIANTS).casefold()


_CASE_DROPPED = re.compile(r"[()（）〔〕\[\]［］【】\s]+")


def fold_case_number(text: str) -> str:
    """Fold a case number in any bracket, width or spacing: `( 2019 )冀0108执 123号` → `2019冀0108执123号`."""
    return _CASE_DROPPED.sub("", unicodedata.normalize("NFKC", text))
