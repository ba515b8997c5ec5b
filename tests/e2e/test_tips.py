"""A tip as a resident sends it: written on a phone, read by the court, answered, found useful, claimed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from backend.core.filings.reading import Opened
from backend.core.sealing.wire import canonical
from backend.tips import claims, service
from backend.tips.domain import Decision
from tests.e2e.conftest import Site, visitor, watch
from tests.e2e.filing_steps import press, traces
from tests.e2e.pictures import has_metadata, located_photo, size_of_jpeg
from tests.e2e.tip_court import TipCourt, open_court
from tests.e2e.tip_steps import (
    CANARIES,
    HOW,
    PLATE,
    SEND_TIP,
    TEXT,
    WHERE,
    Log,
    code_on,
    expect_delivered,
    expect_step,
    finish,
    follow,
    go_on,
    open_entity,
    open_notice,
    overflows,
    say_vehicle,
    seal_and_send,
    start,
    stored,
    tap_sketch,
    unreachable,
    write_all,
)

KEPT_TO_REFUSE_OLD_KEYS = "wx:court-keys"


@pytest.fixture(scope="module")
def court(site: Site) -> TipCourt:
    return open_court(site)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh visitor's phone, Chinese."""
    context = visitor(browser, site, "phone")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    page = context.new_page()
    complaints = watch(page, site)
    yield page
    context.close()
    # lost answers are what one test is about
    assert [line for line in complaints if not re.search("ERR_FAILED|ERR_CONNECTION", line)] == []


def check_opened(opened: Opened, court: TipCourt) -> None:
    """What the court reads is what was written, and the picture is a new one."""
    letter = opened.letter
    assert (letter.kind, letter.text, letter.address.target) == ("vehicle", TEXT, court.notice)
    said = {name: letter.more[name] for name in ("plate", "place", "when", "how")}
    assert said == {"plate": PLATE, "place": WHERE, "when": "often", "how": HOW}
    assert {"make", "area", "area_name", "point"} <= letter.more.keys()
    assert "contact" not in letter.more
    (jpeg,) = opened.photos
    assert size_of_jpeg(jpeg) == (1600, 800)
    assert not has_metadata(jpeg)
    assert b"CANARY" not in jpeg


def talk(page: Page, court: TipCourt, number: int, code: str) -> None:
    """The court asks, and gets its answer under the code."""
    service.answer(court.desk("lin"), number, "请问车是哪天停的?")
    follow(page, code)
    expect(page.get_by_role("heading", name="正在核实")).to_be_visible()
    expect(page.get_by_role("heading", name="法院有留言")).to_be_visible()
    expect(page.get_by_text("请问车是哪天停的?")).to_be_visible()
    page.get_by_role("textbox", name=re.compile("^补充说明")).fill("周五")
    press(page, "加密并发送")
    expect(page.get_by_text("已发出", exact=True)).to_be_visible()
    assert [words.text for words in service.open_tip(court.desk("lin"), number).words] == ["周五"]


def claim_reward(page: Page) -> int:
    """From the status page; the claim's number."""
    press(page, "领取奖金")
    press(page, "加密并提出")
    expect(page.get_by_text("请填写姓名。")).to_be_visible()
    page.get_by_role("textbox", name="姓名").fill("虚构领奖人")
    page.get_by_role("textbox", name="身份证件号码").fill("虚构证件 1")
    page.get_by_role("textbox", name=re.compile("^收款账户")).fill("虚构银行 6200")
    press(page, "加密并提出")
    expect(page.get_by_text("领奖申请已送达")).to_be_visible()
    return int(page.get_by_text(re.compile("^领奖号 \\d+$")).inner_text().split()[1])


def test_a_whole_tip_from_the_notice_to_the_claim(phone: Page, court: TipCourt) -> None:
    open_notice(phone, court)
    write_all(phone, located_photo(phone, 3000, 1500, b"CANARY-PHONE", b"CANARY-COMMENT"))
    last_look = phone.get_by_role("main").last.inner_text()
    for told in (*CANARIES, court.case_number, "车辆", "经常", "1 张", "匿名", f"发给:{court.name}"):
        assert told in last_look
    code = seal_and_send(phone)
    expect_delivered(phone)
    expect(phone.get_by_text(code)).to_be_visible()
    number = court.last_number()
    expect(phone.get_by_text(re.compile(f"^编号 {number} · {court.name} · "))).to_be_visible()
    finish(phone)
    check_opened(service.open_tip(court.desk("lin"), number), court)
    talk(phone, court, number, code)
    service.decide(court.desk("lin"), number, Decision("useful"))
    press(phone, "查看")
    expect(phone.get_by_role("heading", name="可以领取")).to_be_visible()
    unsealed = claims.open_claim(court.desk("wu"), claim_reward(phone), "test")
    sent = unsealed.claim
    assert (sent.name, sent.identity_number, sent.account) == ("虚构领奖人", "虚构证件 1", "虚构银行 6200")
    assert unsealed.award.number == number
    press(phone, "完成")
    left = traces(phone)
    assert not [word for word in ("虚构领奖人", "虚构证件", code) if word in left]
    follow(phone, code)
    expect(phone.get_by_role("heading", name="有用", exact=True)).to_be_visible()


def test_nothing_is_asked_while_a_tip_is_written_and_nothing_ties_it_to_its_reader(
    phone: Page, court: TipCourt
) -> None:
    log = Log.of(phone)
    phone.context.add_cookies([{"name": "canary", "value": "cookie", "url": court.site.address}])
    phone.goto(f"/entities/detail?id={court.entity}", wait_until="networkidle")
    open_entity(phone, court)
    # the control: this phone has a token and a cookie, and the log sees both where they belong
    assert [sent for sent in log.headers(f"/v1/entities/{court.entity}") if "x-visitor" in sent]
    phone.evaluate("fetch('/healthz')")
    phone.wait_for_timeout(100)
    assert "canary=cookie" in log.headers("/healthz")[0]["cookie"]

    before = len(log.requests)
    write_all(phone)
    assert log.asked(before) == []
    seal_and_send(phone)
    expect_delivered(phone)
    assert log.asked(before) == ["GET /v1/challenge?for=tips", "POST /v1/tips"]
    for path in ("/v1/challenge?for=tips", "/v1/tips"):
        (sent,) = log.headers(path)
        assert not sent.keys() & {"x-visitor", "cookie", "authorization"}
        assert not [told for told in (court.entity, court.listing, court.notice) if told in json.dumps(sent)]
    body = log.requests[-1].post_data or ""
    assert not [secret for secret in (*CANARIES, court.entity_name) if secret in body]


def test_done_leaves_no_name_and_no_word_on_the_phone(phone: Page, court: TipCourt) -> None:
    phone.goto(f"/entities/detail?id={court.entity}", wait_until="networkidle")
    # the control: without a tip the organisation stands among those looked at
    assert court.entity_name in stored(phone)["wx:seen"]
    press(phone, SEND_TIP)
    before = stored(phone)
    write_all(phone)
    assert stored(phone).keys() - before.keys() <= {KEPT_TO_REFUSE_OLD_KEYS}
    assert phone.title().startswith("联系法院")
    code = seal_and_send(phone)
    expect_delivered(phone)
    finish(phone)
    assert stored(phone).keys() - before.keys() <= {KEPT_TO_REFUSE_OLD_KEYS}
    secrets = (*CANARIES, court.entity_name, code, code[:11])
    for _ in range(3):
        left = traces(phone)
        assert not [secret for secret in secrets if secret in left]
        phone.go_back()
    assert not [secret for secret in CANARIES if secret in phone.content()]


def test_leaving_clears_everything(phone: Page, court: TipCourt) -> None:
    sent = court.last_number()
    for last in (0, 2, 6):
        open_notice(phone, court)
        if last == 6:
            write_all(phone)
        elif last == 2:
            start(phone)
            go_on(phone, 2)
            say_vehicle(phone)
        press(phone, "离开")
        expect(phone.get_by_role("button", name="列表", exact=True)).to_be_visible()
        left = traces(phone)
        assert not [secret for secret in CANARIES if secret in left]
        phone.go_back()
    # what the browser's way back still opens has nothing left to show
    phone.goto("/filings/write")
    expect(phone.get_by_text(re.compile("^内容已经清空"))).to_be_visible()
    assert court.last_number() == sent


def test_stepping_and_swiping_back_lose_nothing_that_was_written(phone: Page, court: TipCourt) -> None:
    open_notice(phone, court)
    start(phone)
    press(phone, "下一步")
    press(phone, "下一步")
    expect(phone.get_by_text("请选线索的种类。")).to_be_visible()
    phone.get_by_role("radio", name="车辆").check()
    press(phone, "下一步")
    expect(phone.get_by_text("请至少写一项您知道的。")).to_be_visible()
    say_vehicle(phone)
    go_on(phone, 3)
    tap_sketch(phone, 0.01, 0.01)
    expect(phone.get_by_text(re.compile("^这里不在 .* 的轮廓里"))).to_be_visible()
    phone.get_by_label("选地区").select_option(index=1)
    press(phone, "上一步")
    expect(phone.get_by_role("textbox", name="车牌")).to_have_value(PLATE)
    phone.go_back()
    press(phone, "继续写")
    expect_step(phone, 2)
    expect(phone.get_by_role("textbox", name=re.compile("^您怎么知道的"))).to_have_value(HOW)
    go_on(phone, 3)
    go_on(phone, 4)
    go_on(phone, 5)
    phone.get_by_role("radio", name="留联系方式给法院").check()
    press(phone, "检查并发送")
    expect(phone.get_by_text("请填写联系方式,或改选匿名。")).to_be_visible()
    phone.get_by_role("textbox", name=re.compile("^联系方式")).fill("虚构电话")
    press(phone, "检查并发送")
    code = code_on(phone)
    phone.go_back()
    press(phone, "检查并发送")
    assert code_on(phone) == code, "the same tip keeps its code"
    press(phone, "加密并发送")
    expect_delivered(phone)
    letter = service.open_tip(court.desk("lin"), court.last_number()).letter
    assert (letter.more["contact"], letter.more["place"]) == ("虚构电话", WHERE)
    assert "point" not in letter.more
    assert court.entity_name not in canonical(letter.more).decode()


def test_a_lost_answer_is_sent_again_and_one_tip_is_filed(phone: Page, court: TipCourt) -> None:
    number = court.last_number()
    lost: list[str] = []

    def lose(route: Route) -> None:
        route.fetch()
        lost.append(route.request.post_data or "")
        route.abort("connectionreset")

    open_entity(phone, court)
    write_all(phone)
    phone.route("**/v1/tips", lose, times=1)
    code = seal_and_send(phone)
    expect(phone.get_by_text(re.compile("没有确认送达。再按一次不会重复。"))).to_be_visible(timeout=30_000)
    assert court.last_number() == number + 1, "it had arrived"
    with phone.expect_request("**/v1/tips") as again:
        press(phone, "再发一次")
    expect_delivered(phone)
    expect(phone.get_by_text(code)).to_be_visible()
    assert court.last_number() == number + 1
    first, second = (json.loads(body) for body in (lost[0], again.value.post_data or ""))
    assert first["sealed"] == second["sealed"]
    assert first["target"] == court.listing


def test_the_code_survives_a_swipe_back_and_its_certificate_stands_apart(phone: Page, court: TipCourt) -> None:
    open_notice(phone, court)
    write_all(phone)
    code = seal_and_send(phone)
    expect_delivered(phone)
    done = phone.get_by_role("button", name="完成", exact=True)
    expect(done).to_be_disabled()
    phone.go_back()
    expect(phone.get_by_text("您还没有保存查询码")).to_be_visible()
    expect(phone.get_by_text(code)).to_be_visible()
    expect(done).to_be_disabled()
    press(phone, "复制证明")
    phone.wait_for_timeout(200)
    certificate = phone.evaluate("navigator.clipboard.readText()")
    assert json.loads(certificate)["number"] == court.last_number()
    assert code[:11] not in certificate
    press(phone, "证明存为图片")
    expect(phone.get_by_text(re.compile("^图片会进相册.*不写查询码和内容"))).to_be_visible()
    with phone.expect_download():
        press(phone, "存图片")
    expect(done).to_be_disabled()
    press(phone, "复制")
    expect(done).to_be_enabled()
    press(phone, "完成")
    expect(phone.get_by_role("button", name="列表", exact=True)).to_be_visible()
    phone.go_back()
    phone.wait_for_timeout(800)
    assert code not in traces(phone)


def test_a_tip_that_is_not_used_says_why(phone: Page, court: TipCourt) -> None:
    open_entity(phone, court)
    write_all(phone)
    code = seal_and_send(phone)
    expect_delivered(phone)
    service.decide(court.desk("lin"), court.last_number(), Decision("not_used", "known"))
    phone.get_by_role("switch", name="记在本机").check()
    finish(phone)
    phone.goto("/filings/codes")
    row = phone.get_by_role("main").last
    expect(row).to_contain_text(f"查询码 {code[:5]}…")
    assert not [told for told in (court.name, court.entity_name, code) if told in row.inner_text()]
    press(phone, re.compile("^查进度"))
    expect(phone.get_by_role("heading", name="未采用:法院早已掌握")).to_be_visible()
    expect(phone.get_by_role("button", name="领取奖金")).to_have_count(0)


def test_a_court_is_told_of_spending_in_english(browser: Browser, site: Site, court: TipCourt) -> None:
    with visitor(browser, site, "small phone", "en-GB") as context:
        page = context.new_page()
        complaints = watch(page, site)
        page.goto(f"/services/court?id={court.id}", wait_until="networkidle")
        press(page, "Send the court a tip")
        expect(page.get_by_text(re.compile("^No name needed"))).to_be_visible()
        expect(page.get_by_text(re.compile("follow, lie in wait, film secretly, trespass"))).to_be_visible()
        press(page, "Start")
        expect(page.get_by_text("No reward in this case")).to_be_visible()
        page.get_by_role("textbox", name=re.compile("^About whom")).fill("虚构甲")
        press(page, "Next")
        page.get_by_role("radio", name="Luxury spending").check()
        page.get_by_role("textbox", name="What spending").fill("first-class flight")
        for button in ("Next", "Next", "Next", "Check and send", "Seal and send"):
            assert (unreachable(page), overflows(page)) == ([], False)
            press(page, button)
        expect(page.get_by_role("heading", name="Delivered", exact=True)).to_be_visible(timeout=30_000)
        assert (unreachable(page), overflows(page)) == ([], False)
        page.evaluate(
            "document.querySelector('.wx-frame:not([hidden]) button').style.cssText = 'min-height:0;height:9px'"
        )
        assert unreachable(page), "the check sees what is too low"
        assert not re.search("[\u4e00-\u9fff]", page.get_by_role("main").last.inner_text().replace(court.name, ""))
        assert complaints == []
    letter = service.open_tip(court.desk("lin"), court.last_number()).letter
    assert letter.address.target == letter.address.court
    assert (letter.kind, letter.more["about"], letter.more["what"]) == (
        "spending_violation", "虚构甲", "first-class flight",
    )  # fmt: skip


def test_a_court_whose_keys_do_not_check_out_gets_nothing(phone: Page, court: TipCourt) -> None:
    def forge(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        told["keys"] = [key | {"key": key["key"][::-1]} for key in told["keys"]]
        route.fulfill(response=answer, json=told)

    phone.route(f"**/v1/courts/{court.id}", forge)
    phone.goto(f"/notices/detail?id={court.notice}", wait_until="networkidle")
    press(phone, SEND_TIP)
    expect(phone.get_by_text(re.compile("钥匙核对不上"))).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^拨打"))).to_be_visible()
    expect(phone.get_by_role("button", name="开始")).to_have_count(0)


def test_where_no_court_reads_tips_there_is_no_way_in_and_no_dead_end(phone: Page, court: TipCourt) -> None:
    def close(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"accepts_tips": False})

    pages = (
        f"/notices/detail?id={court.notice}",
        f"/entities/detail?id={court.entity}",
        f"/services/court?id={court.id}",
    )
    for path in pages:
        phone.goto(path, wait_until="networkidle")
        expect(phone.get_by_role("button", name=SEND_TIP)).to_have_count(1)
    phone.route("**/v1/courts/*", close)
    for path in pages:
        phone.goto(path, wait_until="networkidle")
        expect(phone.get_by_text("这家法院还没有开通在线提供线索,请打电话或写信。")).to_be_visible()
        expect(phone.get_by_role("button", name=SEND_TIP)).to_have_count(0)
    phone.goto("/filings/contact")
    expect(phone.get_by_text(re.compile("^内容已经清空"))).to_be_visible()
