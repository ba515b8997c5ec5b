"""The map's address holds its place and its filter, for a reload and for whoever is sent it."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Site, visitor
from tests.e2e.every_page import api
from tests.e2e.test_browser import drag, opened
from tests.e2e.test_resident import press
from tests.e2e.traffic import come_to_rest, place


def is_near(one: dict[str, float], other: dict[str, float]) -> bool:
    """Within ten metres, and a hundredth of a zoom: an address is rounded."""
    return all(abs(one[key] - other[key]) < (0.01 if key == "scale" else 1e-4) for key in one)


def test_an_address_holds_the_maps_place_and_filter(page: Page, browser: Browser, site: Site, size: str) -> None:
    page.goto("/?area=990102")
    expect(page.get_by_role("main")).to_contain_text(f"{api(site, '/v1/areas/990102')['name']} ·")
    expect(page).to_have_url(re.compile(r"/\?view="))
    sent_to = place(page)
    steps = page.evaluate("history.length")
    press(page, "个人", size)
    press(page, "缩小", size)
    drag(page, -120, -60)
    left = place(page)
    assert not is_near(left, sent_to), "the map has moved"
    assert page.evaluate("history.length") == steps, "looking around is no step"
    page.reload()
    expect(page.get_by_role("button", name="个人", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".wx-marker").first).to_be_attached()
    come_to_rest(page)
    assert is_near(place(page), left)
    context = visitor(browser, site, size)
    other = context.new_page()
    other.goto(page.url)
    expect(other.locator(".wx-marker").first).to_be_attached()
    come_to_rest(other)
    assert is_near(place(other), left)
    context.close()


def test_an_address_of_no_place_opens_where_one_left_off(page: Page, size: str) -> None:
    opened(page)
    press(page, "缩小", size)
    come_to_rest(page)
    left = place(page)
    page.goto("/?view=500,here,99&kind=nothing")
    expect(page.locator(".wx-marker").first).to_be_attached()
    come_to_rest(page)
    assert is_near(place(page), left)
