"""axe-core finds nothing serious on any page or state, in both languages, light and dark; text grows to 200 %."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from backend.listings.demo.people import EXAMPLE_NAME, EXAMPLE_NUMBER
from tests.e2e.accessible import (
    CUT,
    NOT_GROWN,
    OVERLAPPING,
    REMEMBER,
    SMALL,
    TWICE,
    all_findings,
    at_twice_the_size,
    findings,
)
from tests.e2e.conftest import HOME, Site, visitor
from tests.e2e.every_page import LOCALES, STOPS, Stop, api

# Both sizes and both languages, in half the runs.
READERS = {"phone-zh": ("phone", "zh"), "desktop-en": ("desktop", "en")}


@pytest.fixture(params=list(READERS))
def reader(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    size, language = READERS[request.param]
    context = visitor(browser, site, size, LOCALES[language])
    yield context.new_page(), language
    context.close()


@pytest.fixture(params=list(LOCALES))
def small_reader(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[tuple[Page, str]]:
    context = visitor(browser, site, "small phone", LOCALES[request.param])
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


def sees(page: Page, shows: str) -> None:
    expect(page.get_by_text(re.compile(shows)).locator("visible=true").first).to_be_visible()


def _open(path: str, shows: str, *names: str) -> Callable[[Page], None]:
    """Go there, press what is named, in either language, and wait for what is then to be seen."""

    def go(page: Page) -> None:
        page.goto(path)
        for name in names:
            page.get_by_role("button", name=re.compile(name)).first.click()
        sees(page, shows)

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


def _closed_door(page: Page) -> None:
    courts = page.request.get("/v1/courts?limit=20").json()["items"]
    name = next(court["name"] for court in courts if not court["accepts_objections"])
    page.goto("/filings/file?door=wrong")
    page.get_by_role("textbox", name=re.compile("^(哪家法院|Which court)")).fill(name)
    page.get_by_role("button", name=re.compile("^(查找|Find)")).click()
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    sees(page, "还没有开通在线办理|[Nn]ot open online yet")


def _self_checked(name: str, shows: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto("/services/self-check")
        page.get_by_role("textbox").first.fill(EXAMPLE_NUMBER)
        page.get_by_role("textbox").last.fill(name)
        page.get_by_role("button", name=re.compile("^(核对|Check)$")).click()
        sees(page, shows)

    return go


def _altered(path: str, change: dict[str, Any], page_path: str, shows: str) -> Callable[[Page], None]:
    """Go there while answers of `path` are changed."""

    def go(page: Page) -> None:
        def respond(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json=answer.json() | change)

        page.route(re.compile(path), respond)
        page.goto(page_path)
        sees(page, shows)
        page.unroute_all()

    return go


def _outside(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 10.0, "longitude": 100.0})
    _open("/", "本服务目前只有|this service has data for", *DISTRICT)(page)
    page.context.clear_permissions()


def _no_privacy(page: Page) -> None:
    page.goto("/")
    page.evaluate("() => { wx.getFuzzyLocation = ({ fail }) => fail({ errMsg: '', errno: 104 }) }")
    for name in DISTRICT:
        page.get_by_role("button", name=re.compile(name)).first.click()
    sees(page, "不同意也能看地图|You can still use the map")


DISTRICT = ("^(我所在的区县|My district)", "^(使用|同意|允许|Allow|Use)")
LIST = f"/areas/list?code={HOME}"
GONE = "00000000-0000-4000-8000-000000000000"
BAD_LINK = "网址不完整或已失效|The link is incomplete"
STATES: dict[str, Callable[[Page], None]] = {
    "offline": _answered(None),
    "busy": _answered(503),
    "too often": _answered(429),
    "gone": _open(f"/entities/detail?id={GONE}", "现在不在公示中|not currently published"),
    "ended notice": _open(f"/notices/detail?id={GONE}", "悬赏已结束|This reward has ended"),
    "bad link": _open("/nowhere", BAD_LINK),
    "bad parameter": _open("/services/today?topic=nothing", BAD_LINK),
    "nothing found": _nobody,
    "empty": _altered(r"/v1/entities\?", {"items": [], "next": None}, LIST, "目前没有公示信息|Nothing is currently"),
    "surnames only": _altered(
        r"/v1/entities\?", {"surnames_only_until": "2099-01-01T06:20:00Z"}, LIST, "以下只显示姓氏|surnames only until"
    ),
    "what a listed person can do": _my_own,
    "legend": _open("/", "圆角牌|Rounded plate", "^(图例|Legend)"),
    "filter": _open(LIST, "^(列入原因|Ground)$", "^(筛选|Filter)"),
    "an area's sheet": _plate,
    "why a position": _open("/", "大致位置|rough position", DISTRICT[0]),
    "position refused": _open("/", "没有使用定位|Location not used", *DISTRICT),
    "position outside": _outside,
    "privacy refused": _no_privacy,
    "language": _open("/services/home", "^English$", "Language"),
    "clear this phone": _open("/services/home", "^(清除|Clear)$", "^(清除本机|Clear this)"),
    "wrong number": _open("/services/self-check", "请填写身份证号|Please enter the ID", "^(核对|Check)$"),
    "checked and found": _self_checked(EXAMPLE_NAME, "您有 1 条公示|You have 1 listing"),
    "checked and not found": _self_checked("查无此人", "中没有找到您|Not found among"),
    "wrong code": _open("/filings/follow", "查询码打错了|The code is mistyped", "^(查看|Look)"),
    "closed door": _closed_door,
}


def test_no_state_has_a_serious_finding(reader: tuple[Page, str]) -> None:
    page, _ = reader
    found = {}
    for name, enter in STATES.items():
        enter(page)
        found[name] = all_findings(page)
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


def test_fingers_hit_and_text_grows_to_twice_its_size(small_reader: tuple[Page, str], site: Site) -> None:
    page, language = small_reader
    found: dict[str, Any] = {}
    for stop in STOPS:
        open_stop(page, site, stop, language)
        found[f"{stop.name}: small"] = page.evaluate(SMALL)
        found[stop.name] = at_twice_the_size(page)
    assert {name: some for name, some in found.items() if some} == {}


def test_each_measure_finds_what_it_is_for(small_reader: tuple[Page, str], site: Site) -> None:
    """The negative controls: a small target, a wide line, text that stays as it is, text over text."""
    page, language = small_reader
    open_stop(page, site, STOPS[3], language)
    page.evaluate("""() => {
      const add = (tag, css) => {
        const element = Object.assign(document.createElement(tag), { textContent: 'text' })
        element.style.cssText = css
        document.querySelector('main').append(element)
      }
      add('button', 'width: 20px; height: 20px; padding: 0; font-size: 1px')
      add('p', 'width: 900px')
      add('p', 'font-size: 14px')
      add('p', 'position: absolute; top: 100px')
      add('p', 'position: absolute; top: 104px')
    }""")
    assert len(page.evaluate(SMALL)) == 1
    page.evaluate(REMEMBER)
    page.evaluate(TWICE)
    assert len(page.evaluate(CUT)) >= 1
    assert [one[:24] for one in page.evaluate(NOT_GROWN)] == ['<button style="width: 20', '<p style="font-size: 14p']
    assert len(page.evaluate(OVERLAPPING)) >= 1


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
    page.get_by_role("button", name={"zh": "单位", "en": "Organisations"}[language], exact=True).click()
    expect(page).to_have_url(re.compile(rf"/areas/list\?code={HOME}&kind=bodies$"))
