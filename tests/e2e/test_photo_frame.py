"""The frame that decodes photos, and what hostile ones do without it; `test_hostile_photos.py` has them in pages."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.console_site import ConsoleSite, build_console, load_modules, modules_of, open_page, serving
from tests.e2e.hostile_pictures import Picture, hostile_pictures, unsandboxed
from tests.e2e.traffic import until

GOOD = """async () => {
  const canvas = new OffscreenCanvas(320, 200)
  const context = canvas.getContext('2d')
  for (let x = 0; x < 320; x += 8) {
    context.fillStyle = `hsl(${x * 7 % 360} 60% ${20 + x / 8}%)`
    context.fillRect(x, x / 3, 8, 160)
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
  return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())))
}"""


@pytest.fixture(scope="module")
def good(browser: Browser) -> bytes:
    page = browser.new_page()
    jpeg = base64.b64decode(page.evaluate(GOOD))
    page.close()
    return jpeg


@pytest.fixture
def page(browser: Browser, vault_site: ConsoleSite) -> Iterator[Page]:
    page = browser.new_page()
    yield open_page(page, vault_site)
    page.close()


def pictures(good: bytes, site: ConsoleSite) -> list[Picture]:
    made = hostile_pictures(good, site.address)
    assert len({picture.data for picture in made}) == 300
    return made


def test_a_good_photo_is_drawn_and_like_pictures_have_like_hashes(page: Page, good: bytes) -> None:
    show = """async (bytes) => {
      const shown = await m.photos.showPhoto(document.querySelector('main'), Uint8Array.from(bytes), '照片 1')
      const frame = document.querySelector('iframe')
      return { ...shown, sandbox: frame.getAttribute('sandbox'), title: frame.title, width: frame.width }
    }"""
    shown = page.evaluate(show, list(good))
    assert (shown["width"], shown["height"], shown["sandbox"], shown["title"]) == (
        "320",
        200,
        "allow-scripts",
        "照片 1",
    )
    frame = page.frames[1]
    assert frame.evaluate("self.origin") == "null"
    assert frame.evaluate("document.querySelector('canvas').getContext('2d').getImageData(80, 90, 1, 1).data[3]") == 255
    with pytest.raises(Exception, match="SecurityError"):
        frame.evaluate("parent.document.title")


INLINE = """async (pictures) => {
  for (const [data, type] of pictures) {
    const frame = document.createElement('iframe')
    frame.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], { type }))
    const loaded = new Promise((resolve) => { frame.onload = resolve })
    document.body.append(frame)
    await loaded
  }
  await new Promise((resolve) => setTimeout(resolve, 500))
}"""


def test_the_same_pictures_run_where_they_are_taken_for_what_they_are(
    browser: Browser, vault_site: ConsoleSite, good: bytes
) -> None:
    with serving(vault_site.var_dir) as site:
        active = [picture for picture in pictures(good, site) if picture.active]
        assert len(active) > 80
        site.pages["host"] = ("<!doctype html><title>no policy</title>", "text/html")
        page = browser.new_page()
        page.goto(f"{site.address}/raw/host")
        page.evaluate(INLINE, [[base64.b64encode(one.data).decode(), one.kind] for one in active])
        page.close()
        ran = {report.partition("?")[2] for report in site.reports}
    assert {picture.name.removesuffix(".jpg") for picture in active} <= ran


def test_a_page_that_shows_photos_itself_is_found(browser: Browser, tmp_path: Path, good: bytes) -> None:
    with serving(build_console(tmp_path, unsandboxed)) as site:
        site.pages["host"] = ("<!doctype html><title>no policy</title><main></main>", "text/html")
        page = browser.new_page()
        page.goto(f"{site.address}/raw/host")
        load_modules(page, site)
        assert modules_of(site)
        svg = next(picture for picture in pictures(good, site) if picture.kind == "image/svg+xml")
        show = "(bytes) => { m.photos.showPhoto(document.querySelector('main'), Uint8Array.from(bytes), 'x') }"
        page.evaluate(show, list(svg.data))
        until(page, lambda: site.reports)
        page.close()
