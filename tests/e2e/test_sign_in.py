"""An officer's first sign-in in a real browser: a passkey, codes from a phone, and what each opens afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pyotp
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

from backend.config import ROOT
from tests.e2e.conftest import Site
from tests.e2e.traffic import PATIENCE_MS

PASSWORD = "seven-grey-herons-wade"
MODULE = ROOT / "backend" / "static" / "console" / "pages" / "passkeys.js"
# What a browser with a key at hand answers to WebAuthn, without anybody's finger.
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _serve(route: Route) -> None:
    """The module from its source, whether the console is built or not; nothing else of the looks."""
    if "passkeys" in route.request.url:
        route.fulfill(path=MODULE, content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/css" if route.request.url.endswith(".css") else "text/javascript")


@pytest.fixture
def officer(site: Site) -> str:
    login = f"e2e.{uuid4().hex[:8]}"
    site.run("officers", "add", login, "--court", "虚0101", "--name", "虚构人员", "--role", "clerk")
    site.run("officers", "password", login, "--password", PASSWORD)
    return login


@pytest.fixture
def console(browser: Browser, site: Site) -> Iterator[Page]:
    """The console by the name that passkeys of this machine belong to; fails where its policy stops anything."""
    context = browser.new_context(base_url=site.address.replace("127.0.0.1", "localhost"), locale="zh-CN")
    context.route("**/court/static/**", _serve)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    stopped: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            stopped.append(message.text)

    page.on("console", hear)
    yield page
    context.close()
    assert stopped == []


def _enter(page: Page, login: str) -> None:
    page.goto("/court/sign-in")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()


def _sign_out(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    page.get_by_role("heading", name="登录").wait_for()


def test_a_passkey_is_made_at_the_first_sign_in_and_opens_the_next(console: Page, officer: str) -> None:
    devices = console.context.new_cdp_session(console)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    _enter(console, officer)
    console.get_by_label("给这把钥匙起个名字").fill("办公室")
    console.get_by_role("button", name="添加通行密钥").click()
    console.get_by_text("只显示这一次").wait_for()
    assert console.locator("ol code").count() == 10
    _sign_out(console)
    _enter(console, officer)
    console.get_by_role("button", name="使用通行密钥").click()
    console.get_by_role("heading", name="今天", exact=True).wait_for()
    _sign_out(console)
    devices.send("WebAuthn.disable")
    devices.send("WebAuthn.enable")  # another device, which has no such key
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    _enter(console, officer)
    console.get_by_role("button", name="使用通行密钥").click()
    console.get_by_text("通行密钥没有给出签名").wait_for(timeout=90_000)


def test_codes_from_a_phone_come_as_a_picture_that_is_shown(console: Page, officer: str) -> None:
    _enter(console, officer)
    console.get_by_role("button", name="改用手机验证码").click()
    picture = console.get_by_role("img", name=re.compile("二维码"))
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    secret = console.locator("ol code").inner_text().replace(" ", "")
    console.get_by_label("验证码").fill(pyotp.TOTP(secret).now())
    console.get_by_role("button", name="确认").click()
    console.get_by_text("只显示这一次").wait_for()
    code = console.locator("ol code").first.inner_text()
    _sign_out(console)
    _enter(console, officer)
    console.get_by_text("用恢复码").click()
    console.get_by_label("恢复码").fill(code)
    console.locator("details").get_by_role("button").click()
    console.get_by_role("heading", name="今天", exact=True).wait_for()
