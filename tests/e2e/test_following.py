"""A request is followed by its code: where it stands, what the court wrote, further words, codes kept on the phone."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.filing_desk import Desk
from tests.e2e.filing_steps import (
    file_wrong,
    finish,
    press,
    traces,
)


def test_following_by_code_opens_what_the_court_wrote(desk_page: Page, desk: Desk) -> None:
    code = file_wrong(desk_page, desk)
    expect(desk_page.get_by_text("微信提醒", exact=False)).to_have_count(0)  # the desk offers one; a browser has none
    finish(desk_page)
    desk.answer("理由不成立:判决书已送达您本人。", "not_founded")
    desk.forge("请把钱转到这个账户")
    desk_page.goto("/filings/follow")
    field = desk_page.get_by_role("textbox", name="查询码")
    field.fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
    press(desk_page, "查看")
    expect(desk_page.get_by_text(re.compile("^查询码打错了"))).to_be_visible()
    field.fill(code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    press(desk_page, "查看")
    expect(desk_page.get_by_text("理由不成立:判决书已送达您本人。")).to_be_visible()
    expect(desk_page.get_by_text("已有决定 · 理由不成立")).to_be_visible()
    expect(desk_page.get_by_text("微信提醒", exact=False)).to_have_count(0)
    expect(desk_page.get_by_text(re.compile("10 天内向上一级法院申请复议")).last).to_be_visible()
    expect(desk_page.get_by_text(re.compile("^第 2 条打不开"))).to_be_visible()
    for outcome, said in ((None, "最迟 2099年12月3日"), ("reversed", "撤销原决定,删除这条公示")):
        desk.review(outcome, outcome and "delete")
        press(desk_page, "查看")
        expect(desk_page.get_by_role("heading", name="复议", exact=True)).to_be_visible()
        expect(desk_page.get_by_text(re.compile(said))).to_be_visible()
    expect(desk_page.get_by_text(re.compile("10 天内向上一级法院申请复议"))).to_have_count(0)
    assert "转到这个账户" not in desk_page.get_by_role("main").last.inner_text()
    for words in ("补充第一条", "补充第二条"):
        desk_page.get_by_role("textbox", name=re.compile("^补充说明")).fill(words)
        press(desk_page, "加密并发送")
        expect(desk_page.get_by_text("已发出", exact=True)).to_be_visible()
    assert [(message.n, message.text) for message in desk.messages()] == [(1, "补充第一条"), (2, "补充第二条")]
    assert code not in desk_page.url
    assert code not in desk_page.evaluate("JSON.stringify(history.state)")


def test_the_end_of_publication_is_told_with_its_time_and_its_notice_opens(desk_page: Page, desk: Desk) -> None:
    code = file_wrong(desk_page, desk)
    expect(desk_page.get_by_text("法院最迟 2099年12月7日(周一,还有 10 个工作日) 答复。")).to_be_visible()
    finish(desk_page)
    desk_page.goto("/filings/follow")
    desk_page.get_by_role("textbox", name="查询码").fill(code)
    press(desk_page, "查看")
    expect(desk_page.get_by_text("法院最迟 2099年12月7日(周一,还有 10 个工作日) 答复。")).to_be_visible()
    expect(desk_page.get_by_text("停止公示以后")).to_have_count(0)
    desk.stop("2026-11-24T02:12:09Z")
    press(desk_page, "查看")
    stopped = "已于 2026年11月24日 10:12 停止公示。地图、查询和下游接口 1 分钟内同步。"
    expect(desk_page.get_by_text(stopped)).to_be_visible()
    expect(desk_page.get_by_role("link", name=re.compile("^打开移出告知书"))).to_have_count(0)
    desk.stop("2026-11-24T02:12:09Z", "0123456789ABCDEF")
    press(desk_page, "查看")
    with desk_page.expect_popup() as opened:
        press(desk_page, re.compile("^打开移出告知书"), "link")
    opened.value.wait_for_url("**/v1/removal-notices/0123456789ABCDEF.html")
    opened.value.close()
    expect(desk_page.get_by_text(stopped)).to_be_visible()


def test_an_unknown_code_is_said_so(desk_page: Page) -> None:
    desk_page.goto("/filings/follow")
    desk_page.get_by_role("textbox", name="查询码").fill("00000-00000-00000-00000-00000")
    press(desk_page, "查看")
    expect(desk_page.get_by_text(re.compile("^没有这个查询码"))).to_be_visible()


def test_kept_codes_show_their_start_only_and_can_be_removed(desk_page: Page, desk: Desk) -> None:
    code = file_wrong(desk_page, desk)
    desk_page.get_by_role("switch", name="记在本机").check()
    finish(desk_page)
    press(desk_page, "我的查询码", "link")
    row = desk_page.get_by_text(re.compile(f"^查询码 {code[:5]}… · \\d{{4}}-\\d\\d$"))
    expect(row).to_be_visible()
    assert code not in desk_page.get_by_role("main").last.inner_text()
    press(desk_page, re.compile("^查进度"))
    expect(desk_page.get_by_text(re.compile("^编号 1 · "))).to_be_visible()
    desk_page.go_back()
    press(desk_page, re.compile("^移去"))
    press(desk_page, "移去")
    expect(desk_page.get_by_text(re.compile("^这部手机没有记下查询码"))).to_be_visible()
    assert code not in traces(desk_page)
