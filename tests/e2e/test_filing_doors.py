"""A death told from the dead person's own page, and a request made without a mouse or a finger."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.filing_desk import Desk
from tests.e2e.filing_steps import CANARY, CODE, CONTACT, check_and_send, expect_delivered, open_door, person_of
from tests.e2e.traffic import go_to

FOCUSED = """() => {
  const { activeElement: one } = document
  return one.ariaLabel || one.closest('label')?.innerText || one.innerText || ''
}"""


def test_a_daughter_tells_of_a_death_from_the_dead_mans_page(desk_page: Page, desk: Desk) -> None:
    person = person_of(desk)
    open_door(desk_page, person, "本人已去世")
    expect(desk_page.get_by_text(re.compile("您不会因为是子女就成为被执行人"))).to_be_visible()
    fields = desk_page.get_by_role("textbox").locator("visible=true")
    expect(fields.first).to_be_visible()
    labels = [field.get_attribute("aria-label") or "" for field in fields.all()]
    assert labels, "there is something to fill in"
    assert not [label for label in labels if re.search("身份证|姓名|案号", label)], "what the page knows is not asked"
    desk_page.get_by_role("textbox", name="您与其关系").fill("女儿")
    desk_page.get_by_label("去世日期").fill("2026-10-01")
    desk_page.get_by_role("textbox", name=re.compile("^电话或地址")).fill(CONTACT)
    check_and_send(desk_page)
    expect_delivered(desk_page)
    (letter,) = desk.letters()
    assert letter.address.target == person["id"]
    assert (letter.kind, letter.more["name"], letter.more["relation"]) == ("died", person["name"], "女儿")
    assert letter.more["case_number"]


def tab_to(page: Page, name: str) -> None:
    for _ in range(80):
        if re.search(name, page.evaluate(FOCUSED)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {name}")


def test_a_request_is_made_with_the_keyboard_alone(desk_page: Page, desk: Desk) -> None:
    keyboard = desk_page.keyboard
    go_to(desk_page, f"/entities/detail?id={person_of(desk)['id']}")
    tab_to(desk_page, "^我就是本人")
    keyboard.press("Enter")
    expect(desk_page.get_by_role("button", name=re.compile("^信息不对"))).to_be_visible()
    tab_to(desk_page, "^信息不对")
    keyboard.press("Enter")
    expect(desk_page.get_by_role("radiogroup", name="是哪一条")).to_be_visible()
    if not desk_page.get_by_role("radiogroup", name="是哪一条").get_by_role("radio").first.is_checked():
        tab_to(desk_page, "法院")
        keyboard.press("Space")
    expect(desk_page.get_by_role("textbox", name="事实和理由")).to_be_visible()
    for name in ("^不该列入", "^本人$"):
        tab_to(desk_page, name)
        keyboard.press("Space")
    for name, text in (("^事实和理由", CANARY), ("^电话或地址", CONTACT)):
        tab_to(desk_page, name)
        keyboard.insert_text(text)
    tab_to(desk_page, "^检查并发送")
    keyboard.press("Enter")
    expect(desk_page.get_by_role("heading", name="检查并发送")).to_be_visible()
    code = CODE.search(desk_page.get_by_role("main").last.inner_text())
    assert code
    tab_to(desk_page, "^加密并发送")
    keyboard.press("Enter")
    expect_delivered(desk_page)
    expect(desk_page.get_by_text(code[0])).to_be_visible()
    tab_to(desk_page, "^抄在纸上了")
    keyboard.press("Enter")
    tab_to(desk_page, "^完成$")
    keyboard.press("Enter")
    expect(desk_page.get_by_role("link", name=re.compile("^查办理进度"))).to_be_visible()
    (letter,) = desk.letters()
    assert (letter.text, letter.more["claim"], letter.more["by"]) == (CANARY, "should-not-be-listed", "self")


def test_the_way_with_the_keyboard_would_miss_what_it_cannot_reach(desk_page: Page) -> None:
    desk_page.goto("/services/home")
    expect(desk_page.get_by_role("link", name=re.compile("^我已经履行"))).to_be_visible()
    tab_to(desk_page, "^我已经履行")
    desk_page.evaluate("document.activeElement.tabIndex = -1; document.activeElement.blur()")
    with pytest.raises(AssertionError, match="does not reach"):
        tab_to(desk_page, "^我已经履行")
