"""What people do to file a request and to leave it, step by step."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.filing_desk import Desk
from tests.e2e.traffic import go_to

CANARY = "金丝雀文字"
CONTACT = "联系金丝雀"
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}")


def person_of(desk: Desk) -> dict[str, Any]:
    with urllib.request.urlopen(f"{desk.site}/v1/entities?kind=person&limit=1") as answer:
        found: dict[str, Any] = json.load(answer)["items"][0]
    return found


def press(page: Page, name: str | re.Pattern[str], role: Any = "button") -> None:
    # the mark at the end of a line that leads somewhere is part of its name; a slash would end Playwright's pattern
    wanted = re.compile(f"^{re.escape(name).replace('/', '.')}( ?›)?$") if isinstance(name, str) else name
    page.get_by_role(role, name=wanted).last.tap()


def open_door(page: Page, person: dict[str, Any], choice: str) -> None:
    go_to(page, f"/entities/detail?id={person['id']}")
    choose_door(page, choice)


def choose_door(page: Page, choice: str) -> None:
    """From an entity's page into a form, about one listing."""
    press(page, "我就是本人,或是家属")
    press(page, choice)
    expect(page.get_by_role("button", name="离开")).to_be_visible()
    radios = page.get_by_role("radiogroup", name="是哪一条").get_by_role("radio")
    expect(radios.first).to_be_visible()
    if not radios.first.is_checked():
        radios.first.check()


def fill_wrong(page: Page) -> None:
    page.get_by_role("radio", name=re.compile("^不该列入")).check()
    page.get_by_role("radio", name="本人", exact=True).check()
    page.get_by_role("textbox", name="事实和理由").fill(CANARY)
    page.get_by_role("textbox", name=re.compile("^电话或地址")).fill(CONTACT)


def add_photo(page: Page, photo: bytes) -> None:
    with page.expect_file_chooser() as choosing:
        press(page, "添加照片")
    choosing.value.set_files(FilePayload(name="IMG_GPS.jpg", mimeType="image/jpeg", buffer=photo))
    expect(page.get_by_role("img", name="第 1 张照片")).to_be_visible()


def check_and_send(page: Page) -> str:
    press(page, "检查并发送")
    expect(page.get_by_role("heading", name="检查并发送")).to_be_visible()
    code = CODE.search(page.get_by_role("main").last.inner_text())
    assert code
    press(page, "加密并发送")
    return code[0]


def expect_delivered(page: Page) -> None:
    expect(page.get_by_role("heading", name="已送达", exact=True)).to_be_visible()


def traces(page: Page) -> str:
    """All that a browser keeps of what was written: storage, address, history, fields, and what the pages show.

    A browser's way back ends at the listing one came from, which shows its published name again.
    """
    kept: str = page.evaluate(
        """async () => JSON.stringify([
            {...localStorage}, {...sessionStorage}, location.href, history.state, document.title, document.cookie,
            (await indexedDB.databases()).map(({name}) => name), await caches.keys(),
            /\\/detail/.test(location.pathname) ? '' : document.body.innerText,
            [...document.querySelectorAll('input,textarea')].map(({value}) => value)])"""
    )
    return kept


def file_wrong(page: Page, desk: Desk) -> str:
    open_door(page, person_of(desk), "信息不对")
    fill_wrong(page)
    code = check_and_send(page)
    expect_delivered(page)
    return code


def finish(page: Page) -> None:
    press(page, "抄在纸上了")
    press(page, "完成")
    expect(page.get_by_role("link", name=re.compile("^查办理进度"))).to_be_visible()
