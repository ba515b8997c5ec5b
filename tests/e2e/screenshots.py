"""`make screenshots`: renews the pictures of docs/pictures from the running demo (PORT, default 8000)."""

from __future__ import annotations

import json
import os
import urllib.request

from playwright.sync_api import Page, sync_playwright

from backend.config import ROOT
from tests.e2e.conftest import CHROMIUM_FLAGS, SIZES

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
PICTURES = ROOT / "docs" / "pictures"
SETTLED_MS = 2500


def main() -> None:
    with urllib.request.urlopen(f"{ADDRESS}/v1/entities?area=130108&kind=person&limit=1") as answer:
        person = json.load(answer)["items"][0]
    shots = [
        ("map", "phone", "zh-CN", "/"),
        ("list", "phone", "zh-CN", "/areas/list?code=130108"),
        ("entity", "phone", "zh-CN", f"/entities/detail?id={person['id']}"),
        ("map-desktop", "desktop", "en-US", "/"),
    ]
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_FLAGS)
        for name, size, language, path in shots:
            width, height = SIZES[size]
            context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
            take(context.new_page(), path, name)
            context.close()
        browser.close()


def take(page: Page, path: str, name: str) -> None:
    page.goto(ADDRESS + path)
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main()
