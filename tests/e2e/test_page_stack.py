"""Ten pages deep nothing is a dead end, and a code that may be needed survives every way back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Site
from tests.e2e.every_page import api
from tests.e2e.filing_desk import Desk
from tests.e2e.filing_steps import (
    CANARY,
    check_and_send,
    choose_door,
    expect_delivered,
    fill_wrong,
    finish,
    open_door,
    person_of,
    press,
    traces,
)
from tests.e2e.tip_court import TipCourt
from tests.e2e.tip_steps import SEND_TIP, open_notice, seal_and_send, write_all
from tests.e2e.traffic import Traffic, go_to, until

# What WeChat keeps on its stack, and the browser's host with it.
FULL = 10
UNCONFIRMED = re.compile("再按一次不会重复")


def depth(page: Page) -> int:
    found: int = page.evaluate("getCurrentPages().length")
    return found


def deepen(page: Page, url: str, levels: int) -> None:
    """The page in front and as many of the same over it as it takes."""
    traffic = Traffic(page)
    page.evaluate(
        "async ([url, levels]) => { while (getCurrentPages().length < levels) await wx.navigateTo({ url }) }",
        [url, levels],
    )
    traffic.wait()
    assert depth(page) == levels


def follow_link(page: Page, path: str) -> None:
    link = page.locator(f".wx-frame:not([hidden]) a[href*='{path}']").first
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile(path))


def test_links_lead_on_from_a_full_stack(page: Page, site: Site) -> None:
    court = api(site, "/v1/courts?limit=1")["items"][0]
    page.goto(f"/services/court?id={court['id']}")
    deepen(page, f"/pages/services/court/index?id={court['id']}", FULL - 1)
    follow_link(page, "/areas/list")
    assert depth(page) == FULL
    for path in ("/entities/detail", "/services/court", "/areas/list", "/entities/detail"):
        follow_link(page, path)
        assert depth(page) == FULL
    page.reload()
    follow_link(page, "/services/court")
    page.go_back()
    expect(page.get_by_role("heading", level=1).last).to_be_visible()
    assert page.evaluate("getCurrentPages().at(-1).route") == "pages/services/court/index"
    assert depth(page) == FULL - 1
    refused = page.evaluate(
        """async url => {
          const open = () => wx.navigateTo({ url }).then(() => '', ({ errMsg }) => errMsg)
          return [await open(), await open()]
        }""",
        f"/pages/services/court/index?id={court['id']}",
    )
    assert refused == ["", "navigateTo:fail webview count limit exceed"], "the host keeps WeChat's limit"


def test_a_request_is_filed_from_a_full_stack(desk_page: Page, desk: Desk) -> None:
    person = person_of(desk)
    go_to(desk_page, f"/entities/detail?id={person['id']}")
    deepen(desk_page, f"/pages/entities/detail/index?id={person['id']}", FULL)
    choose_door(desk_page, "信息不对")
    fill_wrong(desk_page)
    code = check_and_send(desk_page)
    expect_delivered(desk_page)
    desk_page.go_back()
    expect(desk_page.get_by_text("您还没有保存查询码")).to_be_visible()
    expect(desk_page.get_by_text(code)).to_be_visible()
    finish(desk_page)
    (letter,) = desk.letters()
    assert letter.text == CANARY


def test_a_form_on_a_full_stack_is_forgotten_when_it_is_left(desk_page: Page, desk: Desk) -> None:
    person = person_of(desk)
    go_to(desk_page, f"/entities/detail?id={person['id']}")
    deepen(desk_page, f"/pages/entities/detail/index?id={person['id']}", FULL)
    choose_door(desk_page, "信息不对")
    fill_wrong(desk_page)
    press(desk_page, "检查并发送")
    expect(desk_page.get_by_text(CANARY)).to_be_visible()
    desk_page.go_back()
    until(desk_page, lambda: CANARY not in traces(desk_page))
    until(desk_page, lambda: depth(desk_page) == FULL - 1)
    assert desk.posted == 0


def test_a_tip_is_sent_from_a_full_stack(phone: Page, tip_court: TipCourt) -> None:
    number = tip_court.last_number()
    notice = f"id={tip_court.notice}"
    go_to(phone, f"/notices/detail?{notice}")
    deepen(phone, f"/pages/notices/detail/index?{notice}", FULL)
    press(phone, SEND_TIP)
    write_all(phone)
    seal_and_send(phone)
    expect_delivered(phone)
    assert tip_court.last_number() == number + 1


def test_a_request_that_may_have_arrived_comes_back_with_its_code(desk_page: Page, desk: Desk) -> None:
    open_door(desk_page, person_of(desk), "信息不对")
    fill_wrong(desk_page)
    desk.lose_answers = 1
    code = check_and_send(desk_page)
    expect(desk_page.get_by_text(UNCONFIRMED)).to_be_visible()
    desk_page.go_back()
    expect(desk_page.get_by_role("textbox", name="事实和理由")).to_be_visible()
    for _ in range(2):
        desk_page.go_back()
        expect(desk_page.get_by_role("heading", name="检查并发送")).to_be_visible()
        expect(desk_page.get_by_text(UNCONFIRMED)).to_be_visible()
        expect(desk_page.get_by_text(code)).to_be_visible()
    press(desk_page, "再发一次")
    expect_delivered(desk_page)
    expect(desk_page.get_by_text(code)).to_be_visible()
    assert (desk.posted, len(desk.letters())) == (2, 1)


def test_leaving_a_request_that_may_have_arrived_clears_it(desk_page: Page, desk: Desk) -> None:
    open_door(desk_page, person_of(desk), "信息不对")
    fill_wrong(desk_page)
    desk.lose_answers = 1
    code = check_and_send(desk_page)
    expect(desk_page.get_by_text(UNCONFIRMED)).to_be_visible()
    press(desk_page, "离开")
    expect(desk_page.get_by_role("button", name="列表", exact=True)).to_be_visible()
    until(desk_page, lambda: not [told for told in (CANARY, code) if told in traces(desk_page)])


def test_a_tip_that_may_have_arrived_comes_back_with_its_code(phone: Page, tip_court: TipCourt) -> None:
    number = tip_court.last_number()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    open_notice(phone, tip_court)
    write_all(phone)
    phone.route("**/v1/tips", lose, times=1)
    code = seal_and_send(phone)
    expect(phone.get_by_text(UNCONFIRMED)).to_be_visible()
    for _ in range(3):
        phone.go_back()
    expect(phone.get_by_text(UNCONFIRMED)).to_be_visible()
    expect(phone.get_by_text(code)).to_be_visible()
    press(phone, "再发一次")
    expect_delivered(phone)
    assert tip_court.last_number() == number + 1
