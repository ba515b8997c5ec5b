"""Officers' browsers at a court's console that runs for a test: built with the tests' root, in front of a world."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from backend.core.sealing.wire import to_text
from backend.core.sessions import COOKIE
from tests.e2e.built import put_console
from tests.integration.filing_world import ROOT, Phone, World, world_in
from tests.integration.tips.seats import sit

SQUARE = "SRID=4326;POLYGON((114.4 37.9, 114.6 37.9, 114.6 38.1, 114.4 38.1, 114.4 37.9))"


@contextmanager
def desk_world(database_url: str, name: str, var: Path) -> Iterator[World]:
    """A court that takes tips, and its console's scripts, which trust the tests' root."""
    with world_in(database_url, name, var) as world:
        world.kind = "tips"
        put_console(world.var / "console", to_text(ROOT.public))
        world.execute(
            "INSERT INTO register.area_outline (area_code, max_zoom, outline)"
            " SELECT '130108', zoom, ST_Multi(CAST(%s AS geometry)) FROM unnest(ARRAY[8, 18]) AS zoom",
            SQUARE,
        )
        yield world


@contextmanager
def officer_page(browser: Browser, world: World, address: str, login: str) -> Iterator[Page]:
    """An officer's browser; fails on whatever a page complains of."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    enter(page, world, address, login)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))

    def hear(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            wrong.append(said.text)

    page.on("console", hear)
    yield page
    context.close()
    assert wrong == []


def enter(page: Page, world: World, address: str, login: str) -> None:
    """A fresh sign-in of the officer takes the place of the browser's."""
    token = sit(world, login).client.get_cookie(COOKIE, domain="localhost")
    assert token
    tab = page.context.new_page()
    tab.goto(f"{address}/enter?{token.value}")
    tab.close()


def unlock(page: Page, world: World, login: str) -> None:
    page.get_by_label("解锁口令").fill(world.phrases[login])
    page.get_by_role("button", name="解锁", exact=True).click()
    expect(page.get_by_text("已解锁")).to_be_visible()


def file_tip(world: World, notice: Any, text: str, jpegs: tuple[bytes, ...] = (), **more: Any) -> tuple[Phone, int]:
    phone = world.phone(notice)
    answer = world.file(phone.seal(text, jpegs, kind="vehicle", **more))
    assert answer.status_code == 201, answer.text
    return phone, answer.get_json()["number"]


def file_objection(world: World, text: str) -> int:
    """About one of the court's listings; the number."""
    world.kind = "objections"
    answer = world.file(world.phone().seal(text))
    world.kind = "tips"
    assert answer.status_code == 201, answer.text
    number: int = answer.get_json()["number"]
    return number
