"""The second signature, over the pages of the console."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.access import act_for
from backend.core.approvals import Difference, Request, Step, ask, register_steps
from backend.core.db import Connection
from backend.core.officers import Officer, Signatures
from tests.integration.desk import Console, Seat
from tests.integration.register import Register

DONE: list[tuple[uuid.UUID, uuid.UUID | None, Mapping[str, Any]]] = []


def _note(_: Connection, signed: Signatures, request: Mapping[str, Any]) -> None:
    DONE.append((signed.officer.id, signed.approver.id if signed.approver else None, request))


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    DONE.clear()
    made = Console(register, connection)
    register_steps(made.app, (Step("test.note", "approver", _note),))
    return made


def _ask(console: Console, seat: Seat, **over: Any) -> uuid.UUID:
    court = console.register.courts[0]
    officer = Officer(seat.officer, court, ("clerk",))
    wanted = {
        "kind": "test.note", "subject": uuid.uuid4(), "title": "撤回一条", "reason": "虚构的理由", "request": {"n": 1},
        "differences": [Difference("状态", "公布中", "已撤回")],
    }  # fmt: skip
    with console.database.transaction("court") as connection:
        act_for(connection, court)
        return ask(connection, officer, Request(**{**wanted, **over}))


def test_what_one_asks_for_another_signs_and_then_it_is_done(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    asked = _ask(console, clerk)
    assert "撤回一条" in approver.get("/court/approvals").text
    page = approver.get(f"/court/approvals/{asked}").text
    assert "公布中" in page
    assert "虚构的理由" in page
    assert approver.post(f"/court/approvals/{asked}/approve").status_code == 303
    assert [(clerk.officer, approver.officer, {"n": 1})] == DONE
    assert approver.post(f"/court/approvals/{asked}/approve").status_code == 409
    assert len(DONE) == 1


def test_nobody_signs_what_they_asked_for_in_whatever_session(console: Console) -> None:
    both = console.seat("clerk", "approver")
    asked = _ask(console, both)
    for seat in (both, console.sit(both.officer)):
        assert seat.post(f"/court/approvals/{asked}/approve").status_code == 403
    assert not DONE


def test_several_records_are_signed_only_by_whoever_opened_what_changes(console: Console) -> None:
    clerk, approver, other = console.seat("clerk"), console.seat("approver"), console.seat("approver")
    asked = f"/court/approvals/{_ask(console, clerk, count=4)}"
    page = approver.get(asked).text
    assert "公布中" not in page
    assert 'name="count"' not in page
    assert "退回并说明" in page
    assert "公布中" in clerk.get(asked).text  # whoever asked knows it
    assert approver.post(f"{asked}/approve", count="4").status_code == 409
    assert clerk.post(f"{asked}/open").status_code == 403
    assert approver.post(f"{asked}/open").status_code == 303
    page = approver.get(asked).text
    assert "公布中" in page
    assert 'name="count"' in page
    assert other.post(f"{asked}/approve", count="4").status_code == 409
    assert not DONE
    assert approver.post(f"{asked}/approve", count="4").status_code == 303
    assert approver.post(f"{asked}/open").status_code == 409
    assert len(DONE) == 1


def test_several_records_are_signed_by_typing_how_many(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    asked = _ask(console, clerk, count=4)
    assert approver.post(f"/court/approvals/{asked}/open").status_code == 303
    for typed in ({}, {"count": "3"}):
        assert approver.post(f"/court/approvals/{asked}/approve", **typed).status_code == 422
    assert approver.post(f"/court/approvals/{asked}/approve", count="4").status_code == 303


def test_another_courts_request_is_not_there(console: Console) -> None:
    asked = _ask(console, console.seat("clerk"))
    stranger = console.seat("approver", court=console.register.courts[1])
    theirs, none = (
        [
            stranger.get(f"/court/approvals/{identifier}"),
            stranger.post(f"/court/approvals/{identifier}/approve"),
            stranger.post(f"/court/approvals/{identifier}/send-back", reason="x"),
        ]
        for identifier in (asked, uuid.uuid4())
    )
    assert [answer.status_code for answer in none] == [404] * 3
    assert [(answer.status_code, answer.text) for answer in theirs] == [(404, answer.text) for answer in none]
    assert not DONE


def test_a_form_without_its_token_and_one_from_elsewhere_do_nothing(console: Console) -> None:
    asked = _ask(console, console.seat("clerk"))
    approver = console.seat("approver")
    path = f"/court/approvals/{asked}/approve"
    assert approver.client.post(path, base_url="https://localhost").status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    answer = approver.client.post(path, data={"csrf": approver.csrf}, headers=elsewhere, base_url="https://localhost")
    assert answer.status_code == 403
    assert not DONE
    assert approver.post(path).status_code == 303  # the control: with its token, from here


def test_a_request_is_sent_back_with_a_reason_and_taken_back_by_its_maker(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    asked = _ask(console, clerk)
    assert approver.post(f"/court/approvals/{asked}/send-back", reason="请补充依据").status_code == 303
    assert "请补充依据" in clerk.get(f"/court/approvals/{asked}").text
    other = _ask(console, clerk)
    assert approver.post(f"/court/approvals/{other}/take-back").status_code == 404
    assert clerk.post(f"/court/approvals/{other}/take-back").status_code == 303
    assert not DONE


def test_what_was_sent_back_is_told_to_whoever_asked_until_they_put_it_aside_or_ask_again(console: Console) -> None:
    clerk, approver, other = console.seat("clerk"), console.seat("approver"), console.seat("clerk")
    subjects = [uuid.uuid4(), uuid.uuid4()]
    asked = [_ask(console, clerk, subject=subject, title=f"撤回{subject}") for subject in subjects]
    assert "退回给我的" not in clerk.get("/court/").text
    for one in asked:
        approver.post(f"/court/approvals/{one}/send-back", reason="请补充依据")
    page = clerk.get("/court/").text
    assert page.count("请补充依据") == 2
    assert all(f"/court/approvals/{one}" in page for one in asked)
    assert "请补充依据" in clerk.get("/court/duties/back").text
    assert clerk.get("/court/approvals?whose=back").text.count("请补充依据") == 2
    assert "请补充依据" not in other.get("/court/").text
    assert "请补充依据" in other.get("/court/?court=1").text
    _ask(console, clerk, subject=subjects[0])
    assert clerk.get("/court/").text.count("请补充依据") == 1
    assert other.post(f"/court/approvals/{asked[1]}/put-aside").status_code == 404
    assert clerk.post(f"/court/approvals/{asked[1]}/put-aside").status_code == 303
    assert "请补充依据" not in clerk.get("/court/").text
    assert "退回给我的" not in clerk.get("/court/").text


def test_what_was_decided_is_found_again_for_its_paper(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    signed, waiting = _ask(console, clerk, title="甲项"), _ask(console, clerk, title="乙项")
    approver.post(f"/court/approvals/{signed}/approve")
    for seat in (clerk, approver):
        page = seat.get("/court/approvals?whose=decided").text
        assert f"/court/approvals/{signed}" in page
        assert "已批准" in page
        assert f"/court/approvals/{waiting}" not in page
    stranger = console.seat("approver", court=console.register.courts[1])
    assert str(signed) not in stranger.get("/court/approvals?whose=decided").text
    rows = clerk.get("/court/approvals?whose=decided&csv=1&find=甲项").text.splitlines()
    assert len(rows) == 2
    assert "退回" not in clerk.get(f"/court/approvals/{signed}").text


def test_a_request_leads_to_the_page_of_what_it_is_about(console: Console) -> None:
    clerk, approver, register = console.seat("clerk"), console.seat("approver"), console.register
    register_steps(console.app, (*console.app.extensions["steps"].values(), *LISTED))
    listing = register.listing(register.entity())
    asked = _ask(console, clerk, kind="listing.move", subject=listing)
    assert f'href="/court/listings/{listing}"' in approver.get(f"/court/approvals/{asked}").text
    asked = _ask(console, clerk, kind="claim.pay")
    assert 'href="/court/claims/"' in approver.get(f"/court/approvals/{asked}").text
    assert "打开它的页面" not in clerk.get(f"/court/approvals/{asked}").text, "a clerk reads no claims"
    asked = _ask(console, clerk, kind="listing.clear_finding")
    assert "打开它的页面" not in approver.get(f"/court/approvals/{asked}").text, "a person has no page"


LISTED = tuple(Step(kind, "approver", _note) for kind in ("listing.move", "listing.clear_finding", "claim.pay"))


def test_what_was_decided_prints_with_lines_for_signature_and_seal(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    asked = f"/court/approvals/{_ask(console, clerk)}"
    assert clerk.get(f"{asked}/print").status_code == 404
    assert approver.post(f"{asked}/approve").status_code == 303
    paper = clerk.get(f"{asked}/print").text
    assert "批准:撤回一条" in paper
    assert "公布中" in paper
    assert "院印" in paper
    other = f"/court/approvals/{_ask(console, clerk)}"
    assert approver.post(f"{other}/send-back", reason="请补充依据").status_code == 303
    assert "请补充依据" in clerk.get(f"{other}/print").text
    assert f"{other}/print" in clerk.get(other).text


def test_a_court_with_one_approver_is_warned(console: Console) -> None:
    clerk = console.seat("clerk")
    assert "本院没有批准人" in clerk.get("/court/approvals").text
    console.seat("approver")
    assert "只有一名批准人" in clerk.get("/court/approvals").text
    console.seat("approver", court=console.register.courts[1])  # noise: another court's
    assert "只有一名批准人" in clerk.get("/court/approvals").text
    console.seat("approver")
    assert "批准人,休假" not in clerk.get("/court/approvals").text
