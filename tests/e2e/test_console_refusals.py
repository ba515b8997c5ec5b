"""What an officer is told where something is refused, is not there, or is found broken: pages, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import LiteralString

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from backend.console.trail_checks import verify_asked
from backend.core.desk import LANGUAGE_COOKIE
from backend.core.jobs import Work
from tests.e2e.console_posts import NOBODY, send
from tests.e2e.desk_pages import officer_page
from tests.e2e.test_console_accessibility import findings
from tests.integration.filing_world import World

LANGUAGES = ("zh", "en")
WORDS = {
    404: ("没有这一页或这一项", "There is no such page"),
    403: ("您的角色不能办理", "Your role does not allow"),
    409: ("情况已变", "Something has changed"),
    413: ("内容太大", "It is too large"),
    422: ("填写有误", "Something is wrong"),
    429: ("尝试过多", "Too many attempts"),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, world: World, address: str, language: str) -> Iterator[Page]:
    """An auditor's who is also a clerk."""
    world.execute(
        "INSERT INTO register.officer (court_id, login, name, roles) VALUES (%s, 'he', '虚构人员', '{clerk,auditor}')"
        " ON CONFLICT DO NOTHING",
        world.court,
    )
    with officer_page(browser, world, address, "he") as page:
        page.context.add_cookies(
            [{"name": LANGUAGE_COOKIE, "value": language, "domain": "127.0.0.1", "path": "/court"}]
        )
        page.goto(f"{address}/court/settings/")
        yield page


def _expect_told(page: Page, status: int, language: str) -> None:
    """In the page's language, within the console's frame, with a way on, and with no serious finding."""
    expect(page.get_by_role("heading", name={"zh": "没有办成", "en": "Not done"}[language])).to_be_visible()
    expect(page.get_by_text(WORDS[status][LANGUAGES.index(language)]).first).to_be_visible()
    expect(page.locator(".places a").first).to_be_visible()
    assert findings(page) == []


def test_what_is_refused_is_told_in_a_page(page: Page, address: str, language: str) -> None:
    for path, status in (("/nothing", 404), (f"/listings/{NOBODY}", 404), ("/settings/officers/x/end", 404)):
        answer = page.goto(f"{address}/court{path}")
        assert answer
        assert answer.status == status, path
        policy = answer.headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= {*policy}
        _expect_told(page, status, language)
    page.goto(f"{address}/court/claims/")
    _expect_told(page, 403, language)
    page.goto(f"{address}/court/settings/")
    assert send(page, "/settings/profile", {"phone": "x", "address": "y", "reason": "z"}).status == 422
    _expect_told(page, 422, language)
    assert send(page, "/settings/profile", {"phone": "1", "address": "y", "reason": "长" * 400_000}).status == 413
    _expect_told(page, 413, language)


def test_a_script_is_answered_as_before(page: Page) -> None:
    """Only what a browser would show is a page."""
    asked = "fetch('/court/nothing').then((answer) => answer.headers.get('content-type'))"
    assert page.evaluate(asked) == "application/problem+json"


def test_a_trail_that_is_not_whole_is_told(page: Page, world: World, address: str, language: str) -> None:
    page.goto(f"{address}/court/settings/audit/")
    page.locator("form[action$=verify] button").click()
    expect(page.locator("[data-progress]")).to_be_visible()
    work = Work(world.database, world.app.extensions["settings"])
    _change(world, "UPDATE audit.entry SET action = action || '!' WHERE sequence = 3")
    try:
        verify_asked(work)
    finally:
        _change(world, "UPDATE audit.entry SET action = rtrim(action, '!') WHERE sequence = 3")
    page.reload()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text({"zh": "在第 3 条处不完整", "en": "broken at entry 3"}[language])
    assert findings(page) == []
    page.locator("main a").last.click()
    page.locator("form[action$=verify] button").click()  # the control: whole again
    verify_asked(work)
    page.reload()
    expect(page.get_by_text(re.compile("^(完整:全部|Whole: all)"))).to_be_visible()


def _change(world: World, statement: LiteralString) -> None:
    """What a superuser can do."""
    with psycopg.connect(world.url) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(statement)
