"""A court in which every text that somebody can write is a script payload, with its console and public pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext

from backend.core.desk import LANGUAGE_COOKIE
from backend.core.sessions import COOKIE
from tests.integration.filing_world import Phone, World
from tests.integration.tips.seats import Seat, sit


@dataclass
class HostileCourt:
    """Three officers, and in `ids` what was written, by kind.

    `all` is in every role that may go together; `second` and `third` sign. Whoever has opened what they sign has done
    so for good, so each is looked at by the tests of one file: all files share the court, in an order nobody knows.
    """

    world: World
    address: str
    second: str = "second"
    third: str = "third"
    all: str = "all"
    ids: dict[str, Any] = field(default_factory=dict)
    phones: list[Phone] = field(default_factory=list)

    def post(self, seat: Seat, path: str, **form: Any) -> str:
        """Send a form of the console; where it leads, without /court."""
        answer = seat.post(path, **form)
        assert answer.status_code == 303, (path, answer.status_code, answer.text)
        return str(answer.location).removeprefix("/court")


def signed_in(
    browser: Browser, court: HostileCourt, login: str, language: str = "zh", address: str = ""
) -> BrowserContext:
    """The browser of an officer with a fresh sign-in, at the court's address or another server's of the same data."""
    token = sit(court.world, login).client.get_cookie(COOKIE, domain="localhost")
    assert token
    context = browser.new_context(
        base_url=address or court.address, viewport={"width": 1280, "height": 800}, reduced_motion="reduce"
    )
    context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "domain": "127.0.0.1", "path": "/court"}])
    tab = context.new_page()
    tab.goto(f"/enter?{token.value}")
    tab.close()
    return context
