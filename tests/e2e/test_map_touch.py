"""What stands on the map can be hit with a finger, and its labels grow with the reader's text."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.e2e.accessible import SMALL
from tests.e2e.conftest import Site, visitor
from tests.e2e.test_browser import opened

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
    page.wait_for_timeout(1200)
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
