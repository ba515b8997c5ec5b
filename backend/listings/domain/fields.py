"""The fields a row may hold, by our names, in one fixed order, and reading their values as text."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
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
_PLAIN_TYPES = (str, type(None), int, float)


def as_texts(row: Row) -> Row:
    """The row with every value as clean text: no edge blanks, one kind of line end, `暂无` and its like empty.

    Raises:
        Rejected: a value is a list or an object, is too long, or holds NUL or other unprintable characters.
    """
    values = []
    for field, value in zip(FIELDS, row, strict=True):
        if value is None or value == "":
            values.append("")
            continue
        text = value.strip() if type(value) is str else _from_other(field, value)
        if not text.isprintable():
            text = _printable(field, text)
        if len(text) > MAX_SHORT and (field not in LONG_FIELDS or len(text) > MAX_LONG):
            raise Rejected(field, Reason.TOO_LONG)
        values.append("" if text in _NOTHING else text)
    return Row._make(values)


def _from_other(field: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float, date)):
        raise Rejected(field, Reason.NOT_A_RECORD)
    if isinstance(value, float) and value.is_integer():  # XLSX holds 45 as 45.0
        return str(int(value))
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value).strip()


def _printable(field: str, text: str) -> str:
    # `isprintable` also refuses line ends and wide spaces, which are fine, and format characters, which are dropped.
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
