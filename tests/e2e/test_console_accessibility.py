"""axe-core finds nothing serious on any page of the console, in both languages, at a desk's and a tablet's size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.config import ROOT
from tests.e2e.console_pages import addresses, first_of, pages_of
from tests.e2e.hostile_court import HostileCourt, signed_in

AXE = (ROOT / "miniprogram/node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}
SIZES = {"desk": (1280, 800), "tablet": (820, 1180)}
FIND = """async rules => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html, target }) =>
    [impact, `${id}: ${target} ${html.slice(0, 160)}`]))
}"""


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical as the page stands at each size."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = []
    for name, (width, height) in SIZES.items():
        # axe passes over the colours of what is scrolled out of sight, so the window becomes as high as the page
        page.set_viewport_size({"width": width, "height": height})
        whole = min(page.evaluate("document.documentElement.scrollHeight"), 6000)
        page.set_viewport_size({"width": width, "height": max(height, whole)})
        found += [f"{name} {what}" for impact, what in page.evaluate(FIND, RULES) if impact in GRAVE]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            found.append(f"{name}: wider than its window")
    return found


@pytest.fixture(params=["zh", "en"])
def desk(browser: Browser, busy_court: HostileCourt, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = signed_in(browser, busy_court, busy_court.all, request.param)
    yield context.new_page()
    context.close()


def test_every_page_of_the_console_is_walked(busy_court: HostileCourt) -> None:
    """A page that is new has no address here, and fails this."""
    assert set(addresses(busy_court)) == pages_of(busy_court.world.app)


def test_no_page_of_the_console_has_a_serious_finding(desk: Page, busy_court: HostileCourt) -> None:
    found = {}
    desk.goto("/court/account/second-factor")
    desk.locator("form[action='/court/account/totp'] button").click()
    for view, path in first_of(addresses(busy_court)).items():
        answer = desk.goto(f"/court{path}", wait_until="domcontentloaded")
        assert answer
        assert answer.status == 200, (view, path)
        expect(desk.get_by_role("heading", level=1).first).to_be_visible()
        found[view] = findings(desk)
    assert {view: some for view, some in found.items() if some} == {}


def test_what_axe_is_trusted_with_it_finds_here(desk: Page) -> None:
    """The negative control, on a page that has no finding."""
    desk.goto("/court/settings/")
    assert findings(desk) == []
    desk.evaluate("""() => {
      const main = document.querySelector('main')
      const faint = Object.assign(document.createElement('p'), { textContent: 'faint' })
      faint.style.cssText = 'color: #888; background: #999; width: 3000px'
      main.append(faint, document.createElement('input'), document.createElement('button'))
    }""")
    found = findings(desk)
    rules = {one.split()[1].strip(":") for one in found}
    assert rules >= {"button-name", "color-contrast", "label", "wider"}, found
