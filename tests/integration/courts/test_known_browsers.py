"""Who guesses at a login holds up neither its owner's own browser nor, for long, anybody at another address."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from flask import Response
from psycopg.rows import DictRow

from backend.core import clock
from backend.core.limits import brakes_of
from backend.courts import known_browsers
from backend.courts.known_browsers import remember_browser
from tests.integration.conftest import WITH_LIMITS
from tests.integration.courts.arrival import Browser, browser, code_of, newcomer
from tests.integration.desk import Console
from tests.integration.register import Register

WRONG = "seven-grey-herons-sleep"

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection, WITH_LIMITS)


def _from(console: Console, address: str) -> Browser:
    one = browser(console)
    one.client.environ_base["REMOTE_ADDR"] = address
    return one


def _besiege(console: Console, login: str) -> list[int]:
    """Spend all that may be tried for a login from wherever; what each try was told."""
    return [_from(console, f"192.0.2.{n // 5}").enter(login, WRONG).status_code for n in range(50)]


def _owners(console: Console, login: str) -> Browser:
    """A browser in which an officer has signed in, and signed out."""
    one = _from(console, "198.51.100.7")
    assert one.enter(login).status_code == 303
    assert one.code().status_code == 303
    assert one.post("/court/sign-out").status_code == 303
    return one


def _cookies(one: Browser) -> list[tuple[str, str]]:
    """By which a browser is known."""
    return [(cookie.key, cookie.value) for cookie in (one.client._cookies or {}).values() if "known" in cookie.key]


def test_a_siege_from_everywhere_holds_up_no_browser_that_its_owner_has_used(console: Console) -> None:
    _, login = newcomer(console)
    owner = _owners(console, login)
    assert _besiege(console, login) == [401] * 50
    assert _from(console, "203.0.113.9").enter(login).status_code == 429  # the control: a browser that is new
    assert owner.enter(login).status_code == 303
    assert owner.code(code_of(1)).status_code == 303


def test_one_address_holds_up_no_other(console: Console) -> None:
    _, login = newcomer(console)
    for _ in range(5):
        _from(console, "192.0.2.1").enter(login, WRONG)
    assert _from(console, "192.0.2.1").enter(login).status_code == 429
    assert _from(console, "192.0.2.2").enter(login).status_code == 303


def test_an_unknown_login_is_besieged_with_the_same_answers(console: Console) -> None:
    _, login = newcomer(console)
    assert _besiege(console, login) == _besiege(console, "nobody.there") == [401] * 50
    answers = [_from(console, "203.0.113.9").enter(name, WRONG) for name in (login, "nobody.there")]
    assert [answer.status_code for answer in answers] == [429, 429]
    assert answers[0].text == answers[1].text


def test_a_known_browser_has_five_tries_of_its_own(console: Console) -> None:
    _, login = newcomer(console)
    owner = _owners(console, login)
    assert [owner.enter(login, WRONG).status_code for _ in range(6)] == [401] * 5 + [429]
    assert _from(console, "198.51.100.7").enter(login).status_code == 303  # nor does it hold up others


def test_codes_that_a_thief_of_the_password_guesses_hold_up_no_known_browser(console: Console) -> None:
    _, login = newcomer(console)
    owner, thief = _owners(console, login), _from(console, "192.0.2.1")
    thief.enter(login)
    wrong = f"{(int(code_of()) + 1) % 1_000_000:06}"
    assert [thief.code(wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    elsewhere = _from(console, "203.0.113.9")  # the control: of a code's six digits five are guessed in all
    elsewhere.enter(login)
    assert elsewhere.code(code_of(1)).status_code == 429
    owner.enter(login)
    assert owner.code(code_of(1)).status_code == 303


def test_a_password_alone_makes_no_browser_known(console: Console) -> None:
    _, login = newcomer(console)
    thief = _from(console, "192.0.2.1")
    thief.enter(login)
    assert _cookies(thief) == []


@pytest.mark.parametrize("changed", ["another officer's", "forged", "not ASCII", "ninety days old"])
def test_what_does_not_fit_makes_no_browser_known(
    console: Console, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    _, login = newcomer(console)
    [(name, value)] = _cookies(_owners(console, login))
    if changed == "another officer's":
        [(_, value)] = _cookies(_owners(console, newcomer(console)[1]))
    elif changed == "ninety days old":
        monkeypatch.setattr(known_browsers, "now", lambda: clock.now() - timedelta(days=90))
        response = Response()
        remember_browser(response, brakes_of(console.app).keys, login)
        value = response.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
        monkeypatch.setattr(known_browsers, "now", clock.now)
    else:
        value = f"{value[:-4]}beef" if changed == "forged" else f"{value}é"
    _besiege(console, login)
    one = _from(console, "203.0.113.9")
    one.client.set_cookie(name, value, domain="localhost", secure=True)
    assert one.enter(login).status_code == 429
