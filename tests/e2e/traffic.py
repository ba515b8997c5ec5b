"""Waits until a page has what it asked for; Playwright's own `networkidle` waits half a second more for each page."""

from __future__ import annotations

from playwright.sync_api import Page, Request


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


def go_to(page: Page, path: str) -> None:
    """Open an address and wait until the page has what it asked for."""
    traffic = Traffic(page)
    page.goto(path)
    traffic.wait()
