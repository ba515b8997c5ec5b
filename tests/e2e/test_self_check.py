"""A listed person checks themselves: the words come first, the whole number never leaves the page, nothing stays."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from backend.listings.demo.people import EXAMPLE_NAME, EXAMPLE_NUMBER
from tests.e2e.conftest import HOME, Site, visitor
from tests.e2e.test_resident import api, press

MASK = f"{EXAMPLE_NUMBER[:10]}****{EXAMPLE_NUMBER[14:]}"
PROMISE = "完整号码不会发出,也不保存"
NUMBER_FIELD, NAME_FIELD = "身份证号(18 位)", "姓名"


def home_court(site: Site) -> dict[str, Any]:
    courts = api(site, f"/v1/courts?area={HOME}")["items"]
    court: dict[str, Any] = api(site, f"/v1/courts/{courts[0]['id']}")
    return court


def fill(page: Page, number: str, name: str) -> None:
    page.get_by_role("textbox", name=NUMBER_FIELD).fill(number)
    page.get_by_role("textbox", name=NAME_FIELD).fill(name)


def open_from_services(page: Page) -> None:
    page.goto("/services/home")
    page.get_by_role("link", name="查我自己是否被列入").click()
    expect(page.get_by_text(PROMISE, exact=False)).to_be_visible()


def test_found_with_the_listing_and_what_to_do(page: Page, site: Site, size: str) -> None:
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))  # noqa: PLW0108  # Playwright takes no bound method of a list
    court = home_court(site)
    open_from_services(page)
    figures = court["self_check"]
    coverage = f"可核对的公示:{figures['comparable']}/{figures['of']} 条({court['name']})"
    expect(page.get_by_text(coverage)).to_be_visible()
    fill(page, EXAMPLE_NUMBER.lower(), EXAMPLE_NAME)
    press(page, "核对", size)
    expect(page.get_by_role("heading", name="您有 1 条公示")).to_be_visible()
    expect(page.get_by_text(EXAMPLE_NAME).first).to_be_visible()
    expect(page.get_by_text("演示", exact=True).first).to_be_visible()
    expect(page.get_by_role("heading", name="怎样结束")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("履行")).first).to_be_visible()
    assert_number_stayed(page, sent)


def test_not_found_says_of_how_many(page: Page, site: Site, size: str) -> None:
    figures = home_court(site)["self_check"]
    open_from_services(page)
    fill(page, EXAMPLE_NUMBER, "查无此人")
    press(page, "核对", size)
    expect(page.get_by_text(f"在可核对的 {figures['comparable']} 条中没有找到您。")).to_be_visible()
    expect(page.get_by_text('这不是"无案件"证明。', exact=False)).to_be_visible()
    expect(page.get_by_role("button", name="去查询")).to_be_visible()


def assert_number_stayed(page: Page, sent: list[Request]) -> None:
    """What went out, and what the browser keeps, holds the masked number once and the whole one never."""
    asked = [request for request in sent if request.url.endswith("/v1/self-check")]
    assert [json.loads(request.post_data or "")["mask_form"] for request in asked] == [MASK]
    for request in sent:
        everything = f"{request.url}\n{request.post_data or ''}\n{json.dumps(request.headers)}"
        assert EXAMPLE_NUMBER not in everything.upper()
        assert EXAMPLE_NUMBER[10:14] not in (request.post_data or "") or request not in asked
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, location.href, history.state])")
    for private in (EXAMPLE_NUMBER, MASK, EXAMPLE_NUMBER[:10], EXAMPLE_NAME):
        assert private not in kept
    assert page.get_by_role("textbox", name=NUMBER_FIELD).count() == 0
    assert EXAMPLE_NAME not in page.title()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "请填写身份证号。"),
        ("999999850615001", "这是 15 位的旧号码"),
        (EXAMPLE_NUMBER[:17], "身份证号是 18 位"),
        (EXAMPLE_NUMBER[:17] + "1", "最后一位与前面的数字对不上"),
        ("999999198513400015", "出生日期不存在"),
    ],
)
def test_a_wrong_number_is_said_in_a_sentence_and_not_sent(
    browser: Browser, site: Site, number: str, sentence: str
) -> None:
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        sent: list[Request] = []
        open_from_services(page)
        page.on("request", lambda request: sent.append(request))  # noqa: PLW0108  # Playwright takes no bound method of a list
        fill(page, number, EXAMPLE_NAME)
        press(page, "核对", "phone")
        expect(page.get_by_text(sentence, exact=False)).to_be_visible()
        assert [request.url for request in sent if "self-check" in request.url] == []


def test_leaving_forgets_what_was_typed(browser: Browser, site: Site) -> None:
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        open_from_services(page)
        fill(page, EXAMPLE_NUMBER, EXAMPLE_NAME)
        press_link(page, "换一家法院")
        expect(page.get_by_role("textbox", name="按名称找法院")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("textbox", name=NUMBER_FIELD)).to_have_value("")
        expect(page.get_by_role("textbox", name=NAME_FIELD)).to_have_value("")


def press_link(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).tap()


def test_another_court_is_chosen_and_one_with_nothing_to_compare_shows_no_field(browser: Browser, site: Site) -> None:
    courts = api(site, f"/v1/courts?area={HOME[:4]}&limit=100")["items"]
    empty = next(court for court in courts if api(site, f"/v1/courts/{court['id']}")["self_check"]["comparable"] == 0)
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        open_from_services(page)
        press_link(page, "换一家法院")
        page.get_by_role("textbox", name="按名称找法院").fill(empty["name"])
        press(page, "查找", "phone")
        page.get_by_role("button", name=empty["name"]).tap()
        expect(page.get_by_text(empty["name"]).first).to_be_visible()
        expect(page.get_by_role("heading", name="还可以这样查")).to_be_visible()
        expect(page.get_by_role("textbox", name=NUMBER_FIELD)).to_have_count(0)
        expect(page.get_by_role("button", name="去查询")).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("^拨打"))).to_be_visible()


def test_it_is_two_taps_from_a_person_s_page(browser: Browser, site: Site) -> None:
    person = api(site, "/v1/entities?kind=person&limit=1")["items"][0]
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        page.goto(f"/entities/detail?id={person['id']}")
        press(page, "我就是本人,或是家属", "phone")
        page.get_by_role("button", name="用身份证号核对是不是我").tap()
        expect(page.get_by_text(PROMISE, exact=False)).to_be_visible()
        court = api(site, f"/v1/entities/{person['id']}")["listings"][0]["court"]
        expect(page.locator("main").last.get_by_text(court["name"], exact=True).first).to_be_visible()


@pytest.mark.parametrize(("status", "words"), [(429, "查询太频繁,请过 7 秒再试"), (503, "服务器正忙,请过 7 秒再试")])
def test_a_busy_service_keeps_what_was_typed(browser: Browser, site: Site, status: int, words: str) -> None:
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        page.route("**/v1/self-check", lambda route: route.fulfill(status=status, headers={"Retry-After": "7"}))
        open_from_services(page)
        fill(page, EXAMPLE_NUMBER, EXAMPLE_NAME)
        press(page, "核对", "phone")
        expect(page.get_by_text(words, exact=False)).to_be_visible()
        expect(page.get_by_role("textbox", name=NUMBER_FIELD)).to_have_value(EXAMPLE_NUMBER)
        page.unroute("**/v1/self-check")
        press(page, "重试", "phone")
        expect(page.get_by_role("heading", name="您有 1 条公示")).to_be_visible()


def test_without_a_network_it_says_so(browser: Browser, site: Site) -> None:
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        open_from_services(page)
        fill(page, EXAMPLE_NUMBER, EXAMPLE_NAME)
        context.set_offline(True)
        press(page, "核对", "phone")
        expect(page.get_by_text("没有网络", exact=False)).to_be_visible()
