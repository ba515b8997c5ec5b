"""What the pages are in a browser: light on the network, installable, at home in its history, and on no other host."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.e2e.conftest import Site, server, visitor, watch
from tests.e2e.every_page import STOPS, api
from tests.e2e.test_resident import press
from tests.e2e.traffic import Traffic, come_to_rest, place, until
from tests.ports import free_port

MOST_BYTES = 50 * 1024
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TILE = re.compile(r"/v1/map/(\d+)/(\d+)/(\d+)\.json")
# Streets and their names, drawn over one another.
TILES = "https://tiles.example/streets/{z}/{x}/{y}.png https://tiles.example/names/{z}/{x}/{y}.png"
# Sizes, in bytes of UTF-8, of everything that pages and components hand to their views, as WeChat would have to carry
# it over, with who did.
COUNT_SETDATA = """() => {
  window.handed = []
  let owner = getCurrentPages()[0]
  while (!Object.hasOwn(owner, 'setData')) owner = Object.getPrototypeOf(owner)
  const { setData } = owner
  owner.setData = function (data, done) {
    handed.push([this.is, new TextEncoder().encode(JSON.stringify(data)).length])
    return setData.call(this, data, done)
  }
}"""


def opened(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("东虚区 ·")
    expect(page.locator(".wx-marker").first).to_be_visible()
    expect(page.locator("wx-map")).not_to_have_attribute("data-first", "")


def tiles_asked(page: Page) -> list[Request]:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if TILE.search(request.url) else None)
    return asked


def drag(page: Page, across: int, down: int) -> None:
    box = page.locator("canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across, y + down, steps=4)
    page.mouse.up()
    come_to_rest(page)


def test_a_tile_is_asked_for_once_and_moving_asks_for_what_is_missing(page: Page) -> None:
    asked = tiles_asked(page)
    traffic = Traffic(page)
    opened(page)
    come_to_rest(page)
    traffic.wait()
    at_first = len(asked)
    for across in (-160, -160, 160, 160):
        drag(page, across, 0)
        traffic.wait()
    moved = len(asked)
    drag(page, -160, 0)
    traffic.wait()
    again = [url for url, times in Counter(request.url for request in asked).items() if times > 1]
    assert at_first > 0
    assert moved > at_first, "the map has moved"
    assert len(asked) == moved, "the way back needs nothing"
    assert again == []


def test_an_old_tile_is_asked_for_by_its_tag(page: Page) -> None:
    page.clock.install()
    answers: list[tuple[str | None, int]] = []
    page.on(
        "response",
        lambda response: (
            answers.append((response.request.headers.get("if-none-match"), response.status))
            if TILE.search(response.url)
            else None
        ),
    )
    traffic = Traffic(page)
    page.goto("/")
    expect(page.locator(".wx-marker").first).to_be_attached()
    page.clock.run_for(1000)
    traffic.wait()
    first = len(answers)
    page.clock.run_for(31_000)
    page.get_by_role("link", name="查询").click()
    page.get_by_role("link", name="地图").click()
    page.clock.run_for(1000)
    expect(page.locator(".wx-marker").first).to_be_attached()
    until(page, lambda: len(answers) > first)
    traffic.wait()
    assert [tag for tag, _ in answers[:first]] == [None] * first
    assert all(tag and status == 304 for tag, status in answers[first:])


def test_no_handing_over_to_the_view_is_larger_than_wechat_likes(page: Page, size: str) -> None:
    opened(page)
    page.evaluate(COUNT_SETDATA)
    for name in ("单位", "缩小", "缩小", "缩小", "放大", "放大", "放大", "放大", "全部"):
        press(page, name, size)
        come_to_rest(page)
    assert max(handed_over(page)["pages/entities/map/index"]) > 1000
    handed = handed_over(page)
    assert max(size for sizes in handed.values() for size in sizes) <= MOST_BYTES
    page.evaluate("getCurrentPages()[0].setData({ sample: '裕'.repeat(17500) })")
    assert max(handed_over(page)["pages/entities/map/index"]) > MOST_BYTES, "the measure would see a larger one"


def handed_over(page: Page) -> dict[str, list[int]]:
    """By page and component, the sizes in their order."""
    sizes: dict[str, list[int]] = {}
    for who, size in page.evaluate("handed"):
        sizes.setdefault(who, []).append(size)
    return sizes


def test_only_the_map_loads_the_map_library(page: Page, site: Site) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    for stop in STOPS:
        if stop.name == "map":
            continue
        page.goto(stop.path(site))
        expect(page.get_by_role("main")).not_to_be_empty()
    assert [url for url in loaded if "maplibre" in url] == []
    opened(page)
    assert [url for url in loaded if "maplibre" in url], "the map does load it"


def test_it_can_be_installed_and_keeps_nothing_behind_a_removal(page: Page) -> None:
    opened(page)
    manifest: dict[str, Any] = page.evaluate(
        "async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()"
    )
    assert (manifest["start_url"], manifest["display"], manifest["name"]) == ("/", "standalone", "失信被执行人公示地图")
    sizes = page.evaluate(
        """icons => Promise.all(icons.map(async ({ src }) => {
          const image = new Image()
          image.src = src
          await image.decode()
          return image.naturalWidth
        }))""",
        manifest["icons"],
    )
    assert sizes == [192, 512]
    client = page.context.new_cdp_session(page)
    errors = client.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # the tests' own windows keep nothing, and are the one thing Chromium objects to
    assert {error["errorId"] for error in errors} <= {"in-incognito"}
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert page.evaluate("caches.keys().then(all => all.length)") == 0


def test_back_forward_and_reload_keep_the_maps_place(page: Page, size: str) -> None:
    opened(page)
    press(page, "放大", size)
    drag(page, -60, -30)
    before = place(page)
    press(page, "列表", size)
    expect(page).to_have_url(re.compile("/areas/list"))
    page.go_back()
    expect(page.locator(".wx-marker").first).to_be_attached()
    page.go_forward()
    expect(page.get_by_role("heading", level=1).last).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1).last).to_be_visible()
    page.go_back()
    expect(page.get_by_role("main").first).to_contain_text("虚")
    page.reload()
    expect(page.locator(".wx-marker").first).to_be_attached()
    come_to_rest(page)
    after = place(page)
    assert [round(after[key], 3) for key in before] == [round(before[key], 3) for key in before]


def test_a_shared_map_opens_on_its_area(page: Page, site: Site) -> None:
    page.goto("/?area=990102")
    name = api(site, "/v1/areas/990102")["name"]
    expect(page.get_by_role("main")).to_contain_text(f"{name} ·")
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(f"{name} ·")


def test_a_sheet_keeps_the_keyboard_inside_and_gives_it_back(page: Page) -> None:
    opened(page)
    legend = page.get_by_role("button", name="图例说明")
    legend.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="图例说明")
    expect(sheet).to_be_visible()
    for key in ("Tab", "Tab", "Shift+Tab", "Tab"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.closest('[role=dialog]') !== null")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(legend).to_be_focused()


def test_a_plate_is_opened_with_the_keyboard(page: Page) -> None:
    opened(page)
    plate = page.get_by_role("button", name=re.compile("^东虚区:"))
    plate.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="东虚区")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="看名单").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/areas/list\?code=990101"))


RECORDS = ("search", "rewards", "list", "entity", "notice")


def test_every_card_cut_out_of_a_picture_says_that_it_is_invented(page: Page, site: Site) -> None:
    for stop in STOPS:
        if stop.name not in RECORDS:
            continue
        page.goto(stop.path(site))
        stop.act(page)
        expect(page.get_by_role("main")).to_contain_text(stop.shows["zh"])
        cards = page.locator("[class~=card], [class~=row]").filter(visible=True)
        # the warning against harassment is about nobody, and a court's telephone is not invented
        texts = [text for text in cards.all_inner_texts() if not re.search("^列入公示不等于犯罪|拨打", text)]
        assert texts, stop.name
        assert [text for text in texts if "演示" not in text] == [], stop.name


@pytest.fixture
def tiled(site: Site) -> Iterator[Site]:
    """The same site with an operator's street map."""
    port = free_port()
    environment = {**site.environment, "PORT": str(port), "MAP_TILES_URL": TILES}
    environment["MAP_TILES_ATTRIBUTION"] = "© 示例地图 GS(2099)1号"
    with server(environment, port) as address:
        yield Site(address, environment)


def test_an_operators_streets_are_drawn_with_their_line_and_let_in_alone(browser: Browser, tiled: Site) -> None:
    context = visitor(browser, tiled, "phone")
    page = context.new_page()
    complaints = watch(page, tiled)
    drawn: list[str] = []

    def streets(route: Route) -> None:
        drawn.append(route.request.url)
        route.fulfill(headers={"Access-Control-Allow-Origin": "*"}, content_type="image/png", body=PIXEL)

    context.route("https://tiles.example/**", streets)
    opened(page)
    expect(page.get_by_text("© 示例地图 GS(2099)1号")).to_be_visible()
    until(page, lambda: {url.split("/")[3] for url in drawn} == {"streets", "names"})
    blocked = page.evaluate("fetch('https://elsewhere.example/').then(() => 'let in', () => 'kept out')")
    assert blocked == "kept out"
    context.close()
    outside = {one.split("/")[2] for one in complaints if one.startswith("outside")}
    assert outside <= {"tiles.example", "elsewhere.example"}
    assert not [one for one in complaints if "'https://tiles.example/" in one]
