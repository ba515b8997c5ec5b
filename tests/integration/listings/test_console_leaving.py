"""Who leaves by a court's list at the console: for a stated cause at once, for none only once it is said why."""

from __future__ import annotations

import psycopg
from psycopg.rows import DictRow

from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk, states
from tests.integration.listings.lists import Importer, person

Register = psycopg.Connection[DictRow]


def test_whoever_leaves_for_a_stated_cause_waits_for_nobody(
    desk: ListDesk, register: Register, clerk: Seat, importer: Importer
) -> None:
    importer.take([person(number) for number in range(1, 61)])
    leaving = [person(number, cause="已履行") for number in range(1, 5)]
    path = desk.check(clerk, [*leaving, person(99)])
    assert "输入 4 确认移出 4 条" in clerk.get(path).text
    assert clerk.post(f"{path}/removals", count="3").status_code == 422
    assert clerk.post(f"{path}/removals", count="4").status_code == 303
    page = clerk.get(path).text
    assert "正在移出写明事由的" in page
    assert "data-progress" in page
    assert "可以离开本页" in page
    for step, form in (("removals", {"count": "4"}), ("ask", {"reason": "x"}), ("check", {}), ("discard", {})):
        assert clerk.post(f"{path}/{step}", **form).status_code == 409, step
    assert "deleted" not in states(register).values(), "the worker does it"
    assert desk.work() == 0
    found = states(register)
    assert [number for number, state in found.items() if state == "deleted"] == [1, 2, 3, 4]
    said = register.execute(
        "SELECT body.content::jsonb AS said FROM audit.entry INNER JOIN audit.body USING (sequence)"
        " WHERE action = 'list.remove'"
    ).fetchall()
    assert [(row["said"]["officer"], row["said"]["count"]) for row in said] == [(str(clerk.officer), 4)]
    assert 99 not in found
    page = clerk.get(path).text
    assert "新增 1,变更 0,移出 0" in page
    assert "已按写明的事由移出,不等批准</dt><dd>4</dd>" in page
    assert clerk.post(f"{path}/ask", reason="x").status_code == 303  # the control: the rest waits as before
    causes = register.execute("SELECT DISTINCT ended_cause FROM register.listing WHERE state = 'deleted'").fetchall()
    assert causes == [{"ended_cause": "performed"}]


def test_a_removal_of_whoever_is_a_clerk_no_more_changes_nothing_and_says_so(
    desk: ListDesk, register: Register, clerk: Seat, importer: Importer
) -> None:
    importer.take([person(1), person(2)])
    path = desk.check(clerk, [person(1, cause="已履行"), person(2)])
    assert clerk.post(f"{path}/removals", count="1").status_code == 303
    register.execute("UPDATE register.officer SET roles = '{approver}' WHERE id = %s", (clerk.officer,))
    register.commit()
    assert desk.work() == 0
    assert states(register) == {1: "published", 2: "published"}
    another = desk.seat("clerk")
    page = another.get(path).text
    assert "没有办成,什么都没有改变:" in page
    assert "这需要另一种角色" in page
    assert another.post(f"{path}/removals", count="1").status_code == 303  # the control: who is one
    desk.work()
    assert states(register) == {1: "deleted", 2: "published"}


def test_a_whole_list_asks_why_those_leave_whom_it_lacks(
    desk: ListDesk, register: Register, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    importer.take([person(number) for number in range(1, 6)])
    path = desk.check(clerk, [person(1), person(2)], whole="1")
    page = clerk.get(path).text
    assert "移出 3,不变 2" in page
    assert page.count("不在新名单中,未写明事由") == 3
    assert '<option value="">请选择</option>' in page, "nobody is said to be dead by a press too early"
    first = register.execute(
        "SELECT id FROM register.court_list_change WHERE action = 'dropped' ORDER BY case_number LIMIT 1"
    ).fetchone()
    assert first
    assert clerk.post(f"{path}/causes", cause="performed", change=str(first["id"])).status_code == 303
    for bad in ({"cause": "made_up", "all": "1"}, {"cause": "not_in_list", "all": "1"}, {"cause": "performed"}):
        assert clerk.post(f"{path}/causes", **bad).status_code == 422, bad
    assert clerk.get(path).text.count("不在新名单中,未写明事由") == 2
    assert clerk.post(f"{path}/removals", count="1").status_code == 303
    assert desk.work() == 0
    assert [number for number, state in states(register).items() if state == "deleted"] == [3]
    assert clerk.post(f"{path}/causes", cause="settled", all="1").status_code == 303
    asked = clerk.post(f"{path}/ask", reason="x").location
    assert desk.approve(asked, approver, 2).status_code == 303
    assert desk.work() == 1
    rows = register.execute("SELECT case_key, ended_cause FROM register.listing WHERE state = 'deleted'").fetchall()
    assert {row["ended_cause"] for row in rows} == {"performed", "settled"}


def test_a_large_change_of_a_whole_list_is_told_to_whoever_signs(
    desk: ListDesk, clerk: Seat, approver: Seat, importer: Importer
) -> None:
    importer.take([person(number) for number in range(1, 221)])
    path = desk.check(clerk, [person(number) for number in range(1, 201)], whole="1")
    assert "请核对是否选错文件" in clerk.get(path).text
    asked = clerk.post(f"{path}/ask", reason="x").location
    assert approver.post(f"{asked}/open").status_code == 303
    assert "请核对是否选错文件" in approver.get(asked).text
    small = desk.check(clerk, [person(number) for number in range(1, 216)], whole="1")
    assert "请核对是否选错文件" not in clerk.get(small).text
