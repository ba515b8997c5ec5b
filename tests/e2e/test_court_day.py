"""A court's day in browsers: a list, a notice, a tip from a phone, its reward, an objection, and who is gone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.core.clock import today as today_in_china
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.wire import to_text
from tests.data.payloads import packs
from tests.data.protocol_parties import secret_of
from tests.e2e.built import put_console
from tests.e2e.conftest import HOME, Site, running_site, visitor, watch
from tests.e2e.day_court import DayCourt, approve, enter, open_day_court, unlock
from tests.e2e.filing_steps import CANARY, check_and_send, fill_wrong, open_door, press
from tests.e2e.filing_steps import finish as finish_objection
from tests.e2e.pictures import located_photo
from tests.e2e.test_resident import api
from tests.e2e.test_tips import claim_reward
from tests.e2e.tip_steps import (
    HOW,
    PLATE,
    SEND_TIP,
    TEXT,
    expect_delivered,
    finish,
    follow,
    seal_and_send,
    write_all,
)
from tests.e2e.traffic import PATIENCE_MS, go_to
from tests.integration.listings.lists import person

# Markup stays text on the phone, too: whatever ran, or was stopped by the pages' policy, is a complaint.
QUESTION = f"请问什么颜色? {packs(900)[1]}"


@pytest.fixture(scope="module")
def court(database_url: str, web: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DayCourt]:
    var = tmp_path_factory.mktemp("day")
    with running_site(database_url, web, var, "court_day", demo=0) as site:
        put_console(var / "console", to_text(verify_key_of(secret_of("root"))))
        yield open_day_court(site, HOME)


@contextmanager
def seat(browser: Browser, court: DayCourt, login: str) -> Iterator[Page]:
    """An officer's own browser, signed in; fails on whatever its pages complain of."""
    context = browser.new_context(
        base_url=court.site.address, viewport={"width": 1280, "height": 800}, locale="zh-CN", accept_downloads=True
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints = watch(page, court.site)
    enter(page, login)
    yield page
    context.close()
    assert complaints == []


def test_a_whole_day(browser: Browser, court: DayCourt, tmp_path: Path) -> None:
    with seat(browser, court, "lin") as lin, seat(browser, court, "zhou") as zhou:
        names = import_list(lin, zhou, court, tmp_path)
        assert names <= listed(court.site)
        wanted, objector = (entity(court.site, name) for name in sorted(names))
        publish_notice(lin, zhou, court)
        with visitor(browser, court.site, "phone") as context:
            phone = context.new_page()
            complaints = watch(phone, court.site)
            code = send_tip(phone, wanted["id"])
            decide_tip(lin, court)
            claim = follow_tip(phone, code)
            pay(browser, court, zhou, claim)
            file_objection(phone, objector)
            decide_objection(lin, court)
            assert complaints == []
        read_map(browser, court.site, names, 2)
        withdraw(lin, objector)
        read_map(browser, court.site, {wanted["name"]}, 1)
        assert objector["name"] not in listed(court.site)
        assert wanted["name"] in listed(court.site)
        with pytest.raises(HTTPError, match="404"):
            api(court.site, f"/v1/entities/{objector['id']}")


def import_list(lin: Page, zhou: Page, court: DayCourt, folder: Path) -> set[str]:
    """Upload two people's rows, have them approved, and let the worker apply them; their names."""
    case = f"（2025）{court.code}执{{}}号"
    rows = [person(n, courtName=court.name, caseCode=case.format(n), gistUnit=court.name) for n in (1, 2)]
    file = folder / "名单.json"
    file.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    lin.goto("/court/lists/")
    lin.get_by_label("文件").set_input_files(file)
    lin.get_by_role("button", name="上传并核对").click()
    # the check goes on beside the page, which looks again by itself
    expect(lin.get_by_text(re.compile("^新增 2,变更 0,移出 0"))).to_be_visible()
    address = lin.url
    lin.get_by_label("理由").fill("本月名单")
    lin.get_by_role("button", name="送批准").click()
    expect(lin.get_by_text("须由另一人批准")).to_be_visible()
    assert not listed(court.site)
    approve(zhou, "名单")
    court.site.run("jobs", "run", "apply-lists")
    lin.goto(address)
    expect(lin.get_by_role("status").first).to_contain_text("已生效")
    return {row["iname"] for row in rows}


def listed(site: Site) -> set[str]:
    """Whom the map's list of the district shows."""
    return {item["name"] for item in api(site, f"/v1/entities?area={HOME}")["items"]}


def read_map(browser: Browser, site: Site, shown: set[str], number: int) -> None:
    """What a resident's own browser shows: how many the map tells of, and whom the list behind it names."""
    with visitor(browser, site, "phone") as context:
        page = context.new_page()
        complaints = watch(page, site)
        page.goto("/")
        expect(page.get_by_role("main")).to_contain_text(f"东虚区 · {number} 人 · 0 家")
        page.goto(f"/areas/list?code={HOME}")
        for name in shown:
            expect(page.get_by_role("link", name=name)).to_be_visible()
        expect(page.get_by_role("link", name="赵示例")).to_have_count(number)
        assert complaints == []


def entity(site: Site, name: str) -> dict[str, Any]:
    items = api(site, f"/v1/entities?area={HOME}")["items"]
    return dict(next(item for item in items if item["name"] == name))


def publish_notice(lin: Page, zhou: Page, court: DayCourt) -> None:
    """Draft from the listing, a second signature, and out."""
    lin.goto("/court/notices/new")
    lin.get_by_role("searchbox").fill("执1号")
    lin.get_by_role("button", name="查找").click()
    lin.get_by_role("link", name=re.compile("执1号")).click()
    lin.locator("[name=kind][value=property]").check()
    lin.locator("[name=basis][value=percent_recovered]").check()
    lin.get_by_label("百分比(%)").fill("5")
    lin.get_by_label("最高").fill("200000")
    lin.locator("[name=funder][value=creditor]").check()
    today = today_in_china()
    lin.get_by_label("收到书面申请的日期").fill(today.isoformat())
    lin.get_by_label("公告最后一天").fill((today + timedelta(days=60)).isoformat())
    lin.get_by_role("button", name="保存草稿").click()
    address = lin.url
    lin.get_by_label("理由").fill("申请执行人已书面申请")
    lin.get_by_role("button", name="送批准").click()
    expect(lin.get_by_text("须由另一人批准")).to_be_visible()
    approve(zhou, "批准悬赏公告")
    lin.goto(address)
    lin.get_by_role("button", name="发布", exact=True).click()
    expect(lin.get_by_text("公众将看到的文字")).to_be_visible()
    assert len(api(court.site, "/v1/notices")["items"]) == 1


def send_tip(phone: Page, wanted: str) -> str:
    """From the listed person's page on a phone; the code."""
    go_to(phone, f"/entities/detail?id={wanted}")
    press(phone, SEND_TIP)
    expect(phone.get_by_text(re.compile("^您不必留姓名"))).to_be_visible()
    write_all(phone, located_photo(phone, 640, 480, b"CANARY-PHONE", b"CANARY-COMMENT"))
    code = seal_and_send(phone)
    expect_delivered(phone)
    finish(phone)
    return code


def decide_tip(lin: Page, court: DayCourt) -> None:
    """Unlock, read, ask, and find it useful."""
    lin.goto("/court/tips/")
    unlock(lin, court, "lin")
    lin.get_by_role("button", name="打开线索 1", exact=True).click()
    opened = lin.locator("#opened")
    for told in (TEXT, PLATE, HOW):
        expect(opened.get_by_text(told).first).to_be_visible()
    expect(opened.locator("iframe.photo-frame")).to_have_count(1)
    opened.get_by_label("给提供者留言").fill(QUESTION)
    opened.get_by_role("button", name="加密并送出").click()
    expect(opened.get_by_text("法院 1: 请问什么颜色?")).to_be_visible()
    opened.get_by_label("有用").check()
    opened.get_by_role("button", name="决定", exact=True).click()
    expect(opened.get_by_text("已决定。")).to_be_visible()


def follow_tip(phone: Page, code: str) -> int:
    """Read the court's words under the code, and claim; the claim's number."""
    follow(phone, code)
    expect(phone.get_by_text(re.compile("^请问什么颜色"))).to_contain_text("onerror=RUN()")
    expect(phone.get_by_role("heading", name="有用", exact=True)).to_be_visible()
    claim = claim_reward(phone)
    press(phone, "完成")
    return claim


def pay(browser: Browser, court: DayCourt, zhou: Page, claim: int) -> None:
    """One officer proposes, another signs, and the cashier's file holds the payee once."""
    with seat(browser, court, "wu") as wu:
        wu.goto("/court/claims/")
        unlock(wu, court, "wu")
        wu.get_by_role("button", name=f"办理领奖 {claim}", exact=True).click()
        wu.get_by_label("为什么拆封").fill("核对身份")
        wu.get_by_role("button", name="拆封").click()
        expect(wu.get_by_text("虚构领奖人")).to_be_visible()
        wu.get_by_label("因线索执行到位").fill("100000")
        wu.locator("[data-part=propose] textarea").fill("已执行到位")
        for box in wu.locator("[data-part=propose] [type=checkbox]").all():
            box.check()
        wu.get_by_role("button", name="计算并送批准").click()
        expect(wu.get_by_text("奖金 5,000.00 元,已送批准。")).to_be_visible()
        approve(zhou, "支付奖金")
        wu.goto("/court/claims/")
        unlock(wu, court, "wu")
        with wu.expect_download() as saved:
            wu.get_by_role("button", name="生成付款文件").click()
        assert "虚构领奖人" in saved.value.path().read_text("utf-8-sig")
        expect(wu.get_by_text("1 笔已写入文件")).to_be_visible()


def file_objection(phone: Page, objector: dict[str, Any]) -> None:
    """The listed person says, on the phone, that the listing should not be."""
    open_door(phone, objector, "信息不对")
    fill_wrong(phone)
    check_and_send(phone)
    expect_delivered(phone)
    finish_objection(phone)


def decide_objection(lin: Page, court: DayCourt) -> None:
    lin.goto("/court/objections/")
    unlock(lin, court, "lin")
    lin.get_by_role("button", name=re.compile("^打开纠正申请 ")).click()
    opened = lin.locator("#opened")
    expect(opened.get_by_text(CANARY).first).to_be_visible()
    opened.locator("[name=outcome][value=founded]").check()
    opened.locator("[name=act]").select_option("withdraw")
    opened.get_by_role("button", name="决定,加密并送出").click()
    expect(opened.locator("[data-part=standing]")).to_contain_text("成立")


def withdraw(lin: Page, objector: dict[str, Any]) -> None:
    """What follows from the decision; taking somebody off waits for no second signature."""
    lin.goto(f"/court/listings/?q={objector['name']}")
    lin.get_by_role("link", name=objector["name"]).click()
    lin.get_by_role("link", name="撤销", exact=True).click()
    lin.locator("[name=cause][value=objection_founded]").check()
    lin.get_by_label("理由").fill("纠正申请成立")
    lin.get_by_role("button", name="撤销", exact=True).click()
    expect(lin.get_by_role("heading", name="经过")).to_be_visible()
