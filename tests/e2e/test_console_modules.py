"""Drafts, duplicates and tables, as built for an officer's browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.console_site import ConsoleSite, load_modules, open_page

REASON = "线索属实,车牌虚A·00001"


@pytest.fixture
def page(browser: Browser, vault_site: ConsoleSite) -> Iterator[Page]:
    page = open_page(browser.new_page(), vault_site)
    yield page
    page.close()
    assert vault_site.reports == []


def draft(page: Page, name: str, *given: str) -> Any:
    return page.evaluate("([name, given]) => m.drafts[name](...given)", [name, list(given)])


def test_a_draft_outlives_the_page_and_is_gone_once_sent(page: Page, vault_site: ConsoleSite) -> None:
    draft(page, "keepDraft", "officer", "tip/37", "")
    assert draft(page, "findDraft", "officer", "tip/37") is None
    draft(page, "keepDraft", "officer", "tip/37", "a first try")
    draft(page, "keepDraft", "officer", "tip/37", REASON)
    page.goto("about:blank")
    open_page(page, vault_site)
    assert draft(page, "findDraft", "officer", "tip/37") == REASON
    assert draft(page, "findDraft", "another officer", "tip/37") is None
    draft(page, "clearDraft", "officer", "tip/37")
    assert draft(page, "findDraft", "officer", "tip/37") is None
    assert page.evaluate("sessionStorage.length") == 0


def test_a_draft_lies_encrypted_under_a_key_that_cannot_be_taken(page: Page) -> None:
    draft(page, "keepDraft", "officer", "tip/37", REASON)
    lies = page.evaluate("new TextDecoder().decode(Uint8Array.from(JSON.parse(Object.values(sessionStorage)[0]).data))")
    assert "线索" not in lies
    taken = """async () => {
      const opening = indexedDB.open('drafts')
      await new Promise((resolve) => { opening.onsuccess = resolve })
      const asking = opening.result.transaction('keys').objectStore('keys').getAll()
      await new Promise((resolve) => { asking.onsuccess = resolve })
      const { key } = asking.result[0]
      return [key.extractable, await crypto.subtle.exportKey('raw', key).catch(({ name }) => name)]
    }"""
    assert page.evaluate(taken) == [False, "InvalidAccessError"]


def test_what_was_kept_of_a_sent_draft_opens_no_more(page: Page) -> None:
    draft(page, "keepDraft", "officer", "tip/37", REASON)
    copied = page.evaluate("Object.entries(sessionStorage)[0]")
    moved = "([slot, text]) => sessionStorage.setItem(slot.replace('37', '38'), text)"
    page.evaluate(moved, copied)
    assert draft(page, "findDraft", "officer", "tip/38") is None
    draft(page, "clearDraft", "officer", "tip/37")
    page.evaluate("([slot, text]) => sessionStorage.setItem(slot, text)", copied)
    assert draft(page, "findDraft", "officer", "tip/37") is None


def test_keys_of_tabs_long_gone_are_forgotten(page: Page) -> None:
    draft(page, "keepDraft", "officer", "tip/37", REASON)
    page.evaluate("m.drafts.forgetOldDrafts()")
    assert draft(page, "findDraft", "officer", "tip/37") == REASON
    page.evaluate("m.drafts.forgetOldDrafts(Date.now() + 31 * 24 * 3600 * 1000)")
    assert draft(page, "findDraft", "officer", "tip/37") is None


def test_tips_that_may_tell_the_same_are_found(page: Page) -> None:
    told = "被执行人名下一辆白色轿车长期停在虚构路十二号院内靠墙的车位上"
    tips = [
        {"number": 9, "text": "见过一辆车,虚A-0000１,晚上在", "photos": ["00000000000000ff"]},
        {"number": 4, "text": told, "place": "虚构路 12 号"},
        {"number": 7, "text": f"听说{told}。", "place": "虚构路12号!"},
        {"number": 2, "text": "车牌 虚A·00001 在车库"},
        {"number": 5, "text": "与此无关的另一件事", "photos": ["ffffffffffffff00"]},
        {"number": 8, "text": "还有一件", "photos": ["000000000000007e"]},
    ]
    found = page.evaluate("(tips) => m.duplicates.findDuplicates(tips)", tips)
    assert [(one["first"], one["second"], one["same"]) for one in found] == [
        (4, 7, ["text", "place"]),
        (2, 9, ["plate:虚A00001"]),
        (8, 9, ["photo"]),
    ]


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1", "|cmd", "00123", "6222020000000000000"]


def test_a_table_holds_no_formula(page: Page) -> None:
    rows = [["姓名", "金额"], *[[text, 5000.25] for text in FORMULAS], ['甄"示范", 一', -3], [None, ""]]
    text = page.evaluate("(rows) => m.csv.toCsv(rows)", rows)
    assert text.startswith("\ufeff姓名,金额\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row[0] for row in read[1:-2]] == [f"\t{one}" for one in FORMULAS]
    assert {row[1] for row in read[1:-2]} == {"5000.25"}
    assert read[-2:] == [['甄"示范", 一', "-3"], ["", ""]]


def test_a_table_is_saved_by_the_browser_alone(page: Page) -> None:
    with page.expect_download() as download:
        page.evaluate("m.csv.saveCsv('payments.csv', [['a']])")
    assert download.value.suggested_filename == "payments.csv"
    assert download.value.path().read_text("utf-8") == "\ufeffa\n"


def test_the_page_has_its_style_and_complains_of_nothing(browser: Browser, vault_site: ConsoleSite) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(f"{vault_site.address}/court/page")
    load_modules(page, vault_site)
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--pico-spacing')")
    page.close()
    assert complaints == []
