"""The court's profile, its go-live list, the trail and the statistics, over the pages."""

from __future__ import annotations

import csv
import io
import re
import uuid
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.access import act_for
from backend.core.audit import Record, append
from tests.integration.console.settings_of import add_key, approve_asked
from tests.integration.desk import Console
from tests.integration.register import Register

WHY = "虚构的理由"
DEMO_FILE = (
    "INSERT INTO register.import_file (id, name, sha256, source, counts)"
    " VALUES (gen_random_uuid(), 'demo', 'x', 'demo', '{}')"
)


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection)


def _readiness(console: Console) -> dict[str, Any]:
    row = console.connection.execute(
        "SELECT accepts_tips, accepts_objections FROM serving.court_acceptance WHERE court_id = %s",
        (console.register.courts[0],),
    ).fetchone()
    assert row
    return row


def test_contacts_change_once_another_has_signed_and_only_the_own_courts(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    wanted = {"phone": "0000-1234567", "address": "虚构路二号", "reason": WHY}
    asked = clerk.post("/court/settings/profile", **wanted)
    assert "虚构路二号" not in clerk.get("/court/settings/profile").text
    assert clerk.post("/court/settings/profile", **{**wanted, "phone": "call me"}).status_code == 422
    assert clerk.post("/court/settings/profile", **wanted).status_code == 409  # it waits already
    assert approve_asked(asked.location, approver) == 303
    said = console.connection.execute(
        "SELECT id, phone, address, by_rule FROM register.court WHERE NOT by_rule"
    ).fetchall()
    assert said == [
        {"id": console.register.courts[0], "phone": "0000-1234567", "address": "虚构路二号", "by_rule": False}
    ]
    assert clerk.post("/court/settings/profile", **wanted).status_code == 409  # it is so


def test_a_court_without_its_own_sign_in_states_nothing(console: Console) -> None:
    with console.database.transaction("court") as connection:
        connection.execute("SELECT register.state_contact('1', '2')")
        act_for(connection, uuid.uuid4())
        connection.execute("SELECT register.state_contact('1', '2')")
    assert console.connection.execute("SELECT FROM register.court WHERE phone = '1'").fetchall() == []


def _keyed(console: Console, *readers: uuid.UUID) -> None:
    """Keys whose statements are valid, and readers who hold the box key."""
    add_key(console, "sign")
    add_key(console, "box", *readers, signed_by=1)
    add_key(console, "cert", signed_by=1)
    console.connection.execute(
        "INSERT INTO register.recovery_key (court_id, public_key) VALUES (%s, %s)",
        (console.register.courts[0], b"k" * 32),
    )


def test_the_public_is_let_in_line_by_line(console: Console) -> None:
    keeper, clerk, approver = console.seat("keeper"), console.seat("clerk"), console.seat("approver")
    _keyed(console, clerk.officer, approver.officer)
    closed, objections = (
        {"accepts_tips": False, "accepts_objections": False},
        {"accepts_tips": False, "accepts_objections": True},
    )
    assert _readiness(console) == closed
    asked = keeper.post("/court/settings/go-live/recovery_sealed", reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    assert _readiness(console) == closed
    asked = clerk.post("/court/settings/profile", phone="0000-1234567", address="虚构路二号", reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    assert _readiness(console) == objections
    asked = keeper.post("/court/settings/go-live/announcement_reviewed", reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    assert _readiness(console) == objections  # one approver is not two
    console.seat("approver")
    assert _readiness(console) == {"accepts_tips": True, "accepts_objections": True}
    page = keeper.get("/court/settings/go-live").text
    assert "未具备" not in page
    assert keeper.post("/court/settings/go-live/announcement_reviewed", reason=WHY).status_code == 409


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE register.court SET phone = NULL", "UPDATE register.court SET as_of = NULL",
        "DELETE FROM register.readiness_statement WHERE line = 'recovery_sealed'", "DELETE FROM register.recovery_key",
        "UPDATE register.officer SET active = false WHERE login LIKE 'live.%'",
        "DELETE FROM register.readiness_statement WHERE line = 'announcement_reviewed'",
        "UPDATE register.court_key SET not_after = now() WHERE use = 'box'",
        DEMO_FILE,
    ],
)  # fmt: skip
def test_each_missing_line_closes_tips_again_by_itself(console: Console, spoilt: str) -> None:
    readers = [console.seat("clerk").officer for _ in range(2)]
    _keyed(console, *readers)
    console.register.go_live(console.register.courts[0])
    assert _readiness(console) == {"accepts_tips": True, "accepts_objections": True}
    console.connection.execute(spoilt)
    only_tips = "live." in spoilt or "announcement" in spoilt
    assert _readiness(console) == {"accepts_tips": False, "accepts_objections": only_tips}


def test_invented_records_hold_no_invented_readers_court_back(console: Console) -> None:
    readers = [console.seat("clerk", login=f"demo-reader{n}").officer for n in range(2)]
    _keyed(console, *readers)
    console.register.go_live(console.register.courts[0])
    console.connection.execute(DEMO_FILE)
    assert _readiness(console) == {"accepts_tips": True, "accepts_objections": True}
    page = console.seat("keeper").get("/court/settings/go-live").text
    assert page.count("未具备") == 1
    console.connection.execute("SELECT register.end_demo_keys()")
    assert _readiness(console) == {"accepts_tips": False, "accepts_objections": False}


def test_the_trail_shows_the_own_courts_entries_filtered_and_exports_no_formula(console: Console) -> None:
    auditor = console.seat("auditor", login="au.ditor")
    own, other = console.register.courts[:2]
    append(console.connection, [
        Record("listing.delete", {"officer": auditor.officer, "reason": "=HYPERLINK(1)"}, own),
        Record("notice.close", {"reason": "虚构二"}, own),
        Record("listing.delete", {"reason": "他院的"}, other),
        Record("listing.delete", {"reason": "全系统的"}),
    ])  # fmt: skip
    page = auditor.get("/court/settings/audit/?sort=sequence").text
    assert "虚构二" in page
    assert "他院的" not in page
    assert "全系统的" not in page
    narrowed = auditor.get("/court/settings/audit/?sort=sequence&action=listing&login=au.ditor").text
    assert "HYPERLINK" in narrowed
    assert "虚构二" not in narrowed
    assert "HYPERLINK" not in auditor.get("/court/settings/audit/?sort=sequence&action=list").text
    assert "HYPERLINK" not in auditor.get("/court/settings/audit/?sort=sequence&until=2001-01-01").text
    for odd in ("until=9999-12-31", "since=0001-01-01", "since=x", "page=99999999999999999999", "page=-1", "sort=x"):
        assert auditor.get(f"/court/settings/audit/?sort=sequence&{odd}").status_code == 200, odd
    assert auditor.get("/court/settings/audit/?sort=sequence&action=%00").status_code == 422
    answer = auditor.get("/court/settings/audit/export?action=listing.delete")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert len(rows) == 2
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "audit.export" in auditor.get("/court/settings/audit/?sort=sequence").text


def test_the_trail_says_in_words_what_was_done_and_by_whom(console: Console) -> None:
    auditor = console.seat("auditor")
    keeper, clerk = (console.seat(role, login=f"a.{role}").officer for role in ("keeper", "clerk"))
    append(console.connection, [
        Record("keys.compare", {"officer": clerk, "keeper": keeper}, console.register.courts[0]),
        Record("officer.end", {"officer": clerk, "login": "a.clerk"}, console.register.courts[0]),
        Record("listing.publish", {"officer": clerk}, console.register.courts[0]),
    ])  # fmt: skip
    page = auditor.get("/court/settings/audit/").text
    for words in ("钥匙 · 核对", "工作人员 · 停用", "公示 · 公布"):
        assert words in page
    by = {login: auditor.get(f"/court/settings/audit/?login={login}").text for login in ("a.keeper", "a.clerk")}
    assert "<code>keys.compare<" in by["a.keeper"]
    assert "<code>keys.compare<" not in by["a.clerk"], "it was done to them"
    assert "<code>officer.end<" not in by["a.clerk"]
    assert "<code>listing.publish<" in by["a.clerk"]


def test_statistics_are_the_public_ones(console: Console) -> None:
    for _ in range(30):
        console.register.listing(console.register.entity(), published_on="2025-08-01")
    clerk = console.seat("clerk")
    public = console.app.test_client().get(f"/v1/statistics/courts/{console.register.courts[0]}").get_json()
    answer = clerk.get("/court/settings/statistics/?csv=1")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert [[row[0], row[1]] for row in rows[1:]] == [[one["from"], str(one["listed"])] for one in public["quarters"]]
    assert any(row[1] != "0" for row in rows[1:])
    assert "2025-07-01" in clerk.get("/court/settings/statistics/").text


def test_a_page_below_a_place_of_the_navigation_shows_which(console: Console) -> None:
    seat, auditor = console.seat("keeper", "clerk"), console.seat("auditor")
    here = {"": "今天", "duties/due": "今天", "lists/": "名单", "listings/": "公示", "approvals": "待我批准"}
    here |= dict.fromkeys(("settings/", "settings/officers/", "settings/keys/own", "settings/statistics/"), "设置")
    for path, place in here.items():
        assert re.findall(r'aria-current="page">([^<]+)', seat.get(f"/court/{path}").text) == [place], path
    assert re.findall(r'aria-current="page">([^<]+)', auditor.get("/court/settings/audit/").text) == ["设置"]
    page = seat.client.get("/court/nothing", base_url="https://localhost", headers={"Accept": "text/html"}).text
    assert 'class="places"' in page
    assert 'aria-current="page"' not in page


def test_a_sign_in_is_told_of_whoever_signed_in(console: Console) -> None:
    auditor, other = console.seat("auditor"), console.seat("clerk", login="the.other")
    court = console.register.courts[0]
    with console.database.transaction("court") as connection:
        act_for(connection, court)
        append(connection, [Record("officer.sign_in", {"officer": other.officer, "by": "code"}, court)])
        append(connection, [Record("officer.invite", {"officer": auditor.officer, "by": other.officer}, court)])
    page = auditor.get("/court/settings/audit/?login=the.other").text
    for action in ("officer.sign_in", "officer.invite"):
        assert f"<code>{action}</code>" in page
