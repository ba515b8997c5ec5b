"""axe-core finds nothing serious on any page or state, in both languages, light and dark; text grows to 200 %."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from backend.config import ROOT
from tests.e2e.conftest import HOME, SIZES, Site, visitor
from tests.e2e.every_page import LOCALES, STOPS, Stop, api

AXE = ROOT / "miniprogram/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
GRAVE = {"serious", "critical"}
WHOLE_HEIGHT = """() => 120 + Math.max(0, ...[...document.querySelectorAll('.wx-frame, [role=dialog] [wx=scroll-view]')]
  .map(frame => frame.scrollHeight))"""
# The page's ground follows a change of theme one event later.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical as the page stands: everything in light, the colours again in dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    # axe passes over the colours of what is scrolled out of sight, so the window becomes as high as the page
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": max(height, min(page.evaluate(WHOLE_HEIGHT), 6000))})
    found = _run(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(SETTLED)
    found += [f"dark {one}" for one in _run(page, {"type": "rule", "values": ["color-contrast"]})]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(SETTLED)
    page.set_viewport_size({"width": width, "height": height})
    return found


def _run(page: Page, only: dict[str, Any]) -> list[str]:
    options = {"runOnly": only, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


@pytest.fixture(params=list(LOCALES))
def reader(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    context = visitor(browser, site, "phone", LOCALES[request.param])
    yield context.new_page(), request.param
    context.close()


def open_stop(page: Page, site: Site, stop: Stop, language: str) -> None:
    page.goto(stop.path(site))
    stop.act(page)
    expect(page.get_by_role("main")).to_contain_text(stop.shows[language])


def test_no_page_has_a_serious_finding(reader: tuple[Page, str], site: Site) -> None:
    page, language = reader
    found = {}
    for stop in STOPS:
        open_stop(page, site, stop, language)
        found[stop.name] = findings(page)
    assert {name: some for name, some in found.items() if some} == {}


def _open(path: str, *names: str) -> Callable[[Page], None]:
    """Go there and press what is named, in either language."""

    def go(page: Page) -> None:
        page.goto(path)
        for name in names:
            page.get_by_role("button", name=re.compile(name)).first.click()

    return go


def _answered(status: int | None) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        def respond(route: Route) -> None:
            if status is None:
                route.abort("internetdisconnected")
            else:
                route.fulfill(status=status, body="{}", headers={"Retry-After": "9"})

        page.route(re.compile("/v1/(entities|areas)"), respond)
        page.goto(f"/areas/list?code={HOME}")
        expect(page.get_by_role("button", name=re.compile("^(重试|Retry|返回|Back)$")).last).to_be_visible()
        page.unroute_all()

    return go


def _nobody(page: Page) -> None:
    page.goto("/entities/search")
    page.get_by_role("textbox").fill("查无此名此姓")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("zxgk.court.gov.cn")


def _plate(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile("东虚区:|Dongxu: ")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _my_own(page: Page) -> None:
    person = page.request.get("/v1/entities?kind=person&limit=1").json()["items"][0]["id"]
    page.goto(f"/entities/detail?id={person}")
    page.get_by_role("button", name=re.compile("^(我就是本人|This is me)")).click()
    expect(page.get_by_role("dialog")).to_be_visible()


STATES: dict[str, Callable[[Page], None]] = {
    "offline": _answered(None),
    "busy": _answered(503),
    "too often": _answered(429),
    "gone": _open("/entities/detail?id=00000000-0000-4000-8000-000000000000"),
    "bad link": _open("/nowhere"),
    "bad parameter": _open("/services/today?topic=nothing"),
    "nothing found": _nobody,
    "what a listed person can do": _my_own,
    "legend": _open("/", "^(图例|Legend)"),
    "filter": _open(f"/areas/list?code={HOME}", "^(筛选|Filter)"),
    "an area's sheet": _plate,
    "why a position": _open("/", "^(我所在的区县|My district)"),
    "position refused": _open("/", "^(我所在的区县|My district)", "^(使用|同意|允许|Allow|Use)"),
    "language": _open("/services/home", "Language"),
    "clear this phone": _open("/services/home", "^(清除本机|Clear this)"),
    "wrong number": _open("/services/self-check", "^(核对|Check)$"),
    "wrong code": _open("/filings/follow", "^(查看|Look)"),
}


def test_no_state_has_a_serious_finding(reader: tuple[Page, str]) -> None:
    page, _ = reader
    found = {}
    for name, enter in STATES.items():
        enter(page)
        page.wait_for_timeout(150)
        found[name] = findings(page)
    assert {name: some for name, some in found.items() if some} == {}


def test_a_broken_page_is_found(reader: tuple[Page, str], site: Site) -> None:
    """The negative control: what axe is trusted to find, it finds here, in light and in dark."""
    page, language = reader
    open_stop(page, site, STOPS[1], language)
    assert findings(page) == []
    page.evaluate("""() => {
      const main = document.querySelector('main')
      main.append(Object.assign(document.createElement('button'), { type: 'button' }))
      const faint = Object.assign(document.createElement('p'), { textContent: 'faint' })
      faint.style.cssText = 'color: #888; background: #999'
      main.append(faint, document.createElement('input'))
    }""")
    rules = {one.split(":")[0] for one in findings(page)}
    assert rules >= {"button-name", "color-contrast", "label", "dark color-contrast"}


# Elements that are pressed, outside of running text: WCAG 2.2 makes the same exception (2.5.8).
SMALL = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, [role=button]')]
  .filter(element => element.getClientRects().length && !element.closest('[aria-hidden=true], .wx-marker'))
  .filter(element => getComputedStyle(element).visibility !== 'hidden')
  .map(element => {
    // a box or a mark is pressed with its label
    const target = element.matches('[type=radio], [type=checkbox]') ? element.closest('label') ?? element : element
    const { width, height } = target.getBoundingClientRect()
    return [element.outerHTML.slice(0, 120), width, height]
  })
  .filter(([, width, height]) => width < 43.5 || height < 43.5)"""
# What is wider than its page, and words cut off inside their box.
CUT = """() => {
  const frame = [...document.querySelectorAll('.wx-frame')].find(one => !one.hidden)
  const wide = [...frame.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect()
    const scrolls = element.parentElement.closest('.wx-map-box, [class*=chips-line]')
    return box.width > 0 && !scrolls && box.right > innerWidth + 1
  })
  const cut = [...frame.querySelectorAll('button, span, a')].filter(element => {
    const style = getComputedStyle(element)
    return style.display !== 'inline' && style.overflow === 'hidden' && !element.className.includes('unseen')
      && element.scrollHeight > element.clientHeight + 2
  })
  return [...wide, ...cut].map(element => element.outerHTML.slice(0, 160))
}"""


def test_fingers_hit_and_text_grows_to_twice_its_size(reader: tuple[Page, str], site: Site) -> None:
    page, language = reader
    found: dict[str, Any] = {}
    for stop in STOPS:
        open_stop(page, site, stop, language)
        found[f"{stop.name}: small"] = page.evaluate(SMALL)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[f"{stop.name}: cut"] = page.evaluate(CUT)
    assert {name: some for name, some in found.items() if some} == {}


def test_a_small_target_and_a_wide_line_are_found(reader: tuple[Page, str], site: Site) -> None:
    page, language = reader
    open_stop(page, site, STOPS[3], language)
    page.evaluate("""() => {
      const small = Object.assign(document.createElement('button'), { textContent: 'x' })
      small.style.cssText = 'width: 20px; height: 20px'
      const wide = document.createElement('p')
      wide.style.width = '900px'
      document.querySelector('main').append(small, wide)
    }""")
    assert len(page.evaluate(SMALL)) == 1
    assert len(page.evaluate(CUT)) >= 1


def test_the_list_says_what_the_map_says(reader: tuple[Page, str], site: Site) -> None:
    """The twin of every view: from the strip, under the same filter, to the list of the same area."""
    page, language = reader
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text({"zh": "东虚区 ·", "en": "Dongxu District ·"}[language])
    page.get_by_role("button", name={"zh": "个人", "en": "People"}[language], exact=True).click()
    page.get_by_role("button", name={"zh": "列表", "en": "List"}[language], exact=True).click()
    expect(page).to_have_url(re.compile(rf"/areas/list\?code={HOME}&kind=person"))
    people = api(site, f"/v1/areas/{HOME}")["counts"]["person"]
    expect(page.get_by_role("main").last).to_contain_text(f"{people} {'人' if language == 'zh' else 'people'}")
    rows = page.locator("a[href*='/entities/detail']")
    expect(rows).to_have_count(len(api(site, f"/v1/entities?area={HOME}&kind=person")["items"]))
    assert page.evaluate("getCurrentPages().length") == 2
