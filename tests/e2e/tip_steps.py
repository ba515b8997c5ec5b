"""What people do to send a tip, step by step, and what a browser shows of it to whoever looks later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect

from tests.e2e.filing_steps import CODE, add_photo, press
from tests.e2e.tip_court import TipCourt
from tests.e2e.traffic import go_to

PLATE, HOW, TEXT, WHERE = "虚A0金丝雀", "金丝雀怎么知道", "金丝雀还想说", "金丝雀停车场"
CANARIES = (PLATE, HOW, TEXT, WHERE)
SEND_TIP = "提供线索"


@dataclass
class Log:
    """Every request of a page, in order."""

    requests: list[Request] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Log:
        log = cls()
        page.on("request", log.add)
        return log

    def add(self, request: Request) -> None:
        self.requests.append(request)

    def asked(self, since: int = 0) -> list[str]:
        """Method and path of what went over the network; pictures in memory do not.

        The icon on the browser's tab is the same for every page and asked for whenever the browser likes.
        """
        over_net = [request for request in self.requests[since:] if request.url.startswith("http")]
        asked = [f"{request.method} {_path(request.url)}" for request in over_net]
        return [one for one in asked if not one.startswith("GET /assets/icon-")]

    def headers(self, start: str) -> list[dict[str, str]]:
        """Of the requests whose path begins so, as they went out."""
        return [request.all_headers() for request in self.requests if _path(request.url).startswith(start)]


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def open_notice(page: Page, court: TipCourt) -> None:
    go_to(page, f"/notices/detail?id={court.notice}")
    press(page, SEND_TIP)
    expect(page.get_by_text(re.compile("^您不必留姓名"))).to_be_visible()


def open_entity(page: Page, court: TipCourt) -> None:
    go_to(page, f"/entities/detail?id={court.entity}")
    press(page, SEND_TIP)
    expect(page.get_by_text(re.compile("^您不必留姓名"))).to_be_visible()


def start(page: Page) -> None:
    press(page, "开始")
    expect_step(page, 1)


def expect_step(page: Page, n: int) -> None:
    """Which one can leave from."""
    expect(page.get_by_role("heading", name=re.compile(f"^第 {n} 步,共 6 步"))).to_be_visible()
    expect(page.get_by_role("button", name="离开")).to_be_visible()


def go_on(page: Page, n: int) -> None:
    press(page, "下一步")
    expect_step(page, n)


def say_vehicle(page: Page) -> None:
    """Step 2."""
    page.get_by_role("radio", name="车辆").check()
    page.get_by_role("textbox", name="车牌").fill(PLATE)
    page.get_by_role("textbox", name="品牌颜色").fill("白色轿车")
    page.get_by_role("textbox", name="在哪里看到").fill(WHERE)
    page.get_by_role("radio", name="经常").check()
    page.get_by_role("textbox", name=re.compile("^您怎么知道的")).fill(HOW)
    page.get_by_role("textbox", name="还想说明的").fill(TEXT)


def tap_sketch(page: Page, x: float, y: float) -> None:
    """At these parts of its width and height."""
    sketch = page.get_by_role("img", name=re.compile("的轮廓图"))
    expect(sketch).to_have_attribute("src", re.compile("^data:image/png"))
    box = sketch.bounding_box()
    assert box
    sketch.tap(position={"x": box["width"] * x, "y": box["height"] * y})


def write_all(page: Page, photo: bytes | None = None) -> None:
    """From the first step to the last look."""
    start(page)
    go_on(page, 2)
    say_vehicle(page)
    go_on(page, 3)
    tap_sketch(page, 0.5, 0.5)
    expect(page.get_by_text(re.compile("^标出的位置: 东经 "))).to_be_visible()
    go_on(page, 4)
    if photo:
        add_photo(page, photo)
    go_on(page, 5)
    press(page, "检查并发送")
    expect_step(page, 6)


def unreachable(page: Page, least: int = 44) -> list[str]:
    """Of what can be tapped or filled on the page in front: without a name, or lower than `least` px, a finger."""
    found: list[str] = page.evaluate(
        """(least) => [...document.querySelectorAll('.wx-frame:not([hidden]) :is(button, a, input, textarea, select)')]
            .filter((element) => element.checkVisibility())
            .filter((element) => {
              const box = (element.closest('label') ?? element).getBoundingClientRect()
              const name = element.ariaLabel || element.closest('label')?.innerText || element.innerText
              return box.height < least || !name?.trim()
            })
            .map((element) => element.outerHTML.slice(0, 200))""",
        least,
    )
    return found


def overflows(page: Page) -> bool:
    """Whether one would have to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def code_on(page: Page) -> str:
    code = CODE.search(page.get_by_role("main").last.inner_text())
    assert code
    return code[0]


def seal_and_send(page: Page) -> str:
    code = code_on(page)
    press(page, "加密并发送")
    return code


def expect_delivered(page: Page) -> None:
    expect(page.get_by_role("heading", name="已送达", exact=True)).to_be_visible()


def finish(page: Page) -> None:
    press(page, "抄在纸上了")
    press(page, "完成")
    expect(page.get_by_role("button", name="列表", exact=True)).to_be_visible()


def follow(page: Page, code: str) -> None:
    page.goto("/filings/follow")
    page.get_by_role("textbox", name="查询码").fill(code)
    press(page, "查看")
    expect(page.get_by_text(re.compile("^编号 \\d+ · "))).to_be_visible()


def stored(page: Page) -> dict[str, str]:
    """What the pages keep on this phone."""
    kept: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return kept
