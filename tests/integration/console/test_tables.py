"""The console's tables: sorted, searched by what they show, and as files of the same view, in words."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.clocks.service import store_clocks
from backend.core.access import act_for
from backend.core.approvals import Difference, Request, ask
from backend.core.officers import Officer
from tests.integration.desk import Console, Seat
from tests.integration.register import Register


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    store_clocks(connection)
    return Console(register, connection)


def lines(seat: Seat, address: str) -> list[list[str]]:
    """The file of a table, without its titles."""
    answer = seat.get(address)
    assert answer.mimetype == "text/csv", answer.text
    return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))[1:]


def order(page: str, names: list[str]) -> list[str]:
    """The names that a page's table shows, in their order."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return sorted((name for name in names if name in body), key=body.index)


def test_a_file_is_sorted_and_filtered_like_its_page_and_in_words(console: Console) -> None:
    register, clerk = console.register, console.seat("clerk")
    for name, number in (("甄虚乙", 71), ("甄虚甲", 72), ("贾虚", 73)):
        register.listing(register.entity(name), case_number=f"（2025）虚0108执{number}号", grounds=(2, 5))
    view = "/court/listings/?q=甄&sort=case_number&down=1"
    shown = order(clerk.get(view).text, ["甄虚乙", "甄虚甲", "贾虚"])
    assert shown == ["甄虚甲", "甄虚乙"]
    rows = lines(clerk, f"{view}&csv=1")
    assert [row[0] for row in rows] == shown
    assert {row[2] for row in rows} == {"公布中"}
    assert re.fullmatch(r"\D+ · \D+", rows[0][3])
    assert "published" not in str(rows)
    assert 'name="sort" value="case_number"' in clerk.get(view).text  # the filters' form keeps the sort
    assert "sort=case_number" in re.findall(r'href="([^"]*csv=1[^"]*)"', clerk.get(view).text)[0]


def test_a_table_begins_with_the_latest_until_a_column_is_chosen(console: Console) -> None:
    register, clerk = console.register, console.seat("clerk")
    for name, day in (("甄虚乙", "2025-03-01"), ("甄虚甲", "2025-02-01"), ("甄虚丙", "2025-04-01")):
        register.listing(register.entity(name), published_on=day)
    names = ["甄虚丙", "甄虚乙", "甄虚甲"]
    page = clerk.get("/court/listings/").text
    assert order(page, names) == names
    assert 'aria-sort="descending"' in page
    assert [row[0] for row in lines(clerk, "/court/listings/?csv=1")] == names
    turned = re.search(r'href="([^"]*sort=published_on[^"]*)"', page)  # its own heading turns it
    assert turned
    assert order(clerk.get(turned[1].replace("&amp;", "&")).text, names) == names[::-1]


def test_a_table_is_searched_by_what_it_shows(console: Console) -> None:
    keeper = console.seat("keeper", login="desk.keeper")
    console.seat("clerk", login="desk.clerk")
    console.seat("auditor", login="desk.auditor")
    view = "/court/settings/officers/?sort=login&down=1&find="
    assert [row[1] for row in lines(keeper, f"{view}书记员&csv=1")] == ["desk.clerk"]
    found = [row[1] for row in lines(keeper, f"{view}DESK.&csv=1")]
    assert found == ["desk.keeper", "desk.clerk", "desk.auditor"]
    assert order(keeper.get(f"{view}desk.").text, found) == found
    page = keeper.get(f"{view}nobody").text
    assert "共 0 条" in page
    assert 'value="nobody"' in page
    assert "100%" not in page
    assert lines(keeper, f"{view}%25&csv=1") == []  # no pattern: what it means is itself


def test_what_waits_for_a_signature_is_a_table_too(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    court = console.register.courts[0]
    with console.database.transaction("court") as connection:
        act_for(connection, court)
        for title, count, due_on in (("甲项", 4, date(2026, 3, 9)), ("乙项", 1, None), ("=丙", 2, date(2026, 3, 8))):
            difference = Difference("状态", "一", "二")
            wanted = Request("notice.approve", None, title, "虚构", {}, [difference], count, due_on)
            ask(connection, Officer(clerk.officer, court, ("clerk",)), wanted)
    titles = ["甲项", "乙项", "=丙"]
    assert order(approver.get("/court/approvals").text, titles) == ["=丙", "甲项", "乙项"]
    assert order(approver.get("/court/approvals?sort=count").text, titles) == ["乙项", "=丙", "甲项"]
    assert order(approver.get("/court/approvals?find=甲").text, titles) == ["甲项"]
    assert [row[:2] for row in lines(approver, "/court/approvals?sort=count&down=1&csv=1")] == [
        ["甲项", "4"], ["'=丙", "2"], ["乙项", "1"],
    ]  # fmt: skip


def test_histories_and_statistics_sort_and_come_as_files(console: Console) -> None:
    clerk = console.seat("clerk")
    listing = console.register.listing(console.register.entity("甄虚构"))
    path = f"/court/listings/{listing}"
    form = {"field": "duty", "value": "虚构的义务", "cause": "wrong_data", "reason": "=虚构"}
    assert clerk.post(f"{path}/correction", **form).status_code == 303
    assert clerk.post(f"{path}/withdrawal", cause="wrongly_listed", reason="虚构").status_code == 303
    rows = lines(clerk, f"{path}?csv=1&sort=what&down=1&find=→")
    assert [row[2].partition(":")[0] for row in rows] == ["更正", "撤销"]
    assert "公布中 → 已撤销" in rows[1][2]
    assert len(lines(clerk, f"{path}?csv=1&find=虚构的义务")) == 1
    quarters = lines(clerk, "/court/settings/statistics/?csv=1&sort=from&down=1")
    assert len(quarters) == 12
    assert [row[0] for row in quarters] == sorted((row[0] for row in quarters), reverse=True)
    assert len(lines(clerk, f"/court/settings/statistics/?csv=1&find={quarters[0][0]}")) == 1
