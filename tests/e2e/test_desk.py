"""A court's day with tips and claims, in officers' browsers: what is sealed is opened in them and nowhere else."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from backend.core.sealing.claims import Claim, seal_claim
from backend.core.sealing.wire import to_text
from tests.e2e.desk_pages import enter, file_tip, officer_page, unlock
from tests.e2e.pictures import located_photo
from tests.integration.filing_world import World
from tests.integration.tips.claiming import claimed
from tests.integration.tips.seats import age_proof
from tests.integration.tips.test_routes import make_notice

MARKUP = "<img src=x onerror=alert(1)>车牌 虚A12345 停在院内"


def test_a_tip_is_opened_answered_compared_and_decided(browser: Browser, world: World, address: str) -> None:
    notice = make_notice(world, world.listings[0])
    canvas = browser.new_page()
    jpegs = (located_photo(canvas, 640, 480, b"phone", b"comment"), b"no picture")
    canvas.close()
    phone, number = file_tip(world, notice, MARKUP, jpegs, place="虚构路 1 号", point=["114.512", "38.001"])
    _, later = file_tip(world, notice, "我也看到虚 A·12345", place="虚构路1号")
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}/court/tips/")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        expect(page.get_by_text("请先解锁。")).to_be_visible()
        unlock(page, world, "lin")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        opened = page.locator("#opened")
        expect(opened.get_by_text(MARKUP)).to_be_visible()
        assert opened.locator("img").count() == 0
        expect(opened.locator("svg title")).to_contain_text("114.512")
        expect(opened.locator("iframe.photo-frame")).to_have_count(1)
        expect(opened.get_by_text("照片 2: 不是可显示的图片")).to_be_visible()
        opened.get_by_label("给提供者留言").fill("请问什么颜色?")
        page.get_by_role("button", name="锁上").click()
        expect(opened).to_be_hidden()
        unlock(page, world, "lin")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        expect(opened.get_by_label("给提供者留言")).to_have_value("请问什么颜色?")
        opened.get_by_role("button", name="加密并送出").click()
        expect(opened.get_by_text("法院 1: 请问什么颜色?")).to_be_visible()
        assert [phone.read(one).text for one in world.status(phone)["messages"]] == ["请问什么颜色?"]
        opened.get_by_role("button", name="找可能重复的").click()
        expect(opened.get_by_text(f"{number} 与 {later}")).to_contain_text("地点")
        opened.get_by_label("有用").check()
        opened.get_by_role("button", name="决定", exact=True).click()
        expect(opened.get_by_text("已决定。")).to_be_visible()
    assert world.status(phone)["can_claim"]


def test_a_claim_is_opened_proposed_signed_and_put_into_the_cashiers_file(
    browser: Browser, world: World, address: str, tmp_path: Path
) -> None:
    claim = _claim_a_useful_tip(browser, world, address)
    with officer_page(browser, world, address, "wu") as page:
        page.goto(f"{address}/court/claims/")
        unlock(page, world, "wu")
        page.get_by_role("button", name=f"办理领奖 {claim}", exact=True).click()
        page.get_by_label("为什么拆封").fill("核对身份")
        page.get_by_role("button", name="拆封").click()
        expect(page.get_by_text("=虚构领奖人")).to_be_visible()
        page.get_by_label("因线索执行到位").fill("100000")
        page.locator("[data-part=propose] textarea").fill("已执行到位")
        page.get_by_role("button", name="计算并送批准").click()
        expect(page.get_by_text("四项条件须全部符合")).to_be_visible()
        for box in page.locator("[data-part=propose] [type=checkbox]").all():
            box.check()
        page.get_by_role("button", name="计算并送批准").click()
        expect(page.get_by_text("奖金 5,000.00 元,已送批准。")).to_be_visible()
    with officer_page(browser, world, address, "zhou") as page:
        page.goto(f"{address}/court/approvals")
        page.get_by_role("link", name="支付奖金").click()
        expect(page.get_by_text("=虚构领奖人")).to_have_count(0)
        page.get_by_role("button", name="批准", exact=True).click()
        expect(page.get_by_text("已批准").first).to_be_visible()
    misdirected = _pay_unseen(world)
    with officer_page(browser, world, address, "wu") as page:
        page.goto(f"{address}/court/claims/")
        unlock(page, world, "wu")
        with page.expect_download(), _another_exports(page, world):
            page.get_by_role("button", name="生成付款文件").click()
            expect(page.get_by_text("请删除刚才的文件,不要交出去")).to_be_visible()
        assert world.rows("SELECT 1 FROM register.reward WHERE exported_on IS NOT NULL") == []
        with page.expect_download() as saved:
            page.get_by_role("button", name="生成付款文件").click()
        saved.value.save_as(tmp_path / "payments.csv")
        expect(page.get_by_text("1 笔已写入文件")).to_contain_text(f"没有写入: {misdirected}: 内容与登记的对象不符")
    with (tmp_path / "payments.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [["\t=虚构领奖人", "\t6200000000000000000", "5000", str(claim)]]


@contextmanager
def _another_exports(page: Page, world: World) -> Iterator[None]:
    """Between what is listed to be paid and the word that the cashier has it, somebody else gives it to the cashier."""
    theirs = "UPDATE register.reward SET exporting_by = (SELECT id FROM register.officer WHERE login = %s)"

    def meddle(route: Route) -> None:
        world.execute(theirs, "zhou")
        route.continue_()

    page.route("**/court/claims/exported", meddle)
    yield
    page.unroute("**/court/claims/exported")
    world.execute(theirs, "wu")


def _pay_unseen(world: World) -> int:
    """A claim that does not fit its tip's award, signed all the same: it must keep back no other."""
    number = claimed(world, make_notice(world, world.listings[1]), proof=b"f" * 32)
    world.execute(
        "INSERT INTO register.reward (claim_id, filing_id, court_id, notice_id, tip_rank, recovered, amount, not_agent,"
        " not_bound, not_known, claim_met, proposed_by, proposed_on, approved_by, approved_on)"
        " SELECT claim.id, filing_id, claim.court_id, claim.id, 1, 1, 1, true, true, true, true, one.id, filed_on,"
        " two.id, filed_on FROM sealed.claim, register.officer AS one, register.officer AS two"
        " WHERE number = %s AND one.login = 'wu' AND two.login = 'zhou'",
        number,
    )
    world.execute("UPDATE sealed.claim SET state = 'approved', closed_on = filed_on WHERE number = %s", number)
    return number


def _claim_a_useful_tip(browser: Browser, world: World, address: str) -> int:
    """A tip is filed and found useful, and its writer claims the reward: the claim's number."""
    phone, number = file_tip(world, make_notice(world, world.listings[1]), "一辆虚构的车")
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}/court/tips/")
        unlock(page, world, "lin")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        page.get_by_label("有用", exact=True).check()
        page.get_by_role("button", name="决定", exact=True).click()
        expect(page.get_by_text("已决定。")).to_be_visible()
    key_id, key = world.key("reward")
    sealed = to_text(seal_claim(Claim(phone.keys.claim, "=虚构领奖人", "虚构证件号", "6200000000000000000"), key))
    body = {"lookup": phone.lookup, "sealed": sealed, "key_id": key_id}
    claim: int = world.app.test_client().post("/v1/claims", json=body).get_json()["number"]
    return claim


# What a page tells its worker about idling is written down, and made short so that it can be waited for.
HURRY = """
globalThis.idling = []
const send = Worker.prototype.postMessage
Worker.prototype.postMessage = function (message, ...more) {
  if (message.operation === 'unlock') {
    idling.push(message.asked.idleSeconds)
    message.asked.idleSeconds = 5
  }
  return send.call(this, message, ...more)
}
"""


def test_an_idle_page_locks_after_ten_minutes_and_keeps_what_was_written(
    browser: Browser, world: World, address: str
) -> None:
    _, number = file_tip(world, make_notice(world, world.listings[1]), "一辆虚构的车")
    with officer_page(browser, world, address, "lin") as page:
        page.add_init_script(HURRY)
        page.goto(f"{address}/court/tips/")
        unlock(page, world, "lin")
        assert page.evaluate("idling") == [600]
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        opened = page.locator("#opened")
        opened.get_by_label("给提供者留言").fill("请问什么颜色?")
        expect(page.get_by_text("已锁上。写到一半的文字还在。")).to_be_visible()
        expect(opened).to_be_hidden()
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        expect(page.get_by_text("请先解锁。")).to_be_visible()
        unlock(page, world, "lin")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        expect(opened.get_by_label("给提供者留言")).to_have_value("请问什么颜色?")


@pytest.mark.parametrize("how", ["pressed", "expired"])
def test_a_reason_half_written_outlives_a_sign_out(browser: Browser, world: World, address: str, how: str) -> None:
    notice = make_notice(world, world.listings[1])
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}/court/notices/{notice}")
        page.get_by_label("理由").fill("写了一半的理由")
        page.wait_for_function("() => sessionStorage.length > 0")
        kept = page.evaluate("JSON.stringify(sessionStorage)")
        assert "写了一半" not in kept
        if how == "pressed":
            page.get_by_role("button", name="退出").click()
            expect(page.get_by_label("登录名")).to_be_visible()
        else:
            page.context.clear_cookies()
            page.get_by_label("新的最后一天").fill("2099-12-30")
            page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.endsWith('#fields'))")
            page.get_by_role("button", name="送批准").click()
        enter(page, world, address, "lin")
        page.goto(f"{address}/court/notices/{notice}")
        expect(page.get_by_label("理由")).to_have_value("写了一半的理由")
        # what was sent and not taken comes back whole; what was only begun is no choice yet
        last_day = "2099-12-30" if how == "expired" else ""
        expect(page.get_by_label("新的最后一天")).to_have_value(last_day)


def test_a_text_for_one_notice_is_not_filled_in_for_another(browser: Browser, world: World, address: str) -> None:
    drafting = f"{address}/court/notices/new?listing="
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{drafting}{world.listings[0]}")
        added = page.locator("[name=how_to_claim]")
        added.fill("只说本案")
        page.wait_for_function("() => Object.keys(sessionStorage).some((key) => key.includes('how_to_claim'))")
        page.reload()
        expect(added).to_have_value("只说本案")  # the control: it is kept
        for choice in ("kind][value=property", "basis][value=fixed", "funder][value=creditor"):
            page.locator(f"[name={choice}]").check()
        page.locator("[name=requested_on]").fill("2020-01-01")
        page.locator("[name=ends_on]").fill("2099-12-30")
        page.locator("[name=amount]").fill("x")
        page.get_by_role("button", name="保存草稿").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.locator("[name=amount]").fill("1,000")
        page.get_by_role("button", name="保存草稿").click()
        expect(page.get_by_text("公众将看到的文字")).to_be_visible()
        for listing in world.listings:
            page.goto(f"{drafting}{listing}")
            expect(added).to_be_visible()
            page.wait_for_load_state("networkidle")
            expect(added).to_have_value("")


def test_reading_on_asks_for_a_second_factor_and_goes_on_after_it(browser: Browser, world: World, address: str) -> None:
    world.execute("DELETE FROM sealed.unwrapping")
    notice = make_notice(world, world.listings[1])
    numbers = [file_tip(world, notice, "一辆虚构的车")[1] for _ in range(6)]
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}/court/tips/")
        unlock(page, world, "lin")
        for number in numbers[:5]:
            page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
            expect(page.locator("#opened-title")).to_contain_text(str(number))
        age_proof(world, "lin")
        page.get_by_role("button", name=f"打开线索 {numbers[5]}", exact=True).click()
        expect(page.get_by_role("link", name="再次验证身份")).to_be_visible()
        enter(page, world, address, "lin")  # in another tab
        page.get_by_role("button", name=f"打开线索 {numbers[5]}", exact=True).click()
        expect(page.locator("#opened-title")).to_contain_text(str(numbers[5]))
