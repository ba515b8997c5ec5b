"""A hundred and fifty script payloads in every text: wherever they are shown, they stay text."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page, expect

from backend.app import create_app
from backend.core.db import Database
from tests.data.payloads import packs, script_payloads, storable
from tests.e2e.console_door import served
from tests.e2e.console_pages import addresses, signing, tables
from tests.e2e.console_posts import posts, send, strange_posts
from tests.e2e.hostile_court import HostileCourt, signed_in
from tests.e2e.opened_pages import OPENERS, open_what, unlock
from tests.e2e.script_watch import ALIVE, Watch, watched
from tests.e2e.traffic import Traffic
from tests.integration.tips.seats import sit

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Whatever says back what the address says; a pack of each length that they take.
REFLECTED = {
    "/listings/?q=": 100, "/listings/?state=": 2000, "/listings/?ground=": 2000, "/listings/?sort=": 2000,
    "/notices/new?find=": 2000, "/notices/?state=": 2000, "/settings/audit/?action=": 2000,
    "/settings/audit/?login=": 2000, "/sign-in?next=": 2000, "/prove?next=": 2000, "/tips/?state=": 2000,
    "/tips/?notice=": 2000, "/claims/?state=": 2000,
}  # fmt: skip
PUBLIC = ("/areas/list?code=130108", "/entities/search", "/notices/list", "/services/courts", "/services/today")


def visit(page: Page, watch: Watch, path: str) -> None:
    page.goto(path, wait_until="load")
    watch.look(page)


def test_there_are_a_hundred_and_fifty(busy_court: HostileCourt) -> None:
    assert len(set(script_payloads())) == 150
    listed = busy_court.world.rows("SELECT name FROM register.entity WHERE id = ANY(%s)", busy_court.ids["entities"])
    assert {row["name"] for row in listed} == {storable(payload) for payload in script_payloads()}


def test_no_page_of_the_console_runs_any(browser: Browser, busy_court: HostileCourt) -> None:
    with watched(signed_in(browser, busy_court, busy_court.all)) as (page, watch):
        page.goto("/court/account/second-factor")
        page.locator("form[action='/court/account/totp'] button").click()
        page.wait_for_url("**/account/totp")
        shown: set[str] = set()
        for paths in addresses(busy_court).values():
            for path in paths:
                visit(page, watch, f"/court{path}")
                shown |= seen(page)
        assert watch.everything == ([], [], [])
        # each of them was seen, as text
        assert len(shown) > 140, set(script_payloads()) - shown


def test_no_page_of_whoever_signs_second_runs_any(browser: Browser, busy_court: HostileCourt) -> None:
    with watched(signed_in(browser, busy_court, busy_court.second)) as (page, watch):
        shown: set[str] = set()
        for name, path in signing(busy_court).items():
            visit(page, watch, f"/court{path}")
            assert page.get_by_role("button", name="批准", exact=True).count() == (name == "a request"), name
            shown |= seen(page)
        page.locator("form[action$='/open'] button").click()
        expect(page.get_by_role("button", name="批准", exact=True)).to_be_visible()
        watch.look(page)
        shown |= seen(page)
        assert watch.everything == ([], [], [])
        assert len(shown) > 40, shown


def test_what_an_address_says_is_never_run(browser: Browser, busy_court: HostileCourt) -> None:
    with watched(signed_in(browser, busy_court, busy_court.all)) as (page, watch):
        for path, longest in REFLECTED.items():
            for pack in packs(longest):
                page.goto(f"/court{path}{quote(storable(pack), safe='')}", wait_until="domcontentloaded")
                watch.alive += page.evaluate(ALIVE)
            watch.look(page)
        assert watch.everything == ([], [], [])


def test_files_for_spreadsheets_are_downloads_without_a_formula(browser: Browser, busy_court: HostileCourt) -> None:
    seat = sit(busy_court.world, busy_court.all)
    paths = [*tables(addresses(busy_court)).values(), "/settings/audit/export"]
    seen = ""
    for path in paths:
        answer = seat.get(path)
        assert answer.status_code == 200, (path, answer.text)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        cells = [cell for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))) for cell in row]
        assert [cell for cell in cells if cell.startswith(FORMULA)] == []
        seen += answer.text
    assert "'=RUN()" in seen
    with watched(signed_in(browser, busy_court, busy_court.all)) as (page, watch):
        page.goto("/court/settings/")
        for path in paths:
            with page.expect_download():
                page.evaluate("address => { location.href = address }", f"/court{path}")
        assert watch.everything == ([], [], [])


def test_no_public_page_runs_any(browser: Browser, busy_court: HostileCourt) -> None:
    ids = busy_court.ids
    [removed] = busy_court.world.rows("SELECT code FROM register.removal_notice")
    with watched(browser.new_context(base_url=busy_court.address, locale="zh-CN")) as (page, watch):
        shown: set[str] = set()
        traffic = Traffic(page)
        for path in (
            *PUBLIC, f"/services/court?id={busy_court.world.court}", f"/v1/removal-notices/{removed['code']}.html",
            *(f"/entities/detail?id={entity}" for entity in ids["entities"][::13]),
            *(f"/notices/detail?id={notice}" for notice in ids["notices"][:4]),
        ):  # fmt: skip
            answer = page.goto(path, wait_until="load")
            assert answer
            assert answer.status == 200, path
            traffic.wait()
            watch.look(page)
            shown |= seen(page)
        assert watch.everything == ([], [], [])
        assert len(shown) > 30, shown


def seen(page: Page) -> set[str]:
    """The payloads that a page shows as text."""
    text = str(page.evaluate("document.documentElement.textContent"))
    return {payload for payload in script_payloads() if storable(payload).strip() in text}


@pytest.mark.parametrize("what", list(OPENERS))
def test_a_letter_or_claim_in_which_all_is_script_is_opened_as_text(
    browser: Browser, busy_court: HostileCourt, what: str
) -> None:
    login = OPENERS[what]
    with watched(signed_in(browser, busy_court, login)) as (page, watch):
        page.goto(f"/court/{what}/")
        unlock(page, busy_court, login)
        shown = ""
        for number in busy_court.ids[what][:5]:
            open_what(page, what, number)
            watch.look(page)
            shown += " ".join(page.locator("#opened").inner_text().split())
        told = script_payloads()[:60] if what != "claims" else script_payloads()
        assert [payload for payload in told if " ".join(payload.split()) not in shown] == []
        if what != "claims":
            page.locator("#opened [data-part=answer] textarea").fill(packs(1000)[0])
            page.get_by_role("button", name="加密并送出", exact=True).click()
            expect(page.locator("#opened [data-part=conversation]")).to_contain_text("法院 1: ")
            watch.look(page)
        assert watch.everything == ([], [], [])
        # the control: the same page, where a text is taken for markup, is stopped by its policy, which says so
        spoil = "text => { document.querySelector('#opened [data-part=standing]').innerHTML = text }"
        page.evaluate(spoil, packs(1000)[0])
        watch.look(page)
        assert watch.reports
        assert watch.alive


# All that forms of the console have in common, and more: a view takes what it knows.
FIELDS = (
    "account", "action", "address", "again", "amount", "basis", "cap", "cause", "code", "count", "credential",
    "decision", "field", "finding", "how_to_claim", "kind", "label", "language", "listing", "login", "name", "next",
    "password", "percent", "phone", "present", "reason", "removals", "roles", "value", "verdict", "wanted",
)  # fmt: skip


def test_what_a_form_is_answered_with_runs_none(browser: Browser, busy_court: HostileCourt) -> None:
    """Pages that only a form shows, and what every address says to a form about nothing."""
    with watched(signed_in(browser, busy_court, busy_court.all)) as (page, watch):
        page.goto("/court/settings/")
        shown: set[str] = set()
        for name, post in posts(busy_court).items():
            answer = send(page, post.path, post.form)
            assert answer.status == post.status, (name, answer.status)
            watch.look(page)
            shown |= seen(page)
        # what was typed comes back beside what is wrong with it
        assert len(shown) > 40, shown
        form = dict.fromkeys(FIELDS, storable(packs(500)[0]))
        for path in strange_posts(busy_court.world.app):
            assert send(page, path, form).status < 500, path
            watch.alive += page.evaluate(ALIVE)
        watch.look(page)
        assert watch.everything == ([], [], [])


def _unescaped(court: HostileCourt, policy: str | None) -> Flask:
    """The same application on the same data, with escaping switched off, under another policy or none."""
    app = create_app(court.world.app.extensions["settings"], Database(court.world.url))
    app.jinja_env.autoescape = False
    app.jinja_env.filters["escape"] = app.jinja_env.filters["e"] = lambda text: text

    def change(response: Response) -> Response:
        if policy is None:
            response.headers.pop("Content-Security-Policy", None)
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, change)
    return app


@pytest.mark.parametrize("policy", [None, "as shipped"])
def test_without_escaping_they_run_or_are_reported(
    browser: Browser, busy_court: HostileCourt, policy: str | None
) -> None:
    """The controls of the hook, of the reports and of the look at elements."""
    with served(_unescaped(busy_court, policy)) as address:
        context = signed_in(browser, busy_court, busy_court.all, address=address)
        with watched(context) as (page, watch):
            visit(page, watch, f"/court{addresses(busy_court)['listings_desk.show_list'][-1]}")
            visit(page, watch, "/court/settings/officers/")
            _check_found(watch, policy)
            draft = posts(busy_court)["draft"]
            send(page, draft.path, draft.form)
            watch.look(page)
            _check_found(watch, policy)


def _check_found(watch: Watch, policy: str | None) -> None:
    """Something is alive, and ran or was reported; forgets it."""
    assert watch.alive
    assert bool(watch.ran) == (policy is None)
    assert bool(watch.reports) == (policy is not None)
    for noted in (watch.alive, watch.ran, watch.reports):
        noted.clear()
