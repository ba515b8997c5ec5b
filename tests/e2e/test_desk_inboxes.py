"""What officers do all day at tables of sealed things, with a mouse and without one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.desk_pages import file_objection, file_tip, officer_page, unlock
from tests.integration.filing_world import World
from tests.integration.tips.claiming import claimed
from tests.integration.tips.seats import sit
from tests.integration.tips.test_routes import make_notice

SAID = "一辆虚构的车"
# Who opens what, by which button.
OPENERS = {"tips": ("lin", "打开线索"), "objections": ("lin", "打开纠正申请"), "claims": ("wu", "办理领奖")}
FOCUSED = """() => {
  const { activeElement: one, body } = document
  return one === body ? '' : (one.ariaLabel || one.closest('label')?.innerText || one.innerText || '').trim()
}"""


def _file(world: World, what: str) -> int:
    if what == "objections":
        return file_objection(world, SAID)
    notice = make_notice(world, world.listings[1])
    return file_tip(world, notice, SAID)[1] if what == "tips" else claimed(world, notice)


def _open(page: Page, what: str, number: int) -> None:
    """Which needs the keys."""
    opener = OPENERS[what][1]
    page.get_by_role("button", name=f"{opener} {number}", exact=True).click()
    expect(page.locator("#opened-title")).to_contain_text(f" {number}")
    if what == "claims":
        page.get_by_label("为什么拆封").fill("核对身份")
        page.get_by_role("button", name="拆封").click()
    expect(page.locator("#opened").get_by_text("虚构领奖人" if what == "claims" else SAID, exact=True)).to_be_visible()


@pytest.mark.parametrize("what", OPENERS)
def test_an_inbox_is_sorted_and_searched_while_its_keys_stay_open(
    browser: Browser, world: World, address: str, what: str
) -> None:
    world.execute("DELETE FROM sealed.unwrapping")
    number, (login, opener) = _file(world, what), OPENERS[what]
    with officer_page(browser, world, address, login) as page:
        page.goto(f"{address}/court/{what}/?sort=number")
        unlock(page, world, login)
        heading = page.locator("#inbox thead a").first
        heading.click()
        expect(page.locator("#inbox th[aria-sort=descending]")).to_have_count(1)
        expect(heading).to_be_focused()
        if what == "tips":
            page.locator("#inbox select[name=state]").select_option("open")
            page.locator("#inbox form.filters button").click()
        else:
            page.locator("#inbox input[name=find]").fill(str(number))
            page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("(state=open|find=).*down=1|down=1.*(state=open|find=)"))
        _open(page, what, number)
        page.reload()  # the control: a page that is left knows no key
        expect(page.get_by_label("解锁口令")).to_be_visible()
        page.get_by_role("button", name=f"{opener} {number}", exact=True).click()
        if what != "claims":
            expect(page.get_by_text("请先解锁。")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    for _ in range(120):
        if re.search(name, page.evaluate(FOCUSED)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not reach {name}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    tab_to(page, name)
    page.keyboard.press(key)


def write(page: Page, name: str, text: str) -> None:
    tab_to(page, name)
    page.keyboard.insert_text(text)


def test_an_objection_is_decided_with_the_keyboard_alone(browser: Browser, world: World, address: str) -> None:
    number = file_objection(world, SAID)
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}/court/")
        press(page, "^纠正申请$")
        expect(page.get_by_role("heading", name="纠正申请", level=1)).to_be_visible()
        expect(page.get_by_role("button", name="解锁", exact=True)).to_be_enabled()
        write(page, "^解锁口令", world.phrases["lin"])
        page.keyboard.press("Enter")
        expect(page.get_by_text("已解锁")).to_be_visible()
        press(page, f"^打开纠正申请 {number}$")
        opened = page.locator("#opened")
        expect(opened).to_be_focused()
        expect(opened.get_by_text(SAID, exact=True)).to_be_visible()
        press(page, "^理由成立$", "ArrowUp")  # round the group, from its first to its last
        expect(opened.locator("[name=outcome][value=not_founded]")).to_be_checked()
        write(page, "^理由.部分", "判决已经生效")
        press(page, "^决定,加密并送出$")
        expect(opened.get_by_text("已决定,已加密送出。")).to_be_visible()
        expect(opened.locator("[data-part=standing]")).to_contain_text("不成立")
    decided = "SELECT outcome FROM register.objection INNER JOIN sealed.filing ON id = filing_id WHERE number = %s"
    assert world.rows(decided, number) == [{"outcome": "not_founded"}]


def test_a_request_is_signed_with_the_keyboard_alone(browser: Browser, world: World, address: str) -> None:
    asked = sit(world, "lin").post("/settings/profile", phone="0000-0000002", address="虚构路二号", reason="搬迁")
    assert asked.status_code == 303, asked.text
    with officer_page(browser, world, address, "zhou") as page:
        page.goto(f"{address}/court/")
        press(page, "^待我批准$")
        expect(page.get_by_role("heading", name="待批准")).to_be_visible()
        press(page, "法院信息")
        expect(page.get_by_text("虚构路二号")).to_be_visible()
        press(page, "^批准$")
        expect(page.get_by_text("已批准").first).to_be_visible()
    [court] = world.rows("SELECT address FROM register.court WHERE id = %s", world.court)
    assert court == {"address": "虚构路二号"}
