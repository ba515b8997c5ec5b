"""Reward notices over the pages of the console."""

from __future__ import annotations

import csv
import io
import re
import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.clocks.service import store_clocks
from tests.integration.desk import Console, Seat
from tests.integration.register import TODAY, Register

UNTIL = TODAY + timedelta(days=60)


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    store_clocks(connection)
    return Console(register, connection)


@pytest.fixture
def listing(console: Console) -> uuid.UUID:
    console.register.listing(console.register.entity("贾噪声"), case_number="（2025）虚9999执77号")  # noise
    return console.register.listing(console.register.entity(), case_number="（2025）虚9999执8001号")


def _form(listing: uuid.UUID, **over: Any) -> dict[str, Any]:
    said = {
        "listing": listing, "kind": "property", "basis": "percent_recovered", "percent": "5", "cap": "200000",
        "amount": "", "funder": "creditor", "how_to_claim": "", "requested_on": TODAY, "ends_on": UNTIL,
    }  # fmt: skip
    return {**said, **over}


def _draft(seat: Seat, listing: uuid.UUID, **over: Any) -> str:
    answer = seat.post("/court/notices/", **_form(listing, **over))
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _ask(seat: Seat, page: str, step: str = "ask", **form: Any) -> str:
    answer = seat.post(f"{page}/{step}", reason="申请执行人已书面申请", **form)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _state(console: Console) -> str:
    row = console.connection.execute("SELECT state FROM register.notice").fetchone()
    assert row
    return str(row["state"])


def test_a_notice_runs_only_once_a_second_officer_has_signed_its_very_words(
    console: Console, listing: uuid.UUID
) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    page = _draft(clerk, listing)
    shown = clerk.get(page).text
    assert "执行到位金额的 5%,最高 200,000 元 / 5% of what is recovered, at most ¥200,000" in shown
    assert clerk.post(f"{page}/publish").status_code == 409  # the control: not before it is signed
    asked = _ask(clerk, page)
    signed = approver.get(asked).text
    for words in re.findall(r"<tr><th scope=\"row\">(.+?)</th><td class=\"told\">(.+?)</td></tr>", shown):
        assert all(part in signed for part in words)
    assert "甄虚构" not in signed, "a public notice names nobody"
    assert _state(console) == "draft"
    assert asked in clerk.get(page).text, "the notice leads to what waits"
    assert approver.post(f"{asked}/approve").status_code == 303
    assert asked not in clerk.get(page).text
    assert _state(console) == "approved"
    assert clerk.post(f"{page}/publish").status_code == 303
    assert _state(console) == "published"
    events = clerk.get(page).text
    assert "虚构人员" in events


def test_whoever_drafted_does_not_sign_though_they_hold_both_roles(console: Console, listing: uuid.UUID) -> None:
    both, other = console.seat("clerk", "approver"), console.seat("clerk")
    page = _draft(both, listing)
    asked = _ask(other, page)  # another clerk asks; the drafter still must not sign
    assert both.post(f"{asked}/approve").status_code == 409
    assert _state(console) == "draft"
    assert console.seat("approver").post(f"{asked}/approve").status_code == 303  # the control


def test_a_last_day_moves_with_a_second_signature_only(console: Console, listing: uuid.UUID) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    page = f"/court/notices/{console.register.notice(listing)}"
    asked = _ask(clerk, page, "extend", ends_on=UNTIL)
    assert clerk.post(f"{page}/extend", reason="再次", ends_on=UNTIL).status_code == 409, "one waits already"
    before = console.connection.execute("SELECT ends_on FROM register.notice").fetchone()
    text = approver.get(asked).text
    assert UNTIL.isoformat() in text
    assert before is not None
    assert before["ends_on"] < UNTIL
    assert approver.post(f"{asked}/approve").status_code == 303
    after = console.connection.execute("SELECT ends_on FROM register.notice").fetchone()
    assert after == {"ends_on": UNTIL}
    assert clerk.post(f"{page}/extend", reason="更早", ends_on=TODAY).status_code == 422


def test_a_notice_is_closed_for_a_known_cause_and_for_good(console: Console, listing: uuid.UUID) -> None:
    clerk = console.seat("clerk")
    page = f"/court/notices/{console.register.notice(listing)}"
    assert clerk.post(f"{page}/close", cause="because").status_code == 422
    assert clerk.post(f"{page}/close", cause="performed").status_code == 303
    assert "已履行" in clerk.get(page).text
    assert clerk.post(f"{page}/close", cause="performed").status_code == 409


def test_what_makes_no_sense_is_told_beside_what_was_typed(console: Console, listing: uuid.UUID) -> None:
    clerk = console.seat("clerk")
    for wrong in (
        {"cap": "-1"}, {"percent": "200"}, {"percent": ""}, {"ends_on": TODAY - timedelta(days=1)},
        {"requested_on": TODAY + timedelta(days=1)}, {"how_to_claim": "甄虚构欠款"}, {"kind": "gossip"},
    ):  # fmt: skip
        answer = clerk.post("/court/notices/", **_form(listing, **wrong))
        assert answer.status_code == 422, wrong
        assert 'role="alert"' in answer.text
        assert f'value="{listing}"' in answer.text
    assert console.connection.execute("SELECT FROM register.notice").fetchone() is None
    ended = console.register.listing(console.register.entity(), "ended")
    assert clerk.post("/court/notices/", **_form(ended)).status_code == 409
    assert clerk.get(f"/court/notices/new?listing={ended}").status_code == 404


def test_a_draft_that_was_sent_back_is_rewritten_without_typing_it_anew(console: Console, listing: uuid.UUID) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    page = _draft(clerk, listing, how_to_claim="虚构的补充")
    former = page.rpartition("/")[2]
    asked = _ask(clerk, page)
    rewrite = f"/court/notices/new?of={former}"
    assert rewrite not in clerk.get(page).text, "it waits for a signature"
    assert clerk.post("/court/notices/", **_form(listing, replaces=former, cap="100000")).status_code == 409
    assert approver.post(f"{asked}/send-back", reason="上限过高").status_code == 303
    assert rewrite in clerk.get(page).text
    form = clerk.get(rewrite).text
    for said in ('value="200000.00"', f'name="replaces" value="{former}"', ">虚构的补充</textarea>", str(TODAY)):
        assert said in form
    again = _draft(clerk, listing, replaces=former, cap="100000")
    assert "100,000" in clerk.get(again).text
    rows = console.connection.execute("SELECT id, state, closed_cause FROM register.notice").fetchall()
    assert {str(row["id"]): (row["state"], row["closed_cause"]) for row in rows} == {
        former: ("closed", "mistaken"), again.rpartition("/")[2]: ("draft", None),
    }  # fmt: skip
    other = console.register.listing(console.register.entity("贾示例"))
    assert clerk.post("/court/notices/", **_form(other, replaces=again.rpartition("/")[2])).status_code == 409
    assert clerk.get(f"/court/notices/new?of={uuid.uuid4()}").status_code == 404


def test_a_listing_is_found_by_case_number_or_whole_name(console: Console, listing: uuid.UUID) -> None:
    clerk = console.seat("clerk")
    foreign = console.register.listing(
        console.register.entity("申外院"), court_id=console.register.courts[1], case_number="（2025）虚9999执8002号"
    )
    for sought in ("执800", "甄虚构"):
        page = clerk.get(f"/court/notices/new?find={sought}").text
        assert f"listing={listing}" in page
        assert str(foreign) not in page
        assert "执77号" not in page
    assert "没有这一项" in clerk.get("/court/notices/new?find=申外院").text
    assert "8001" in clerk.get(f"/court/notices/new?listing={listing}").text


def test_another_courts_notice_is_not_there(console: Console, listing: uuid.UUID) -> None:
    notice = console.register.notice(listing)
    stranger = console.seat("clerk", court=console.register.courts[1])
    theirs, none = (_tried(stranger, *ids) for ids in ((notice, listing), (uuid.uuid4(), uuid.uuid4())))
    assert {status for status, _ in none} == {404}
    assert theirs == none
    assert "没有这样的悬赏公告" in stranger.get("/court/notices/").text
    assert console.seat("clerk").get(f"/court/notices/{notice}").status_code == 200  # the control: its own court


def _tried(seat: Seat, notice: uuid.UUID, listing: uuid.UUID) -> list[tuple[int, str]]:
    """What an officer is answered who tries everything with a notice and its listing."""
    page = f"/court/notices/{notice}"
    answers = [seat.get(page), seat.get(f"{page}/print"), seat.get(f"/court/notices/new?listing={listing}")]
    answers += [seat.post(f"{page}/close", cause="performed"), seat.post(f"{page}/ask", reason="x")]
    answers += [seat.post(f"{page}/publish"), seat.post(f"{page}/extend", reason="x", ends_on=UNTIL)]
    answers.append(seat.post("/court/notices/", **_form(listing)))
    return [(answer.status_code, answer.text) for answer in answers]


def test_only_clerks_prepare_and_only_readers_see(console: Console, listing: uuid.UUID) -> None:
    page = f"/court/notices/{console.register.notice(listing)}"
    approver, auditor = console.seat("approver"), console.seat("auditor")
    assert approver.get(page).status_code == 200
    assert 'action="' + page not in approver.get(page).text
    for answer in (
        approver.post("/court/notices/", **_form(listing)), approver.post(f"{page}/close", cause="performed"),
        approver.get("/court/notices/new"), auditor.get("/court/notices/"), auditor.get(page),
    ):  # fmt: skip
        assert answer.status_code == 403


def test_the_table_filters_and_its_file_holds_no_formula(console: Console, listing: uuid.UUID) -> None:
    clerk = console.seat("clerk")
    console.register.notice(listing)
    odd = console.register.listing(console.register.entity("贾算式"), case_number="=1+1")
    _draft(clerk, odd)
    table = clerk.get("/court/notices/?state=draft").text
    assert "=1+1" in table
    assert "8001" not in table
    rows = list(csv.reader(io.StringIO(clerk.get("/court/notices/?csv=1").text.removeprefix("\ufeff"))))
    assert {row[0] for row in rows} == {"案号", "'=1+1", "（2025）虚9999执8001号"}
    assert len(rows[0]) == 8


def test_it_prints_with_lines_for_signature_and_seal(console: Console, listing: uuid.UUID) -> None:
    page = console.seat("clerk").get(f"/court/notices/{console.register.notice(listing)}/print").text
    assert "院印" in page
    assert "paper.css" in page
    assert "8001" in page
    assert "甄虚构" not in page


def test_a_closed_notice_prints_with_its_cause(console: Console, listing: uuid.UUID) -> None:
    clerk = console.seat("clerk")
    page = f"/court/notices/{console.register.notice(listing)}"
    assert "结束 Closed" not in clerk.get(f"{page}/print").text
    assert clerk.post(f"{page}/close", cause="mistaken").status_code == 303
    paper = clerk.get(f"{page}/print").text
    assert "结束 Closed" in paper
    assert "有误" in paper
    rows = list(csv.reader(io.StringIO(clerk.get(f"{page}?csv=1").text.removeprefix("\ufeff"))))
    assert [row[1:3] for row in rows[1:]] == [["结束", "有误"]]
