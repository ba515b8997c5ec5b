"""Three hundred hostile pictures as a tip's photos: nothing runs, and at most a plain picture is seen."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from backend.core.sealing.photos import MAX_PHOTOS
from tests.e2e.console_filing import PHRASE, SealedTip, keyfile
from tests.e2e.console_site import ConsoleSite, build_console, load_modules, modules_of, open_page, serving
from tests.e2e.hostile_pictures import Picture, hostile_pictures, unsandboxed

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
# Opens tips one after another and shows their photos, six at once; what showPhoto told of each.
SHOW = """async ([names, keyfile, phrase]) => {
  const vault = new m.vault.Vault({ idleSeconds: 600 })
  await vault.unlock(keyfile, phrase)
  const place = document.querySelector('main')
  const told = []
  for (const name of names) {
    const { handle, photos } = await vault.open({ request: { path: `/court/lent/${name}` } })
    const shows = Array.from({ length: photos }, async (_, at) => {
      const bytes = await vault.photo(handle, at + 1)
      return m.photos.showPhoto(place, bytes, `photo ${at + 1}`)
    })
    told.push(...(await Promise.all(shows)))
    if (place.querySelectorAll('iframe').length !== told.filter(Boolean).length - (globalThis.gone ?? 0)) throw name
    globalThis.gone = told.filter(Boolean).length
    place.replaceChildren()
  }
  return told
}"""


@pytest.fixture(scope="module")
def good(browser: Browser) -> bytes:
    page = browser.new_page()
    jpeg = base64.b64decode(page.evaluate(GOOD))
    page.close()
    return jpeg


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, vault_site: ConsoleSite, complaints: list[str]) -> Iterator[Page]:
    page = browser.new_page()
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.on("request", lambda request: complaints.append(request.url) if "executed" in request.url else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
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


def test_no_hostile_picture_runs_anything(
    page: Page, vault_site: ConsoleSite, good: bytes, complaints: list[str]
) -> None:
    made = pictures(good, vault_site)
    for start in range(0, len(made), MAX_PHOTOS):
        photos = tuple(picture.data for picture in made[start : start + MAX_PHOTOS])
        vault_site.lent[f"hostile-{start}"] = SealedTip(photos=photos).lent()
    names = [f"hostile-{start}" for start in range(0, len(made), MAX_PHOTOS)]
    told = page.evaluate(SHOW, [names, keyfile(), PHRASE])
    page.wait_for_timeout(300)
    assert (vault_site.reports, complaints) == ([], [])
    shown = {picture.name for picture, said in zip(made, told, strict=True) if said}
    assert shown <= {picture.name for picture in made if picture.may_show}
    # the frame is at work: good pictures that carry something else are seen as what they are
    assert sum(name.startswith("polyglot") for name in shown) > 40


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
        page.wait_for_timeout(500)
        page.close()
        assert site.reports
