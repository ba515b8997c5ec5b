"""The check of an uploaded list goes on beside its page, and is told to be lost with its process."""

from __future__ import annotations

import threading
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.listings import list_checks, lists
from tests.integration.desk import Seat
from tests.integration.listings.list_desk import ListDesk
from tests.integration.listings.lists import person

Register = psycopg.Connection[DictRow]


def test_a_check_goes_on_when_its_page_is_left_and_says_how_far_it_is(
    desk: ListDesk, clerk: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def plan_slowly(*given: Any) -> None:
        reached.set()
        assert go_on.wait(60)
        lists.plan_again(*given)

    monkeypatch.setattr(list_checks, "plan_again", plan_slowly)
    path = desk.send(clerk, [person(1), person(2, caseCode="?")]).location
    assert reached.wait(60)
    page = clerk.get(path).text
    assert "data-progress" in page
    assert "正在比对" in page
    assert "正在核对" in clerk.get("/court/lists/").text
    assert clerk.post(f"{path}/ask", reason="x").status_code == 409
    waiting = [desk.send(clerk, [person(3)]) for _ in range(3)]
    assert [answer.status_code for answer in waiting] == [303, 303, 503]  # so many files in memory, no more
    go_on.set()
    assert [desk.settled(one) for one in (path, *(answer.location for answer in waiting[:2]))] == ["checked"] * 3
    assert "新增 1,变更 0,移出 0,不变 0,隔离 1 行" in clerk.get(path).text
    assert clerk.get(f"{path}/quarantine.xlsx").status_code == 200


def test_a_check_that_fails_is_told_and_leaves_nothing_and_the_next_one_runs(
    desk: ListDesk, register: Register, clerk: Seat, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise LookupError("虚构")

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(list_checks, "plan_again", fail)
        paths = [desk.send(clerk, [person(number)]).location for number in (1, 2)]
        assert [desk.settled(path) for path in paths] == ["refused"] * 2
    page = clerk.get(paths[0]).text
    assert "出现意外错误" in page
    assert "虚构" not in page.partition('role="alert"')[2]
    assert "builtins.LookupError" in caplog.text
    assert "虚构" not in caplog.text.replace('raise LookupError("虚构")', "")
    assert register.execute("SELECT count(*) AS n FROM register.court_list_row").fetchone() == {"n": 0}
    desk.check(clerk, [person(number) for number in (1, 2)])  # the control


def test_a_check_whose_server_has_stopped_is_told_to_be_lost(desk: ListDesk, register: Register, clerk: Seat) -> None:
    path, other = desk.check(clerk, [person(1)]), desk.check(clerk, [person(2)])
    for address, ago in ((path, "31 minutes"), (other, "29 minutes")):
        register.execute(
            "UPDATE register.court_list"
            " SET state = 'checking', digest = NULL, uploaded_at = now() - CAST(%s AS interval) WHERE id = %s",
            (ago, address.rpartition("/")[2]),
        )  # fmt: skip
    list_checks.end_lost(desk.importer.database)
    assert "请重新上传文件" in clerk.get(path).text
    assert "data-progress" in clerk.get(other).text  # may still be at work
