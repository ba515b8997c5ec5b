"""A court's own list goes in at one end and is read at the other, without the mark of invented data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.core.clock import today
from tests.e2e.conftest import Site, running_site, visitor

NAME = "甄示范"
ROW = {
    "iname": NAME,
    "sexy": "男性",
    "age": "45",
    "cardNum": "9999991981****0011",
    "courtName": "甲虚市东虚区人民法院",
    "areaName": "虚构",
    "partyTypeName": "580",
    "caseCode": "(2025)虚0101执88号",
    "regDate": "2025年01月06日",
    "publishDate": f"{today() - timedelta(days=100):%Y年%m月%d日}",  # the two years of its ground are not over
    "gistId": "(2024)虚0101民初7号",
    "gistUnit": "甲虚市东虚区人民法院",
    "duty": "偿还借款人民币30000元",
    "performance": "全部未履行",
    "disruptTypeName": "违反财产报告制度",
}


@pytest.fixture(scope="module")
def mixed_site(database_url: str, web: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Its own, because a court's record beside invented ones closes every court of a site for tips."""
    with running_site(database_url, web, tmp_path_factory.mktemp("mixed"), "mixed_site", demo=200) as site:
        yield site


def test_an_imported_person_is_shown_as_real_and_leaves_when_the_list_says_so(
    browser: Browser, mixed_site: Site, tmp_path: Path
) -> None:
    (tmp_path / "list.json").write_text(json.dumps([ROW], ensure_ascii=False), "utf-8")
    assert "新增 1" in mixed_site.run("listings", "import", str(tmp_path / "list.json"))
    with visitor(browser, mixed_site, "phone") as context:
        page = context.new_page()
        page.goto("/entities/search")
        expect(page.get_by_text("标有「演示」的条目是虚构的", exact=False).first).to_be_visible()
        search(page, NAME)
        row = page.get_by_role("link", name=NAME)
        expect(row).to_be_visible()
        expect(row).not_to_contain_text("演示")
        row.click()
        expect(page.get_by_text("没有按规定向法院报告财产", exact=False)).to_be_visible()
        expect(page.get_by_text("偿还借款人民币30000元")).to_be_visible()
        address = page.url

    (tmp_path / "removal.json").write_text(json.dumps([{**ROW, "cause": "履行完毕"}], ensure_ascii=False), "utf-8")
    mixed_site.run("listings", "import", str(tmp_path / "removal.json"))
    with visitor(browser, mixed_site, "phone") as context:  # a browser may keep what it has just read for 30 seconds
        page = context.new_page()
        page.goto(address)
        expect(page.get_by_text("这条信息现在不在公示中", exact=False)).to_be_visible()
        expect(page.locator("body")).not_to_contain_text(NAME)
        expect(page.get_by_text("标有「演示」的条目是虚构的", exact=False)).to_have_count(0)


def search(page: Page, name: str) -> None:
    box = page.get_by_role("textbox", name="搜索姓名、单位、案号")
    box.fill(name)
    box.press("Enter")
