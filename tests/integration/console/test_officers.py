"""Officers added, changed and ended over the pages, by one hand or by two."""

from __future__ import annotations

import re
import uuid
from typing import Any

import psycopg
import pytest
from argon2 import PasswordHasher
from psycopg.rows import DictRow

from backend.courts import sign_in
from tests.integration.console.settings_of import add_key, approve_asked
from tests.integration.desk import Console
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


def test_a_keeper_adds_a_clerk_alone_and_an_approver_only_with_another(console: Console) -> None:
    keeper, approver = console.seat("keeper"), console.seat("approver")
    alone = {"login": "li.hua", "name": "李虚构", "roles": "clerk", "reason": WHY}
    assert keeper.post("/court/settings/officers/", **alone).location == "/court/settings/officers/"
    assert _find(console, "li.hua")
    asked = keeper.post("/court/settings/officers/", **{**alone, "login": "wang.fang", "roles": ["clerk", "approver"]})
    assert _find(console, "wang.fang") is None
    assert approve_asked(asked.location, keeper) == 403
    assert approve_asked(asked.location, approver) == 303
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
    add_key(console, "sign")
    for use in ("box", "reward"):
        add_key(console, use, changed.officer, signed_by=1)
    path = f"/court/settings/officers/{changed.officer}/roles"
    asked = keeper.post(path, roles="reward_officer", reason=WHY)
    assert changed.get("/court/approvals").status_code == 200
    assert approve_asked(asked.location, approver) == 303
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


def test_an_approver_is_not_ended_by_one_hand_and_the_last_keeper_not_at_all(console: Console) -> None:
    keeper, approver, other = console.seat("keeper"), console.seat("approver"), console.seat("approver")
    asked = keeper.post(f"/court/settings/officers/{other.officer}/end", reason=WHY)
    assert _officer(console, other.officer)["active"]
    assert approve_asked(asked.location, approver) == 303
    assert not _officer(console, other.officer)["active"]
    for path, form in (("end", {}), ("roles", {"roles": "clerk"})):
        assert keeper.post(f"/court/settings/officers/{keeper.officer}/{path}", reason=WHY, **form).status_code == 409
    second = console.seat("keeper")
    asked = keeper.post(f"/court/settings/officers/{second.officer}/end", reason=WHY)
    mine = second.post(f"/court/settings/officers/{keeper.officer}/end", reason=WHY)
    assert approve_asked(asked.location, approver) == 303
    assert approve_asked(mine.location, approver) == 409  # it would take the last one by now
    assert _officer(console, keeper.officer)["active"]


def test_a_request_and_an_approval_without_a_fresh_factor_do_nothing(console: Console) -> None:
    keeper, approver = console.seat("keeper"), console.seat("approver")
    form = {"login": "wang.fang", "name": "王虚构", "roles": "approver", "reason": WHY}
    asked = keeper.post("/court/settings/officers/", **form).location
    console.connection.execute("UPDATE desk.session SET proved_at = proved_at - interval '11 minutes'")
    assert keeper.post("/court/settings/officers/", **form).location.startswith("/court/prove")
    assert approver.post(f"{asked}/approve").location.startswith("/court/prove")
    assert _find(console, "wang.fang") is None


def test_a_first_password_is_shown_once(console: Console) -> None:
    keeper = console.seat("keeper")
    court = console.register.courts[0]
    path = f"/court/settings/officers/{console.register.officer(court, 'first.clerk', 'clerk')}/password"
    first, second = (keeper.post(path).text for _ in range(2))
    assert re.search(r"<code>([2-9A-Z]{5}-){3}[2-9A-Z]{5}</code>", first)
    assert first != second


def test_one_approver_is_warned_of(console: Console) -> None:
    console.seat("approver")
    keeper = console.seat("keeper")
    for page in ("/court/settings/", "/court/settings/officers/"):
        assert "只有一名批准人" in keeper.get(page).text
    console.seat("approver")
    for page in ("/court/settings/", "/court/settings/officers/"):
        assert "只有一名批准人" not in keeper.get(page).text
