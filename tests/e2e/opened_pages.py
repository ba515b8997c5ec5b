"""Officers' pages in which keys are unlocked and sealed things opened, in either language."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.hostile_court import HostileCourt

# Who opens what.
OPENERS = {"tips": "lin", "objections": "lin", "claims": "wu"}


def unlock(page: Page, court: HostileCourt, login: str) -> None:
    """Open the officer's keys in the page that is shown."""
    page.locator("[data-part=unlock] input").fill(court.world.phrases[login])
    page.locator("[data-part=unlock] button").click()
    expect(page.locator("#vault [data-part=open]")).to_be_visible()


def open_filing(page: Page, number: int) -> None:
    """Open a tip or an objection of the page that is unlocked."""
    page.locator(f"[data-open='{number}']").click()
    expect(page.locator("#opened-title")).to_contain_text(f" {number}")
    expect(page.locator("#opened")).to_be_focused()  # all is shown, photos too


def open_claim(page: Page, number: int) -> None:
    """Choose a claim and see who claims, which needs a reason."""
    page.locator(f"[data-open='{number}']").click()
    expect(page.locator("#opened-title")).to_contain_text(f" {number}")
    page.locator("[data-part=open-claim] textarea").fill("核对身份")
    page.locator("[data-part=open-claim] button").click()
    expect(page.locator("[data-part=claimant] dd")).to_have_count(5)


def open_what(page: Page, what: str, number: int) -> None:
    (open_claim if what == "claims" else open_filing)(page, number)
