"""A court's list at the console: checked, approved, applied, taken back, and hostile files refused in a sentence."""

from __future__ import annotations

import io
import tempfile
import uuid
from datetime import date
from typing import Any

import openpyxl
import psycopg
import pytest
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from backend.core.access import act_for
from backend.core.officers import Officer, Signatures
from backend.listings.domain.life import ApprovalMissing
from backend.listings.lists_applying import approve
from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk, states
from tests.integration.listings.lists import COURTS, Importer, person
from tests.unit.listings.factories import fictional_id

Register = psycopg.Connection[DictRow]


def sheet_of(workbook: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]


def test_a_list_is_checked_first_and_told_in_one_sentence(
    desk: ListDesk, register: Register, clerk: Seat, importer: Importer
) -> None:
    importer.take([person(1), person(2), person(3)])
    rows = [person(1), person(2, duty="支付二百元"), person(3, cause="已履行"), person(4), person(5, caseCode="?")]
    path = desk.check(clerk, rows)
    page = clerk.get(path).text
    assert "新增 1,变更 1,移出 1,不变 1,隔离 1 行。送批准后才生效。" in page
    assert "支付货款1,000元 → 支付二百元" in page
    assert "案号无法识别" in page
    file = clerk.get(f"{path}?csv=1&sort=case_number").text
    assert "变更,赵示例" in file
    assert "义务: 支付货款1,000元 → 支付二百元" in file
    assert not [code for code in ("changed", "removed", "performed") if code in file]
    assert states(register) == {1: "published", 2: "published", 3: "published"}
    assert register.execute("SELECT count(*) AS n FROM register.import_file").fetchone() == {"n": 1}


def test_a_row_that_a_minors_row_overrules_is_told(desk: ListDesk, clerk: Seat) -> None:
    told = clerk.get(desk.check(clerk, [person(1), person(2), person(2, age="17")])).text
    assert "新增 1,变更 0,移出 0,不变 0,隔离 1 行。" in told
    assert "<dt>未收(本文件另有一行表明其未成年)</dt><dd>1</dd>" in told
    assert "未收(" not in clerk.get(desk.check(clerk, [person(1), person(3, age="17")])).text


def test_nothing_of_the_file_is_kept_that_may_not_be(desk: ListDesk, register: Register, clerk: Seat) -> None:
    full = fictional_id(date(1980, 1, 1), 1)
    bad = fictional_id(date(1980, 1, 2), 2)
    sent = [person(1, full_id=full, cardNum=f"{full[:10]}****{full[-4:]}"), person(2, cardNum=bad)]
    path = desk.check(clerk, sent)
    kept = ""
    for table in ("court_list", "court_list_row", "court_list_change"):
        kept += str(register.execute(f"SELECT to_jsonb(t)::text FROM register.{table} t").fetchall())
    for secret in (full, bad, full[:10], f"{full[:10]}****{full[-4:]}"):
        assert secret not in kept
    book = clerk.get(f"{path}/quarantine.xlsx")
    assert bad in str(list(sheet_of(book.data).values))  # the control


def test_uploads_stay_in_memory(desk: ListDesk, clerk: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("written to the disk")

    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse)
    rows = [
        person(number, duty="虚构" * 200, caseCode="?" if number == 1 else f"（2099）示0101执{number}号")
        for number in range(1, 800)
    ]
    path = desk.check(clerk, rows)
    assert clerk.get(f"{path}/quarantine.xlsx").status_code == 200


def test_the_quarantine_opens_where_it_was_uploaded_and_computes_nothing(
    desk: ListDesk, clerk: Seat, importer: Importer
) -> None:
    path = desk.check(clerk, [person(1), person(2, iname="=1+1", caseCode="?"), person(3, duty="_x000D_", age="12")])
    book = clerk.get(f"{path}/quarantine.xlsx")
    assert book.status_code == 200
    sheet = sheet_of(book.data)
    values = list(sheet.values)
    assert values[0][:3] == ("行号", "列", "原因")
    assert "案号无法识别" in values[1][2]
    cells = [cell for row in sheet.rows for cell in row]
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    assert "=1+1" in [cell.value for cell in cells]
    assert "_x000D_" in [cell.value for cell in cells]
    mended = importer.folder / "mended.xlsx"
    mended.write_bytes(book.data)
    assert importer.take_file(mended).rows == 2  # the readers take it back as it is
    other = desk.seat("clerk")
    assert other.get(f"{path}/quarantine.xlsx").status_code == 409
    assert "只能用上传时的浏览器" in other.get(path).text


def test_a_list_takes_effect_once_another_officer_signs_exactly_that(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat
) -> None:
    path = desk.check(clerk, [person(1), person(2)])
    asked = clerk.post(f"{path}/ask", reason="每周名单").location
    assert clerk.post(f"{path}/ask", reason="again").status_code == 409
    assert desk.work() == 0
    assert states(register) == {}
    assert "（2099）示0101执1号" not in approver.get(asked).text
    assert approver.post(f"{asked}/open").status_code == 303
    page = approver.get(asked).text
    assert "（2099）示0101执1号" in page
    assert "赵示例" not in page
    assert desk.approve(asked, clerk, 2).status_code == 403
    assert desk.approve(asked, approver).status_code == 422
    assert desk.approve(asked, approver, 3).status_code == 422
    assert desk.approve(asked, approver, 2).status_code == 303
    queued = register.execute("SELECT task_name FROM jobs.procrastinate_jobs WHERE status = 'todo'").fetchall()
    assert {"task_name": "apply-lists"} in queued
    assert "即将生效" in clerk.get(path).text
    assert "data-progress" in clerk.get(path).text
    assert desk.work() == 1
    assert states(register) == {1: "published", 2: "published"}
    file = register.execute("SELECT * FROM register.import_file").fetchone()
    assert file
    assert str(file["court_id"]) == "00000000-0000-0000-0000-000000000001"
    assert file["approved_by"].startswith("desk.")
    assert "已生效" in clerk.get(path).text
    assert desk.work() == 0


def test_signing_a_list_and_its_file_need_a_fresh_second_factor(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat
) -> None:
    path = desk.check(clerk, [person(1)])
    asked = clerk.post(f"{path}/ask", reason="每周名单").location
    register.execute("UPDATE desk.session SET proved_at = now() - interval '11 minutes'")
    register.commit()
    assert desk.approve(asked, approver).location.startswith("/court/prove")
    assert clerk.get(f"{path}?csv=1").location.startswith("/court/prove")
    assert clerk.get(path).status_code == 200  # the control: the page itself needs none
    register.execute("UPDATE desk.session SET proved_at = now()")
    register.commit()
    assert clerk.get(f"{path}?csv=1").mimetype == "text/csv"
    assert desk.approve(asked, approver).location == asked
    assert desk.work() == 1


def test_what_was_approved_is_applied_and_nothing_else(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    path = desk.check(clerk, [person(1), person(2)])
    asked = clerk.post(f"{path}/ask", reason="x").location
    assert desk.approve(asked, approver, 2).status_code == 303
    importer.take([person(1, duty="另一份文件")])
    assert desk.work() == 0
    page = clerk.get(path).text
    assert "登记有变动" in page
    assert "新增 1,变更 1" in page
    assert states(register) == {1: "published"}
    again = clerk.post(f"{path}/ask", reason="x").location
    assert desk.approve(again, approver, 2).status_code == 303
    assert desk.work() == 1
    assert states(register) == {1: "published", 2: "published"}


def test_a_request_for_what_was_checked_again_is_not_signed(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    path = desk.check(clerk, [person(1), person(2)])
    asked = clerk.post(f"{path}/ask", reason="x").location
    importer.take([person(1, duty="另一份文件")])
    assert clerk.post(f"{path}/check").status_code == 303
    assert "可以离开本页" in clerk.get(path).text
    assert clerk.post(f"{path}/check").status_code == 409
    assert desk.approve(asked, approver, 2).status_code == 409
    assert desk.work() == 0, "it is looked at, and nothing is applied"
    assert "已核对" in clerk.get(path).text
    assert desk.approve(asked, approver, 2).status_code == 409
    assert states(register) == {1: "published"}


def test_no_list_is_signed_by_one_officer_alone(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    identifier = desk.check(clerk, [person(1)]).rpartition("/")[2]
    (row,) = register.execute("SELECT digest FROM register.court_list WHERE id = %s", (identifier,)).fetchall()
    one, other = (Officer(seat.officer, uuid.UUID(COURTS[0].id), ("clerk", "approver")) for seat in (clerk, approver))

    def sign(signed: Signatures) -> None:
        with importer.database.transaction("court") as connection:
            act_for(connection, one.court_id)
            approve(connection, signed, {"list": identifier, "digest": row["digest"].hex()})

    for alone in (Signatures(one), Signatures(one, one)):
        with pytest.raises(ApprovalMissing):
            sign(alone)
    sign(Signatures(one, other))  # the control
    assert desk.work() == 1


def test_rows_of_another_court_are_refused(desk: ListDesk, register: Register, clerk: Seat, approver: Seat) -> None:
    foreign = person(2, courtName="示例市乙区人民法院", caseCode="（2099）示0102执2号")
    path = desk.take(clerk, approver, [person(1), foreign])
    assert "不是这份名单的法院" in clerk.get(path).text
    assert states(register) == {1: "published"}
    home = desk.seat("clerk", court=1)
    assert "新增 1" in home.get(desk.check(home, [foreign])).text  # the control


def test_a_row_that_was_smuggled_in_is_not_applied(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat
) -> None:
    path = desk.check(clerk, [person(1)])
    asked = clerk.post(f"{path}/ask", reason="x").location
    register.execute(
        "UPDATE register.court_list_row SET content = jsonb_set(content, '{court_id}', %s)",
        (Jsonb("00000000-0000-0000-0000-000000000002"),),
    )
    assert desk.approve(asked, approver).status_code == 303
    assert desk.work() == 0
    assert "有一行是其他法院的" in clerk.get(path).text
    assert states(register) == {}


def test_another_courts_list_is_not_there(desk: ListDesk, clerk: Seat) -> None:
    path = desk.check(clerk, [person(1), person(2, caseCode="?")])
    stranger = desk.seat("clerk", "approver", court=1)
    assert "list.json" not in stranger.get("/court/lists/").text
    absent = stranger.get(f"/court/lists/{uuid.uuid4()}")
    assert absent.status_code == 404
    assert stranger.get(path).text == absent.text
    for step, form in (
        ("ask", {"reason": "x"}), ("check", {}), ("discard", {}), ("undo", {"reason": "x"}),
        ("removals", {"count": "1"}),
        ("causes", {"cause": "performed", "all": "1"}),
    ):  # fmt: skip
        assert stranger.post(f"{path}/{step}", **form).status_code == 404, step
    assert stranger.get(f"{path}/quarantine.xlsx").status_code == 404
    assert clerk.get(path).status_code == 200  # the control


def test_a_file_with_a_name_that_cannot_be_kept_is_refused(desk: ListDesk, clerk: Seat) -> None:
    assert desk.send(clerk, [person(1)], "a\0b.json").status_code == 422
    assert desk.settled(desk.send(clerk, [person(1)], "ab.json").location) == "checked"  # the control


def test_only_clerks_send_lists(desk: ListDesk, clerk: Seat) -> None:
    path = desk.check(clerk, [person(1)])
    for role in ("approver", "auditor", "keeper", "reward_officer"):
        seat = desk.seat(role)
        assert desk.send(seat, [person(2)]).status_code == 403
        assert seat.get(path).status_code == (403 if role == "auditor" else 200)
        assert seat.post(f"{path}/ask", reason="x").status_code == 403
    assert desk.send(clerk, [person(2)], csrf="0" * 64).status_code == 403
