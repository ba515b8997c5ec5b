"""What every page is held to as it stands: axe's findings, room for fingers, and text at twice its size."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from backend.config import ROOT

AXE = ROOT / "miniprogram/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
GRAVE = {"serious", "critical"}
WHOLE_HEIGHT = """() => 120 + Math.max(0, ...[...document.querySelectorAll('.wx-frame, [role=dialog] [wx=scroll-view]')]
  .map(frame => frame.scrollHeight))"""
# The page's ground follows a change of theme one event later.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def findings(page: Page) -> list[str]:
    """What axe finds serious or critical as the page stands: everything in light, the colours again in dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    # axe passes over the colours of what is scrolled out of sight, so the window becomes as high as the page
    assert page.viewport_size
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    page.set_viewport_size({"width": width, "height": max(height, min(page.evaluate(WHOLE_HEIGHT), 6000))})
    found = _run(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.evaluate(SETTLED)
    found += [f"dark {one}" for one in _run(page, {"type": "rule", "values": ["color-contrast"]})]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.evaluate(SETTLED)
    page.set_viewport_size({"width": width, "height": height})
    return found


def _run(page: Page, only: dict[str, Any]) -> list[str]:
    options = {"runOnly": only, "resultTypes": ["violations"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


# Elements that are pressed, outside of running text: WCAG 2.2 makes the same exception (2.5.8).
SMALL = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, [role=button]')]
  .filter(element => element.getClientRects().length && !element.closest('[aria-hidden=true]'))
  .filter(element => getComputedStyle(element).visibility !== 'hidden')
  .map(element => {
    // a box or a mark is pressed with its label
    const target = element.matches('[type=radio], [type=checkbox]') ? element.closest('label') ?? element : element
    const box = target.getBoundingClientRect()
    // a marker is pressed around itself too
    const around = element.matches('.wx-marker') ? getComputedStyle(element, '::before') : null
    const [width, height] = ['width', 'height'].map(side => Math.max(box[side], parseFloat(around?.[side]) || 0))
    return [element.outerHTML.slice(0, 120), width, height]
  })
  .filter(([, width, height]) => width < 43.5 || height < 43.5)"""
# What is wider than its page, and words cut off inside their box.
CUT = """() => {
  const frame = [...document.querySelectorAll('.wx-frame')].find(one => !one.hidden) ?? document.body
  const wide = [...frame.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect()
    const scrolls = element.parentElement.closest('.wx-map-box, [class*=chips-line]')
    return box.width > 0 && !scrolls && box.right > innerWidth + 1
  })
  const cut = [...frame.querySelectorAll('button, span, a')].filter(element => {
    const style = getComputedStyle(element)
    return style.display !== 'inline' && style.overflow === 'hidden' && !element.className.includes('unseen')
      && element.scrollHeight > element.clientHeight + 2
  })
  return [...wide, ...cut].map(element => element.outerHTML.slice(0, 160))
}"""
# Elements with text of their own, but for what a map draws, and the texts' boxes without the room above and below them.
TEXTS = """
  const scope = () => [...document.querySelectorAll('[role=dialog]')].find(one => one.checkVisibility())
    ?? [...document.querySelectorAll('.wx-frame')].find(one => !one.hidden) ?? document.body
  const own = element => [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim())
  const texts = () => [...scope().querySelectorAll('*')].filter(element => own(element).length > 0
    && element.checkVisibility({ visibilityProperty: true })
    && !element.closest('.wx-map-box, [class*=unseen], option, [aria-hidden=true]'))
  const boxes = element => own(element).flatMap(node => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].map(({ left, right, top, bottom }) => {
      const room = (bottom - top) * 0.25
      return { left, right, top: top + room, bottom: bottom - room }
    })
  })
  const sizeOf = element => parseFloat(getComputedStyle(element).fontSize)
"""
REMEMBER = f"() => {{ {TEXTS} window.textSizes = texts().map(element => [element, sizeOf(element)]) }}"
NOT_GROWN = f"""() => {{ {TEXTS}
  return window.textSizes.filter(([element, size]) => element.isConnected && sizeOf(element) < size * 1.9)
    .map(([element]) => element.outerHTML.slice(0, 160)) }}"""
OVERLAPPING = f"""() => {{ {TEXTS}
  const all = texts().map(element => [element, boxes(element)])
  const meet = (one, other) => one.left < other.right - 2 && other.left < one.right - 2
    && one.top < other.bottom - 2 && other.top < one.bottom - 2
  return all.flatMap(([element, mine], at) => all.slice(at + 1)
    .filter(([other, theirs]) => !element.contains(other) && !other.contains(element)
      && mine.some(one => theirs.some(two => meet(one, two))))
    .map(([other]) => `${{element.outerHTML.slice(0, 100)}} over ${{other.outerHTML.slice(0, 100)}}`)) }}"""
TWICE = "document.documentElement.style.fontSize = '200%'"
ONCE = "document.documentElement.style.fontSize = ''"


def at_twice_the_size(page: Page) -> list[str]:
    """What does not grow, is cut, too wide, or lies over other text when the reader has text at 200 %."""
    page.evaluate(REMEMBER)
    page.evaluate(TWICE)
    ways = {"not grown": NOT_GROWN, "cut": CUT, "overlapping": OVERLAPPING}
    found = [f"{way}: {one}" for way, script in ways.items() for one in page.evaluate(script)]
    page.evaluate(ONCE)
    return found


def all_findings(page: Page) -> list[str]:
    small = [f"small: {one}" for one in page.evaluate(SMALL)]
    return findings(page) + small + at_twice_the_size(page)
