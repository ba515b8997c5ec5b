"""A listed person or a relative asks the court, from the entity's page to the code."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.filing_desk import KEY_NUMBER, Desk
from tests.e2e.filing_steps import (
    CANARY,
    CONTACT,
    add_photo,
    check_and_send,
    expect_delivered,
    file_wrong,
    fill_wrong,
    finish,
    open_door,
    person_of,
    press,
    traces,
)
from tests.e2e.pictures import has_metadata, is_located, located_photo, size_of_jpeg, size_of_png
from tests.e2e.traffic import copied, until


def test_filing_with_a_photo_reaches_the_court_alone_and_leaves_nothing(desk_page: Page, desk: Desk) -> None:
    person = person_of(desk)
    open_door(desk_page, person, "信息不对")
    photo = located_photo(desk_page, 3000, 1500, b"CANARY-PHONE", b"CANARY-COMMENT")
    assert is_located(photo)
    assert photo.count(b"CANARY") == 2
    before = len(desk.asked)
    fill_wrong(desk_page)
    add_photo(desk_page, photo)
    code = check_and_send(desk_page)
    expect_delivered(desk_page)
    writing = desk.asked[before:]
    assert [path for path in writing if re.search("/v1/(areas|map|entities)", path)] == []
    (letter,) = desk.letters()
    (body,) = desk.bodies()
    assert (letter.kind, letter.text) == ("wrong", CANARY)
    assert (letter.more["contact"], letter.more["name"]) == (CONTACT, person["name"])
    assert (letter.more["claim"], letter.more["by"]) == ("should-not-be-listed", "self")
    assert body["key_id"] == KEY_NUMBER
    (opened,) = desk.photos()
    assert size_of_jpeg(opened) == (1600, 800)
    assert not has_metadata(opened)
    assert b"CANARY" not in opened
    for headers in desk.headers:
        assert person["id"] not in str(headers)
        assert not {name.lower() for name in headers} & {"x-visitor", "cookie"}
    finish(desk_page)
    for _ in range(3):
        left = traces(desk_page)
        assert not [secret for secret in (CANARY, CONTACT, person["name"], code, code[:11]) if secret in left]
        assert not [secret for secret in (CANARY, CONTACT, code) if secret in desk_page.locator("body").inner_text()]
        desk_page.go_back()


def test_done_waits_until_the_code_is_saved(desk_page: Page, desk: Desk) -> None:
    code = file_wrong(desk_page, desk)
    done = desk_page.get_by_role("button", name="完成", exact=True)
    expect(done).to_be_disabled()
    press(desk_page, "复制")
    expect(done).to_be_enabled()
    assert copied(desk_page, code) == code
    press(desk_page, "复制证明")
    expect(desk_page.get_by_role("main").last).to_contain_text("编号 1")
    certificate = copied(desk_page, "{")
    assert json.loads(certificate)["number"] == 1
    assert code not in certificate


def test_a_lost_answer_is_sent_again_and_files_once(desk_page: Page, desk: Desk) -> None:
    open_door(desk_page, person_of(desk), "信息不对")
    fill_wrong(desk_page)
    desk.lose_answers = 1
    code = check_and_send(desk_page)
    expect(desk_page.get_by_text(re.compile("再按一次不会重复"))).to_be_visible()
    expect(desk_page.get_by_text(code)).to_be_visible()
    press(desk_page, "再发一次")
    expect_delivered(desk_page)
    expect(desk_page.get_by_text(code)).to_be_visible()
    assert desk.posted == 2
    assert len(desk.letters()) == 1


def test_a_court_with_a_new_key_is_sealed_to_anew(desk_page: Page, desk: Desk) -> None:
    open_door(desk_page, person_of(desk), "信息不对")
    fill_wrong(desk_page)
    desk.key_number += 1
    code = check_and_send(desk_page)
    expect(desk_page.get_by_text(re.compile("^法院没有收下"))).to_be_visible()
    press(desk_page, "再发一次")
    expect_delivered(desk_page)
    expect(desk_page.get_by_text(code)).to_be_visible()
    assert [body["key_id"] for body in desk.bodies()] == [KEY_NUMBER + 1]


def test_swiping_back_brings_the_unsaved_code_back(desk_page: Page, desk: Desk) -> None:
    code = file_wrong(desk_page, desk)
    desk_page.go_back()
    expect(desk_page.get_by_text("您还没有保存查询码")).to_be_visible()
    expect(desk_page.get_by_text(code)).to_be_visible()
    finish(desk_page)
    desk_page.go_back()
    until(desk_page, lambda: code not in traces(desk_page))


def test_a_daughter_files_a_death_without_finding_the_listing(desk_page: Page, desk: Desk) -> None:
    desk_page.goto("/services/home")
    press(desk_page, "家人已去世", "link")
    expect(desk_page.get_by_text(re.compile("您不会因为是子女就成为被执行人"))).to_be_visible()
    desk_page.get_by_role("textbox", name="被列入的人(姓名或名称)").fill("虚构甲")
    press(desk_page, "查找")
    desk_page.get_by_role("button", name=re.compile("人民法院( ?›)?$")).first.tap()
    desk_page.get_by_role("textbox", name="您与其关系").fill("女儿")
    desk_page.get_by_label("去世日期").fill("2026-10-01")
    desk_page.get_by_role("textbox", name=re.compile("^电话或地址")).fill(CONTACT)
    check_and_send(desk_page)
    expect_delivered(desk_page)
    (letter,) = desk.letters()
    assert letter.address.target == letter.address.court
    assert (letter.kind, letter.text) == ("died", "")
    wanted = {"name": "虚构甲", "relation": "女儿", "died_on": "2026-10-01", "contact": CONTACT}
    assert letter.more == wanted


def test_i_have_performed_is_filed_for_one_listing(desk_page: Page, desk: Desk) -> None:
    open_door(desk_page, person_of(desk), "我已经履行了")
    press(desk_page, "检查并发送")
    expect(desk_page.get_by_text("请选履行的日期。")).to_be_visible()
    desk_page.get_by_label("哪天").fill("2026-11-02")
    desk_page.get_by_role("textbox", name=re.compile("^金额")).fill("100000")
    desk_page.get_by_role("radio", name="交法院").check()
    desk_page.get_by_role("textbox", name=re.compile("^电话或地址")).fill(CONTACT)
    check_and_send(desk_page)
    expect_delivered(desk_page)
    (letter,) = desk.letters()
    assert (letter.kind, letter.more["how"], letter.more["paid_on"]) == ("performed", "court", "2026-11-02")


def test_leaving_clears_what_was_written(desk_page: Page, desk: Desk) -> None:
    person = person_of(desk)
    open_door(desk_page, person, "信息不对")
    fill_wrong(desk_page)
    press(desk_page, "检查并发送")
    expect(desk_page.get_by_text(CANARY)).to_be_visible()
    press(desk_page, "离开")
    expect(desk_page.get_by_role("button", name="列表", exact=True)).to_be_visible()
    for _ in range(2):
        left = traces(desk_page)
        assert not [secret for secret in (CANARY, CONTACT, person["name"]) if secret in left]
        desk_page.go_back()
    assert desk.posted == 0


def test_a_court_without_a_key_is_no_dead_end(desk_page: Page, desk: Desk) -> None:
    desk.closed = True
    open_door(desk_page, person_of(desk), "信息不对")
    expect(desk_page.get_by_text("这家法院还没有开通在线办理")).to_be_visible()
    expect(
        desk_page.get_by_text(re.compile(r"^请拨打 [\d-]+( 或寄到 .+)?,可下载这份申请书\(空白\)。$"))
    ).to_be_visible()
    expect(desk_page.get_by_role("button", name=re.compile("^拨打"))).to_be_visible()
    expect(desk_page.get_by_text(re.compile("失信被执行人名单 纠正申请书"))).to_be_visible()
    expect(desk_page.get_by_role("textbox", name="事实和理由")).to_have_count(0)
    with desk_page.expect_download() as saving:
        press(desk_page, "存为图片,可打印")
    width, height = size_of_png(saving.value.path().read_bytes())
    assert width == 1240
    assert height > 600


def test_the_counter_counts_bytes_where_characters_would_promise_too_much(desk_page: Page, desk: Desk) -> None:
    open_door(desk_page, person_of(desk), "信息不对")
    fill_wrong(desk_page)
    text = desk_page.get_by_role("textbox", name="事实和理由")
    text.fill("字" * 1000)
    expect(desk_page.get_by_text(re.compile(r"^1000/1000 字 · 封装还剩 \d+ 字节"))).to_be_visible()
    text.fill("字" * 1001)
    expect(desk_page.get_by_text("超出 1 字,请删短一些。")).to_be_visible()
    text.fill("😀" * 1000)
    expect(desk_page.get_by_text(re.compile(r"^超出封装 \d+ 字节"))).to_be_visible()
    press(desk_page, "检查并发送")
    expect(desk_page.get_by_role("heading", name="检查并发送")).to_have_count(0)


@pytest.mark.parametrize(
    ("refusal", "says", "goes_on"),
    [
        ("auth deny", "没有相册权限也能提交,照片不是必须的。", "继续"),
        (
            "privacy permission is not authorized",
            "不同意也能看地图、查名字、看公示。定位和照片两项暂不可用。",
            "知道了",
        ),
    ],
)
def test_without_the_album_it_is_sent_without_photos(
    desk_page: Page, desk: Desk, refusal: str, says: str, goes_on: str
) -> None:
    open_door(desk_page, person_of(desk), "信息不对")
    fill_wrong(desk_page)
    desk_page.evaluate("why => { wx.chooseMedia = ({ fail }) => fail({ errMsg: `chooseMedia:fail ${why}` }) }", refusal)
    press(desk_page, "添加照片")
    expect(desk_page.get_by_text(says)).to_be_visible()
    press(desk_page, goes_on)
    expect(desk_page.get_by_text(says)).to_have_count(0)
    check_and_send(desk_page)
    expect_delivered(desk_page)
    assert len(desk.letters()) == 1


@pytest.mark.parametrize("source", ["demo", "court"])
def test_in_a_mixed_site_the_record_says_whether_it_is_invented(desk_page: Page, desk: Desk, source: str) -> None:
    person = person_of(desk)
    detail = f"**/v1/entities/{person['id']}"
    desk_page.route(detail, lambda route: route.fulfill(json=route.fetch().json() | {"source": source}))
    desk_page.route("**/v1/site", lambda route: route.fulfill(json=route.fetch().json() | {"demo": "mixed"}))
    open_door(desk_page, person, "信息不对")
    marked = 1 if source == "demo" else 0
    expect(desk_page.get_by_text(re.compile("^演示数据:这里的人名"))).to_have_count(marked)
    fill_wrong(desk_page)
    check_and_send(desk_page)
    expect_delivered(desk_page)
    expect(desk_page.get_by_role("main").last.get_by_text(re.compile("^演示数据:这里的人名"))).to_have_count(marked)


@pytest.mark.parametrize(
    ("choice", "advice", "claim"),
    [
        ("家里有未成年人信息", "请马上打电话给执行法院", "内容有错"),
        ("不是我 / 同名", "先核对法院、案号、地区、性别和年龄段", "不该列入"),
    ],
)
def test_what_was_said_on_the_way_is_answered_and_not_asked_again(
    desk_page: Page, desk: Desk, choice: str, advice: str, claim: str
) -> None:
    open_door(desk_page, person_of(desk), choice)
    expect(desk_page.get_by_text(advice)).to_be_visible()
    expect(desk_page.get_by_role("radio", name=re.compile(f"^{claim}"))).to_be_checked()
    calls = desk_page.get_by_role("button", name=re.compile("^拨打"))
    expect(calls).to_have_count(1 if choice.startswith("家里") else 0)
    assert "topic" not in desk_page.url
