"""Every page with an address and what stands on it when all is well, for tests that walk through all of them."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.e2e.conftest import HOME, Site

LOCALES = {"zh": "zh-CN", "en": "en-US"}
# A code whose check character is right and that nobody holds.
NOBODYS_CODE = "00000-00000-00000-00000-00000"


def _nothing(_page: Page) -> None:
    pass


@dataclass(frozen=True)
class Stop:
    """A page on the way.

    Attributes:
        name: for the test's own name.
        path: makes the address, from what the site holds.
        asks: the requests without which the page shows a state; None where it needs none.
        shows: by language, what the page shows when its requests are answered.
        act: what a reader does before the page asks anything.
    """

    name: str
    path: Callable[[Site], str]
    asks: re.Pattern[str] | None
    shows: dict[str, str]
    act: Callable[[Page], None] = _nothing


def api(site: Site, path: str) -> Any:
    with urllib.request.urlopen(f"{site.address}{path}") as answer:
        return json.load(answer)


def _first(site: Site, path: str) -> str:
    return str(api(site, path)["items"][0]["id"])


def _search(page: Page) -> None:
    box = page.get_by_role("textbox").first
    box.fill("虚构")
    box.press("Enter")


def _follow(page: Page) -> None:
    page.get_by_role("textbox").fill(NOBODYS_CODE)
    page.get_by_role("button", name=re.compile("^(查看|Look)")).click()


def _find_court(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(查找|Find)")).click()


def _at(path: str) -> Callable[[Site], str]:
    return lambda _: path


STOPS = (
    Stop("map", _at("/"), re.compile(r"/v1/map/"), {"zh": "东虚区 ·", "en": "Dongxu District ·"}),
    Stop(
        "search",
        _at("/entities/search"),
        re.compile(r"/v1/entities\?"),
        {"zh": "开头或包含", "en": "Begins with or contains"},
        _search,
    ),
    Stop("rewards", _at("/notices/list"), re.compile(r"/v1/notices"), {"zh": "截止", "en": "Until"}),
    Stop("services", _at("/services/home"), None, {"zh": "我已经履行", "en": "I have performed"}),
    Stop(
        "list",
        _at(f"/areas/list?code={HOME}"),
        re.compile(rf"/v1/(entities\?|areas/{HOME}$)"),
        {"zh": "依据执行法院归入", "en": "by the court handling the case"},
    ),
    Stop("choose", _at("/areas/choose"), re.compile(r"/v1/areas"), {"zh": "虚构省", "en": "Xugou Province"}),
    Stop(
        "entity",
        lambda site: f"/entities/detail?id={_first(site, '/v1/entities?kind=person&limit=1')}",
        re.compile(r"/v1/entities/"),
        {"zh": "法院要求做什么", "en": "What the court ordered"},
    ),
    Stop(
        "notice",
        lambda site: f"/notices/detail?id={_first(site, '/v1/notices?limit=1')}",
        re.compile(r"/v1/notices/"),
        {"zh": "谁来付", "en": "Who pays"},
    ),
    Stop(
        "self-check",
        _at("/services/self-check"),
        re.compile(r"/v1/courts"),
        {"zh": "可核对的公示", "en": "Listings that can be checked by ID"},
    ),
    Stop("courts", _at("/services/courts"), re.compile(r"/v1/courts"), {"zh": "拨打", "en": "Call"}),
    Stop(
        "court",
        lambda site: f"/services/court?id={_first(site, '/v1/courts?limit=1')}",
        re.compile(r"/v1/courts/"),
        {"zh": "拨打", "en": "Call"},
    ),
    Stop(
        "today",
        lambda site: f"/services/today?topic=ask&court={_first(site, '/v1/courts?limit=1')}",
        re.compile(r"/v1/courts/"),
        {"zh": "拨打", "en": "Call"},
    ),
    Stop("words", _at("/services/words"), re.compile(r"/v1/grounds"), {"zh": "依据:法释", "en": "By: 法释"}),
    Stop("about", _at("/services/about"), None, {"zh": "怎样申诉", "en": "How to object"}),
    Stop(
        "file",
        _at("/filings/file?door=wrong"),
        re.compile(r"/v1/courts\?"),
        {"zh": "人民法院", "en": "人民法院"},
        _find_court,
    ),
    Stop(
        "follow",
        _at("/filings/follow"),
        re.compile(r"/v1/objections/status"),
        {"zh": "没有这个查询码", "en": "No such code"},
        _follow,
    ),
    Stop("codes", _at("/filings/codes"), None, {"zh": "没有记下查询码", "en": "No code is kept"}),
)
