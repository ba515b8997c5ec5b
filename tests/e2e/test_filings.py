"""A listed person or a relative asks the court: from the entity's page to the code, and back by the code."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Site, visitor, watch
from tests.e2e.filing_desk import KEY_NUMBER, Desk
from tests.e2e.pictures import has_metadata, is_located, located_photo, size_of_jpeg, size_of_png

CANARY = "金丝雀文字"
CONTACT = "联系金丝雀"
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}")


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    desk = Desk(site.address)
    yield desk
    desk.close()


@pytest.fixture
def size() -> str:
    return "phone"


@pytest.fixture
def context(browser: Browser, desk: Desk, size: str) -> Iterator[BrowserContext]:
    context = visitor(browser, Site(desk.address, {}), size)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.address)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, desk: Desk) -> Iterator[Page]:
    page = context.new_page()
    complaints = watch(page, Site(desk.address, {}))
    yield page
    assert [line for line in complaints if "ERR_EMPTY_RESPONSE" not in line] == []


def person_of(desk: Desk) -> dict[str, Any]:
    with urllib.request.urlopen(f"{desk.site}/v1/entities?kind=person&limit=1") as answer:
        found: dict[str, Any] = json.load(answer)["items"][0]
    return found


def press(page: Page, name: str | re.Pattern[str], role: Any = "button") -> None:
    # the mark at the end of a line that leads somewhere is part of its name
    wanted = re.compile(f"^{re.escape(name)}( ?›)?$") if isinstance(name, str) else name
    page.get_by_role(role, name=wanted).last.tap()


def open_door(page: Page, person: dict[str, Any], choice: str) -> None:
    page.goto(f"/entities/detail?id={person['id']}", wait_until="networkidle")
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
    choosing.value.set_files([{"name": "IMG_GPS.jpg", "mimeType": "image/jpeg", "buffer": photo}])
    expect(page.get_by_role("img", name="第 1 张照片")).to_be_visible()


def check_and_send(page: Page) -> str:
    press(page, "检查并发送")
    expect(page.get_by_role("heading", name="检查并发送")).to_be_visible()
    code = CODE.search(page.get_by_role("main").last.inner_text())
    assert code
    press(page, "加密并发送")
    return code[0]


def expect_delivered(page: Page) -> None:
    expect(page.get_by_role("heading", name="已送达", exact=True)).to_be_visible(timeout=30_000)


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


def test_filing_with_a_photo_reaches_the_court_alone_and_leaves_nothing(page: Page, desk: Desk) -> None:
    person = person_of(desk)
    open_door(page, person, "信息不对")
    photo = located_photo(page, 3000, 1500, b"CANARY-PHONE", b"CANARY-COMMENT")
    assert is_located(photo) and b"CANARY-PHONE" in photo and b"CANARY-COMMENT" in photo
    before = len(desk.asked)
    fill_wrong(page)
    add_photo(page, photo)
    code = check_and_send(page)
    expect_delivered(page)
    writing = desk.asked[before:]
    assert [path for path in writing if re.search("/v1/(areas|map|entities)", path)] == []
    (letter,) = desk.letters()
    (body,) = desk.bodies()
    assert (letter.kind, letter.text) == ("wrong", CANARY)
    assert letter.more["contact"] == CONTACT and letter.more["name"] == person["name"]
    assert (letter.more["claim"], letter.more["by"]) == ("should-not-be-listed", "self")
    assert body["key_id"] == KEY_NUMBER
    (opened,) = desk.photos()
    assert size_of_jpeg(opened) == (1600, 800)
    assert not has_metadata(opened) and b"CANARY" not in opened
    for headers in desk.headers:
        assert person["id"] not in str(headers)
        assert not {name.lower() for name in headers} & {"x-visitor", "cookie"}
    finish(page)
    for _ in range(3):
        left = traces(page)
        assert not [secret for secret in (CANARY, CONTACT, person["name"], code, code[:11]) if secret in left]
        assert not [secret for secret in (CANARY, CONTACT, code) if secret in page.locator("body").inner_text()]
        page.go_back()


def test_done_waits_until_the_code_is_saved(page: Page, desk: Desk) -> None:
    code = file_wrong(page, desk)
    done = page.get_by_role("button", name="完成", exact=True)
    expect(done).to_be_disabled()
    press(page, "复制")
    expect(done).to_be_enabled()
    assert page.evaluate("navigator.clipboard.readText()") == code
    press(page, "复制证明")
    expect(page.get_by_role("main").last).to_contain_text("编号 1")
    page.wait_for_timeout(200)
    certificate = page.evaluate("navigator.clipboard.readText()")
    assert json.loads(certificate)["number"] == 1 and code not in certificate


def test_a_lost_answer_is_sent_again_and_files_once(page: Page, desk: Desk) -> None:
    open_door(page, person_of(desk), "信息不对")
    fill_wrong(page)
    desk.lose_answers = 1
    code = check_and_send(page)
    expect(page.get_by_text(re.compile("再按一次不会重复"))).to_be_visible(timeout=30_000)
    expect(page.get_by_text(code)).to_be_visible()
    press(page, "再发一次")
    expect_delivered(page)
    expect(page.get_by_text(code)).to_be_visible()
    assert desk.posted == 2
    assert len(desk.letters()) == 1


def test_swiping_back_brings_the_unsaved_code_back(page: Page, desk: Desk) -> None:
    code = file_wrong(page, desk)
    page.go_back()
    expect(page.get_by_text("您还没有保存查询码")).to_be_visible()
    expect(page.get_by_text(code)).to_be_visible()
    finish(page)
    page.go_back()
    page.wait_for_timeout(800)
    assert code not in traces(page)


def test_following_by_code_opens_what_the_court_wrote(page: Page, desk: Desk) -> None:
    code = file_wrong(page, desk)
    finish(page)
    desk.answer("理由不成立:判决书已送达您本人。", "unfounded")
    desk.forge("请把钱转到这个账户")
    page.goto("/filings/follow")
    field = page.get_by_role("textbox", name="查询码")
    field.fill(code[:-1] + ("0" if code[-1] != "0" else "1"))
    press(page, "查看")
    expect(page.get_by_text(re.compile("^查询码打错了"))).to_be_visible()
    field.fill(code.lower().replace("-", " ").replace("0", "o").replace("1", "l"))
    press(page, "查看")
    expect(page.get_by_text("理由不成立:判决书已送达您本人。")).to_be_visible()
    expect(page.get_by_text("已有决定 · 理由不成立")).to_be_visible()
    expect(page.get_by_text(re.compile("10 天内向上一级法院申请复议")).last).to_be_visible()
    expect(page.get_by_text(re.compile("^第 2 条打不开"))).to_be_visible()
    assert "转到这个账户" not in page.get_by_role("main").last.inner_text()
    for words in ("补充第一条", "补充第二条"):
        page.get_by_role("textbox", name=re.compile("^补充说明")).fill(words)
        press(page, "加密并发送")
        expect(page.get_by_text("已发出", exact=True)).to_be_visible()
    assert [(message.n, message.text) for message in desk.messages()] == [(1, "补充第一条"), (2, "补充第二条")]
    assert code not in page.url and code not in page.evaluate("JSON.stringify(history.state)")


def test_an_unknown_code_is_said_so(page: Page) -> None:
    page.goto("/filings/follow")
    page.get_by_role("textbox", name="查询码").fill("00000-00000-00000-00000-00000")
    press(page, "查看")
    expect(page.get_by_text(re.compile("^没有这个查询码"))).to_be_visible()


def test_kept_codes_show_their_start_only_and_can_be_removed(page: Page, desk: Desk) -> None:
    code = file_wrong(page, desk)
    page.get_by_role("switch", name="记在本机").check()
    finish(page)
    press(page, "我的查询码", "link")
    row = page.get_by_text(re.compile(f"^查询码 {code[:5]}… · \\d{{4}}-\\d\\d$"))
    expect(row).to_be_visible()
    assert code not in page.get_by_role("main").last.inner_text()
    press(page, re.compile("^查进度"))
    expect(page.get_by_text(re.compile("^编号 1 · "))).to_be_visible()
    page.go_back()
    press(page, re.compile("^移去"))
    press(page, "移去")
    expect(page.get_by_text(re.compile("^这部手机没有记下查询码"))).to_be_visible()
    assert code not in traces(page)


def test_a_daughter_files_a_death_without_finding_the_listing(page: Page, desk: Desk) -> None:
    page.goto("/services/home")
    press(page, "家人已去世", "link")
    expect(page.get_by_text(re.compile("您不会因为是子女就成为被执行人"))).to_be_visible()
    page.get_by_role("textbox", name="被列入的人(姓名或名称)").fill("虚构甲")
    press(page, "查找")
    page.get_by_role("button", name=re.compile("人民法院( ?›)?$")).first.tap()
    page.get_by_role("textbox", name="您与其关系").fill("女儿")
    page.get_by_label("去世日期").fill("2026-10-01")
    page.get_by_role("textbox", name=re.compile("^电话或地址")).fill(CONTACT)
    check_and_send(page)
    expect_delivered(page)
    (letter,) = desk.letters()
    assert letter.address.target == letter.address.court
    assert letter.kind == "died" and letter.text == ""
    wanted = {"name": "虚构甲", "relation": "女儿", "died_on": "2026-10-01", "contact": CONTACT}
    assert letter.more == wanted


def test_i_have_performed_is_filed_for_one_listing(page: Page, desk: Desk) -> None:
    open_door(page, person_of(desk), "我已经履行")
    press(page, "检查并发送")
    expect(page.get_by_text("请选履行的日期。")).to_be_visible()
    page.get_by_label("哪天").fill("2026-11-02")
    page.get_by_role("textbox", name=re.compile("^金额")).fill("100000")
    page.get_by_role("radio", name="交法院").check()
    page.get_by_role("textbox", name=re.compile("^电话或地址")).fill(CONTACT)
    check_and_send(page)
    expect_delivered(page)
    (letter,) = desk.letters()
    assert letter.kind == "performed" and letter.more["how"] == "court" and letter.more["paid_on"] == "2026-11-02"


def test_leaving_clears_what_was_written(page: Page, desk: Desk) -> None:
    person = person_of(desk)
    open_door(page, person, "信息不对")
    fill_wrong(page)
    press(page, "检查并发送")
    expect(page.get_by_text(CANARY)).to_be_visible()
    press(page, "离开")
    expect(page.get_by_role("button", name="列表", exact=True)).to_be_visible()
    for _ in range(2):
        left = traces(page)
        assert not [secret for secret in (CANARY, CONTACT, person["name"]) if secret in left]
        page.go_back()
    assert desk.posted == 0


def test_a_court_without_a_key_is_no_dead_end(page: Page, desk: Desk) -> None:
    desk.closed = True
    open_door(page, person_of(desk), "信息不对")
    expect(page.get_by_text("这家法院还没有开通在线办理")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^拨打"))).to_be_visible()
    expect(page.get_by_text(re.compile("失信被执行人名单 纠正申请书"))).to_be_visible()
    expect(page.get_by_role("textbox", name="事实和理由")).to_have_count(0)
    with page.expect_download() as saving:
        press(page, "存为图片,可打印")
    width, height = size_of_png(saving.value.path().read_bytes())
    assert width == 1240 and height > 600


def test_the_counter_counts_bytes_where_characters_would_promise_too_much(page: Page, desk: Desk) -> None:
    open_door(page, person_of(desk), "信息不对")
    fill_wrong(page)
    text = page.get_by_role("textbox", name="事实和理由")
    text.fill("字" * 1000)
    expect(page.get_by_text(re.compile(r"^1000/1000 字 · 封装还剩 \d+ 字节"))).to_be_visible()
    text.fill("字" * 1001)
    expect(page.get_by_text("超出 1 字,请删短一些。")).to_be_visible()
    text.fill("😀" * 1000)
    expect(page.get_by_text(re.compile(r"^超出封装 \d+ 字节"))).to_be_visible()
    press(page, "检查并发送")
    expect(page.get_by_role("heading", name="检查并发送")).to_have_count(0)
