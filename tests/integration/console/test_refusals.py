"""What was not done is told in a page of the console: in both languages, with what to do next, and a way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from psycopg.rows import DictRow

from backend.core.access import allow
from backend.core.desk import LANGUAGE_COOKIE
from backend.core.errors import Exceeded, Overloaded
from tests.integration.desk import Console, Seat
from tests.integration.register import Register

LANGUAGES = ("zh", "en")
FORM = "https://localhost/court/settings/profile"
CONTACT = {"phone": "0000-0000000", "address": "虚构路一号", "reason": "写了一半的理由"}
FAILING: dict[int, tuple[Callable[[], Exception], tuple[str, str]]] = {
    429: (lambda: Exceeded(150), ("请过 3 分钟再试", "Try again in 3 min")),
    503: (lambda: Overloaded("The pool is empty."), ("请过 5 秒再试", "Try again in 5 s")),
    500: (lambda: LookupError("虚构的秘密"), ("请先返回查看是否已办", "Go back and see whether it was done")),
}


def _failing(make: Callable[[], Exception]) -> Callable[..., Any]:
    def view(**_: Any) -> Any:
        raise make()

    return allow()(view)


@pytest.fixture
def console(register: Register, connection: psycopg.Connection[DictRow]) -> Console:
    return Console(register, connection)


@pytest.fixture(params=LANGUAGES)
def seat(console: Console, request: pytest.FixtureRequest) -> Seat:
    seat = console.seat("clerk")
    seat.client.set_cookie(LANGUAGE_COOKIE, request.param, domain="localhost", path="/court")
    return seat


def _words(seat: Seat, both: tuple[str, str]) -> str:
    chosen = seat.client.get_cookie(LANGUAGE_COOKIE, domain="localhost", path="/court")
    assert chosen
    return both[LANGUAGES.index(chosen.value)]


@pytest.mark.parametrize("status", FAILING)
def test_what_a_busy_or_broken_server_answers_is_a_page_with_what_to_do(
    console: Console, seat: Seat, status: int
) -> None:
    make, told = FAILING[status]
    console.app.view_functions["settings.change_profile"] = _failing(make)
    console.app.view_functions["settings.show_profile"] = _failing(make)
    as_browser = {"base_url": "https://localhost", "headers": {"Accept": "text/html,*/*;q=0.8", "Referer": FORM}}
    sent = seat.client.post("/court/settings/profile", data={"csrf": seat.csrf, **CONTACT}, **as_browser)
    shown = seat.client.get("/court/settings/profile?a=1", **as_browser)
    for answer in (sent, shown):
        assert (answer.status_code, answer.mimetype) == (status, "text/html")
        assert ("Retry-After" in answer.headers) is (status != 500)
        assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
        assert 'class="places"' in answer.text, "the frame is there"
        assert _words(seat, told) in answer.text
        assert "data-refused" in answer.text, "by which the script keeps what was written"
        assert "data-kept" in answer.text
        for secret in ("虚构的秘密", "LookupError", "pool", "写了一半的理由"):
            assert secret not in answer.text
    back, again = ("返回刚才的页面", "Back to where you were"), ("再试一次", "Try again")
    assert f'<a href="/court/settings/profile">{_words(seat, back)}</a>' in sent.text
    assert f'<a href="/court/settings/profile?a=1">{_words(seat, again)}</a>' in shown.text


def test_the_way_back_leads_nowhere_else(seat: Seat) -> None:
    for referrer, way in (("https://evil.example/court/x", "/court"), (FORM, "/court/settings/profile")):
        answer = seat.client.post(
            "/court/settings/profile", data={"csrf": "0"}, base_url="https://localhost", headers={"Referer": referrer}
        )
        assert answer.status_code == 403
        assert f'<a href="{way}">' in answer.text


def test_a_field_that_was_left_out_is_named_in_the_readers_language(seat: Seat) -> None:
    answer = seat.post("/court/settings/profile", phone=CONTACT["phone"], address=CONTACT["address"])
    assert answer.status_code == 422
    told = _words(seat, ("<p>理由:必须填写</p>", "<p>reason: Missing data for required field.</p>"))
    assert told in answer.text
    if told.startswith("<p>理由"):
        assert not re.search(r">[^<]*[a-z]+ [a-z]+ [a-z]+[^<]*</p>", answer.text), "no sentence in English"
