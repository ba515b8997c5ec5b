"""What the map and its list say where there is nothing to show, nothing to draw with, and how they move."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import HOME, Site, visitor
from tests.e2e.every_page import api
from tests.e2e.test_browser import opened
from tests.e2e.traffic import copied

NOTHING = {"person": 0, "company": 0, "organisation": 0}
NO_DATA, EMPTY = "法院还没有导入数据", "东虚区 目前没有公示信息"
SOURCE = "https://code.example.cn/court-listings-map"
NO_STREETS = "未配置底图,放大到街道请在微信中打开"
NO_WEBGL = """(() => {
  const { getContext } = HTMLCanvasElement.prototype
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return /webgl/.test(kind) ? null : getContext.call(this, kind, ...more)
  }
})()"""


def alter(page: Page, path: str, change: dict[str, Any]) -> None:
    """From here on answers of `path` say this."""

    def respond(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | change)

    page.route(re.compile(path), respond)


def test_a_site_without_data_says_so_and_does_not_call_the_area_empty(page: Page) -> None:
    alter(page, "/v1/site$", {"as_of": None, "demo": "none"})
    alter(page, f"/v1/areas/{HOME}$", {"counts": NOTHING, "as_of": None})
    page.goto("/")
    strip = page.get_by_role("main")
    expect(strip).to_contain_text(NO_DATA)
    expect(strip).not_to_contain_text("目前没有公示信息")


def test_lists_and_searches_call_nothing_empty_where_no_list_was_loaded(page: Page) -> None:
    """The control stands below: with a list loaded the same answers are called empty."""
    nothing: dict[str, Any] = {"items": [], "next": None, "as_of": None}
    alter(page, f"/v1/areas/{HOME}$", {"counts": NOTHING, "as_of": None})
    alter(page, r"/v1/(entities|notices)\?|/v1/notices$", nothing)
    page.goto(f"/areas/list?code={HOME}")
    main = page.get_by_role("main").last
    expect(main.get_by_text(NO_DATA, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="东虚区")).to_be_visible()
    assert not re.search("没有公示信息|0 人", main.inner_text())
    page.goto("/entities/search")
    page.get_by_role("textbox").fill("查无此名此姓")
    page.get_by_role("textbox").press("Enter")
    expect(main.get_by_text(NO_DATA, exact=True)).to_be_visible()
    expect(main).to_contain_text("zxgk.court.gov.cn")
    assert not re.search("没有查到|截至", main.inner_text())
    page.goto("/notices/list")
    expect(main.get_by_text(NO_DATA, exact=True)).to_be_visible()
    assert "目前没有悬赏" not in main.inner_text()


def test_about_names_the_source_where_the_operator_has(browser: Browser, site: Site) -> None:
    context = visitor(browser, site, "small phone")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    page = context.new_page()
    page.goto("/services/about")
    expect(page.get_by_role("heading", name="开源与版本")).to_be_visible()
    expect(page.get_by_text(re.compile("^数据截至"))).to_be_visible()
    expect(page.get_by_text("源代码在")).to_have_count(0)
    alter(page, "/v1/site$", {"source_url": SOURCE})
    page.goto("/services/about")
    expect(page.get_by_text(f"这里运行的程序,源代码在:{SOURCE}", exact=True)).to_be_visible()
    page.get_by_role("button", name="复制网址").click()
    assert copied(page, SOURCE) == SOURCE
    context.close()


def test_english_pages_name_areas_in_english(browser: Browser, site: Site) -> None:
    person = api(site, f"/v1/entities?area={HOME}&kind=person&limit=1")["items"][0]
    court = api(site, f"/v1/courts?area={HOME}")["items"][0]
    assert (person["area"]["name"], court["area"]["name"]) == ("东虚区", "东虚区")
    context = visitor(browser, site, "phone", "en-US")
    page = context.new_page()
    page.goto(f"/entities/detail?id={person['id']}")
    expect(page.get_by_text(re.compile("^Counted in Dongxu District: "))).to_be_visible()
    page.goto(f"/services/court?id={court['id']}")
    expect(page.get_by_role("link", name="List of Dongxu District ›")).to_be_visible()
    page.goto("/nowhere")
    expect(page.get_by_role("heading", name="Court Listings Map")).to_be_visible()
    context.close()


def test_plates_stand_and_can_be_pressed_before_the_map_s_library_has_come(page: Page) -> None:
    library: list[Route] = []

    def hold(route: Route) -> None:
        library.append(route)

    page.route(re.compile("maplibre_view"), hold)
    page.goto("/")
    plate = page.get_by_role("button", name=re.compile("^东虚区:"))
    expect(plate).to_be_visible()
    expect(page.locator(".wx-map-lines polygon").first).to_be_attached()
    expect(page.get_by_role("main")).to_contain_text("东虚区 ·")
    assert library, "the library is under way"
    expect(page.locator("canvas")).to_have_count(0)
    plate.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="东虚区")).to_be_visible()
    page.keyboard.press("Escape")
    expect(plate).to_be_focused()
    before = plate.bounding_box()
    for route in library:
        route.continue_()
    expect(page.locator("canvas")).to_be_visible()
    expect(page.locator(".wx-map-lines")).to_have_count(0)
    expect(plate).to_be_focused()
    after = plate.bounding_box()
    assert before
    assert after
    assert all(abs(before[side] - after[side]) <= 1 for side in ("x", "y", "width", "height")), (
        "it stands where it stood"
    )


def test_an_empty_area_says_so_on_the_map_and_in_its_list(page: Page) -> None:
    alter(page, f"/v1/areas/{HOME}$", {"counts": NOTHING})
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text(EMPTY)
    alter(page, r"/v1/entities\?", {"items": [], "next": None})
    page.get_by_role("button", name="列表", exact=True).click()
    expect(page.get_by_text(EMPTY, exact=True).last).to_be_visible()
    page.get_by_role("button", name="个人", exact=True).last.click()
    expect(page.get_by_text("按现在的筛选,东虚区 没有公示信息", exact=True)).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="全部", exact=True).last.click()
    expect(page.locator("a[href*='/entities/detail']").first).to_be_visible()


def test_without_a_street_map_the_end_of_zooming_is_explained(page: Page) -> None:
    opened(page)
    expect(page.get_by_text(NO_STREETS)).to_have_count(0)
    page.evaluate("getCurrentPages()[0].move({ ...getCurrentPages()[0].shown, scale: 13 })")
    expect(page.get_by_text(NO_STREETS)).to_be_visible()
    expect(page.get_by_role("button", name="放大", exact=True)).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="缩小", exact=True).click()
    expect(page.get_by_text(NO_STREETS)).to_have_count(0)


def test_without_webgl_the_map_is_a_list_that_leads_on(page: Page, site: Site) -> None:
    page.add_init_script(NO_WEBGL)
    page.goto("/")
    expect(page.get_by_text("这台设备不能显示地图,请用列表。")).to_be_visible()
    assert page.locator("canvas").count() == 0
    people = api(site, f"/v1/areas/{HOME}")["counts"]["person"]
    home = page.get_by_role("listitem").get_by_role("button", name=re.compile(f"^东虚区:{people} 人"))
    expect(home).to_be_visible()
    home.click()
    sheet = page.get_by_role("dialog", name="东虚区")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="看名单").click()
    expect(page).to_have_url(re.compile(rf"/areas/list\?code={HOME}"))


@pytest.mark.parametrize("wish", ["no-preference", "reduce"])
def test_pages_move_only_for_readers_who_do_not_mind(browser: Browser, site: Site, wish: str) -> None:
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        page.emulate_media(reduced_motion=wish)  # type: ignore[arg-type]  # one of Playwright's own words
        page.goto("/services/about")
        expect(page.get_by_text("怎样申诉").first).to_be_visible()
        steps: list[int] = page.evaluate(
            """async () => {
              const frame = document.querySelector('.wx-frame:not([hidden])')
              const steps = []
              wx.pageScrollTo({ scrollTop: 600 })
              while (steps.at(-1) !== 600 && steps.length < 200) {
                await new Promise(requestAnimationFrame)
                steps.push(Math.round(frame.scrollTop))
              }
              return steps
            }"""
        )
        assert steps[-1] == 600
        between = [at for at in steps if 0 < at < 600]
        assert between if wish == "no-preference" else between == []
        # a box of the host's own that slides from side to side
        seconds = page.evaluate(
            """() => {
              const box = Object.assign(document.createElement('input'), { type: 'checkbox' })
              box.setAttribute('role', 'switch')
              box.setAttribute('wx', 'switch')
              document.querySelector('main').append(box)
              return parseFloat(getComputedStyle(box, '::before').transitionDuration)
            }"""
        )
        assert seconds == (0.12 if wish == "no-preference" else 0)
