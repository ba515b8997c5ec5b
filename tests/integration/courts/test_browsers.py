"""What the console tells a browser: whose cookies, whose forms, which host, and where a link leads."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow

from tests.integration.conftest import WITH_LIMITS
from tests.integration.courts.arrival import browser, newcomer
from tests.integration.desk import Console
from tests.integration.register import Register

WRONG = "seven-grey-herons-sleep"
pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection, WITH_LIMITS)


def test_a_browser_says_where_a_form_of_the_console_comes_from_and_nowhere_else(console: Console) -> None:
    client = console.app.test_client()
    assert client.get("/court/sign-in").headers["Referrer-Policy"] == "same-origin"
    form = {"login": "nobody.there", "password": WRONG}
    for origin, status in (("https://localhost", 401), ("null", 403), ("https://evil.example", 403)):
        answer = client.post("/court/sign-in", data=form, headers={"Origin": origin}, base_url="https://localhost")
        assert answer.status_code == status, origin


def test_the_cookie_of_a_session_goes_to_this_host_alone_and_to_no_script(console: Console) -> None:
    _, login = newcomer(console)
    one = browser(console)
    for answer in (one.enter(login), one.code()):
        [sent] = [text for text in answer.headers.getlist("Set-Cookie") if text.startswith("__Host-court=")]
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(sent.split("; "))
        assert "Domain" not in sent


def test_no_page_of_the_console_is_kept_indexed_or_framed(console: Console) -> None:
    _, login = newcomer(console)
    one = browser(console)
    one.enter(login)
    one.code()
    stranger = browser(console)
    for answer in (
        stranger.get("/court/sign-in"),
        stranger.get("/court/approvals"),
        one.get("/court/approvals"),
        one.post("/court/sign-out", csrf="another"),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        allowed = dict(part.split(maxsplit=1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert {allowed[what] for what in ("default-src", "base-uri", "frame-ancestors")} == {"'none'"}
        assert {allowed[what] for what in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}


def test_the_console_answers_on_its_own_host_alone(register: Register, connection: psycopg.Connection[DictRow]) -> None:
    console = Console(register, connection, {**WITH_LIMITS, "CONSOLE_HOST": "desk.court.example"})
    client = console.app.test_client()
    assert client.get("/court/sign-in", base_url="https://desk.court.example").status_code == 200
    assert client.get("/court/sign-in", base_url="https://map.court.example").status_code == 404
    assert client.get("/court/sign-in", base_url="https://desk.court.example.evil.example").status_code == 404
    anywhere = Console(register, connection).app.test_client()  # the control
    assert anywhere.get("/court/sign-in", base_url="https://map.court.example").status_code == 200


def test_what_a_link_leads_on_to_is_inside_the_console(console: Console) -> None:
    for n, wanted in enumerate(
        (
            "https://evil.example/court",
            "//evil.example",
            "/courtier",
            "/v1/site",
            "javascript:x",
            "/court/\\evil.example",
        )
    ):
        _, login = newcomer(console, login=f"led.astray{n}")
        one = browser(console)
        one.enter(login, next=wanted)
        assert one.code(next=wanted).location == "/court"
    _, login = newcomer(console)
    one = browser(console)
    one.enter(login, next="/court/approvals")
    assert one.code(next="/court/approvals").location == "/court/approvals"
