"""`make screenshots`: renews the pictures of docs/pictures from the demo at PORT (default 8000), started if need be."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect, sync_playwright

from backend.config import ROOT
from tests.e2e.conftest import CHROMIUM, CHROMIUM_FLAGS, SIZES

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
PICTURES = ROOT / "docs" / "pictures"
SETTLED_MS = 2500
# A README is read on slow lines too.
MAX_BYTES = 150_000


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        for name, size, language, theme, path, act in shots():
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
            page = context.new_page()
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of Playwright's own words
            take(page, path, name, act)
            context.close()
        browser.close()


Shot = tuple[str, str, str, str, str, Callable[[Page], None]]


def shots() -> list[Shot]:
    """Name, size, language, theme and path of each picture, and what is done there first."""
    with urllib.request.urlopen(f"{ADDRESS}/v1/entities?area=130108&kind=person&limit=1") as answer:
        person = json.load(answer)["items"][0]
    return [
        ("map", "phone", "zh-CN", "light", "/", as_it_opens),
        ("list", "phone", "zh-CN", "light", "/areas/list?code=130108", as_it_opens),
        ("search", "phone", "zh-CN", "light", "/entities/search", search),
        ("entity", "phone", "zh-CN", "light", f"/entities/detail?id={person['id']}", as_it_opens),
        ("rewards", "phone", "zh-CN", "light", "/notices/list", as_it_opens),
        ("services", "phone", "en-US", "dark", "/services/home", as_it_opens),
        ("map-desktop", "desktop", "en-US", "light", "/", as_it_opens),
    ]


def as_it_opens(_page: Page) -> None:
    pass


def search(page: Page) -> None:
    """By what many invented names have in common."""
    box = page.get_by_role("textbox").first
    box.fill("虚构")
    box.press("Enter")


@contextmanager
def demo() -> Iterator[None]:
    """The demo that is running, else one of our own for as long as the pictures take."""
    if is_ready():
        yield
        return
    command = [sys.executable, "-m", "flask", "--app", "backend", "demo", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        wait_for_address(process)
        yield
    finally:
        process.terminate()
        process.wait(60)


def wait_for_address(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    for line in process.stdout:
        print(line, end="")
        if f"{ADDRESS}/" in line:
            return
    raise SystemExit("The demo did not start; its own words are above.")


def is_ready() -> bool:
    try:
        with urllib.request.urlopen(f"{ADDRESS}/readyz", timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False


def take(page: Page, path: str, name: str, act: Callable[[Page], None]) -> None:
    page.goto(ADDRESS + path)
    expect(page.get_by_role("main")).not_to_be_empty()
    act(page)
    page.wait_for_timeout(SETTLED_MS)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file)
    size = file.stat().st_size
    if size > MAX_BYTES:
        raise SystemExit(f"{file.name} has {size:,} bytes, more than {MAX_BYTES:,}.")
    print(f"docs/pictures/{name}.png, {size:,} bytes")


if __name__ == "__main__":
    main()
