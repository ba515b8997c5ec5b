"""What a resident does: look at the district, open an organisation, go back, find a name, without a mouse too."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.conftest import HOME, Site
from tests.e2e.traffic import come_to_rest

DEMO_NOTICE = "演示数据:人名、单位、案号都是虚构的"
PLATE = re.compile(r"^东虚区:\d+ 人,\d+ 家单位,全区数量,不是位置。打开$")


def api(site: Site, path: str) -> Any:
    with urllib.request.urlopen(f"{site.address}{path}") as answer:
        return json.load(answer)


def a_person(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = api(site, "/v1/entities?kind=person&limit=1")["items"][0]
    return found


def press(page: Page, name: str, size: str) -> None:
    button = page.get_by_role("button", name=name, exact=True)
    button.tap() if size == "phone" else button.click()


def test_the_map_opens_at_home_with_the_district_counted(page: Page, site: Site) -> None:
    page.goto("/")
    counts = api(site, f"/v1/areas/{HOME}")["counts"]
    strip = f"东虚区 · {counts['person']} 人 · {counts['company'] + counts['organisation']} 家"
    expect(page.get_by_role("main")).to_contain_text(strip)
    expect(page.get_by_role("button", name=PLATE).or_(page.get_by_text(strip)).first).to_be_visible()
    expect(page.get_by_text(DEMO_NOTICE).first).to_be_visible()
    expect(page.get_by_text(re.compile("^数据截至")).first).to_be_visible()


def test_zooming_to_an_organisation_and_back_finds_the_map_where_it_was(page: Page, size: str) -> None:
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("东虚区 ·")
    press(page, "单位", size)
    for _ in range(6):
        if uncovered(page):
            break
        press(page, "放大", size)
        come_to_rest(page)
    organisation = page.get_by_role("button", name=uncovered(page)[0], exact=True)
    before = organisation.bounding_box()
    organisation.tap() if size == "phone" else organisation.click()
    expect(page.get_by_role("heading", name="为什么列入").first).to_be_visible()
    expect(page.get_by_text(re.compile("^法院认定|^没有按规定|^法院限制|^执行中")).first).to_be_visible()
    page.go_back()
    expect(organisation).to_be_visible()
    assert organisation.bounding_box() == before


def uncovered(page: Page) -> list[str]:
    """Names of the organisations drawn on the map that a finger can reach, since panels may lie over some."""
    names: list[str] = page.get_by_role("button", name=re.compile("登记住所")).evaluate_all(
        """buttons => buttons.filter(button => {
            const box = button.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return button.contains(top);
        }).map(button => button.getAttribute("aria-label"))"""
    )
    return names


def test_the_strip_speaks_for_the_district_at_street_level(page: Page, size: str) -> None:
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("东虚区 ·")
    for _ in range(6):
        zoom_in = page.get_by_role("button", name="放大", exact=True)
        if zoom_in.is_disabled():
            break
        press(page, "放大", size)
        come_to_rest(page)
    expect(page.get_by_role("button", name=PLATE)).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"虚.+ · \d+ 人 · \d+ 家"))
    press(page, "看名单 ›", size)
    expect(page).to_have_url(re.compile(r"/areas/list\?code=99"))


def test_a_searched_name_is_found_with_the_warning_first(page: Page, site: Site) -> None:
    person = a_person(site)
    page.goto("/entities/search")
    box = page.get_by_role("textbox", name="搜索姓名、单位、案号")
    box.fill(person["name"])
    box.press("Enter")
    expect(page.get_by_text("同名不等于同一个人。请核对法院、案号和地区。")).to_be_visible()
    page.get_by_role("link", name=re.compile(re.escape(person["name"]))).first.click()
    expect(page.get_by_role("heading", name=person["name"])).to_be_visible()
    expect(page.get_by_text("列入公示不等于犯罪", exact=False)).to_be_visible()
    expect(page.get_by_text(re.compile("不表示此人住在这里|不是住址")).first).to_be_visible()
    assert person["name"] not in page.title()
    assert person["name"] not in page.url


def test_no_result_says_what_it_does_not_mean(page: Page) -> None:
    page.goto("/entities/search")
    box = page.get_by_role("textbox", name="搜索姓名、单位、案号")
    box.fill("查无此名此姓")
    box.press("Enter")
    expect(page.get_by_text("没有查到「查无此名此姓」", exact=False)).to_be_visible()
    expect(page.get_by_text("不表示对方没有债务或案件", exact=False)).to_be_visible()
    expect(page.get_by_text("zxgk.court.gov.cn", exact=False)).to_be_visible()


def test_a_page_has_an_address_of_its_own(page: Page) -> None:
    page.goto(f"/areas/list?code={HOME}")
    expect(page.get_by_role("heading", name="东虚区")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="东虚区")).to_be_visible()


def test_a_record_that_is_not_published_gives_no_reason(page: Page) -> None:
    page.goto("/entities/detail?id=00000000-0000-4000-8000-000000000000")
    expect(page.get_by_text("这条信息现在不在公示中", exact=False)).to_be_visible()


def test_everything_is_reached_with_the_keyboard_alone(page: Page, site: Site) -> None:
    person = a_person(site)
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("东虚区 ·")
    _tab_to(page, "button", "列表")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/areas/list"))
    expect(page.get_by_role("heading", name="东虚区")).to_be_visible()
    _tab_to(page, "button", "返回")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="列表", exact=True)).to_be_visible()
    _tab_to(page, "link", "查询")
    page.keyboard.press("Enter")
    _tab_to(page, "textbox", "搜索姓名、单位、案号")
    page.get_by_role("textbox", name="搜索姓名、单位、案号").press_sequentially(person["name"])
    page.keyboard.press("Enter")
    found = page.get_by_role("link", name=re.compile(re.escape(person["name"]))).first
    expect(found).to_be_visible()
    for _ in range(60):
        if found.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=person["name"])).to_be_visible()


def _tab_to(page: Page, role: Any, name: str) -> None:
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(60):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is not reached by Tab")
