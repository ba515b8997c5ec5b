"""A court that stopped importing shows through the lists of those that did not: the amber line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import HOME, Site, visitor

AMBER = re.compile("^已 9 天没有更新,请以法院为准$|^Not updated for 9 days; ask the court$")
ALL_COURTS = re.compile("本服务收录的各法院$|the courts in this service$")


@pytest.fixture
def readers(browser: Browser, site: Site) -> Iterator[Page]:
    with visitor(browser, site, "phone") as context:
        yield context.new_page()


@pytest.fixture
def stale_court(site: Site) -> Iterator[None]:
    """Beside the court of the home area that imported today, one whose list is nine days old."""
    with psycopg.connect(site.environment["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "INSERT INTO register.court (id, code, name, level, area_code, by_rule, as_of)"
            " VALUES (gen_random_uuid(), '虚旧', '久未更新法院', 'basic', %s, true, now() - interval '9 days 1 hour')",
            (HOME,),
        )
        yield
        connection.execute("DELETE FROM register.court WHERE code = '虚旧'")


def search(page: Page, name: str) -> None:
    page.goto("/entities/search")
    box = page.get_by_role("textbox").first
    box.fill(name)
    box.press("Enter")


def test_fresh_lists_show_no_amber(readers: Page) -> None:
    readers.goto("/")
    expect(readers.get_by_text(re.compile("^数据截至")).first).to_be_visible()
    expect(readers.get_by_text(AMBER)).to_have_count(0)


@pytest.mark.usefixtures("stale_court")
def test_one_stale_court_turns_the_line_amber_on_map_list_and_search(readers: Page) -> None:
    for path in ("/", f"/areas/list?code={HOME}", "/notices/list"):
        readers.goto(path)
        expect(readers.get_by_text(AMBER).first).to_be_visible()
        # nobody is blamed for another court's age
        expect(readers.get_by_text(ALL_COURTS).first).to_be_visible()
    search(readers, "查无此名")
    expect(readers.get_by_text("没有查到「查无此名」。")).to_be_visible()
    expect(readers.get_by_text(AMBER).first).to_be_visible()
    search(readers, "虚构")
    expect(readers.get_by_text("开头或包含").first).to_be_visible()
    expect(readers.get_by_text(AMBER).first).to_be_visible()
