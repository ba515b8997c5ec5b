from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from openpyxl import Workbook, load_workbook
from psycopg.rows import DictRow

from backend.core.errors import OperatorError
from backend.listings.domain.rejection import Reason
from backend.listings.importing import Options, Progress
from backend.listings.mapping import load_mapping
from backend.listings.service import import_file
from tests.integration.listings.lists import YEAR, Importer, Record, body, person

Register = psycopg.Connection[DictRow]
HEADERS = {
    "iname": "被执行人姓名/名称", "sexy": "性别", "age": "年龄", "cardNum": "身份证号码/组织机构代码",
    "businessEntity": "法定代表人或者负责人姓名", "courtName": "执行法院", "areaName": "省份", "partyTypeName": "类型",
    "gistId": "执行依据文号", "regDate": "立案时间", "caseCode": "案号", "gistUnit": "做出执行依据单位",
    "duty": "生效法律文书确定的义务", "performance": "被执行人的履行情况", "performedPart": "已履行（部分）",
    "unperformPart": "未履行（部分）", "disruptTypeName": "失信被执行人行为具体情形", "publishDate": "发布时间",
}  # fmt: skip
ROWS = [person(1, duty='支付"货款",1,000元\n及利息'), person(2, sexy="女"), body(1)]
LIST = Path(__file__).parents[2] / "data" / "lists"


def as_csv(rows: list[Record], encoding: str, delimiter: str = ",", above: str = "") -> bytes:
    text = io.StringIO()
    text.write(above)
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(HEADERS.values())
    writer.writerows([row[key] for key in HEADERS] for row in rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: list[Record], above: int = 0) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for _ in range(above):
        sheet.append(["失信被执行人名单"])
    sheet.append(list(HEADERS.values()))
    for row in rows:
        sheet.append([int(row[key]) if key == "age" else row[key] for key in HEADERS])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def lower_keys(rows: list[Record]) -> list[Record]:
    return [{key.lower(): value for key, value in row.items()} for row in rows]


FORMS: dict[str, Callable[[], bytes]] = {
    "array": lambda: json.dumps(ROWS).encode(),
    "array, GB18030": lambda: json.dumps(ROWS, ensure_ascii=False, indent=2).encode("gb18030"),
    "array, BOM": lambda: json.dumps(ROWS, ensure_ascii=False).encode("utf-8-sig"),
    "array, lower-case keys": lambda: json.dumps(lower_keys(ROWS), ensure_ascii=False).encode(),
    "lines": lambda: "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS).encode(),
    "lines, BOM, blank lines": lambda: "\r\n\r\n".join(json.dumps(row) for row in ROWS).encode("utf-8-sig"),
    "csv": lambda: as_csv(ROWS, "utf-8"),
    "csv, BOM": lambda: as_csv(ROWS, "utf-8-sig"),
    "csv, GB18030": lambda: as_csv(ROWS, "gb18030"),
    "csv, tabs": lambda: as_csv(ROWS, "utf-8", "\t"),
    "csv, a title above": lambda: as_csv(ROWS, "utf-8", above="失信被执行人名单\n\n"),
    "xlsx": lambda: as_xlsx(ROWS),
    "xlsx, a title above": lambda: as_xlsx(ROWS, above=3),
}


def content(register: Register) -> list[tuple[Any, ...]]:
    query = """
        SELECT entity.kind, entity.name, entity.sex, entity.age_band, entity.uscc, entity.representative,
               listing.case_number, listing.duty, listing.performance, listing.ground_mask, listing.filed_on,
               listing.published_on, listing.basis_number, listing.listing_key, listing.content_hash
        FROM register.listing INNER JOIN register.entity ON entity.id = listing.entity_id ORDER BY listing_key
    """
    return [tuple(row.values()) for row in register.execute(query)]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_one_list_gives_the_same_rows(importer: Importer, register: Register, form: str) -> None:
    importer.take(ROWS)
    expected = content(register)
    assert len(expected) == 3
    path = importer.folder / "list.of.any.name"
    path.write_bytes(FORMS[form]())
    summary = importer.take_file(path)
    assert (summary.unchanged, summary.quarantined) == (3, {})
    register.execute("TRUNCATE register.entity CASCADE")
    assert importer.take_file(path).new == 3
    assert content(register) == expected


def zipped(name: str, size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        with archive.open(name, "w", force_zip64=True) as entry:
            for _ in range(size >> 20):
                entry.write(bytes(1 << 20))
    return stream.getvalue()


NO_LISTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\xef\xbb\xbf \r\n\n",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "pdf": b"%PDF-1.7\n",
    "web page": b"<!doctype html><table><tr><td>\xe6\xa1\x88\xe5\x8f\xb7</td></tr></table>",
    "JSON object": b'{"code": 200, "items": []}',
    "JSON object over lines": b'{\n "iname": "x",\n "caseCode": "y"}',
    "empty array": b"[]",
    "array of numbers": b"[1, 2, 3]",
    "other records": b'[{"a": 1}, {"b": 2}]',
    "broken off": json.dumps(ROWS).encode()[:-40],
    "not closed": json.dumps(ROWS).encode()[:-1],
    "no comma": json.dumps(ROWS).encode().replace(b"}, {", b"} {"),
    "two arrays": json.dumps(ROWS).encode() * 2,
    "deeply nested": b"[" * 100_000,
    "binary": bytes(range(256)) * 20,
    "other table": b"a,b,c\n1,2,3\n",
    "header only": as_csv([], "utf-8"),
    "old Excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "zip": zipped("a.txt", 1 << 20).replace(b"xl/workbook.xml", b"xl/otherfile.xm"),
    "damaged zip": as_xlsx(ROWS)[:2000],
    "zip bomb": zipped("xl/worksheets/sheet1.xml", 300 << 20),
    "UTF-16": as_csv(ROWS, "utf-16"),
}


@pytest.mark.parametrize("kind", NO_LISTS)
def test_what_is_no_list_is_refused_in_one_sentence(importer: Importer, register: Register, kind: str) -> None:
    path = importer.folder / "file.json"
    path.write_bytes(NO_LISTS[kind])
    with pytest.raises(OperatorError) as caught:
        importer.take_file(path)
    assert str(caught.value).startswith("file.json ")
    assert "\n" not in str(caught.value)
    assert register.execute("SELECT 1 FROM register.import_file").fetchall() == []


def test_a_missing_file_is_refused_in_one_sentence(importer: Importer) -> None:
    with pytest.raises(OperatorError, match=r"none\.json cannot be read: no such file"):
        importer.take_file(importer.folder / "none.json")


def test_a_bad_line_or_byte_costs_its_row_only(importer: Importer) -> None:
    path = importer.folder / "list.jsonl"
    lines = [json.dumps(person(number), ensure_ascii=False).encode() for number in (1, 2, 3)]
    path.write_bytes(b"\n".join([lines[0], b"{broken", lines[1].replace("货款".encode(), b"\xff\xfe"), lines[2]]))
    summary = importer.take_file(path)
    assert (summary.new, summary.quarantined) == (2, {Reason.NOT_A_RECORD: 1, Reason.UNPRINTABLE: 1})


def test_shifted_columns_cost_their_row_only(importer: Importer) -> None:
    path = importer.folder / "list.csv"
    path.write_bytes(as_csv(ROWS, "utf-8") + b",".join([b"x"] * 30) + b"\n")
    assert importer.take_file(path).quarantined == {Reason.NOT_A_RECORD: 1}


def test_headers_may_be_named_in_a_file(importer: Importer) -> None:
    mapping = importer.folder / "own.toml"
    mapping.write_text('[headers]\nname = ["当事人"]\nduty = ["判决内容"]\n', "utf-8")
    row = person(1)
    row["当事人"], row["判决内容"] = row.pop("iname"), row.pop("duty")
    path = importer.write([row])
    with pytest.raises(OperatorError, match="--mapping"):
        importer.take_file(path)
    summary = import_file(importer.database, importer.settings, path, Options(load_mapping(mapping)), Progress())
    assert summary.new == 1


@pytest.mark.parametrize(
    "text", ["", "x", "[headers]\nnom = ['x']", "[headers]\nname = 'x'", "[headers]\nname = [1]", "headers = 1"]
)
def test_a_mapping_that_maps_nothing_is_refused(importer: Importer, text: str) -> None:
    path = importer.folder / "own.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(OperatorError, match=r"own\.toml"):
        load_mapping(path)


def test_bad_rows_come_back_in_a_workbook_that_can_be_mended(importer: Importer, register: Register) -> None:
    rows = [
        person(1),
        person(2, publishDate="去年", duty="=1+1", gistUnit="@示例", performedPart="+86", unperformPart="-5"),
        person(3, age="17", cardNum="9999991980****012X", 备注="原样保留"),
        "不是记录",
    ]
    quarantine = importer.folder / "bad.xlsx"
    summary = importer.take(rows, quarantine=quarantine)
    assert sum(summary.quarantined.values()) == 3
    assert quarantine.stat().st_mode & 0o777 == 0o600
    workbook = load_workbook(quarantine)
    sheet = workbook.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header[:3] == ["行号", "列", "原因"]
    assert {"iname", "publishDate", "focusNumber", "备注"} <= set(header)
    cells = {str(name): sheet[2][place] for place, name in enumerate(header)}
    assert (cells["行号"].value, cells["列"].value, cells["publishDate"].value) == (2, "publishDate", "去年")
    for name, text in (("duty", "=1+1"), ("gistUnit", "@示例"), ("performedPart", "+86"), ("unperformPart", "-5")):
        assert (cells[name].value, cells[name].data_type, cells[name].number_format) == (text, "s", "@")
    cells["publishDate"].value = f"{YEAR}年05月06日"
    sheet[3][header.index("age")].value = 45
    workbook.save(quarantine)
    mended = importer.take_file(quarantine, quarantine=quarantine)
    assert (mended.new, mended.quarantined) == (2, {Reason.EMPTY_NAME: 1})
    assert (
        importer.take(
            [person(1), person(2, duty="=1+1", gistUnit="@示例", performedPart="+86", unperformPart="-5")]
        ).unchanged
        == 2
    )
    cards = register.execute("SELECT count(*) AS n FROM register.entity WHERE has_identifier").fetchall()
    assert cards == [{"n": 3}]


def test_without_bad_rows_there_is_no_workbook(importer: Importer) -> None:
    quarantine = importer.folder / "bad.xlsx"
    importer.take([person(1, age="17")], quarantine=quarantine)
    assert quarantine.exists()
    importer.take([person(1)], quarantine=quarantine)
    assert not quarantine.exists()


@pytest.mark.parametrize("name", ["bad.csv", "no/such/folder/bad.xlsx"])
def test_a_workbook_that_cannot_be_written_is_refused_before_anything(
    importer: Importer, register: Register, name: str
) -> None:
    with pytest.raises(OperatorError):
        importer.take([person(1)], quarantine=importer.folder / name)
    assert register.execute("SELECT 1 FROM register.listing").fetchall() == []


def test_the_example_files_hold_the_same_list(importer: Importer) -> None:
    mapping = load_mapping()
    rows = json.loads((LIST / "example.json").read_text("utf-8"))
    with (LIST / "example.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    read = [[str(value or "") for value in mapping.plan(row).read(row)] for row in rows]
    assert read == [[str(value or "") for value in mapping.plan(row).read(row)] for row in table]
    assert len(rows) >= 5
    assert all("2099" in row["caseCode"] for row in rows)
    assert importer.take(rows).quarantined == {Reason.UNKNOWN_COURT: len(rows)}
