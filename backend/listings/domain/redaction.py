"""Free text: private details are withheld before anything is stored for showing (docs/privacy.md).

Looked for: resident IDs (full and masked), bank cards, telephone numbers, number plates and street addresses. Too
much is withheld rather than too little: a clerk can release it, nobody can take it back.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MARK = "〔已隐去〕"
ID_MARK = "〔身份证号码〕"

# Full-width letters, digits and signs, one for one, so that positions in the text stay the same.
_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ＊－．·　＃]")
_GAP = r"[ \-–—.·]?"
_ID = re.compile(
    rf"(?<![0-9])(?:[0-9]{_GAP}){{17}}[0-9Xx](?![0-9])"
    r"|(?<![0-9])[0-9]{15}(?![0-9])"
    r"|(?<![0-9])[0-9]{3,14}[*×●xX]{3,12}[0-9]{0,4}[0-9Xx]?"
)
_NUMBERS = re.compile(
    rf"(?<![0-9.])(?:\+?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])"  # mobile
    r"|(?<![0-9])(?:\(0[0-9]{2,3}\)|0[0-9]{2,3})[ \-–—]?[2-9][0-9]{6,7}(?![0-9])"  # landline with its area code
    r"|(?<![0-9])[48]00[ \-–—][0-9]{3,4}[ \-–—][0-9]{3,4}(?![0-9])"
    r"|(?<![0-9])(?:[0-9][ \-]?){11,24}[0-9](?![0-9]|\.[0-9])"  # bank cards and accounts
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Za-hj-np-z][ ·•.-]?"
    r"[A-HJ-NP-Za-hj-np-z0-9]{4,5}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![0-9A-Za-z])"
)
# A number in an address; bounded, so that a page of digits costs no more than its length.
_DIGIT = r"[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁]"
_COUNT = rf"{_DIGIT}{{1,6}}"
_NUMBERED_STREET = rf"(?:路|街|巷|道|弄|里|村|组|胡同|大院){_COUNT}(?:[-之]{_COUNT}){{0,3}}号"
_NUMBERED_HOUSE = rf"{_COUNT}(?:-{_COUNT}){{0,3}}(?:号楼|单元|栋|幢|室|户)"
_HOUSE = rf"(?:{_NUMBERED_HOUSE}|{_COUNT}(?:楼|层)|{_NUMBERED_STREET}(?:院|楼)?)"
_ADDRESS = re.compile(rf"[㐀-鿿0-9A-Za-z\-#·()]{{0,60}}?{_HOUSE}(?:[之\-]?{_HOUSE}|{_COUNT}[号\-]){{0,6}}")
# Begins with the rarer word, not with the number, so that it is quick to find nothing.
_CONFIRM_ADDRESS = re.compile(rf"(?<={_DIGIT})(?:号楼|单元|[栋幢室户])|{_NUMBERED_STREET}")
_ADDRESS_HINT = re.compile("[号室栋幢户单]")
_ADDRESS_STARTS = re.compile(
    r".*(?:[位坐座]落?[于在]|住所地为?|住址为?|地址为?|住在|现住|送达至?|名下的?|所有的?)", re.DOTALL
)


# Without either a text holds no number to withhold, and is not searched further.
_DIGITS = re.compile(r"[0-9][0-9 \-–—.·()]{6}")
_MASKS = re.compile(r"\*\*|××|●●|xx|XX")


class Redacted(NamedTuple):
    """What may be shown, and, where something was withheld, the text as the file held it but for ID numbers."""

    public: str | None
    withheld: str | None


_EMPTY = Redacted(None, None)


def redact(text: str) -> Redacted:
    """Withhold private details; `public` has one mark for each, `withheld` is None when there was none.

    ID numbers are taken out of the withheld original too: no part of one is ever stored (docs/adr/0004).
    """
    if not text:
        return _EMPTY
    plain = _half_width(text)
    ids: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    if _is_suspect(plain):
        ids = [match.span() for match in _ID.finditer(plain)]
        spans = ids + [match.span() for match in _NUMBERS.finditer(plain)]
    spans += [match.span() for match in _PLATE.finditer(plain)]
    if _ADDRESS_HINT.search(plain) and _CONFIRM_ADDRESS.search(plain):
        spans += [_address_span(match) for match in _ADDRESS.finditer(plain) if _CONFIRM_ADDRESS.search(match[0])]
    if not spans:
        return Redacted(text, None)
    return Redacted(_replace(text, spans, MARK), _replace(text, ids, ID_MARK))


def holds_private_number(text: str) -> bool:
    """Whether a short text (a name, a judgment's number) holds an ID, telephone or account number."""
    plain = _half_width(text)
    return _is_suspect(plain) and (_ID.search(plain) is not None or _NUMBERS.search(plain) is not None)


def _is_suspect(plain: str) -> bool:
    return _DIGITS.search(plain) is not None or _MASKS.search(plain) is not None


def _half_width(text: str) -> str:
    return text.translate(_HALF_WIDTH) if _WIDE.search(text) else text


def _address_span(match: re.Match[str]) -> tuple[int, int]:
    # Keep the words that lead to the address: 将位于 stays, what is there does not.
    lead = _ADDRESS_STARTS.match(match[0])
    return match.start() + (lead.end() if lead else 0), match.end()


def _replace(text: str, spans: list[tuple[int, int]], mark: str) -> str:
    parts, position = [], 0
    for start, end in sorted(spans):
        if start < position:
            position = max(position, end)
            continue
        parts += [text[position:start], mark]
        position = end
    return "".join(parts) + text[position:]
