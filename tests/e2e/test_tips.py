"""A tip as a resident sends it: written on a phone, read by the court, answered, found useful, claimed."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, Page, Route, expect

from backend.core.filings.reading import Opened
from backend.core.sealing.wire import canonical
from backend.tips import claims, service
from backend.tips.domain import Decision
from tests.e2e.conftest import Site, visitor, watch
from tests.e2e.filing_steps import press, traces
from tests.e2e.pictures import has_metadata, located_photo, size_of_jpeg
from tests.e2e.tip_court import TipCourt
from tests.e2e.tip_steps import (
    CANARIES,
    HOW,
    PLATE,
    TEXT,
    WHERE,
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
    tap_sketch,
    unreachable,
    write_all,
)
from tests.e2e.traffic import copied, go_to, until


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


def test_a_whole_tip_from_the_notice_to_the_claim(phone: Page, tip_court: TipCourt) -> None:
    open_notice(phone, tip_court)
    write_all(phone, located_photo(phone, 3000, 1500, b"CANARY-PHONE", b"CANARY-COMMENT"))
    last_look = phone.get_by_role("main").last.inner_text()
    for told in (*CANARIES, tip_court.case_number, "车辆", "经常", "1 张", "匿名", f"发给:{tip_court.name}"):
        assert told in last_look
    code = seal_and_send(phone)
    expect_delivered(phone)
    expect(phone.get_by_text(code)).to_be_visible()
    number = tip_court.last_number()
    expect(phone.get_by_text(re.compile(f"^编号 {number} · {tip_court.name} · "))).to_be_visible()
    finish(phone)
    check_opened(service.open_tip(tip_court.desk("lin"), number), tip_court)
    talk(phone, tip_court, number, code)
    service.decide(tip_court.desk("lin"), number, Decision("useful"))
    press(phone, "查看")
    expect(phone.get_by_role("heading", name="有用", exact=True)).to_be_visible()
    claim = claim_reward(phone)
    unsealed = claims.open_claim(tip_court.desk("wu"), claim, "test")
    sent = unsealed.claim
    assert (sent.name, sent.identity_number, sent.account) == ("虚构领奖人", "虚构证件 1", "虚构银行 6200")
    assert unsealed.award.number == number
    press(phone, "完成")
    left = traces(phone)
    assert not [word for word in ("虚构领奖人", "虚构证件", code) if word in left]
    follow(phone, code)
    expect(phone.get_by_role("heading", name="有用", exact=True)).to_be_visible()
    expect(phone.get_by_text(f"领奖号 {claim}", exact=True)).to_be_visible()
    expect(phone.get_by_role("button", name="领取奖金")).to_have_count(0)


def expect_redrawn_in_the_dark(page: Page) -> None:
    sketch = page.get_by_role("img", name=re.compile("的轮廓图"))
    by_day = sketch.get_attribute("src") or ""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(sketch).not_to_have_attribute("src", by_day)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    expect(sketch).to_have_attribute("src", by_day)


def test_stepping_and_swiping_back_lose_nothing_that_was_written(phone: Page, tip_court: TipCourt) -> None:
    open_notice(phone, tip_court)
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
    expect_redrawn_in_the_dark(phone)
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
    letter = service.open_tip(tip_court.desk("lin"), tip_court.last_number()).letter
    assert (letter.more["contact"], letter.more["place"]) == ("虚构电话", WHERE)
    assert "point" not in letter.more
    assert tip_court.entity_name not in canonical(letter.more).decode()


def test_a_lost_answer_is_sent_again_and_one_tip_is_filed(phone: Page, tip_court: TipCourt) -> None:
    number = tip_court.last_number()
    lost: list[str] = []

    def lose(route: Route) -> None:
        route.fetch()
        lost.append(route.request.post_data or "")
        route.abort("connectionreset")

    open_entity(phone, tip_court)
    write_all(phone)
    phone.route("**/v1/tips", lose, times=1)
    code = seal_and_send(phone)
    expect(phone.get_by_text(re.compile("没有确认送达。再按一次不会重复。"))).to_be_visible()
    assert tip_court.last_number() == number + 1, "it had arrived"
    with phone.expect_request("**/v1/tips") as again:
        press(phone, "再发一次")
    expect_delivered(phone)
    expect(phone.get_by_text(code)).to_be_visible()
    assert tip_court.last_number() == number + 1
    first, second = (json.loads(body) for body in (lost[0], again.value.post_data or ""))
    assert first["sealed"] == second["sealed"]
    assert first["target"] == tip_court.listing


def test_the_code_survives_a_swipe_back_and_its_certificate_stands_apart(phone: Page, tip_court: TipCourt) -> None:
    open_notice(phone, tip_court)
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
    certificate = copied(phone, "{")
    assert json.loads(certificate)["number"] == tip_court.last_number()
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
    until(phone, lambda: code not in traces(phone))


def test_a_tip_that_is_not_used_says_why(phone: Page, tip_court: TipCourt) -> None:
    open_entity(phone, tip_court)
    write_all(phone)
    code = seal_and_send(phone)
    expect_delivered(phone)
    service.decide(tip_court.desk("lin"), tip_court.last_number(), Decision("not_used", "known"))
    phone.get_by_role("switch", name="记在本机").check()
    finish(phone)
    phone.goto("/filings/codes")
    row = phone.get_by_role("main").last
    expect(row).to_contain_text(f"查询码 {code[:5]}…")
    assert not [told for told in (tip_court.name, tip_court.entity_name, code) if told in row.inner_text()]
    press(phone, re.compile("^查进度"))
    expect(phone.get_by_role("heading", name="未采用:法院早已掌握")).to_be_visible()
    expect(phone.get_by_role("button", name="领取奖金")).to_have_count(0)


def test_a_court_is_told_of_spending_in_english(browser: Browser, site: Site, tip_court: TipCourt) -> None:
    with visitor(browser, site, "small phone", "en-GB") as context:
        page = context.new_page()
        complaints = watch(page, site)
        go_to(page, f"/services/court?id={tip_court.id}")
        press(page, "Send a tip")
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
        expect(page.get_by_role("heading", name="Delivered", exact=True)).to_be_visible()
        assert (unreachable(page), overflows(page)) == ([], False)
        assert unreachable(page, least=80), "the check measures"
        assert not re.search("[\u4e00-\u9fff]", page.get_by_role("main").last.inner_text().replace(tip_court.name, ""))
        assert complaints == []
    letter = service.open_tip(tip_court.desk("lin"), tip_court.last_number()).letter
    assert letter.address.target == letter.address.court
    assert (letter.kind, letter.more["about"], letter.more["what"]) == (
        "spending_violation", "虚构甲", "first-class flight",
    )  # fmt: skip
