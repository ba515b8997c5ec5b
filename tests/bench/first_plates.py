"""How soon the map's first plates stand on a slow phone: Chromium with a quarter of the CPU and a 3G-like network.

`make bench-pages`, while `make demo` runs in another terminal (PORT, default 8000).
"""

from __future__ import annotations

import os
import statistics

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.conftest import CHROMIUM, CHROMIUM_FLAGS, SIZES

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}/"
RUNS = int(os.environ.get("BENCH_ROUNDS") or 7)
CPU_SLOWED = 4
# What Lighthouse calls slow 4G: a good 3G. Bytes a second and milliseconds there and back.
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
# The page is there when its search box is, the plates when the first of the map's markers is.
WATCH = """
  window.times = {}
  const note = (name, selector) => {
    if (!(name in times) && document.querySelector(selector)) times[name] = performance.now()
  }
  new MutationObserver(() => {
    note('page', '.pages-entities-map--search')
    note('plates', '.wx-marker')
  }).observe(document, { childList: true, subtree: true })
"""


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        rows = [measured(browser) for _ in range(RUNS)]
        browser.close()
    for at, name in enumerate(("first visit", "next visit")):
        pages, plates = zip(*(row[at] for row in rows), strict=True)
        after = [plate - page for page, plate in zip(pages, plates, strict=True)]
        print(f"{name}: page {spread(list(pages))}, plates {spread(after)} later, of {RUNS} runs")


def measured(browser: Browser) -> list[tuple[float, float]]:
    """When the page and its first plates stood, in ms, with nothing kept and with the files kept."""
    width, height = SIZES["phone"]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True, locale="zh-CN")
    times = [one_visit(context) for _ in range(2)]
    context.close()
    return times


def one_visit(context: BrowserContext) -> tuple[float, float]:
    page = context.new_page()
    slow_down(page)
    page.add_init_script(WATCH)
    page.goto(ADDRESS)
    page.locator(".wx-marker").first.wait_for(state="attached", timeout=60_000)
    times = page.evaluate("times")
    page.close()
    return times["page"], times["plates"]


def slow_down(page: Page) -> None:
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", NETWORK)
    client.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWED})


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.0f} ms ({min(values):.0f} to {max(values):.0f})"


if __name__ == "__main__":
    main()
