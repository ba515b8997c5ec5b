"""What stands on the map can be hit with a finger, its labels grow with the reader's text, and a circle is a list."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from backend.core.geo import cell
from tests.e2e.accessible import SMALL
from tests.e2e.conftest import HOME, Site, visitor
from tests.e2e.every_page import api
from tests.e2e.test_browser import opened
from tests.e2e.test_resident import press
from tests.e2e.traffic import come_to_rest

# Above and below the middle of each marker that is lower than a finger: whether it is itself that is hit there.
HIT_AROUND = """() => [...document.querySelectorAll('.wx-marker')].filter(one => one.offsetHeight < 40).map(one => {
  const { left, width, top, height } = one.getBoundingClientRect()
  const hits = y => document.elementFromPoint(left + width / 2, top + height / 2 + y)?.closest('.wx-marker') === one
  return hits(0) && hits(-20) && hits(20)
})"""
LABELS = """() => [...document.querySelectorAll('.wx-marker-label')].filter(one => one.checkVisibility()).map(one => {
  const { left, right, top, bottom } = one.getBoundingClientRect()
  return { size: parseFloat(getComputedStyle(one).fontSize), left, right, top, bottom, text: one.textContent }
})"""
# Organisations whose four corners, a pixel inside, nothing lies over; with the size of each.
CORNERS = """() => [...document.querySelectorAll('.wx-marker[aria-label*=登记住所]')].map(one => {
  const { left, right, top, bottom, width } = one.getBoundingClientRect()
  const hits = (x, y) => document.elementFromPoint(x, y)?.closest('.wx-marker') === one
  const corners = [[left + 1, top + 1], [right - 1, top + 1], [left + 1, bottom - 1], [right - 1, bottom - 1]]
  return { left, top, width, height: bottom - top, hit: corners.every(([x, y]) => hits(x, y)) }
})"""
TEXT_AT = "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '%d%%' })"
TAKE_AWAY_THE_ROOM = """() => {
  const sheets = [...document.styleSheets]
  for (const sheet of sheets) {
    const at = [...sheet.cssRules].findIndex(rule => rule.selectorText === '.wx-marker::before')
    if (at >= 0) sheet.deleteRule(at)
  }
}"""


def test_plates_of_one_line_are_as_large_as_a_finger(page: Page) -> None:
    opened(page)
    page.evaluate("getCurrentPages()[0].move({ ...getCurrentPages()[0].shown, scale: 7 })")
    come_to_rest(page)
    assert page.evaluate(SMALL) == []
    hit = page.evaluate(HIT_AROUND)
    assert hit, "there are plates of one line"
    assert all(hit)
    page.evaluate(TAKE_AWAY_THE_ROOM)
    assert page.evaluate(SMALL), "the control: without the room around it a plate is small"
    assert not any(page.evaluate(HIT_AROUND))


def test_labels_grow_with_the_text_and_lie_apart(browser: Browser, site: Site) -> None:
    sizes = {}
    for percent in (100, 200):
        with visitor(browser, site, "desktop") as context:
            page = context.new_page()
            page.add_init_script(TEXT_AT % percent)
            opened(page)
            labels = page.evaluate(LABELS)
            assert labels
            sizes[percent] = {label["size"] for label in labels}
            for at, one in enumerate(labels):
                for other in labels[at + 1 :]:
                    apart = one["right"] <= other["left"] or other["right"] <= one["left"]
                    assert apart or one["bottom"] <= other["top"] or other["bottom"] <= one["top"], (one, other)
    assert {size * 2 for size in sizes[100]} == sizes[200]


def zoom_in_until(page: Page, size: str, shows: str) -> None:
    """Organisations only, nearer and nearer, until something of this name stands on the map."""
    press(page, "单位", size)
    for _ in range(6):
        come_to_rest(page)
        if page.get_by_role("button", name=re.compile(shows)).count():
            return
        press(page, "放大", size)


def test_an_organisation_is_hit_from_corner_to_corner_by_a_finger(page: Page, size: str) -> None:
    opened(page)
    zoom_in_until(page, size, "登记住所")
    drawn = page.evaluate(CORNERS)
    assert drawn
    assert all(one["width"] >= 44 and one["height"] >= 44 for one in drawn)
    free = next(one for one in drawn if one["hit"])
    page.mouse.click(free["left"] + 2, free["top"] + 2)
    expect(page).to_have_url(re.compile(r"/entities/detail\?id="))


def a_circle(site: Site) -> dict[str, Any]:
    """Near the middle of the home area, of more than two organisations that this map cannot part."""
    lon, lat = api(site, f"/v1/areas/{HOME}")["label_point"]
    column, row = cell(lon, lat, 13)
    for down in range(-4, 5):
        for right in range(-4, 5):
            tile = api(site, f"/v1/map/13/{column + right}/{row + down}.json?kind=company&kind=organisation")
            for feature in tile["features"]:
                properties = feature["properties"]
                if properties["class"] == "cluster" and properties["count"] > 2 and properties["expansion_zoom"] != 13:
                    return dict(feature)
    raise LookupError


def test_the_organisations_of_a_circle_are_listed_page_by_page(page: Page, site: Site) -> None:
    asked: list[str] = []

    def few(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_(url=f"{route.request.url}&limit=2")

    page.route(re.compile(r"/v1/entities\?.*bbox="), few)
    feature = a_circle(site)
    (lon, lat), count = feature["geometry"]["coordinates"], feature["properties"]["count"]
    page.goto(f"/?view={lon},{lat},13&kind=bodies")
    circle = page.get_by_role("button", name=re.compile(f"^{count} 家单位在同一处。打开名单")).first
    circle.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="这里的单位")
    rows = sheet.locator("a[href*='/entities/detail']")
    expect(rows).to_have_count(2)
    while sheet.get_by_role("button", name="再看一些").count():
        shown = rows.count()
        sheet.get_by_role("button", name="再看一些").click()
        expect(rows).not_to_have_count(shown)
    expect(rows).to_have_count(count)
    addresses = [row.get_attribute("href") for row in rows.all()]
    assert len(set(addresses)) == count, "nobody twice"
    assert ["cursor=" in url for url in asked] == [False] + [True] * (len(asked) - 1)
    assert len(asked) == -(-count // 2)
    rows.last.click()
    expect(page).to_have_url(re.compile(r"/entities/detail\?id="))
