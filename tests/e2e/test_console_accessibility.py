"""axe-core finds nothing serious on any page of the console, in both languages, at a desk's and a tablet's size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.config import ROOT
from tests.data.payloads import packs
from tests.e2e.console_pages import addresses, first_of, pages_of, signing, states
from tests.e2e.console_posts import posts, send
from tests.e2e.desk_pages import file_tip
from tests.e2e.hostile_court import HostileCourt, signed_in
from tests.e2e.opened_pages import OPENERS, open_what, unlock
from tests.e2e.pictures import located_photo

AXE = (ROOT / "miniprogram/node_modules/axe-core/axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = {"serious", "critical"}
SIZES = {"desk": (1280, 800), "tablet": (820, 1180)}
FIND = """async rules => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html, target }) =>
    [impact, `${id}: ${target} ${html.slice(0, 160)}`]))
}"""


def findings(page: Page, sizes: Iterable[str] = ("desk", "tablet")) -> list[str]:
    """What axe finds serious or critical as the page stands at each size."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = []
    for name in sizes:
        width, height = SIZES[name]
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
    desk.wait_for_url("**/account/totp")
    for view, path in first_of(addresses(busy_court)).items():
        answer = desk.goto(f"/court{path}", wait_until="domcontentloaded")
        assert answer
        assert answer.status == 200, (view, path)
        expect(desk.get_by_role("heading", level=1).first).to_be_visible()
        found[view] = findings(desk)
    assert {view: some for view, some in found.items() if some} == {}


def test_no_state_of_a_page_has_a_serious_finding(browser: Browser, busy_court: HostileCourt) -> None:
    """Empty, decided, refused, chosen and absent ones, and those of whoever signs second."""
    found = {}
    for login, pages in ((busy_court.all, states(busy_court)), (busy_court.third, signing(busy_court))):
        context = signed_in(browser, busy_court, login)
        page = context.new_page()
        for name, path in pages.items():
            page.goto(f"/court{path}", wait_until="domcontentloaded")
            expect(page.get_by_role("heading", level=1).first).to_be_visible()
            found[name] = findings(page, ["tablet"])
        if login == busy_court.third:
            page.locator("form[action$='/open'] button").click()
            expect(page.get_by_role("button", name="批准", exact=True)).to_be_visible()
            found["a list that is read"] = findings(page)
        context.close()
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_opened_has_no_serious_finding(browser: Browser, busy_court: HostileCourt, language: str) -> None:
    """Unlocked, and with a tip that has photos, an objection and a claim opened."""
    found = {}
    numbers = {what: busy_court.ids[what][0] for what in OPENERS} | {"tips": _tip_with_photos(browser, busy_court)}
    for what, login in OPENERS.items():
        context = signed_in(browser, busy_court, login, language)
        page = context.new_page()
        page.goto(f"/court/{what}/?sort=number&down=1")
        unlock(page, busy_court, login)
        found[f"{what} unlocked"] = findings(page)
        open_what(page, what, numbers[what])
        found[f"{what} opened"] = findings(page)
        if what == "tips":  # the control
            page.evaluate(SPOIL, "#opened")
            assert rules_of(findings(page)) >= SPOILT
        context.close()
    assert {state: some for state, some in found.items() if some} == {}


def _tip_with_photos(browser: Browser, court: HostileCourt) -> int:
    canvas = browser.new_page()
    jpegs = (located_photo(canvas, 640, 480, b"phone", b"comment"), b"no picture")
    canvas.close()
    notice = UUID(court.ids["notices"][1])
    _, number = file_tip(court.world, notice, packs(500)[0], jpegs, place=packs(500)[1], point=["114.512", "38.001"])
    return number


def test_no_page_that_answers_a_form_has_a_serious_finding(desk: Page, busy_court: HostileCourt) -> None:
    found = {}
    desk.goto("/court/settings/")
    for name, post in posts(busy_court).items():
        assert send(desk, post.path, post.form).status == post.status, name
        found[name] = findings(desk)
    assert {name: some for name, some in found.items() if some} == {}
    desk.evaluate(SPOIL, "main")  # the control
    assert rules_of(findings(desk)) >= SPOILT


# What axe finds, where it is put.
SPOILT = {"button-name", "color-contrast", "label", "wider"}
SPOIL = """place => {
  const faint = Object.assign(document.createElement('p'), { textContent: 'faint' })
  faint.style.cssText = 'color: #888; background: #999; width: 3000px'
  const field = document.createElement('input')
  document.querySelector(place).append(faint, field, document.createElement('button'))
}"""


def rules_of(found: list[str]) -> set[str]:
    return {one.split()[1].strip(":") for one in found}


def test_what_axe_is_trusted_with_it_finds_here(desk: Page) -> None:
    """The negative control, on a page that has no finding."""
    desk.goto("/court/settings/")
    assert findings(desk) == []
    desk.evaluate(SPOIL, "main")
    assert rules_of(findings(desk)) >= SPOILT


# Whether what has the focus can be told from what has not; behind the last element the page itself has it.
RINGED = """() => { const style = getComputedStyle(document.activeElement)
  const isRinged = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
  return isRinged || style.boxShadow !== 'none' || document.activeElement === document.body }"""


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until an element has the focus, which is seen at every stop."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(RINGED), page.evaluate("document.activeElement.outerHTML.slice(0, 160)")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_tip_is_opened_with_the_keyboard_alone(browser: Browser, busy_court: HostileCourt) -> None:
    context = signed_in(browser, busy_court, "lin")
    page = context.new_page()
    page.goto("/court/tips/")
    tab_to(page, ".skip", 1)
    page.keyboard.press("Enter")
    expect(page.locator("#vault button").first).to_be_enabled()
    tab_to(page, "#vault input", 2)
    page.keyboard.type(busy_court.world.phrases["lin"])
    page.keyboard.press("Enter")
    expect(page.locator("#vault [data-part=open]")).to_be_visible()
    tab_to(page, "[data-open]")
    page.keyboard.press("Enter")
    expect(page.locator("#opened")).to_be_focused()
    tab_to(page, "#opened [data-part=answer] textarea")
    tab_to(page, "#opened [name=choice]")
    # the control
    page.evaluate("for (const one of document.querySelectorAll('[data-part=compare]')) one.tabIndex = -1")
    with pytest.raises(AssertionError, match="does not reach"):
        tab_to(page, "[data-part=compare]", 20)
    context.close()
