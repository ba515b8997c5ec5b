"""The first page of the console: four blocks, whose they are, and where they lead."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import datetime, time, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.clocks.service import store_clocks
from backend.core.clock import CHINA
from tests.integration.desk import Console, Seat
from tests.integration.register import TODAY, Register


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    store_clocks(connection)
    return Console(register, connection)


def _task(console: Console, days: int | None, **fields: Any) -> uuid.UUID:
    listing = fields.pop("listing", None) or console.register.listing(console.register.entity())
    due = None if days is None else TODAY + timedelta(days=days)
    values = {
        "court_id": console.register.courts[0],
        "kind": "correct",
        "begun_on": TODAY - timedelta(days=40),
        **fields,
    }
    return console.register.insert("task", listing_id=listing, due_on=due, **values)


def _draft(console: Console, holder: uuid.UUID, days: int) -> uuid.UUID:
    listing = console.register.listing(console.register.entity("贾草稿"))
    return console.register.insert(
        "notice", listing_id=listing, court_id=console.register.courts[0], kind="property", basis="fixed", amount=1,
        source="court", requested_on=TODAY, answer_due_on=TODAY + timedelta(days=days), drafted_by=holder,
        ends_on=TODAY + timedelta(days=90),
    )  # fmt: skip


def _counts(seat: Seat, query: str = "") -> dict[str, int]:
    page = seat.get(f"/court/{query}").text
    found = re.findall(r'/court/duties/(\w+)[^"]*"><strong[^>]*>(\d+)</strong>', page)
    return {block: int(n) for block, n in found}


def test_what_is_due_overdue_and_far_off_are_told_apart(console: Console) -> None:
    clerk = console.seat("clerk")
    for days in (0, 0, -1, 5):
        _task(console, days)
    _task(console, None)
    _task(console, -3, done_on=TODAY)  # noise: done
    counted = {name: _counts(clerk)[name] for name in ("due", "overdue", "undated")}
    assert counted == {"due": 2, "overdue": 1, "undated": 1}
    page = clerk.get("/court/").text
    assert "还有 0 个工作日" in page
    assert "更正公示信息" in page


def test_what_has_no_clock_is_told_of_until_it_is_done(console: Console) -> None:
    """A claim that came before the last visit is neither due nor new, and waits all the same."""
    clerk = console.seat("clerk")
    assert "没有期限的待办" not in clerk.get("/court/").text
    listing = _task(console, None, kind="decide_early_deletion")
    console.connection.execute("UPDATE register.desk_visit SET before_at = now() + interval '1 hour'")
    page = clerk.get("/court/").text
    assert _counts(clerk)["new"] == 0
    assert _counts(clerk)["undated"] == 1
    assert "决定是否提前删除" in page
    assert "决定是否提前删除" in clerk.get("/court/duties/undated").text
    console.connection.execute("UPDATE register.task SET done_on = begun_on WHERE id = %s", (listing,))
    assert "undated" not in _counts(clerk)


def test_days_of_a_year_without_its_arrangement_are_said_to_be_uncertain(console: Console) -> None:
    clerk = console.seat("clerk")
    assert "放假调休安排尚未载入" not in clerk.get("/court/").text
    console.connection.execute("DELETE FROM register.calendar_day")
    assert "2026 年的国务院放假调休安排尚未载入" in clerk.get("/court/").text


@pytest.mark.parametrize(("days", "block"), [(31, None), (30, "new"), (7, "due"), (6, "overdue"), (-1, "overdue")])
def test_a_key_that_runs_out_is_told_of_while_there_is_time_to_replace_it(
    console: Console, days: int, block: str | None
) -> None:
    clerk = console.seat("clerk")
    for number, left in ((1, -300), (2, days)):
        until = datetime.combine(TODAY + timedelta(days=left), time(20), CHINA)
        console.connection.execute(
            "INSERT INTO register.court_key (court_id, use, number, key, not_after, signature)"
            " VALUES (%s, 'sign', %s, %s, %s, %s)",
            (console.register.courts[0], number, bytes(32), until, bytes(64)),
        )
    clerk.get("/court/")
    console.connection.execute("UPDATE register.desk_visit SET before_at = '2026-02-28 12:00+08'")
    told = {name: n for name, n in _counts(clerk).items() if n and name in ("due", "overdue", "new")}
    assert told == ({block: 1} if block else {})
    assert ("签名钥匙快到期" in clerk.get("/court/").text) is (block is not None)


def test_nothing_due_says_what_comes_next(console: Console) -> None:
    clerk = console.seat("clerk")
    empty = clerk.get("/court/").text
    assert "今天没有到期事项。" in empty
    assert "下一件" not in empty
    _task(console, 9)
    assert re.search(r"今天没有到期事项。 下一件: 2026年3月10日\(周二\) 更正公示信息", clerk.get("/court/").text)
    assert "没有等别人批准的事项。" in empty


def test_mine_is_what_i_hold_and_what_nobody_does(console: Console) -> None:
    clerk, other = console.seat("clerk"), console.seat("clerk")
    _draft(console, clerk.officer, 0)
    _draft(console, other.officer, 0)
    _task(console, 0)
    assert _counts(clerk)["due"] == 2
    assert _counts(clerk, "?court=1")["due"] == 3
    assert _counts(other)["due"] == 2


def test_a_listings_duties_are_held_by_whoever_acts_first_until_they_are_handed_over(console: Console) -> None:
    clerk, other = console.seat("clerk"), console.seat("clerk")
    listing = console.register.listing(console.register.entity())
    _task(console, 0, listing=listing)
    _task(console, 0)  # noise: nobody's
    assert [_counts(seat)["due"] for seat in (clerk, other)] == [2, 2]
    path = f"/court/listings/{listing}"
    found = clerk.post(f"{path}/cause", cause="performed", on=TODAY, reason="虚构的理由")
    assert found.status_code == 303
    assert [_counts(seat)["due"] for seat in (clerk, other)] == [2, 1]
    assert _counts(other, "?court=1")["due"] == 2
    assert other.post(f"{path}/cause", cause="settled", on=TODAY, reason="虚构的理由").status_code in (303, 422)
    assert [_counts(seat)["due"] for seat in (clerk, other)] == [2, 1], "the first holds it"
    stranger = console.seat("clerk", court=console.register.courts[1])
    approver = console.seat("approver")
    assert stranger.post(f"{path}/hand-over", to=stranger.officer).status_code == 404
    for wrong in (stranger, approver):
        assert clerk.post(f"{path}/hand-over", to=wrong.officer).status_code == 422
    assert clerk.post(f"{path}/hand-over", to=other.officer).status_code == 303
    assert [_counts(seat)["due"] for seat in (clerk, other)] == [1, 2]
    console.connection.execute("UPDATE register.officer SET active = false WHERE id = %s", (other.officer,))
    assert _counts(clerk)["due"] == 2, "what somebody held who is gone is everybody's"


def test_every_count_leads_to_its_table(console: Console) -> None:
    clerk = console.seat("clerk")
    _draft(console, console.seat("clerk").officer, -2)
    for days in (-1, -2, -2):
        _task(console, days)
    rows = list(csv.reader(io.StringIO(clerk.get("/court/duties/overdue?court=1&csv=1").text.removeprefix("\ufeff"))))
    assert len(rows) - 1 == _counts(clerk, "?court=1")["overdue"] == 4
    assert len(list(csv.reader(io.StringIO(clerk.get("/court/duties/overdue?csv=1").text)))) - 1 == 3
    page = clerk.get("/court/duties/overdue?court=1&sort=due_on&down=1").text
    assert 'aria-sort="descending"' in page
    assert "/court/notices/" in page
    assert clerk.get("/court/duties/everything").status_code == 404


def test_a_duty_leads_only_where_its_reader_may_go(console: Console) -> None:
    listing = console.register.listing(console.register.entity())
    _task(console, 0, listing=listing)
    page = f"/court/listings/{listing}"
    auditor = console.seat("auditor")
    assert "更正公示信息" in auditor.get("/court/").text
    assert page not in auditor.get("/court/").text
    assert auditor.get(page).status_code == 403
    assert page in console.seat("clerk").get("/court/").text  # the control


def test_new_counts_from_the_end_of_the_visit_before(console: Console) -> None:
    clerk = console.seat("clerk")
    clerk.get("/court/")
    console.connection.execute(
        "UPDATE register.desk_visit SET before_at = %s, seen_at = %s", ("2026-02-27", "2026-02-27")
    )
    _task(console, 20, begun_on=TODAY)
    _task(console, 20, begun_on=TODAY - timedelta(days=3))
    assert _counts(clerk)["new"] == 1
    assert "2026-02-27" in clerk.get("/court/").text
    assert _counts(clerk)["new"] == 1, "the same visit goes on"


def test_another_courts_work_is_not_counted(console: Console) -> None:
    stranger = console.seat("clerk", court=console.register.courts[1])
    _task(console, 0)
    _draft(console, console.seat("clerk").officer, 0)
    assert _counts(stranger, "?court=1") == {"due": 0, "overdue": 0, "new": 0, "waiting": 0}
    assert _counts(console.seat("clerk"), "?court=1")["due"] == 2  # the control


def test_the_last_import_says_how_many_rows_were_left_out(console: Console) -> None:
    clerk = console.seat("clerk")
    assert "还没有导入过名单" in clerk.get("/court/").text
    file = console.register.insert(
        "import_file", name="a.csv", sha256=b"y", source="court", imported_at="2026-02-28T01:00:00+00:00",
        counts='{"added": 4, "quarantined": {"minor": 2, "name_empty": 1}}', full_list_of=console.register.courts[0],
    )  # fmt: skip
    assert file
    assert "上次导入 2026-02-28 09:00,隔离 3 行" in clerk.get("/court/").text


def test_waiting_for_someone_else_is_what_i_asked_for(console: Console) -> None:
    clerk, other, approver = console.seat("clerk"), console.seat("clerk"), console.seat("approver")
    listing = console.register.listing(console.register.entity())
    notice = console.register.notice(listing)
    asked = clerk.post(f"/court/notices/{notice}/extend", ends_on=TODAY + timedelta(days=99), reason="虚构的理由")
    assert asked.status_code == 303
    assert [_counts(seat)["waiting"] for seat in (clerk, other)] == [1, 0]
    assert _counts(other, "?court=1")["waiting"] == 1
    auditor, pages = console.seat("auditor"), ("/court/?court=1", "/court/duties/waiting?court=1")
    for page in pages:  # who may not open it reads what it is about, without a link that leads nowhere
        assert "延长悬赏" in auditor.get(page).text
        assert str(asked.location) not in auditor.get(page).text
        assert str(asked.location) in clerk.get(page).text  # the control
    assert auditor.get(str(asked.location)).status_code == 403
    assert str(asked.location) in clerk.get("/court/").text
    approver.post(f"{asked.location}/approve")
    assert _counts(clerk)["waiting"] == 0


def test_what_waits_for_my_signature_is_told_apart_from_what_i_asked_for(console: Console) -> None:
    clerk, approver, second = console.seat("clerk"), console.seat("approver"), console.seat("clerk", "approver")
    notice = console.register.notice(console.register.listing(console.register.entity()))
    other = console.register.notice(console.register.listing(console.register.entity("贾示例")))
    for seat, about in ((clerk, notice), (second, other)):
        ends_on = TODAY + timedelta(days=99)
        assert seat.post(f"/court/notices/{about}/extend", ends_on=ends_on, reason="虚构的理由").status_code == 303
    for seat in (clerk, console.seat("reward_officer")):
        assert "sign" not in _counts(seat), "they sign nothing"
    assert [_counts(seat)["sign"] for seat in (approver, second)] == [2, 1]
    rows = list(csv.reader(io.StringIO(second.get("/court/duties/sign?csv=1").text)))
    assert len(rows) - 1 == 1
    elsewhere = console.seat("approver", court=console.register.courts[1])
    assert _counts(elsewhere)["sign"] == 0
    shown = {whose: _asked(second, whose) for whose in ("sign", "asked", "all")}
    assert [len(found) for found in shown.values()] == [1, 1, 2]
    assert shown["sign"] | shown["asked"] == shown["all"]
    assert _asked(second, "") == shown["sign"], "the page begins with what they can sign"
    assert _asked(clerk, "") == shown["all"]
    console.register.insert(
        "approval", court_id=console.register.courts[0], kind="another.step", title="须由别的角色签署", request="{}",
        differences="[]", reason="虚构的理由", asked_by=clerk.officer,
    )  # fmt: skip
    assert _counts(approver)["sign"] == 2, "that needs another role"


def _asked(seat: Seat, whose: str) -> set[str]:
    page = seat.get("/court/approvals" + (f"?whose={whose}" if whose else "")).text
    return set(re.findall(r'href="/court/approvals/([0-9a-f-]{36})"', page))


def test_listings_that_lack_something_are_counted_and_found(console: Console) -> None:
    clerk, register = console.seat("clerk"), console.register
    term = register.listing(register.entity("甲期限"), grounds=(4,), term_ends_on=None)
    held = [register.listing(register.entity(name), term_ends_on=None) for name in ("乙文字", "丙文字")]
    elsewhere = register.listing(register.entity(), grounds=(4,), term_ends_on=None, court_id=register.courts[1])
    ended = register.listing(register.entity(), "ended")
    for listing, field in ((held[0], "duty"), (held[0], "performed_part"), (held[1], "duty"), (ended, "duty")):
        console.connection.execute(
            "INSERT INTO register.withheld_text (listing_id, field, original) VALUES (%s, %s, '虚构的原文')",
            (listing, field),
        )
    page = clerk.get("/court/").text
    assert re.search(r'href="/court/listings/\?lacks=term">待补全期限 1<', page)
    assert re.search(r'href="/court/listings/\?lacks=text">待决定的隐去文字 2<', page)
    assert "lacks=" not in console.seat("auditor").get("/court/").text, "an auditor reads no listings"
    assert _listings(clerk, "?lacks=term") == {str(term)}
    assert _listings(clerk, "?lacks=text") == {str(one) for one in held}
    assert "缺期限 (1)" in clerk.get("/court/listings/").text
    assert {str(term), *map(str, held), str(ended)} <= _listings(clerk, "")  # the control
    assert str(elsewhere) not in _listings(clerk, "")
    clerk.post(f"/court/listings/{held[1]}/withheld", field="duty", verdict="keep_text", reason="虚构的理由")
    assert _listings(clerk, "?lacks=text") == {str(held[0])}


def _listings(seat: Seat, query: str) -> set[str]:
    return set(re.findall(r'href="/court/listings/([0-9a-f-]{36})"', seat.get(f"/court/listings/{query}").text))


def test_the_page_speaks_english_to_who_chose_it(console: Console) -> None:
    clerk = console.seat("clerk")
    clerk.post("/court/language", language="en")
    page = clerk.get("/court/").text
    assert "Nothing due today." in page
    assert '<html lang="en">' in page
