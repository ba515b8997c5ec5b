"""Signing in through the pages: passwords, delays, second factors, and what a stolen session is worth."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from argon2 import Type
from psycopg.rows import DictRow

from backend.core import clock
from backend.core.sessions import COOKIE
from backend.courts import sign_in, sign_in_codes, sign_in_delays
from backend.courts.sign_in import set_password
from tests.integration.conftest import WITH_LIMITS
from tests.integration.courts.arrival import PASSWORD, Browser, browser, code_of, newcomer
from tests.integration.desk import Console
from tests.integration.register import Register

ENDED = "登录已结束:30 分钟没有操作,或满 12 小时"
WRONG = "seven-grey-herons-sleep"


pytestmark = pytest.mark.usefixtures("quick_hashes")
PRODUCT = sign_in._HASHER


def test_the_product_hashes_by_argon2id_as_the_standard_advises() -> None:
    assert (PRODUCT.type, PRODUCT.memory_cost, PRODUCT.time_cost) == (Type.ID, 64 * 1024, 3)


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection, WITH_LIMITS)


class Hashing:
    """Counts what is hashed, and does it."""

    def __init__(self, hasher: Any) -> None:
        self.hasher, self.verified = hasher, 0

    def verify(self, *args: Any) -> bool:
        self.verified += 1
        return bool(self.hasher.verify(*args))

    def hash(self, *args: Any) -> str:
        return str(self.hasher.hash(*args))


def _move(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    for module in (sign_in, sign_in_codes, sign_in_delays):
        monkeypatch.setattr(module, "now", lambda: clock.now() + timedelta(**by))


def _is_in(one: Browser) -> bool:
    return one.get("/court/approvals").status_code == 200


def test_a_password_and_a_code_lead_in_and_neither_alone(console: Console) -> None:
    _, login = newcomer(console)
    one = browser(console)
    assert not _is_in(one)
    assert one.enter(login).location.startswith("/court/prove")
    assert one.get("/court/approvals").location.startswith("/court/prove")
    assert one.code().location == "/court"
    assert _is_in(one)
    stranger = browser(console)
    assert stranger.code().location.startswith("/court/sign-in")


def test_an_unknown_login_costs_the_same_work_and_gets_the_same_answer(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashing = Hashing(sign_in._HASHER)
    _, login = newcomer(console)
    without_password = f"none.{uuid.uuid4().hex[:8]}"
    console.register.officer(console.register.courts[0], without_password, "clerk")
    monkeypatch.setattr(sign_in, "_HASHER", hashing)
    answers = []
    for name in (login, "nobody.there", without_password):
        before = hashing.verified
        answer = browser(console).enter(name, WRONG)
        answers.append((answer.status_code, answer.text, hashing.verified - before))
    assert answers[0][0] == 401
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][2] == 1


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_passwords_the_right_one_waits_and_then_leads_in(
    console: Console, monkeypatch: pytest.MonkeyPatch, *, known: bool
) -> None:
    login = newcomer(console)[1] if known else "nobody.there"
    one = browser(console)
    assert [one.enter(login, WRONG).status_code for _ in range(6)] == [401] * 5 + [429]
    refused = one.enter(login)
    assert (refused.status_code, 0 < int(refused.headers["Retry-After"]) <= 15 * 60) == (429, True)
    _move(monkeypatch, minutes=14)
    assert one.enter(login).status_code == 429
    _move(monkeypatch, minutes=16)
    assert one.enter(login).status_code == (303 if known else 401)


def test_right_passwords_are_not_counted_and_another_login_is_not_held_up(console: Console) -> None:
    _, login = newcomer(console)
    _, other = newcomer(console)
    assert [browser(console).enter(login).status_code for _ in range(7)] == [303] * 7
    for _ in range(5):
        browser(console).enter(login, WRONG)
    assert browser(console).enter(login).status_code == 429
    assert browser(console).enter(other).status_code == 303


def test_an_address_that_tries_twenty_logins_waits_for_all_of_them(console: Console) -> None:
    _, login = newcomer(console)
    assert [browser(console).enter(f"guess{n}", WRONG).status_code for n in range(21)] == [401] * 20 + [429]
    assert browser(console).enter(login).status_code == 429


def test_codes_are_guessed_five_times_only(console: Console) -> None:
    _, login = newcomer(console)
    one = browser(console)
    one.enter(login)
    wrong = f"{(int(code_of()) + 1) % 1_000_000:06}"
    assert [one.code(wrong).status_code for _ in range(5)] == [401] * 5
    assert one.code().status_code == 429
    assert not _is_in(one)


def test_a_code_is_taken_once(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    _, login = newcomer(console)
    first, second = browser(console), browser(console)
    code = code_of()
    first.enter(login)
    second.enter(login)
    assert first.code(code).status_code == 303
    assert second.code(code).status_code == 401
    assert second.code(code_of(-1)).status_code == 401  # nor an earlier one
    _move(monkeypatch, seconds=30)
    assert second.code(code_of(1)).status_code == 303


def test_a_planted_session_is_not_what_the_officer_signs_in_with(console: Console) -> None:
    _, own = newcomer(console)
    _, login = newcomer(console)
    thief = browser(console)
    thief.enter(own)
    planted = thief.token
    victim = browser(console)
    victim.client.set_cookie(COOKIE, planted, domain="localhost", secure=True)
    victim.get("/court/sign-in")
    assert victim.enter(login).status_code == 303
    assert victim.token != planted
    after_password = victim.token
    victim.code()
    assert victim.token not in (planted, after_password)
    for known in (planted, after_password):
        thief.client.set_cookie(COOKIE, known, domain="localhost", secure=True)
        assert not _is_in(thief)
        assert thief.get("/court/approvals").location.startswith("/court/sign-in")


def _signed_in(console: Console, *roles: str) -> tuple[uuid.UUID, str, Browser, Browser]:
    """An officer, and a copy of the session in a thief's hands, which works."""
    officer, login = newcomer(console, *roles)
    one, thief = browser(console), browser(console)
    one.enter(login)
    one.code()
    thief.client.set_cookie(COOKIE, one.token, domain="localhost", secure=True)
    assert _is_in(thief)
    return officer, login, one, thief


def test_a_stolen_session_ends_with_sign_out(console: Console) -> None:
    _, _, one, thief = _signed_in(console)
    assert one.post("/court/sign-out").status_code == 303
    assert not _is_in(thief)


def test_a_stolen_session_ends_when_the_password_is_changed(console: Console) -> None:
    _, login, one, thief = _signed_in(console)
    one.get("/court/account/password")
    changed = "eleven slow barges pass by"
    wrong = one.post("/court/account/password", present=WRONG, wanted=changed, again=changed)
    assert wrong.status_code == 422
    assert _is_in(thief)
    assert one.post("/court/account/password", present=PASSWORD, wanted=changed, again=changed).status_code == 303
    assert not _is_in(thief)
    assert _is_in(one)
    assert browser(console).enter(login).status_code == 401
    assert browser(console).enter(login, changed).status_code == 303


@pytest.mark.parametrize("changed", ["roles = ARRAY['auditor']", "active = false"])
def test_a_stolen_session_ends_when_roles_change_and_when_the_officer_leaves(console: Console, changed: str) -> None:
    officer, login, one, thief = _signed_in(console, "clerk")
    console.connection.execute("UPDATE register.officer SET name = '改名' WHERE id = %s", (officer,))
    assert _is_in(thief)  # the control: what is no change of rights ends nothing
    console.connection.execute(f"UPDATE register.officer SET {changed} WHERE id = %s", (officer,))
    assert not _is_in(thief)
    assert not _is_in(one)
    assert browser(console).enter(login).status_code == (303 if "roles" in changed else 401)


def test_a_new_password_by_command_ends_every_session(console: Console) -> None:
    _, login, one, thief = _signed_in(console)
    set_password(console.database, login, "eleven slow barges pass by")
    assert not _is_in(one)
    assert not _is_in(thief)


def test_sessions_are_listed_and_ended_one_by_one(console: Console) -> None:
    _, _, one, _ = _signed_in(console)
    officer, _, _, _ = _signed_in(console)
    other = console.sit(officer)
    [ended] = console.connection.execute(
        "SELECT id FROM desk.session WHERE officer_id = %s AND agent = 'test'", (officer,)
    ).fetchall()
    assert one.post(f"/court/account/sessions/{ended['id']}/end").status_code == 404  # somebody else's
    assert other.get("/court/approvals").status_code == 200
    assert other.post(f"/court/account/sessions/{ended['id']}/end").status_code == 303
    assert other.get("/court/approvals").status_code == 303


def test_a_session_ends_idle_and_after_twelve_hours_even_if_proved_again(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, _, one, _ = _signed_in(console)
    move = "UPDATE desk.session SET {} = {} - interval '{}' WHERE officer_id = %s"
    console.connection.execute(move.format("began_at", "began_at", "11 hours 59 minutes"), (officer,))
    _move(monkeypatch, seconds=30)
    one.get("/court/prove")
    assert one.code(code_of(1)).status_code == 303
    assert _is_in(one)
    console.connection.execute(move.format("began_at", "began_at", "1 minute"), (officer,))
    assert not _is_in(one)
    officer, _, one, _ = _signed_in(console)
    console.connection.execute(move.format("seen_at", "seen_at", "31 minutes"), (officer,))
    assert not _is_in(one)
    assert ENDED in one.get("/court/sign-in").text


def test_only_a_session_that_ended_unseen_is_told_of(console: Console) -> None:
    _, _, one, _ = _signed_in(console)
    assert ENDED not in browser(console).get("/court/sign-in").text
    one.post("/court/sign-out")
    assert ENDED not in one.get("/court/sign-in").text


def test_sessions_of_yesterday_are_swept_by_the_next_sign_in(console: Console) -> None:
    officer, _, _, _ = _signed_in(console)
    console.connection.execute("UPDATE desk.session SET began_at = began_at - interval '25 hours'")
    console.sit(console.register.officer(console.register.courts[0], "next.one", "clerk"))
    left = console.connection.execute("SELECT FROM desk.session WHERE officer_id = %s", (officer,)).fetchall()
    assert left == []
