"""Reads what is committed beside the migrations, and an operator's own corrections of courts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from backend.config import ROOT
from backend.core.errors import OperatorError
from backend.courts.domain import LEVELS, CourtLevel

COURTS_FILE = ROOT / "sql" / "seed" / "courts.csv"
GROUNDS_FILE = ROOT / "sql" / "seed" / "grounds.json"
COLUMNS = ("code", "name", "level", "area_code", "superior_code", "phone", "address")


@dataclass(frozen=True)
class Correction:
    """One row of a corrections file; None leaves what is known. A court not known yet needs name, level and area."""

    line: int
    code: str
    name: str | None
    level: CourtLevel | None
    area_code: str | None
    superior_code: str | None
    phone: str | None
    address: str | None


def read_corrections(path: Path) -> list[Correction]:
    """Rows of a CSV file with the columns of `COLUMNS`, UTF-8 with or without BOM.

    Raises:
        OperatorError: not such a file; says which line is wrong and why.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise OperatorError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise OperatorError(f"{path} is not a CSV file in UTF-8.") from None
    rows = csv.DictReader(io.StringIO(text))
    if "code" not in (rows.fieldnames or ()) or set(rows.fieldnames or ()) - set(COLUMNS):
        raise OperatorError(f"{path} must have the column code and may have {', '.join(COLUMNS[1:])}; nothing else.")
    corrections: list[Correction] = []
    for row in rows:
        try:
            correction = _correction(rows.line_num, row, {known.code for known in corrections})
        except ValueError as error:
            raise OperatorError(f"{path}, line {rows.line_num}: {error}.") from None
        corrections.append(correction)
    return corrections


def _correction(line: int, row: dict[str, Any], seen: Collection[str]) -> Correction:
    if None in row:
        raise ValueError("has more cells than the header")
    cells = {column: (row.get(column) or "").strip() or None for column in COLUMNS}
    code, level = cells["code"], cells["level"]
    if not code:
        raise ValueError("code is empty")
    if code in seen:
        raise ValueError(f"court {code} stands there twice")
    if level is not None and level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    return Correction(
        line, code, cells["name"], cast("CourtLevel | None", level), cells["area_code"],
        cells["superior_code"], cells["phone"], cells["address"],
    )  # fmt: skip


def read_grounds() -> list[dict[str, Any]]:
    """The six grounds as rows of `register.ground`."""
    document = json.loads(GROUNDS_FILE.read_text("utf-8"))
    return [_ground(document, ground) for ground in document["grounds"]]


def _ground(document: dict[str, Any], ground: dict[str, Any]) -> dict[str, Any]:
    ends = document["how_it_ends"]["term" if ground["has_term"] else "no_term"]
    number = "一二三四五六"[ground["id"] - 1]
    return {
        "id": ground["id"],
        "text": ground["text"],
        "plain_zh": ground["plain"]["zh"],
        "plain_en": ground["plain"]["en"],
        "short_zh": ground["short"]["zh"],
        "short_en": ground["short"]["en"],
        "article": document["article"].format(number=number),
        "has_term": ground["has_term"],
        "how_it_ends_zh": ends["zh"],
        "how_it_ends_en": ends["en"],
    }
