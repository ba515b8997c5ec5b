"""The fields a row may hold, by our names, in one fixed order, and reading their values as text."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any, NamedTuple

from backend.listings.domain.rejection import Reason, Rejected

# Longer than any real value; a file with a broken quote puts thousands of rows into one cell.
MAX_SHORT = 300
MAX_LONG = 20_000
LONG_FIELDS = frozenset({"duty", "performed_part", "unperformed_part"})
# Words files write where they have nothing to say.
_NOTHING = frozenset({"暂无", "无", "/", "-", "--", "—", "——", "null", "NULL", "None", "none", "\\N", "N/A", "#N/A"})


class Row(NamedTuple):
    """One row of a file by our field names (`docs/import.md`); None where the file has no such column.

    `full_id` and `birth_date` are only ever looked at in memory; `exit_on` and `cause` mark a removal.
    """

    name: Any = None
    sex: Any = None
    age: Any = None
    identifier: Any = None
    representative: Any = None
    court: Any = None
    province: Any = None
    kind: Any = None
    basis_number: Any = None
    basis_issuer: Any = None
    filed_on: Any = None
    case_number: Any = None
    duty: Any = None
    performance: Any = None
    performed_part: Any = None
    unperformed_part: Any = None
    grounds: Any = None
    published_on: Any = None
    area_code: Any = None
    registered_address: Any = None
    registered_lon: Any = None
    registered_lat: Any = None
    registered_lon_gcj02: Any = None
    registered_lat_gcj02: Any = None
    full_id: Any = None
    birth_date: Any = None
    term_ends_on: Any = None
    cause: Any = None
    exit_on: Any = None


FIELDS = Row._fields


def as_texts(row: Row) -> Row:
    """The row with every value as clean text: no edge blanks, one kind of line end, `暂无` and its like empty.

    Raises:
        Rejected: a value is a list or an object, is too long, or holds NUL or other unprintable characters.
    """
    # Nearly every row holds texts only, all printable, so that its values are not looked at one by one.
    texts = ["" if value is None else value.strip() if type(value) is str else value for value in row]
    try:
        printable = "".join(texts).isprintable()
    except TypeError:
        texts, printable = [_as_text(field, value) for field, value in zip(FIELDS, texts, strict=True)], False
    if not printable:
        texts = [_printable(field, text) for field, text in zip(FIELDS, texts, strict=True)]
    if max(map(len, texts)) > MAX_SHORT:
        _refuse_too_long(texts)
    return Row._make(["" if text in _NOTHING else text for text in texts])


def _refuse_too_long(texts: list[str]) -> None:
    for field, text in zip(FIELDS, texts, strict=True):
        if len(text) > (MAX_LONG if field in LONG_FIELDS else MAX_SHORT):
            raise Rejected(field, Reason.TOO_LONG)


def _as_text(field: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
        raise Rejected(field, Reason.NOT_A_RECORD)
    if isinstance(value, float) and value.is_integer():  # XLSX holds 45 as 45.0
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def _printable(field: str, text: str) -> str:
    # `isprintable` also refuses line ends and wide spaces, which are fine, and format characters, which are dropped.
    if text.isprintable():
        return text
    kept = []
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        category = unicodedata.category(character)
        if character in "\n\t" or character.isprintable():
            kept.append(character)
        elif category in {"Zs", "Zl", "Zp"}:
            kept.append(" ")
        elif category == "Cf":  # zero-width and direction marks: invisible, and good only to spoof
            continue
        elif category == "Cn" and 0x20000 <= ord(character) < 0x3FFFE:  # Han characters newer than this Python
            kept.append(character)
        else:
            raise Rejected(field, Reason.UNPRINTABLE)
    return "".join(kept).strip()
