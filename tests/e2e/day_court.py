"""A court that begins its day: officers with passwords, codes and keys, and nothing on its list yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg
import pyotp
from playwright.sync_api import Page, expect
from psycopg.rows import dict_row

from backend.clocks.service import load_clocks
from backend.config import Settings
from backend.core.clock import now
from backend.core.db import Database
from backend.core.filings.cert_key import make_cert_key
from backend.core.keys import Keys
from backend.core.sealing.signatures import verify_key_of
from backend.courts import sign_in_codes
from backend.courts.keys import add_officer_key, make_court
from backend.courts.officers import NewOfficer, add_officer
from backend.courts.sign_in import set_password
from tests.e2e.tip_court import ROOT
from tests.integration.register import go_live

if TYPE_CHECKING:
    from tests.e2e.conftest import Site

PASSWORD, SECRET = "seven-grey-herons-wade", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OFFICERS = {
    "lin": ("clerk", "keeper"), "zhou": ("approver",), "qian": ("approver",), "wu": ("reward_officer",),
}  # fmt: skip


@dataclass
class DayCourt:
    """A court of the site; `phrases` by login."""

    site: Site
    id: str
    code: str
    name: str
    phrases: dict[str, str] = field(default_factory=dict, repr=False)


def open_day_court(site: Site, area: str) -> DayCourt:
    """The basic court of a district, live but for a list."""
    url = site.environment["DATABASE_URL"]
    database, settings = Database(url), Settings.from_environment(site.environment)
    load_clocks(database)
    with psycopg.connect(url, row_factory=dict_row) as connection:
        row = connection.execute("SELECT id, code, name FROM register.court WHERE area_code = %s", (area,)).fetchone()
    assert row
    court = DayCourt(site, str(row["id"]), row["code"], row["name"])
    for login, roles in OFFICERS.items():
        add_officer(database, NewOfficer(court.code, login, "虚构人员", roles))
        court.phrases[login] = add_officer_key(database, login, None).phrase or ""
        _let_in(database, Keys(settings.identity_key, settings.var_dir), login)
    make_court(database, court.code, ROOT, verify_key_of(make_cert_key(settings.var_dir / "cert.key")))
    with psycopg.connect(url) as connection:
        go_live(connection, row["id"], "zhou", "qian")
    database.close()
    return court


def _let_in(database: Database, keys: Keys, login: str) -> None:
    set_password(database, login, PASSWORD)
    with database.transaction("doorkeeper") as connection:
        row = connection.execute("SELECT id FROM register.officer WHERE login = %s", (login,)).fetchone()
        assert row
        sign_in_codes.set_totp(connection, keys, row["id"], SECRET)


def enter(page: Page, login: str) -> None:
    """Sign in as an officer does: password, then the code of now."""
    page.goto("/court/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="继续").click()
    page.get_by_label("验证码").fill(pyotp.TOTP(SECRET).at(now()))
    page.get_by_role("button", name="继续").click()
    expect(page.get_by_role("heading", name="今天", level=1)).to_be_visible()


def unlock(page: Page, court: DayCourt, login: str) -> None:
    """Open the officer's keys in the page that is shown."""
    page.get_by_label("解锁口令").fill(court.phrases[login])
    page.get_by_role("button", name="解锁", exact=True).click()
    expect(page.get_by_text("已解锁")).to_be_visible()


def approve(page: Page, title: str) -> None:
    """The second signature under what waits; of several records only behind what changes, with their count."""
    page.goto("/court/approvals")
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile("/court/approvals/[0-9a-f-]{36}$"))
    if (unread := page.get_by_role("button", name="处变更")).count():
        unread.click()
    button = page.get_by_role("button", name="批准", exact=True)
    expect(button).to_be_visible()
    count = page.get_by_label("以确认")
    if count.count():
        count.fill(count.locator("xpath=..").inner_text().split()[1])
    button.click()
    expect(page.get_by_text("已批准").first).to_be_visible()
