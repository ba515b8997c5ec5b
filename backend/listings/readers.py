"""Rows of a list file, streamed: memory does not grow with the file.

A reader yields `(number, record)`. The number is what a person finds the row by: the row of the sheet, the line of
JSON lines, the place in a JSON array from 1. The record is a dict by the file's own headers, or anything else where
the file holds no record there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from json.scanner import make_scanner
from typing import IO, Any, TextIO

from backend.listings.domain.refusal import NotTaken, Refusal
from backend.listings.mapping import REQUIRED, HeaderMapping
from backend.listings.sniff import SourceFile
from backend.listings.xlsx import read_sheets

NumberedRecord = tuple[int, Any]
_CHUNK = 1 << 18
# No record is longer; a file without record ends must not be read into memory as one.
_LONGEST_RECORD = 1 << 24
_BLANKS = re.compile(r"[ \t\r\n]*")
# A list made for people often has a title and a date above its headers.
_HEADER_WITHIN = 20
# So many first records must show the needed keys; one bad record at the start does not condemn a file.
_LOOK_AT = 50
# Numbers stay the text they are: nothing here computes with them, and a code must not lose digits.
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
_scan: Callable[[str, int], tuple[Any, int]] = make_scanner(_DECODER)  # type: ignore[arg-type]  # typeshed is wrong


@contextmanager
def open_rows(source: SourceFile, mapping: HeaderMapping) -> Iterator[tuple[IO[bytes], Iterator[NumberedRecord]]]:
    """The open file, whose `tell()` is the progress, and its records.

    Raises:
        NotTaken: at once or while reading: the file is not a list, or is broken off or damaged.
    """
    name = source.path.name
    with source.open() as file:
        if source.form == "xlsx":
            yield file, _with_header(read_sheets(file, name, uploaded=source.content is not None), mapping, name)
            return
        with io.TextIOWrapper(file, source.encoding, errors="surrogateescape", newline="") as text:
            if source.form == "csv":
                yield file, _with_header(_read_csv(text, name), mapping, name)
            else:
                records = _read_array(text, name) if source.form == "json" else _read_lines(text, name)
                yield file, _looked_at(records, mapping, name)


def _looked_at(records: Iterator[NumberedRecord], mapping: HeaderMapping, name: str) -> Iterator[NumberedRecord]:
    first = list(islice(records, _LOOK_AT))
    keys = {key for _, record in first if isinstance(record, dict) for key in record}
    if not first:
        raise NotTaken(Refusal.NO_ROWS, name=name)
    _require(mapping.known(keys), name)
    return chain(first, records)


def _require(known: set[str], name: str) -> None:
    if not known.issuperset(REQUIRED):
        raise NotTaken(Refusal.NO_COLUMNS, name=name)


def _read_array(text: TextIO, name: str) -> Iterator[NumberedRecord]:
    """Records of a JSON array, one after the other out of a sliding window."""
    window, position, number = text.read(_CHUNK).lstrip("\ufeff \t\r\n"), 1, 0
    may_end = True  # at first, and after a record, but not after a comma
    while True:
        position = _BLANKS.match(window, position).end()  # type: ignore[union-attr]
        mark = window[position : position + 1]
        if may_end and mark == "]":
            break
        record, end = _decode(window, position) if mark else (None, None)
        after = _BLANKS.match(window, end).end() if end is not None else len(window)  # type: ignore[union-attr]
        if after == len(window):  # the record may go on beyond the window
            more = text.read(_CHUNK)
            if not more or len(window) - position > _LONGEST_RECORD:
                raise NotTaken(Refusal.BROKEN_OFF, name=name, number=number)
            window, position = window[position:] + more, 0
            continue
        if window[after] not in ",]":
            raise NotTaken(Refusal.BAD_JSON, name=name, number=number + 1)
        number += 1
        yield number, record
        may_end = window[after] == "]"
        position = after if may_end else after + 1
    if (window[position + 1 :] + text.read(_CHUNK)).strip():
        raise NotTaken(Refusal.MORE_JSON, name=name)


def _decode(window: str, position: int) -> tuple[Any, int | None]:
    """A record and where it ends, or None where none can be read whole."""
    try:
        return _scan(window, position)
    except (ValueError, StopIteration, RecursionError):
        return None, None


def _read_lines(text: TextIO, name: str) -> Iterator[NumberedRecord]:
    """One JSON object a line; a line that is none goes to quarantine, unless it is the first."""
    number = 0
    while line := text.readline(_LONGEST_RECORD):
        number += 1
        if len(line) == _LONGEST_RECORD:
            raise NotTaken(Refusal.ENDLESS_LINE, name=name, number=number)
        line = line.lstrip("\ufeff").strip()
        if not line:
            continue
        try:
            record = _DECODER.decode(line)
        except (ValueError, RecursionError):
            if number == 1:
                raise NotTaken(Refusal.ONE_OBJECT, name=name) from None
            record = line
        yield number, record


def _read_csv(text: TextIO, name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    csv.field_size_limit(_LONGEST_RECORD)
    head = text.read(_CHUNK)
    first_line = head.partition("\n")[0]
    delimiter = max(",\t;", key=first_line.count)
    lines = _lines(head, text)
    try:
        yield from enumerate(csv.reader(lines, delimiter=delimiter), start=1)
    except csv.Error as error:
        if "field larger" in str(error):
            raise NotTaken(Refusal.LONG_CELL, name=name) from None
        raise NotTaken(Refusal.BAD_CSV, name=name, fault=error) from None


def _lines(head: str, text: TextIO) -> Iterator[str]:
    # The head was read to find the delimiter; its last, perhaps cut, line goes on in the rest of the file.
    lines = io.StringIO(head.removeprefix("\ufeff"), newline="").readlines()
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += text.readline()
    return chain(lines, text)


def _with_header(
    rows: Iterable[tuple[int, Sequence[Any]]], mapping: HeaderMapping, name: str
) -> Iterator[NumberedRecord]:
    """Records of a table: the first row that names the needed columns is its header."""
    remaining = iter(rows)
    seen: set[str] = set()
    empty = True
    for _, cells in islice(remaining, _HEADER_WITHIN):
        empty = empty and not any(cells)
        header = [str(cell).strip() if cell is not None else "" for cell in cells]
        seen = max(seen, mapping.known(header), key=len)
        if mapping.known(header).issuperset(REQUIRED):
            return _records(remaining, _unique(header))
    if empty:
        raise NotTaken(Refusal.EMPTY, name=name)
    _require(seen, name)
    raise NotTaken(Refusal.NO_HEADER, name=name)


def _records(rows: Iterator[tuple[int, Sequence[Any]]], header: list[str]) -> Iterator[NumberedRecord]:
    width = len(header)
    for number, cells in rows:
        if not any(cell is not None and cell != "" for cell in cells):
            continue
        if len(cells) > width and any(cell is not None and cell != "" for cell in cells[width:]):
            yield number, list(cells)  # a separator inside an unquoted value has shifted the columns
        elif [str(cell or "").strip() for cell in cells[:width]] != header:  # sheets repeat their header when joined
            yield number, dict(zip(header, cells, strict=False))


def _unique(header: list[str]) -> list[str]:
    names: list[str] = []
    for place, name in enumerate(header, start=1):
        names.append(name if name and name not in names else f"{name or '列'}#{place}")
    return names
