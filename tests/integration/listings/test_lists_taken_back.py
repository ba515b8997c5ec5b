"""A list at the console is taken back, fails, and is forgotten."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.listings import lists_applying
from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk, states
from tests.integration.listings.lists import Importer, person

Register = psycopg.Connection[DictRow]


def test_a_list_is_taken_back_by_a_compensating_import(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    importer.take([person(1, duty="原来的义务", age="30"), person(2), person(6, duty="电话13000000000")])
    before = register.execute(
        "SELECT case_key, state, duty, performance, name, age_band FROM register.listing"
        " INNER JOIN register.entity ON entity.id = entity_id ORDER BY case_key"
    ).fetchall()
    rows = [person(1, duty="错误的义务", age="52"), person(2, cause="已履行"), person(3), person(6, duty="错的")]
    path = desk.take(clerk, approver, rows)
    assert states(register) == {1: "published", 2: "deleted", 3: "published", 6: "published"}
    answer = clerk.post(f"{path}/undo", reason="上传错了文件")
    assert "/court/approvals/" in answer.location  # somebody would be shown again
    assert "再次公示 shown again · （2099）示0101执2号" in approver.get(answer.location).text
    assert states(register)[2] == "deleted"
    assert desk.approve(answer.location, clerk).status_code == 403
    assert desk.approve(answer.location, approver).status_code == 303
    assert desk.work() == 1
    assert states(register) == {1: "published", 2: "published", 3: "deleted", 6: "published"}
    after = register.execute(
        "SELECT case_key, state, duty, performance, name, age_band FROM register.listing"
        " INNER JOIN register.entity ON entity.id = entity_id WHERE state = 'published' ORDER BY case_key"
    ).fetchall()
    assert after == before
    held = register.execute("SELECT original FROM register.withheld_text").fetchall()
    assert held == [{"original": "电话13000000000"}]
    files = register.execute("SELECT name FROM register.import_file ORDER BY imported_at").fetchall()
    assert [row["name"] for row in files] == ["list.json", "list.json", "↩ list.json"]
    assert clerk.post(f"{path}/undo", reason="x").status_code == 409
    events = register.execute(
        "SELECT action FROM register.listing_event WHERE import_file_id = (SELECT id FROM register.import_file"
        " WHERE name LIKE '↩%') ORDER BY action"
    ).fetchall()
    assert [row["action"] for row in events] == ["correct", "correct", "delete", "relist"]
    served = register.execute("SELECT place, number FROM serving.differences()").fetchall()
    assert not any(row["number"] for row in served)


def test_what_a_court_had_to_do_is_to_be_done_again_once_its_list_is_taken_back(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    def open_duties() -> set[str]:
        rows = register.execute("SELECT kind FROM register.task WHERE done_on IS NULL").fetchall()
        return {row["kind"] for row in rows}

    importer.take([person(1)])
    register.execute(
        "INSERT INTO register.task (court_id, listing_id, kind, cause, begun_on, done_on)"
        " SELECT court_id, id, kind, 'performed', current_date, CASE WHEN kind = 'correct' THEN current_date END"
        " FROM register.listing CROSS JOIN unnest(ARRAY["
        "  'delete_after_cause', 'act_on_objection', 'correct', 'decide_objection', 'decide_review']) AS kind"
    )
    path = desk.take(clerk, approver, [person(1, cause="已履行")])
    assert open_duties() == {"decide_objection", "decide_review"}
    # decided while the listing was off view
    register.execute("UPDATE register.task SET done_on = current_date WHERE kind = 'decide_review'")
    assert desk.approve(clerk.post(f"{path}/undo", reason="上传错了文件").location, approver).status_code == 303
    assert desk.work() == 1
    assert states(register) == {1: "published"}
    assert open_duties() == {"decide_objection", "delete_after_cause", "act_on_objection"}


def test_taking_back_what_only_added_needs_no_second_signature_and_ends_after_a_day(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat
) -> None:
    path = desk.take(clerk, approver, [person(1), person(2)])
    register.execute("UPDATE register.listing SET duty = duty")  # nothing that counts
    register.execute("UPDATE register.court_list SET applied_at = applied_at - interval '25 hours'")
    assert clerk.post(f"{path}/undo", reason="x").status_code == 409
    assert "不能再撤回" in clerk.get(path).text
    assert "撤回这份名单" not in clerk.get(path).text
    register.execute("UPDATE register.court_list SET applied_at = applied_at + interval '25 hours'")
    assert "撤回这份名单" in clerk.get(path).text
    assert clerk.post(f"{path}/undo", reason="x").status_code == 303
    assert states(register) == {1: "published", 2: "published"}, "the worker does it"
    assert "可以离开本页" in clerk.get(path).text
    assert clerk.post(f"{path}/undo", reason="x").status_code == 409
    assert desk.work() == 1
    assert states(register) == {1: "deleted", 2: "deleted"}
    desk.take(clerk, approver, [person(1)])  # the mended list lists again
    assert states(register) == {1: "published", 2: "deleted"}


def test_what_officers_did_since_stays(desk: ListDesk, register: Register, clerk: Seat, approver: Seat) -> None:
    path = desk.take(clerk, approver, [person(1), person(2)])
    row = register.execute("SELECT id FROM register.listing WHERE case_key = '2099示0101执1号'").fetchone()
    assert row
    done = clerk.post(f"/court/listings/{row['id']}/withdrawal", cause="wrongly_listed", reason="x")
    assert done.status_code == 303
    assert clerk.post(f"{path}/undo", reason="x").status_code == 303
    assert desk.work() == 1
    assert states(register) == {1: "withdrawn", 2: "deleted"}


def test_a_list_that_fails_says_so_and_changes_nothing(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = desk.check(clerk, [person(1)])
    asked = clerk.post(f"{path}/ask", reason="x").location
    assert desk.approve(asked, approver).status_code == 303

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(lists_applying, "note_moves", fail)
    with pytest.raises(RuntimeError):
        desk.work()
    assert states(register) == {}
    assert "没有生效" in clerk.get(path).text


def test_what_is_kept_of_a_list_ends(desk: ListDesk, register: Register, clerk: Seat, approver: Seat) -> None:
    path = desk.check(clerk, [person(1), person(2, caseCode="?")])
    assert clerk.post(f"{path}/discard").status_code == 303
    done = desk.take(clerk, approver, [person(3)])
    settings = desk.importer.settings
    lists_applying.forget_closed(desk.importer.database, settings)
    left = register.execute("SELECT list_id FROM register.court_list_change").fetchall()
    assert [str(row["list_id"]) for row in left] == [done.rpartition("/")[2]]  # it can still be taken back
    register.execute("UPDATE register.court_list SET applied_at = applied_at - interval '25 hours'")
    lists_applying.forget_closed(desk.importer.database, settings)
    for table in ("court_list_row", "court_list_change", "court_list_before"):
        assert register.execute(f"SELECT count(*) AS n FROM register.{table}").fetchone() == {"n": 0}
    assert clerk.post(f"{path}/ask", reason="x").status_code == 409
