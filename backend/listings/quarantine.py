"""The quarantine: rows that could not be taken, and the XLSX in which a person mends them and imports them again."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from backend.core.errors import OperatorError
from backend.listings.domain.rejection import Reason

OWN_COLUMNS = ("行号", "列", "原因")
# What XML 1.0 cannot hold; the reason column says that the text had such characters.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROWS_OF_A_SHEET = 1_000_000
LONGEST_CELL = 32_767
# Below this the rows wait in memory, above it in an unnamed file that is gone with the process.
_IN_MEMORY = 16 << 20


class QuarantineFile:
    """Collects rejected rows and writes them beside their reasons; used as a context manager.

    The XLSX appears under its name only by `write`, whole, readable by its owner alone: it holds the rows as the
    court sent them.
    """

    def __init__(self, path: Path) -> None:
        if path.suffix.lower() != ".xlsx":
            raise OperatorError(f"{path.name}: the quarantine is an Excel file, so its name must end in .xlsx.")
        if not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
            raise OperatorError(f"{path} cannot be written: there is no such folder, or it is closed to you.")
        self._path = path
        self._spool = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        self._columns: dict[str, None] = {}
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.close()

    def add(self, number: int, record: Any, header: str, reason: Reason) -> None:
        """Keep one row as the file held it; `header` is the file's own word for the column that is wrong."""
        texts = texts_of(record)
        self._columns.update(dict.fromkeys(texts))
        own = (number, header, f"{reason.zh} {reason.en}")
        self._spool.write(json.dumps([own, texts], ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        self.rows += 1

    def write(self) -> None:
        """Write the workbook; with no rows nothing is written, and a file from before is removed.

        Raises:
            OperatorError: the disk is full or the folder is gone.
        """
        try:
            if not self.rows:
                self._path.unlink(missing_ok=True)
                return
            partial = self._path.with_name(self._path.name + ".partial")
            partial.touch(mode=0o600)
            self._workbook().save(partial)
            partial.replace(self._path)
        except OSError as error:
            raise OperatorError(f"{self._path.name} cannot be written: {error.strerror}.") from None

    def _workbook(self) -> Workbook:
        workbook = Workbook(write_only=True)
        columns = list(self._columns)
        self._spool.seek(0)
        sheet: WriteOnlyWorksheet | None = None
        for place, line in enumerate(self._spool):
            if sheet is None or place % _ROWS_OF_A_SHEET == 0:
                sheet = workbook.create_sheet(f"隔离{place // _ROWS_OF_A_SHEET + 1}")
                sheet.append([_cell(sheet, text) for text in (*OWN_COLUMNS, *columns)])
            (number, header, reason), texts = json.loads(line)
            cells = (header, reason, *(texts.get(name, "") for name in columns))
            sheet.append([number, *(_cell(sheet, text) for text in cells)])
        return workbook


def _cell(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    """A cell that stays text: `=1+1`, `+86…`, `-5` and `@x` are never a formula, and codes keep their digits."""
    cell: Cell = WriteOnlyCell(sheet, value="")
    cell.value = NOT_XML.sub("\ufffd", text)[:LONGEST_CELL]
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell


def texts_of(record: Any) -> dict[str, str]:
    """A row's cells by its own headers, without the columns that an earlier quarantine added."""
    values = record if isinstance(record, Mapping) else {"原文": record}
    return {str(name): _text_of(value) for name, value in values.items() if str(name) not in OWN_COLUMNS}


def _text_of(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
