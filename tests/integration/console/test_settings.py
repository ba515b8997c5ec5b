"""Officers, the court's profile, its go-live list, the trail and the statistics, over the pages."""

from __future__ import annotations

import csv
import io
import re
import uuid
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher
from psycopg.rows import DictRow

from backend.core.access import act_for
from backend.core.audit import Record, append
from backend.courts import sign_in
from tests.integration.desk import Console, Seat
from tests.integration.register import Register

WHY = "虚构的理由"


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow], monkeypatch: pytest.MonkeyPatch) -> Console:
    monkeypatch.setattr(sign_in, "_HASHER", PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
    return Console(register, connection)


def _officer(console: Console, identifier: uuid.UUID) -> dict[str, Any]:
    row = console.connection.execute(
        "SELECT login, roles, active FROM register.officer WHERE id = %s", (identifier,)
    ).fetchone()
    assert row
    return row


def _find(console: Console, login: str) -> dict[str, Any] | None:
    return console.connection.execute("SELECT id, roles FROM register.officer WHERE login = %s", (login,)).fetchone()


def _approve(asked: str | None, approver: Seat) -> int:
    assert asked
    assert re.fullmatch(r"/court/approvals/[0-9a-f-]{36}", asked), asked
    return approver.post(f"{asked}/approve").status_code


def _readiness(console: Console) -> dict[str, Any]:
    row = console.connection.execute(
        "SELECT accepts_tips, accepts_objections FROM serving.court_acceptance WHERE court_id = %s",
        (console.register.courts[0],),
    ).fetchone()
    assert row
    return row


def test_a_keeper_adds_a_clerk_alone_and_an_approver_only_with_another(console: Console) -> None:
    keeper, approver = console.seat("keeper"), console.seat("approver")
    alone = {"login": "li.hua", "name": "李虚构", "roles": "clerk", "reason": WHY}
    assert keeper.post("/court/settings/officers/", **alone).location == "/court/settings/officers/"
    assert _find(console, "li.hua")
    asked = keeper.post("/court/settings/officers/", **{**alone, "login": "wang.fang", "roles": ["clerk", "approver"]})
    assert _find(console, "wang.fang") is None
    assert _approve(asked.location, keeper) == 403
    assert _approve(asked.location, approver) == 303
    added = _find(console, "wang.fang")
    assert added
    assert added["roles"] == ["approver", "clerk"]
    for login, status in (("li.hua", 409), ("李华", 422), ("x", 422)):
        for roles in ("clerk", "approver"):
            assert (
                keeper.post("/court/settings/officers/", **{**alone, "login": login, "roles": roles}).status_code
                == status
            )


def test_whoever_loses_a_role_is_signed_out_and_loses_its_keys_once_two_have_signed(console: Console) -> None:
    keeper, approver = console.seat("keeper"), console.seat("approver")
    changed = console.seat("approver", "reward_officer")
    court = console.register.courts[0]
    console.connection.execute(
        "INSERT INTO register.officer_key (officer_id, public_key, wrapped) VALUES (%s, %s, %s)",
        (changed.officer, b"k" * 32, b"w" * _wrapped_length(console)),
    )
    for use in ("box", "reward"):
        console.connection.execute(
            "INSERT INTO register.court_key (court_id, use, number, key, not_after, signature)"
            " VALUES (%s, %s, 1, %s, now() + interval '1 year', %s)",
            (court, use, b"k" * 32, b"s" * 64),
        )
        console.connection.execute(
            "INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed) VALUES (%s, %s, 1, %s, %s)",
            (court, use, changed.officer, b"x" * 80),
        )
    path = f"/court/settings/officers/{changed.officer}/roles"
    asked = keeper.post(path, roles="reward_officer", reason=WHY)
    assert changed.get("/court/approvals").status_code == 200
    assert _approve(asked.location, approver) == 303
    assert changed.get("/court/approvals").location.startswith("/court/sign-in")
    assert _officer(console, changed.officer)["roles"] == ["reward_officer"]
    held = console.connection.execute(
        "SELECT use FROM register.court_secret WHERE officer_id = %s", (changed.officer,)
    ).fetchall()
    assert held == [{"use": "reward"}]
    asked = keeper.post(f"/court/settings/officers/{changed.officer}/end", reason=WHY)
    assert asked.location == "/court/settings/officers/"
    assert not _officer(console, changed.officer)["active"]
    held = console.connection.execute(
        "SELECT FROM register.officer_key WHERE officer_id = %s", (changed.officer,)
    ).fetchall()
    assert held == []


def _wrapped_length(console: Console) -> int:
    row = console.connection.execute(
        "SELECT pg_get_constraintdef(oid) AS rule FROM pg_constraint"
        " WHERE conrelid = 'register.officer_key'::regclass AND pg_get_constraintdef(oid) LIKE '%%wrapped%%'"
    ).fetchone()
    found = re.search(r"wrapped\)\s*=\s*(\d+)", row["rule"]) if row else None
    return int(found[1]) if found else 64


def test_an_approver_is_not_ended_by_one_hand_and_the_last_keeper_not_at_all(console: Console) -> None:
    keeper, approver, other = console.seat("keeper"), console.seat("approver"), console.seat("approver")
    asked = keeper.post(f"/court/settings/officers/{other.officer}/end", reason=WHY)
    assert _officer(console, other.officer)["active"]
    assert _approve(asked.location, approver) == 303
    assert not _officer(console, other.officer)["active"]
    for path, form in (("end", {}), ("roles", {"roles": "clerk"})):
        assert keeper.post(f"/court/settings/officers/{keeper.officer}/{path}", reason=WHY, **form).status_code == 409
    second = console.seat("keeper")
    asked = keeper.post(f"/court/settings/officers/{second.officer}/end", reason=WHY)
    mine = second.post(f"/court/settings/officers/{keeper.officer}/end", reason=WHY)
    assert _approve(asked.location, approver) == 303
    assert _approve(mine.location, approver) == 409  # it would take the last one by now
    assert _officer(console, keeper.officer)["active"]


def test_a_request_and_an_approval_without_a_fresh_factor_do_nothing(console: Console) -> None:
    keeper, approver = console.seat("keeper"), console.seat("approver")
    form = {"login": "wang.fang", "name": "王虚构", "roles": "approver", "reason": WHY}
    asked = keeper.post("/court/settings/officers/", **form).location
    console.connection.execute("UPDATE desk.session SET proved_at = proved_at - interval '11 minutes'")
    assert keeper.post("/court/settings/officers/", **form).location.startswith("/court/prove")
    assert approver.post(f"{asked}/approve").location.startswith("/court/prove")
    assert _find(console, "wang.fang") is None


def test_a_first_password_is_shown_once_and_an_approvers_own_is_never_replaced(console: Console) -> None:
    keeper = console.seat("keeper")
    court = console.register.courts[0]
    clerk, approver = (console.register.officer(court, f"first.{role}", role) for role in ("clerk", "approver"))
    path = "/court/settings/officers/{}/password"
    shown = keeper.post(path.format(approver))
    assert re.search(r"<code>([2-9A-Z]{5}-){3}[2-9A-Z]{5}</code>", shown.text)
    refused = keeper.post(path.format(approver))
    assert (refused.status_code, "<code>" in refused.text) == (409, False)
    first, second = (keeper.post(path.format(clerk)).text for _ in range(2))
    assert first != second


def test_one_approver_is_warned_of(console: Console) -> None:
    keeper = console.seat("keeper", "approver")
    for page in ("/court/settings/", "/court/settings/officers/"):
        assert "只有一名批准人" in keeper.get(page).text
    console.seat("approver")
    for page in ("/court/settings/", "/court/settings/officers/"):
        assert "只有一名批准人" not in keeper.get(page).text


def test_contacts_change_once_another_has_signed_and_only_the_own_courts(console: Console) -> None:
    clerk, approver = console.seat("clerk"), console.seat("approver")
    wanted = {"phone": "0000-1234567", "address": "虚构路二号", "reason": WHY}
    asked = clerk.post("/court/settings/profile", **wanted)
    assert "虚构路二号" not in clerk.get("/court/settings/profile").text
    assert clerk.post("/court/settings/profile", **{**wanted, "phone": "call me"}).status_code == 422
    assert clerk.post("/court/settings/profile", **wanted).status_code == 409  # it waits already
    assert _approve(asked.location, approver) == 303
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
    """Keys whose statements the view takes as valid, and readers who hold the box key; what they open is not asked."""
    court = console.register.courts[0]
    for use in ("sign", "box", "cert"):
        console.connection.execute(
            "INSERT INTO register.court_key (court_id, use, number, key, not_after, signature, signed_by)"
            " VALUES (%s, %s, 1, %s, now() + interval '1 year', %s, %s)",
            (court, use, b"k" * 32, b"s" * 64, None if use == "sign" else 1),
        )
    console.connection.execute(
        "INSERT INTO register.recovery_key (court_id, public_key) VALUES (%s, %s)", (court, b"k" * 32)
    )
    for reader in readers:
        console.connection.execute(
            "INSERT INTO register.officer_key (officer_id, public_key, wrapped) VALUES (%s, %s, %s)",
            (reader, b"k" * 32, b"w" * _wrapped_length(console)),
        )
        console.connection.execute(
            "INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed)"
            " VALUES (%s, 'box', 1, %s, %s)",
            (court, reader, b"x" * 80),
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
    assert _approve(asked.location, approver) == 303
    assert _readiness(console) == closed
    asked = clerk.post("/court/settings/profile", phone="0000-1234567", address="虚构路二号", reason=WHY)
    assert _approve(asked.location, approver) == 303
    assert _readiness(console) == objections
    asked = keeper.post("/court/settings/go-live/announcement_reviewed", reason=WHY)
    assert _approve(asked.location, approver) == 303
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
        "INSERT INTO register.import_file (id, name, sha256, source, counts)"
        " VALUES (gen_random_uuid(), 'x', 'y', 'demo', '{}')",
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
    console.register.insert("import_file", name="x", sha256=b"y", source="demo", counts="{}")
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
    answer = auditor.get("/court/settings/audit/export?action=listing.delete")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert len(rows) == 2
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "audit.export" in auditor.get("/court/settings/audit/?sort=sequence").text


def test_the_trail_is_verified_and_a_change_in_it_is_found(console: Console) -> None:
    auditor = console.seat("auditor")
    append(console.connection, [Record("listing.delete", {"reason": WHY}, console.register.courts[0])])
    assert 'role="alert"' not in auditor.post("/court/settings/audit/verify").text
    console.connection.execute(
        "UPDATE audit.entry SET action = 'listing.keep' WHERE sequence = (SELECT max(sequence) FROM audit.entry)"
    )
    assert 'role="alert"' in auditor.post("/court/settings/audit/verify").text


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
