"""Case numbers of enforcement (执行案号) in one normal form."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_BRACKETS = str.maketrans("（）〔〕［］【】[]", "()()()()()")
# (year) court sign, type, number 号; whatever follows 号 names the document and is dropped, except a part number.
_FORM = re.compile(
    r"\((\d{4})\)([㐀-鿿]\d{0,4})([㐀-鿿\d]*?[执執恢][㐀-鿿]*?)(\d+(?:-\d+)?)号(之[一二三四五六七八九十\d]+)?.*"
)
# What nearly every row holds already.
_NORMAL = re.compile(r"（[0-9]{4}）([㐀-鿿][0-9]{2,4})执[恢保异]?[0-9]+号")
_COURT_SIGN = re.compile(r"[㐀-鿿]\d{2,4}")


class CaseNumber(NamedTuple):
    """A case number in normal form and the court's sign in it, None in the forms before 2016 that have none."""

    text: str
    court_code: str | None

    @property
    def key(self) -> str:
        """The number without its brackets, as `names.fold_case_number` folds it for look-ups."""
        return (self.text[1:5] + self.text[6:]).replace("執", "执")


def read_case_number(text: str) -> CaseNumber:
    """Normalise `( 2019 ) 冀0108执 123 号` to `（2019）冀0108执123号`.

    Full-width brackets, half-width digits, no spaces. Enforcement types are 执, 执恢, 执保, 执异 … and, before 2016,
    …法执字第…号. The sign of the court must be looked up: no area follows from it.

    Raises:
        ValueError: not in this form.
    """
    normal = _NORMAL.fullmatch(text)
    if normal:
        return CaseNumber(text, normal[1])
    half_width = _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_BRACKETS)
    match = _FORM.fullmatch(half_width)
    if not match:
        raise ValueError("not a case number")
    year, sign, kind, number, part = match.groups()
    code = sign if _COURT_SIGN.fullmatch(sign) else None
    return CaseNumber(f"（{year}）{sign}{kind}{number}号{part or ''}", code)
