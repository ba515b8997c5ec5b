"""The controls of what ends a session: without it, a token that a thief has goes on."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.db import Connection
from backend.core.sessions import COOKIE, current_session
from backend.courts import sign_in, sign_in_console
from backend.courts.sign_in import forget_all_factors, set_password
from backend.courts.sign_in_codes import make_recovery_codes
from tests.integration.conftest import WITH_LIMITS
from tests.integration.courts.arrival import Browser, browser, newcomer
from tests.integration.desk import Console
from tests.integration.register import Register

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection, WITH_LIMITS)


def _is_in(one: Browser) -> bool:
    return one.get("/court/approvals").status_code == 200


def test_without_a_new_token_a_planted_session_would_be_the_officers(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: where the proof leaves the token as it was, whoever knew it before is signed in."""
    _, login = newcomer(console)
    victim, thief = browser(console), browser(console)
    victim.enter(login)
    thief.client.set_cookie(COOKIE, victim.token, domain="localhost", secure=True)

    def prove(connection: Connection) -> str:
        token = current_session().token
        connection.execute("UPDATE desk.session SET proved_at = now() WHERE digest = sha256(%s)", (token.encode(),))
        return token

    monkeypatch.setattr(sign_in_console, "rotate_session", prove)
    assert victim.code().status_code == 303
    assert _is_in(thief)


@pytest.mark.parametrize("way", ["sign-out", "password"])
def test_were_sessions_not_ended_a_stolen_one_would_go_on(
    console: Console, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The control of what ends them."""
    _, login = newcomer(console)
    one, thief = browser(console), browser(console)
    one.enter(login)
    one.code()
    thief.client.set_cookie(COOKIE, one.token, domain="localhost", secure=True)
    monkeypatch.setattr(sign_in_console, "end_session", lambda *_: None)
    monkeypatch.setattr(sign_in, "end_sessions", lambda *_: None)
    if way == "sign-out":
        one.post("/court/sign-out")
    else:
        set_password(console.database, login, "eleven slow barges pass by")
    assert _is_in(thief)


def test_a_browser_that_calls_itself_much_signs_in(console: Console) -> None:
    _, login = newcomer(console)
    one = browser(console)
    one.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 " * 99
    assert one.enter(login).status_code == 303


def test_the_codes_of_before_are_forgotten_with_the_factors(console: Console) -> None:
    officer, login = newcomer(console)
    with console.database.transaction("doorkeeper") as connection:
        codes = make_recovery_codes(connection, officer)
    one = browser(console)
    one.enter(login)
    assert one.post("/court/prove/recovery-code", code=codes[0]).status_code == 303  # the control
    forget_all_factors(console.database, login)
    one.enter(login)
    assert one.post("/court/prove/recovery-code", code=codes[1]).status_code == 401
