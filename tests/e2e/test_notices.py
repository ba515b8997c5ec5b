"""Rewards as a resident meets them: the list, one notice, the way to the court, and the end."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Site, visitor
from tests.e2e.test_resident import api, press

MISUSE = "请勿上门、跟踪、骚扰"
ENDED = "悬赏已结束。"


def a_notice(site: Site, **wanted: Any) -> dict[str, Any]:
    """The newest notice of which this holds, e.g. `kind="whereabouts"`; `of` is the kind of the listed entity."""
    of = wanted.pop("of", None)
    cursor = ""
    while True:
        page = api(site, f"/v1/notices?limit=100{cursor}")
        for item in page["items"]:
            if all(item[key] == value for key, value in wanted.items()) and of in (None, item["entity"]["kind"]):
                return dict(item)
        assert page["next"], wanted
        cursor = f"&cursor={page['next']}"


def test_the_tab_lists_rewards_by_date_and_each_leads_to_its_terms(page: Page, site: Site, size: str) -> None:
    newest = api(site, "/v1/notices")["items"]
    page.goto("/notices/list")
    rows = page.locator("a[href*='/notices/detail?id=']")
    expect(rows).to_have_count(len(newest))
    assert [row.get_attribute("href") for row in rows.all()] == [f"/notices/detail?id={one['id']}" for one in newest]
    expect(rows.first).to_contain_text(newest[0]["promise"]["zh"])
    expect(rows.first).to_contain_text(newest[0]["court"]["name"])
    expect(rows.first).to_contain_text("演示")
    expect(rows.first).to_contain_text(re.compile("截止 \\d{4}年"))
    expect(page.get_by_text(re.compile("^数据截至")).first).to_be_visible()
    press(page, "再看一些", size)
    expect(page.locator("a[href*='/notices/detail?id=']")).not_to_have_count(len(newest))
    rows.first.click()
    expect(page.get_by_role("heading", name="什么情况不付")).to_be_visible()


def test_a_whereabouts_notice_says_what_not_to_do_and_names_no_person(page: Page, site: Site) -> None:
    notice = a_notice(site, kind="whereabouts", of="person")
    name = api(site, f"/v1/entities/{notice['entity']['id']}")["name"]
    page.goto(f"/notices/detail?id={notice['id']}")
    expect(page.get_by_role("heading", name="下落线索")).to_be_visible()
    expect(page.get_by_text(MISUSE)).to_be_visible()
    expect(page.get_by_text("演示", exact=True).first).to_be_visible()
    expect(page.get_by_text("法院已掌握的线索,不付", exact=False)).to_be_visible()
    expect(page.get_by_text("申请执行人的代理人", exact=False)).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(name)
    assert page.locator("img:not([alt=''])").count() == 0
    page.get_by_role("link", name="查看公示信息").click()
    expect(page.get_by_text(name).first).to_be_visible()


def test_property_of_a_company_comes_with_an_example(page: Page, site: Site) -> None:
    notice = a_notice(site, basis="percent_recovered", of="company")
    detail = api(site, f"/v1/notices/{notice['id']}")
    page.goto(f"/notices/detail?id={notice['id']}")
    expect(page.get_by_text(detail["example"]["zh"])).to_be_visible()
    assert detail["example"]["zh"].startswith("若因线索执行到位 100,000 元,奖金 ")
    expect(page.get_by_text(MISUSE)).to_be_visible()
    expect(page.get_by_role("link", name=notice["entity"]["name"])).to_be_visible()


def test_a_reward_says_how_to_reach_its_court(page: Page, site: Site) -> None:
    notices = api(site, "/v1/notices?limit=100")["items"]
    notice = next(one for one in notices if not api(site, f"/v1/courts/{one['court']['id']}")["accepts_tips"])
    page.goto(f"/notices/detail?id={notice['id']}")
    expect(page.get_by_text("这家法院还没有开通在线提供线索", exact=False)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^拨打"))).to_be_visible()


def test_an_entitys_page_leads_to_its_reward(page: Page, site: Site, size: str) -> None:
    notice = a_notice(site, of="person")
    page.goto(f"/entities/detail?id={notice['entity']['id']}")
    press(page, "查看悬赏", size)
    expect(page.get_by_role("heading", name="谁不能领")).to_be_visible()
    assert page.url.endswith(f"/notices/detail?id={notice['id']}")


def test_an_area_without_rewards_says_that_tips_are_welcome(page: Page, size: str) -> None:
    empty: dict[str, Any] = {"items": [], "next": None, "as_of": "2026-11-21T10:00:00Z"}
    page.route("**/v1/notices?area=*", lambda route: route.fulfill(json=empty))
    page.goto("/notices/list")
    expect(page.locator("a[href*='/notices/detail?id=']").first).to_be_visible()
    page.get_by_role("link", name="按地区找").click()
    page.get_by_role("textbox").fill("东虚")
    press(page, "查找", size)
    page.get_by_role("button", name=re.compile("^东虚区")).first.click()
    expect(page.get_by_text("东虚区 目前没有悬赏。没有悬赏也可以提供线索。")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/notices/list\?area=990101$"))
    page.reload()
    expect(page.get_by_text("东虚区 目前没有悬赏。没有悬赏也可以提供线索。")).to_be_visible()
    press(page, "不限地区", size)
    expect(page).to_have_url(re.compile("/notices/list$"))
    expect(page.locator("a[href*='/notices/detail?id=']").first).to_be_visible()


def test_the_rewards_of_one_court_alone(page: Page, site: Site, size: str) -> None:
    court = api(site, "/v1/notices")["items"][0]["court"]
    others = [one for one in api(site, "/v1/notices?limit=100")["items"] if one["court"]["id"] != court["id"]]
    of_court = api(site, f"/v1/notices?court={court['id']}")["items"]
    assert others
    page.goto("/notices/list")
    page.get_by_role("link", name="按法院找").click()
    page.get_by_role("textbox").fill(court["name"])
    press(page, "查找", size)
    # the mark at the end of a line that leads somewhere is part of its name
    page.get_by_role("button", name=re.compile(f"^{court['name']}")).click()
    expect(page.get_by_text(f"{court['name']} 公布的")).to_be_visible()
    rows = page.get_by_role("main").last.locator("a[href*='/notices/detail?id=']")
    expect(rows).to_have_count(len(of_court))
    for row in rows.all():
        expect(row).to_contain_text(court["name"])
    page.reload()
    expect(page.get_by_text(f"{court['name']} 公布的")).to_be_visible()
    expect(rows).to_have_count(len(of_court))
    press(page, "不限法院", size)
    expect(page.get_by_text(f"{court['name']} 公布的")).to_have_count(0)


def test_an_ended_notice_says_so_and_leads_to_others(page: Page, site: Site, size: str) -> None:
    # Of a person: the notice that other files' tips are about is of a company, and stays.
    notice = a_notice(site, source="demo", of="person")
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        connection.execute("SELECT register.close_notices(%s, 'term_over')", ([notice["id"]],))
    page.goto(f"/notices/detail?id={notice['id']}")
    expect(page.get_by_text(ENDED)).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(notice["case_number"])
    press(page, "看其他悬赏", size)
    expect(page.locator("a[href*='/notices/detail?id=']").first).to_be_visible()


def test_a_busy_server_and_no_network_are_told_apart(browser: Browser, site: Site) -> None:
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        page.route("**/v1/notices*", lambda route: route.fulfill(status=503, headers={"Retry-After": "30"}))
        page.goto("/notices/list")
        expect(page.get_by_text("服务器正忙,请过 30 秒再试", exact=False)).to_be_visible()
        page.unroute("**/v1/notices*")
        page.route("**/v1/notices*", lambda route: route.abort("internetdisconnected"))
        press(page, "重试", "phone")
        expect(page.get_by_text("没有网络", exact=False)).to_be_visible()
        page.unroute("**/v1/notices*")
        press(page, "重试", "phone")
        expect(page.locator("a[href*='/notices/detail?id=']").first).to_be_visible()


def test_english_is_complete(browser: Browser, site: Site) -> None:
    notice = a_notice(site, kind="whereabouts")
    with visitor(browser, site, "phone", "en-GB") as context:
        page = context.new_page()
        page.goto(f"/notices/detail?id={notice['id']}")
        for heading in ("What is wanted", "Example", "Who pays", "When it is not paid", "Who cannot get it"):
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.get_by_text("Being listed is not a crime", exact=False)).to_be_visible()
