"""Hostile and oversized uploads: one sentence in a page, and nothing kept."""

from __future__ import annotations

import io
import re
import zipfile

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.desk import LANGUAGE_COOKIE
from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk
from tests.integration.listings.lists import Importer, person

Register = psycopg.Connection[DictRow]


def _zip(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


HOSTILE = {
    "bomb.xlsx": _zip(xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=b" " * (320 << 20)),
    "strings.xlsx": _zip(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=b" " * (50 << 20)),
    "archive.zip": _zip(a_txt=b"x"),
    "broken.xlsx": b"PK\x03\x04" + b"x" * 500,
    "entities.xlsx": _zip(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'),
    "old.xls": b"\xd0\xcf\x11\xe0" + b"x" * 500,
    "photo.jpg": b"\xff\xd8\xff" + b"x" * 500,
    "page.html": b"<html><script>alert(1)</script>",
    "paper.pdf": b"%PDF-1.7",
    "empty.csv": b"",
    "nothing.json": b"[]",
    "torn.json": b'[{"iname": "x"',
    "deep.json": b"[" * 100_000,
    "other.csv": "甲,乙\n1,2\n".encode(),
    "nul.bin": b"\x00" * 5000,
    "../../etc/<script>alert(1)</script>.csv": b"x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(desk: ListDesk, register: Register, clerk: Seat, name: str) -> None:
    answer = desk.send(clerk, HOSTILE[name], name=name)
    if answer.status_code == 303:  # seen only once it is read
        assert desk.settled(answer.location) == "refused"
        page = clerk.get(answer.location).text
        assert "不能采用" in page
        assert re.search(r'role="alert">.*<br>[^<]{8,}。</p>', page), page
        clerk.client.set_cookie(LANGUAGE_COOKIE, "en", domain="localhost", path="/court")
        assert re.search(r'role="alert">.*<br>[^<]{10,}\.</p>', clerk.get(answer.location).text)
        assert clerk.post(f"{answer.location}/ask", reason="x").status_code == 409
    else:
        assert answer.status_code == 422, answer.text
        assert "回到今天" in (page := answer.text)
        assert re.search("<p>这个文件读不成名单:<span data-why>[^<]{8,}。</span></p>", page), page
    assert "<script>alert" not in page
    for table in ("court_list_row", "court_list_change"):
        assert register.execute(f"SELECT count(*) AS n FROM register.{table}").fetchone() == {"n": 0}


def test_a_file_of_fifty_megabytes_is_refused_in_a_page(desk: ListDesk, clerk: Seat) -> None:
    answer = desk.send(clerk, b"x" * (50 << 20))
    assert answer.status_code == 413
    assert "文件超过 19 MB" in answer.text
    assert "没有办成" in answer.text
    assert clerk.post("/court/lists/").status_code == 422
    elsewhere = clerk.post("/court/listings/several", reason="x" * 1_200_000)
    assert elsewhere.status_code == 413  # the control: only the upload takes more than a form's bytes


def test_too_many_rows_are_sent_to_the_command_line(
    desk: ListDesk, clerk: Seat, importer: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIST_MAX_ROWS", "3")
    settings = type(importer.settings).from_environment(
        {"VAR_DIR": str(importer.settings.var_dir), "LIST_MAX_ROWS": "3"}
    )
    desk.app.extensions["settings"] = settings
    path = desk.send(clerk, [person(number) for number in range(1, 5)]).location
    assert desk.settled(path) == "refused"
    assert "用命令行导入" in clerk.get(path).text
    desk.check(clerk, [person(number) for number in range(1, 4)])
