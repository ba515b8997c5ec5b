"""A court's keys in officers' browsers: made, compared, granted and replaced; what is sealed is opened with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.core.sealing.wire import to_text
from backend.courts.keys import certify
from backend.courts.officers import NewOfficer, add_officer
from tests.e2e.console_door import served
from tests.e2e.desk_pages import desk_world, file_tip, officer_page, unlock
from tests.integration.filing_world import ROOT, World
from tests.integration.tips.test_routes import make_notice

KEYS = "/court/settings/keys"


@pytest.fixture(scope="module")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with desk_world(database_url, "keydesk", tmp_path_factory.mktemp("var")) as world:
        yield world


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    with served(world.app) as address:
        yield address


def _newcomer(world: World, login: str) -> str:
    """A clerk without a key; the id."""
    add_officer(world.database, NewOfficer(world.code, login, "虚构新人", ("clerk",)))
    [officer] = world.rows("SELECT id FROM register.officer WHERE login = %s", login)
    return str(officer["id"])


def _make_own_key(page: Page, world: World, login: str) -> str:
    """At the page of one's own key; the fingerprint that it shows."""
    page.get_by_role("button", name="生成我的钥匙").click()
    sheet = page.locator("#sheet")
    phrase = sheet.locator("[data-part=secret]")
    expect(phrase).to_have_text(re.compile(r"^([a-z]{5} ){5}[a-z]{5}$"))
    shown = sheet.locator("[data-part=fingerprint]").inner_text()
    world.phrases[login] = phrase.inner_text()
    field = page.get_by_label("再输入一次六个词")
    field.fill(world.phrases[login].replace(" ", "x", 1))
    page.get_by_role("button", name="确认并保存").click()
    expect(page.get_by_text("打不开")).to_be_visible()
    assert world.rows("SELECT 1 FROM register.officer_key WHERE officer_id = (%s)::uuid", _id(world, login)) == []
    field.fill(world.phrases[login])
    page.get_by_role("button", name="确认并保存").click()
    expect(page.locator("code.fingerprint")).to_have_text(shown)
    return shown


def _id(world: World, login: str) -> str:
    return str(world.rows("SELECT id FROM register.officer WHERE login = %s", login)[0]["id"])


def _grant(page: Page, officer: str) -> None:
    holder = page.locator(f"[data-officer='{officer}']")
    holder.get_by_label("已当面核对").check()
    holder.get_by_role("button", name="一致,授予钥匙").click()


def test_a_new_officer_opens_a_tip_once_the_keeper_has_compared_and_granted(
    browser: Browser, world: World, address: str
) -> None:
    officer = _newcomer(world, "xin")
    notice = make_notice(world, world.listings[0])
    _, number = file_tip(world, notice, "一辆虚构的车")
    with officer_page(browser, world, address, "xin") as page:
        page.goto(f"{address}{KEYS}/own")
        shown = _make_own_key(page, world, "xin")
        page.goto(f"{address}/court/tips/")
        unlock(page, world, "xin")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()  # before anything was granted
        expect(page.get_by_text("不能办理")).to_be_visible()
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}{KEYS}/")
        unlock(page, world, "lin")
        assert page.locator(f"[data-officer='{officer}'] code.fingerprint").inner_text() == shown
        _grant(page, officer)
        expect(page.get_by_text("已核对,授予 1 把钥匙。")).to_be_visible()
    with officer_page(browser, world, address, "xin") as page:
        page.goto(f"{address}/court/tips/")
        unlock(page, world, "xin")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        expect(page.locator("#opened [data-part=text]")).to_have_text("一辆虚构的车")
    said = world.rows("SELECT action FROM audit.entry WHERE action LIKE 'keys.%%' ORDER BY sequence DESC LIMIT 3")
    assert [row["action"] for row in said] == ["keys.grant", "keys.compare", "keys.own"]


def test_a_key_put_in_the_place_of_the_compared_one_gets_nothing(browser: Browser, world: World, address: str) -> None:
    officer = _newcomer(world, "yuan")
    with officer_page(browser, world, address, "yuan") as page:
        page.goto(f"{address}{KEYS}/own")
        shown = _make_own_key(page, world, "yuan")
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}{KEYS}/")
        unlock(page, world, "lin")
        own = world.rows("SELECT public_key FROM register.officer_key WHERE officer_id = %s", officer)
        put = "UPDATE register.officer_key SET public_key = %s WHERE officer_id = %s"
        world.execute(put, b"\x09" + bytes(31), officer)
        _grant(page, officer)
        expect(page.get_by_text("指纹与现在的钥匙不符")).to_be_visible()
        assert world.rows("SELECT 1 FROM register.court_secret WHERE officer_id = %s", officer) == []
        page.reload()
        assert page.locator(f"[data-officer='{officer}'] code.fingerprint").inner_text() != shown
        world.execute(put, own[0]["public_key"], officer)
        page.reload()
        unlock(page, world, "lin")
        _grant(page, officer)  # the control
        expect(page.get_by_text("已核对,授予 1 把钥匙。")).to_be_visible()


def test_new_keys_signed_by_the_root_elsewhere_are_those_that_phones_seal_to(
    browser: Browser, world: World, address: str, tmp_path: Path
) -> None:
    before = {use: world.key(use) for use in ("box", "reward", "cert")}
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}{KEYS}/")
        unlock(page, world, "lin")
        for use in ("sign", "box", "reward", "cert"):
            section = page.locator(f"[data-use={use}]").first
            if use == "sign":
                section.get_by_label("恢复密钥的指纹").check()
                section.get_by_role("button", name="生成签名钥匙的申请").click()
                with page.expect_download() as saved:
                    page.get_by_role("link", name="下载申请文件").click()
                saved.value.save_as(tmp_path / "request.json")
                signed = certify(json.loads((tmp_path / "request.json").read_text()), ROOT)
                (tmp_path / "signed.json").write_text(json.dumps(signed.to_json()))
                page.get_by_label("带回的已签名文件").set_input_files(tmp_path / "signed.json")
                page.get_by_role("button", name="上传并启用").click()
                expect(page.get_by_text("签名钥匙已启用。")).to_be_visible()
                expect(page.get_by_text("现在无效")).to_have_count(3)
            elif use == "cert":
                section.get_by_role("button", name="证明服务器钥匙").click()
                expect(page.get_by_text("已证明服务器钥匙。")).to_be_visible()
            else:
                section.get_by_label("恢复密钥的指纹").check()
                section.get_by_role("button", name="更换").click()
                expect(section.get_by_text("第 2 把")).to_be_visible()
    for use, (number, key) in before.items():
        found = world.key(use)
        assert found[0] == number + 1
        assert (found[1] == key) is (use == "cert")
    notice = make_notice(world, world.listings[1])
    _, number = file_tip(world, notice, "新钥匙之后的来件")
    with officer_page(browser, world, address, "zhou") as page:
        page.goto(f"{address}/court/tips/")
        unlock(page, world, "zhou")
        page.get_by_role("button", name=f"打开线索 {number}", exact=True).click()
        expect(page.locator("#opened [data-part=text]")).to_have_text("新钥匙之后的来件")


def test_two_sheets_give_an_officer_what_no_keeper_holds(
    browser: Browser, world: World, address: str, tmp_path: Path
) -> None:
    add_officer(world.database, NewOfficer(world.code, "cai", "虚构新人", ("reward_officer",)))
    officer = _id(world, "cai")
    with officer_page(browser, world, address, "cai") as page:
        page.goto(f"{address}{KEYS}/own")
        _make_own_key(page, world, "cai")
    sheets = [tmp_path / "1.txt", tmp_path / "2.txt"]
    for sheet, secret in zip(sheets, (world.sheets.first, world.sheets.second), strict=True):
        sheet.write_text(to_text(secret))
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}{KEYS}/")
        unlock(page, world, "lin")
        _grant(page, officer)
        expect(page.get_by_text("已核对,授予 0 把钥匙。")).to_be_visible()  # lin holds no reward key
        holder = page.locator(f"[data-officer='{officer}']")
        holder.locator("summary").click()
        for label, sheet in zip(("第一张", "第二张"), sheets, strict=True):
            holder.get_by_label(label).set_input_files(sheet)
        _grant(page, officer)
        expect(page.get_by_text(re.compile("已核对,授予 [12] 把钥匙。"))).to_be_visible()
    held = world.rows("SELECT DISTINCT use FROM register.court_secret WHERE officer_id = %s", officer)
    assert held == [{"use": "reward"}]


def test_a_recovery_key_is_shown_sheet_by_sheet_and_its_public_half_kept(
    browser: Browser, world: World, address: str
) -> None:
    world.execute("DELETE FROM register.recovery_key WHERE court_id = %s", world.court)
    with officer_page(browser, world, address, "lin") as page:
        page.goto(f"{address}{KEYS}/")
        page.get_by_role("button", name="生成恢复密钥").click()
        sheet = page.locator("#sheet")
        expect(sheet.get_by_text("恢复单 第一张")).to_be_visible()
        first = sheet.locator("[data-part=secret]").inner_text()
        sheet.get_by_role("button", name="已保存,看第二张").click()
        expect(sheet.get_by_text("恢复单 第二张")).to_be_visible()
        second, shown = (sheet.locator(f"[data-part={name}]").inner_text() for name in ("secret", "fingerprint"))
        assert world.rows("SELECT 1 FROM register.recovery_key WHERE court_id = %s", world.court) == []
        sheet.get_by_role("button", name="两张都已保存").click()
        expect(page.get_by_text("恢复密钥已生成。")).to_be_visible()
        expect(sheet).to_be_hidden()
        assert first != second
        assert len(first) == len(second) == 43
        expect(page.locator("#recovery code")).to_have_text(shown)
