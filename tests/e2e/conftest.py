"""The product as a resident meets it: granian, PostgreSQL, the built pages and Debian's Chromium.

The country is invented (tests/data/areas), so that no test needs a boundary file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from backend.app import create_app
from backend.areas.service import load_areas
from backend.config import ROOT, Settings
from backend.core.db import Database
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.wire import to_text
from backend.courts.service import load_courts
from backend.listings.service import fill_demo
from tests.data.protocol_parties import secret_of
from tests.databases import make_database
from tests.e2e.built import put_pages
from tests.e2e.console_door import served
from tests.e2e.console_site import ConsoleSite, build_console, serving
from tests.e2e.desk_pages import desk_world
from tests.e2e.filing_desk import Desk
from tests.e2e.hostile_court import HostileCourt
from tests.e2e.hostile_records import hostile_court
from tests.e2e.tip_court import TipCourt, open_court
from tests.e2e.traffic import PATIENCE_MS
from tests.integration.filing_world import World
from tests.ports import free_port

HOME = "990101"
# Chromium without windows: a fresh visitor takes a quarter of the work, for whom the whole browser opens a window.
CHROMIUM = "/usr/bin/chromium-headless-shell"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    # A process for each of six hundred frames is the browser's own defence, and no part of what is proved here.
    "--disable-features=IsolateSandboxedIframes",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
]
SIZES = {"phone": (390, 844), "small phone": (320, 568), "desktop": (1280, 800)}


@dataclass(frozen=True)
class Site:
    """A running server with its own database.

    Attributes:
        address: without a trailing slash.
        environment: what a command needs to work on the same data.
    """

    address: str
    environment: dict[str, str]

    def run(self, *command: str) -> str:
        """Run a command of `flask --app backend` on this site's data, in this process; its standard output."""
        settings = Settings.from_environment(self.environment)
        with closing(Database(self.environment["DATABASE_URL"])) as database:
            done = create_app(settings, database).test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
        return done.stdout


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web") / "web"
    put_pages(folder, to_text(verify_key_of(secret_of("root"))))
    return folder


@pytest.fixture(scope="session")
def site(database_url: str, web: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    var = tmp_path_factory.mktemp("site")
    with running_site(database_url, web, var, "site_under_test") as site:
        yield site


@contextmanager
def running_site(database_url: str, web: Path, var: Path, name: str, demo: int = 3000) -> Iterator[Site]:
    """A server over a database of its own with so many invented listings."""
    (var / "web").symlink_to(web)
    # Tests of statements see everything that is committed, so a site keeps to a database of its own.
    url = make_database(database_url, name)
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(var), "HOME_AREA": HOME, "PORT": str(port)}
    # All browsers of a run share one address, and read more people than a reader in an hour.
    environment["RATE_LIMITS"] = "off"
    settings = Settings.from_environment(environment)
    database = Database(url)
    load_areas(settings, database, str(ROOT / "tests/data/areas/fictional.geojson"), say=lambda _: None)
    load_courts(database, say=lambda _: None)
    if demo:
        fill_demo(settings, database, demo)
    with server(environment, port) as address:
        yield Site(address, environment)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def vault_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleSite]:
    """The console's modules, built and served with a page that uses them."""
    with serving(build_console(tmp_path_factory.mktemp("console"))) as site:
        yield site


@pytest.fixture(scope="session")
def busy_court(database_url: str, web: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileCourt]:
    """A court whose every text is a script payload; only tests of its own pages look at it."""
    with hostile_court(database_url, tmp_path_factory.mktemp("busy"), web) as court:
        yield court


@pytest.fixture(scope="session")
def world(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A court that takes tips and objections, whose officers sit at its console."""
    with desk_world(database_url, "desks", tmp_path_factory.mktemp("var")) as world:
        yield world


@pytest.fixture(scope="session")
def address(world: World) -> Iterator[str]:
    with served(world.app) as address:
        yield address


@pytest.fixture(params=["phone", "desktop"])
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, site: Site, size: str) -> Iterator[Page]:
    """A fresh visitor, Chinese, at phone and at desktop size; fails on errors and on requests to other hosts."""
    context = visitor(browser, site, size)
    page = context.new_page()
    complaints = watch(page, site)
    yield page
    page.unroute_all(behavior="ignoreErrors")  # what is still under way has nobody left to answer
    context.close()
    assert complaints == []


@pytest.fixture
def desk(site: Site) -> Iterator[Desk]:
    desk = Desk(site.address)
    yield desk
    desk.close()


@pytest.fixture
def desk_page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """A fresh visitor's phone, Chinese, to whom the desk answers."""
    site = Site(desk.address, {})
    context = visitor(browser, site, "phone")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.address)
    page = context.new_page()
    complaints = watch(page, site)
    yield page
    context.close()
    # an answer that got lost, and a court whose key has changed, are what some tests are about
    assert [line for line in complaints if not re.search("ERR_EMPTY_RESPONSE|status of 409", line)] == []


@pytest.fixture(scope="session")
def tip_court(site: Site) -> TipCourt:
    return open_court(site)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A fresh visitor's phone, Chinese, to whom the site itself answers."""
    context = visitor(browser, site, "phone")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    page = context.new_page()
    complaints = watch(page, site)
    yield page
    context.close()
    # an answer that got lost is what one test is about
    assert [line for line in complaints if not re.search("ERR_FAILED|ERR_CONNECTION", line)] == []


def visitor(browser: Browser, site: Site, size: str, language: str = "zh-CN") -> BrowserContext:
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=site.address,
        viewport={"width": width, "height": height},
        locale=language,
        has_touch="phone" in size,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context


def watch(page: Page, site: Site) -> list[str]:
    """Collects script errors, policy violations and requests that leave the site."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"error: {error.message}"))
    page.on("console", lambda line: complaints.extend(_complaint(line)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((f"{site.address}/", "data:", f"blob:{site.address}/"))
            else complaints.append(f"outside: {request.url}")
        ),
    )
    return complaints


def _complaint(line: ConsoleMessage) -> list[str]:
    # Chromium reports every 404 as an error of the console; a page that says "not published" asked for one.
    is_one = line.type == "error" and "status of 404" not in line.text
    return [f"console: {line.text} {line.location['url']}"] if is_one else []


class server:  # noqa: N801  # reads as the context manager it is
    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        granian = str(Path(sys.executable).with_name("granian"))
        self.command = [granian, "--interface", "wsgi", "--factory", "--port", str(port), "--blocking-threads", "4"]
        self.command += ["--log-level", "warning", "backend:create_app"]
        self.environment = environment

    def __enter__(self) -> str:
        self.process = subprocess.Popen(self.command, env=self.environment, cwd=ROOT)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=5)
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return self.address
        self.__exit__()
        raise TimeoutError(self.address)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(60)
