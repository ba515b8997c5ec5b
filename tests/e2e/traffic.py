"""Waits for a page: until it has what it asked for, until something holds, until its map stands still.

Playwright's own `networkidle` waits half a second more for each page, and it waits for no map.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request

# A busy machine must not fail a test: what comes, comes within this.
PATIENCE_MS = 30_000


class Traffic:
    """What a page has asked for and not got yet."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._under_way: set[Request] = set()
        # Playwright takes no methods of built-in types.
        page.on("request", lambda request: self._under_way.add(request))  # noqa: PLW0108
        for over in ("requestfinished", "requestfailed"):
            page.on(over, lambda request: self._under_way.discard(request))  # noqa: PLW0108

    def wait(self) -> None:
        """Until nothing has been under way for a tenth of a second: a script that got an answer asks on at once."""
        quiet = 0
        while quiet < 4:
            self._page.wait_for_timeout(25)
            quiet = 0 if self._under_way else quiet + 1


def until(page: Page, holds: Callable[[], object]) -> None:
    """Look again and again for what no locator tells, as patiently as `expect`; AssertionError if it never holds."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        page.wait_for_timeout(50)


def copied(page: Page, begins: str) -> str:
    """What was put on the clipboard, which takes a moment; it begins so."""
    read = "navigator.clipboard.readText()"
    until(page, lambda: page.evaluate(read).startswith(begins))
    text: str = page.evaluate(read)
    return text


def place(page: Page) -> Any:
    """Where the map was when it last came to rest: what the pages keep, `lon`, `lat` and `scale`."""
    return json.loads(page.evaluate("localStorage.getItem('wx:map-view')"))


def come_to_rest(page: Page) -> None:
    """Wait until the map has been where it is, and has kept that, for more than half a second."""
    still, last = 0, None
    while still < 6:
        page.wait_for_timeout(100)
        now = page.evaluate("JSON.stringify([getCurrentPages().at(-1).shown, {...localStorage}, location.href])")
        still, last = (still + 1 if now == last else 0), now


def go_to(page: Page, path: str) -> None:
    """Open an address and wait until the page has what it asked for."""
    traffic = Traffic(page)
    page.goto(path)
    traffic.wait()
