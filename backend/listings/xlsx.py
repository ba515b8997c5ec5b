"""XLSX as it comes in: sheets read row by row, and archives refused that are made to fill a memory."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from backend.listings.domain.refusal import NotTaken, Refusal

# A sheet's XML shrinks to a tenth or a thirtieth; what shrinks far more is made to fill a memory.
_MOST_BYTES = 4 << 30
_SUSPECT_BYTES = 200 << 20
_SUSPECT_RATIO = 100
# Shared strings are held in memory while a sheet is read.
_MOST_SHARED_STRINGS = 400 << 20
# An upload shares its memory with everybody's requests: its sheets may be as large as a long list's, and no larger.
_MOST_UPLOADED_BYTES = 300 << 20
_MOST_UPLOADED_STRINGS = 40 << 20
_DAMAGED = (zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, OSError, EOFError, IndexError)


def read_sheets(file: IO[bytes], name: str, *, uploaded: bool = False) -> Iterator[tuple[int, Sequence[Any]]]:
    """Rows of every sheet, one after the other, each with its number in its sheet, from 1; less may be `uploaded`.

    Raises:
        NotTaken: no XLSX workbook, damaged, or packed to fill a memory.
    """
    _refuse_bomb(file, name, uploaded=uploaded)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations it does not keep
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            for sheet in workbook.worksheets:
                sheet.reset_dimensions()  # some programs write a wrong extent, and rows beyond it would be lost
                yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    except _DAMAGED:
        raise NotTaken(Refusal.DAMAGED_EXCEL, name=name) from None


def _refuse_bomb(file: IO[bytes], name: str, *, uploaded: bool) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise NotTaken(Refusal.DAMAGED_ARCHIVE, name=name) from None
    finally:
        file.seek(0)
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise NotTaken(Refusal.ARCHIVE, name=name)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    shared = sum(entry.file_size for entry in entries if entry.filename.endswith("sharedStrings.xml"))
    ratio_suspect = unpacked > _SUSPECT_BYTES and unpacked / packed > _SUSPECT_RATIO
    most = _MOST_UPLOADED_BYTES if uploaded else _MOST_BYTES
    most_shared = _MOST_UPLOADED_STRINGS if uploaded else _MOST_SHARED_STRINGS
    if unpacked > most or shared > most_shared or ratio_suspect:
        raise NotTaken(Refusal.TOO_MUCH_UNPACKED, name=name, megabytes=unpacked >> 20)
