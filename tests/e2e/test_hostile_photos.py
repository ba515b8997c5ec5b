"""Three hundred hostile pictures, sealed as photos of tips and of objections, in the console's own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from backend.app import create_app
from backend.core.db import Database
from backend.core.sealing.letters import Address, unseal_letter
from backend.core.sealing.photos import MAX_PHOTOS
from backend.core.sealing.wire import to_bytes
from tests.e2e.console_door import served
from tests.e2e.console_site import build_console
from tests.e2e.desk_pages import desk_world
from tests.e2e.hostile_court import HostileCourt, signed_in
from tests.e2e.hostile_pictures import Picture, hostile_pictures, unsandboxed
from tests.e2e.opened_pages import unlock
from tests.e2e.pictures import located_photo
from tests.e2e.script_watch import ALIVE, Watch, watched
from tests.e2e.traffic import until
from tests.e2e.worker_messages import HOOK, found_in, leak
from tests.integration.filing_world import World
from tests.integration.tips.seats import desk_of
from tests.integration.tips.test_routes import make_notice

KINDS = {"tips": "vehicle", "objections": "data_wrong"}
PURPOSES = {"tips": "tip", "objections": "objection"}
# How many filings an officer may open within ten minutes.
BATCH = 30
# All photos of the filing that was asked for are told: drawn, or named as no pictures.
SHOWN = """([number, photos]) => {
  const place = document.querySelector('#opened [data-part=photos]')
  const title = document.querySelector('#opened-title').textContent.split(/ |·/)
  return title.includes(String(number)) && place.children.length === photos
    && !place.querySelector('iframe:not([width])')
}"""
DRAWN = "[...document.querySelectorAll('#opened [data-part=photos] > *')].map(({ tagName }) => tagName === 'IFRAME')"


@dataclass(frozen=True)
class Filing:
    """One that holds up to six pictures; `keys` must stay in the worker that opens it."""

    number: int
    pictures: list[Picture]
    keys: list[bytes]


@pytest.fixture(scope="module")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with desk_world(database_url, "photos", tmp_path_factory.mktemp("var")) as world:
        yield world


@pytest.fixture(scope="module")
def court(world: World) -> Iterator[HostileCourt]:
    with served(world.app) as address:
        yield HostileCourt(world, address)


@pytest.fixture(scope="module")
def pictures(browser: Browser, court: HostileCourt) -> list[Picture]:
    canvas = browser.new_page()
    made = hostile_pictures(located_photo(canvas, 320, 200, b"a", b"b"), court.address)
    canvas.close()
    assert len({picture.data for picture in made}) == 300
    return made


def send(world: World, what: str, pictures: list[Picture]) -> Filing:
    """File up to six pictures as a phone does."""
    world.kind = what
    phone = world.phone(_target(world, what))
    body = phone.seal("虚构的照片", tuple(picture.data for picture in pictures), kind=KINDS[what])
    answer = world.file(body)
    assert answer.status_code == 201, answer.text
    number = answer.get_json()["number"]
    pair = desk_of(world, "lin").reader.pair("box", phone.number)
    letter = unseal_letter(to_bytes(body["sealed"]), pair, Address(str(world.court), str(phone.target), phone.number))
    keys = [photo.key for photo in letter.photos]
    return Filing(number, pictures, [*keys, phone.keys.speak, phone.keys.claim, _row_key(world, what, number)])


def _target(world: World, what: str) -> UUID:
    if what == "objections":
        return world.listings[0]
    known = world.rows("SELECT id FROM register.notice")
    return known[0]["id"] if known else make_notice(world, world.listings[0])


def _row_key(world: World, what: str, number: int) -> bytes:
    [row] = world.rows(
        "SELECT id FROM sealed.filing WHERE purpose = %s AND number = %s AND court_id = %s",
        PURPOSES[what], number, world.court,
    )  # fmt: skip
    key = world.store.find(row["id"])
    assert key
    return key


class Desk:
    """An officer's unlocked page, all of whose messages and requests are heard."""

    def __init__(self, page: Page, watch: Watch, court: HostileCourt, what: str) -> None:
        self.page, self.watch = page, watch
        self.executed: list[str] = []
        self.complaints: list[str] = []
        self._sent: list[str] = []
        self._held = list(desk_of(court.world, "lin").reader.secrets.values())
        page.add_init_script(HOOK)
        page.on("request", self._hear)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(error.message))
        page.goto(f"/court/{what}/?sort=number&down=1")
        unlock(page, court, "lin")

    def _note(self, line: ConsoleMessage) -> None:
        # No icon is served here, which Chromium asks for and complains of.
        if "Failed to load resource" not in line.text:
            self.complaints.append(line.text)

    def _hear(self, request: Request) -> None:
        if "executed" in request.url:
            self.executed.append(request.url)
        self._sent.append(f"{request.url} {request.post_data or ''}")

    def choose(self, filing: Filing) -> None:
        self.page.locator(f"[data-open='{filing.number}']").click()

    def open(self, filing: Filing) -> list[Picture]:
        """Open a filing; which of its pictures are drawn."""
        self.choose(filing)
        self.page.wait_for_function(SHOWN, arg=[filing.number, len(filing.pictures)])
        self.watch.alive += self.page.evaluate(ALIVE)
        drawn = self.page.evaluate(DRAWN)
        return [picture for picture, is_drawn in zip(filing.pictures, drawn, strict=True) if is_drawn]

    def print_and_save(self, what: str) -> None:
        """Print the page with what is opened on it, and have its table as a file."""
        self.page.emulate_media(media="print")
        assert self.page.pdf(format="A4").startswith(b"%PDF")
        self.watch.alive += self.page.evaluate(ALIVE)
        self.page.emulate_media(media="screen")
        with self.page.expect_download() as saved:
            self.page.evaluate("address => { location.href = address }", f"/court/{what}/?csv=1")
        text = saved.value.path().read_text("utf-8-sig")
        assert len(text.splitlines()) > 50
        assert "executed" not in text

    def let_out(self, filing: Filing) -> list[bytes]:
        """Keys that left the worker since this was asked last."""
        crossed = self.page.evaluate("crossed.splice(0).join('\\n')")
        assert f'"number":{filing.number},' in crossed, "the hook hears"
        heard, self._sent = "\n".join([crossed, *self._sent]), []
        return found_in(heard, [*self._held, *filing.keys])


@pytest.mark.parametrize("what", list(KINDS))
def test_none_of_three_hundred_runs_and_no_key_leaves_the_worker(
    browser: Browser, court: HostileCourt, pictures: list[Picture], what: str
) -> None:
    world = court.world
    starts = range(0, len(pictures), MAX_PHOTOS)
    filings = [send(world, what, pictures[start : start + MAX_PHOTOS]) for start in starts]
    drawn: list[Picture] = []
    with watched(signed_in(browser, court, "lin")) as (page, watch):
        desk = Desk(page, watch, court, what)
        for at, filing in enumerate(filings):
            if at % BATCH == 0:
                world.execute("DELETE FROM sealed.unwrapping")
            drawn += desk.open(filing)
            assert desk.let_out(filing) == []
        desk.print_and_save(what)
        watch.look(page)
        page.wait_for_timeout(300)
        assert (watch.everything, desk.executed, desk.complaints) == (([], [], []), [], [])
    assert {picture.name for picture in drawn} <= {picture.name for picture in pictures if picture.may_show}
    # the frame is at work: good pictures that carry something else are seen as what they are
    assert sum(picture.name.startswith("polyglot") for picture in drawn) > 40


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A `var` directory with a console that shows pictures itself, and whose worker tells the court's secret."""

    def change(folder: Path) -> None:
        unsandboxed(folder)
        told = "told: [this.#keyring.secret('box', key_id)]"
        leak("reading.js", "number: lent.filing.number,", f"number: lent.filing.number, {told},")(folder)

    return build_console(tmp_path_factory.mktemp("spoilt"), change)


def _app(court: HostileCourt, var_dir: Path, *, policy: bool) -> Flask:
    """The application on the court's data with another console, and without a policy if so wanted."""
    settings = replace(court.world.app.extensions["settings"], var_dir=var_dir)
    app = create_app(settings, Database(court.world.url))

    def change(response: Response) -> Response:
        if not policy:
            response.headers.pop("Content-Security-Policy", None)
        return response

    app.after_request_funcs.setdefault(None, []).insert(0, change)
    return app


@pytest.mark.parametrize(("what", "policy"), [("tips", True), ("tips", False), ("objections", False)])
def test_a_console_that_shows_pictures_itself_and_lets_keys_out_is_found(
    browser: Browser, court: HostileCourt, pictures: list[Picture], spoilt: Path, what: str, *, policy: bool
) -> None:
    world = court.world
    filing = send(world, what, [pictures[0]])
    world.execute("DELETE FROM sealed.unwrapping")
    with served(_app(court, spoilt, policy=policy)) as address:
        context = signed_in(browser, court, "lin", address=address)
        with watched(context) as (page, watch):
            desk = Desk(page, watch, court, what)
            desk.choose(filing)
            found: list[Any] = watch.reports if policy else desk.executed
            until(page, lambda: found)
            assert bool(watch.reports) == policy
            assert bool(desk.executed) == (not policy)
            assert desk.let_out(filing)
