"""The quarantine of an uploaded list as XLSX, made in memory: openpyxl writes each sheet to a file of its own first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from backend.listings.domain.rejection import Reason
from backend.listings.quarantine import LONGEST_CELL, NOT_XML, OWN_COLUMNS, texts_of

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# Cells are text (@) behind an apostrophe, so that no program takes one for a formula.
_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_DOCUMENT}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="隔离" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_DOCUMENT}/worksheet"'
        f' Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{_DOCUMENT}/styles"'
        ' Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}


class QuarantineSheet:
    """Collects rejected rows beside their reasons; nothing of it reaches the disk."""

    def __init__(self) -> None:
        self._rows: list[tuple[tuple[str, ...], dict[str, str]]] = []
        self._columns: dict[str, None] = {}

    @property
    def rows(self) -> int:
        return len(self._rows)

    def add(self, number: int, record: Any, header: str, reason: Reason) -> None:
        """Keep one row as the file held it; `header` is the file's own word for the column that is wrong."""
        texts = texts_of(record)
        self._columns.update(dict.fromkeys(texts))
        self._rows.append(((str(number), header, f"{reason.zh} {reason.en}"), texts))

    def workbook(self) -> bytes:
        """The whole file."""
        columns = list(self._columns)
        lines = [_line([*OWN_COLUMNS, *columns])]
        lines += [_line([*own, *(texts.get(name, "") for name in columns)]) for own, texts in self._rows]
        sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
                archive.writestr(name, _HEAD + xml)
        return out.getvalue()


def _line(cells: Sequence[str]) -> str:
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(text: str) -> str:
    shown = NOT_XML.sub("\ufffd", text)[:LONGEST_CELL]
    return f'<c t="inlineStr" s="1"><is><t xml:space="preserve">{escape(shown)}</t></is></c>'
