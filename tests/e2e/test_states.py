"""Every page in every state it can meet: slow, given up, busy, too often, offline, gone, a bad link, a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import HOME, Site, visitor, watch
from tests.e2e.every_page import LOCALES, STOPS, Stop

WORDS = {
    "zh": {
        "loading": "正在加载",
        "slow": "网络较慢,仍在加载…",
        "cancel": "取消",
        "cancelled": "已取消。",
        "retry": "重试",
        "busy": "服务器正忙,请过 12 秒再试。您填的内容还在。",
        "limited": "查询太频繁,请过 12 秒再试。您填的内容还在。",
        "offline": "没有网络。上次看到的地图还在,名单需要联网(为了随时反映移出)。",
        "gone": "这条信息现在不在公示中。这里不说明原因,也不保留姓名。",
        "bad link": "网址不完整或已失效。",
        "to map": "去地图",
        "district": "我所在的区县",
    },
    "en": {
        "loading": "Loading",
        "slow": "Slow network, still loading…",
        "cancel": "Cancel",
        "cancelled": "Cancelled.",
        "retry": "Retry",
        "busy": "The service is busy. Try again in 12 s. What you typed is still here.",
        "limited": "Too many requests. Try again in 12 s. What you typed is still here.",
        "offline": "You are offline. The last map is still here; "
        "lists need a connection so that removals show at once.",
        "gone": "This is not currently published. We give no reason here and keep no name.",
        "bad link": "The link is incomplete or out of date.",
        "to map": "Map",
        "district": "My district",
    },
}
# A reader with a phone reads Chinese here, one at a desk English: both sizes and both languages, in half the runs.
READERS = [("phone", "zh"), ("desktop", "en")]
ANSWERS: dict[str, Callable[[Route], None]] = {
    "busy": lambda route: route.fulfill(status=503, headers={"Retry-After": "12"}, body="{}"),
    "limited": lambda route: route.fulfill(status=429, headers={"Retry-After": "12"}, body="{}"),
    "offline": lambda route: route.abort("internetdisconnected"),
    "well": lambda route: route.fallback(),
    "held": lambda _: None,
}
HOME_IN_STRIP = re.compile("东虚区 ·|Dongxu District ·")


class Reader:
    """One visitor whose requests to the service can be answered otherwise."""

    def __init__(self, page: Page, language: str, *, touches: bool) -> None:
        self.page, self.words, self.touches = page, WORDS[language], touches

    def press(self, name: str) -> None:
        button = self.page.get_by_role("button", name=self.words[name], exact=True)
        button.tap() if self.touches else button.click()

    def sees(self, name: str) -> None:
        expect(self.page.get_by_text(self.words[name], exact=True).first).to_be_visible()


@pytest.fixture(params=READERS, ids=["phone-zh", "desktop-en"])
def reader(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Reader]:
    size, language = request.param
    context = visitor(browser, site, size, LOCALES[language])
    page = context.new_page()
    complaints = watch(page, site)
    yield Reader(page, language, touches=size == "phone")
    context.close()
    # what a test lets fail is reported by the browser too
    assert [one for one in complaints if "Failed to load resource" not in one] == []


@pytest.mark.parametrize("stop", [stop for stop in STOPS if stop.asks], ids=lambda stop: stop.name)
def test_a_page_says_why_it_waits_and_goes_on_when_it_can(reader: Reader, site: Site, stop: Stop) -> None:
    page, answer = reader.page, "held"
    assert stop.asks is not None

    def respond(route: Route) -> None:
        ANSWERS[answer](route)

    page.route(stop.asks, respond)
    page.clock.install()
    page.goto(stop.path(site))
    stop.act(page)
    if stop.name != "map":  # where the last picture stays
        page.clock.run_for(400)
        expect(page.get_by_text(reader.words["loading"], exact=True).first).to_be_attached()
        expect(page.locator("[class~=bone][aria-hidden=true]").first).to_be_visible()
    page.clock.run_for(4000)
    reader.sees("slow")
    reader.press("cancel")
    reader.sees("cancelled")
    for state in ("busy", "limited", "offline"):
        answer = state
        reader.press("retry")
        page.clock.run_for(1000)
        reader.sees(state)
    answer = "well"
    reader.press("retry")
    page.clock.run_for(1000)
    language = "zh" if reader.words is WORDS["zh"] else "en"
    expect(page.get_by_role("main")).to_contain_text(stop.shows[language])
    expect(page.get_by_text(reader.words["offline"], exact=True)).to_have_count(0)


GONE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (f"/entities/detail?id={GONE}", "gone"),
        (f"/services/court?id={GONE}", "gone"),
        ("/areas/list?code=98", "gone"),
        ("/entities/detail", "bad link"),
        ("/entities/detail?id=%2e%2e", "bad link"),
        ("/notices/detail", "bad link"),
        ("/services/court", "bad link"),
        ("/services/today?topic=nothing", "bad link"),
        ("/areas/list?code=x", "bad link"),
        ("/filings/file?door=nothing", "bad link"),
        ("/nowhere", "bad link"),
        ("/?area=98", "bad link"),
        ("/?area=%ZZ&kind=x&ground=9&court=%ZZ", "bad link"),
    ],
)
def test_what_is_not_there_leads_on(reader: Reader, path: str, says: str) -> None:
    reader.page.goto(path)
    reader.sees(says)
    if says == "bad link":
        reader.press("to map")
        expect(reader.page.get_by_role("main")).to_contain_text(HOME_IN_STRIP)


@pytest.mark.parametrize("path", ["/areas/choose", "/services/courts", "/filings/file?door=wrong"])
def test_a_name_that_is_too_short_is_no_bad_link(reader: Reader, path: str) -> None:
    page = reader.page
    page.goto(path)
    find = page.get_by_role("button", name=re.compile("^(查找|Find)$"))
    box = page.get_by_role("textbox").last
    box.fill("虚")
    find.click()
    expect(page.get_by_text(re.compile("^(请再多输入一个字|Type one more character)$"))).to_be_visible()
    expect(page.get_by_text(reader.words["bad link"], exact=True)).to_have_count(0)
    box.fill("东虚")
    find.click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("东虚区人民法院|虚构省|Xugou"))
    expect(page.get_by_text(re.compile("^(请再多输入一个字|Type one more character)$"))).to_have_count(0)


def locate(reader: Reader) -> None:
    reader.page.goto("/")
    expect(reader.page.get_by_role("main")).to_contain_text(HOME_IN_STRIP)
    reader.press("district")
    dialog = reader.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    # the sentence why stands before anything asks
    dialog.get_by_role("button").first.click()


def test_a_refused_position_leaves_a_way_to_choose(reader: Reader) -> None:
    locate(reader)
    main = reader.page.get_by_role("main")
    expect(main).to_contain_text(
        re.compile("没有使用定位。您可以自己选地区。|Location not used. Choose an area instead.")
    )
    assert reader.page.locator(".wx-toast").text_content() == "", "what was being done is over, and covers the answer"
    reader.page.get_by_role("button", name=re.compile("^(选地区|Choose area)$")).click()
    expect(reader.page).to_have_url(re.compile("/areas/choose"))


def test_a_position_outside_names_where_and_what_is_served(reader: Reader) -> None:
    reader.page.context.grant_permissions(["geolocation"])
    reader.page.context.set_geolocation({"latitude": 10.0, "longitude": 100.0})
    locate(reader)
    main = reader.page.get_by_role("main")
    expect(main).to_contain_text(
        re.compile("本服务目前只有 东虚区 的数据|this service has data for Dongxu District only")
    )
    reader.page.get_by_role("button", name=re.compile("^(看 东虚区|See Dongxu District)$")).click()
    expect(main).not_to_contain_text(re.compile("本服务目前|this service has data"))


def test_a_refused_privacy_agreement_says_what_still_works(reader: Reader) -> None:
    reader.page.goto("/")
    # WeChat's own refusal, which a browser does not have
    reader.page.evaluate("() => { wx.getFuzzyLocation = ({ fail }) => fail({ errMsg: '', errno: 104 }) }")
    expect(reader.page.get_by_role("main")).to_contain_text(HOME_IN_STRIP)
    reader.press("district")
    reader.page.get_by_role("dialog").get_by_role("button").first.click()
    main = reader.page.get_by_role("main")
    expect(main).to_contain_text(re.compile("不同意也能看地图、查名字、看公示|You can still use the map"))
    reader.page.get_by_role("button", name=re.compile("^(知道了|OK)$")).click()
    expect(main).not_to_contain_text(re.compile("不同意也能|You can still"))


def test_nothing_is_asked_of_the_reader_on_opening(reader: Reader) -> None:
    reader.page.add_init_script("""
      window.asked = []
      navigator.geolocation.getCurrentPosition = () => asked.push('position')
      Notification.requestPermission = () => asked.push('notification')
      navigator.permissions.request = () => asked.push('permission')
    """)
    for path in ("/", "/entities/search", "/notices/list", "/services/home", f"/areas/list?code={HOME}"):
        reader.page.goto(path)
        expect(reader.page.get_by_role("main").last).not_to_be_empty()
        expect(reader.page.get_by_role("dialog")).to_have_count(0)
        assert reader.page.evaluate("asked") == []


def test_a_map_that_found_nothing_to_start_from_starts_at_home_when_asked_again(reader: Reader) -> None:
    page = reader.page
    for address, path in (("/", "/v1/(site|areas/)"), (f"/?area={HOME}", f"/v1/areas/{HOME}$")):
        page.route(re.compile(path), ANSWERS["busy"])
        page.goto(address)
        reader.sees("busy")
        expect(page.locator("canvas").first).to_be_visible()
        page.wait_for_timeout(600)
        assert page.evaluate("localStorage.getItem('wx:map-view')") is None, "nobody has left off in the whole country"
        page.unroute_all()
        reader.press("retry")
        expect(page.get_by_role("main")).to_contain_text(HOME_IN_STRIP)
        page.wait_for_function("() => localStorage.getItem('wx:map-view') !== null")
        page.evaluate("localStorage.clear()")


def test_a_link_that_wechat_knows_no_page_for_is_said_on_the_map(reader: Reader) -> None:
    """A browser's host has its own page for such an address; WeChat tells the program instead."""
    reader.page.goto("/services/home")
    expect(reader.page.get_by_role("main")).not_to_be_empty()
    reader.page.evaluate("getApp().onPageNotFound({ path: 'pages/nowhere', query: {}, isEntryPage: true })")
    reader.sees("bad link")
    expect(reader.page.get_by_role("main").last).to_contain_text(re.compile("(东虚区|Dongxu District) ·"))
    reader.sees("bad link")
    reader.press("to map")
    expect(reader.page.get_by_text(reader.words["bad link"], exact=True)).to_have_count(0)
    reader.page.get_by_role("link", name=re.compile("^(查询|Search)$")).click()
    reader.page.get_by_role("link", name=re.compile("^(地图|Map)$")).click()
    expect(reader.page.get_by_text(reader.words["bad link"], exact=True)).to_have_count(0)
