"""The pages of a request and of a tip, which no address opens, held to what every other page is held to."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from backend.tips import service
from backend.tips.domain import Decision
from tests.e2e.accessible import all_findings
from tests.e2e.conftest import Site, visitor
from tests.e2e.every_page import LOCALES
from tests.e2e.filing_desk import Desk
from tests.e2e.filing_steps import CODE, person_of
from tests.e2e.tip_court import TipCourt
from tests.e2e.traffic import go_to

READERS = {"phone-zh": ("phone", "zh"), "desktop-en": ("desktop", "en")}


class Walk:
    """One visitor who looks at each page before going on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, list[str]] = {}

    def look(self, name: str, shows: str) -> None:
        """Waits for what the page shows, then measures it."""
        expect(self.page.get_by_text(re.compile(shows)).locator("visible=true").first).to_be_visible()
        self.found[name] = all_findings(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile(name)).locator("visible=true").last.click()

    def choose(self, name: str) -> None:
        self.page.get_by_role("radio", name=re.compile(name)).locator("visible=true").first.check()

    def fill(self, name: str, text: str) -> None:
        self.page.get_by_role("textbox", name=re.compile(name)).locator("visible=true").first.fill(text)

    @property
    def code(self) -> str:
        code = CODE.search(self.page.get_by_role("main").last.inner_text())
        assert code
        return code[0]

    def ends(self) -> None:
        assert {name: some for name, some in self.found.items() if some} == {}


@pytest.fixture(params=list(READERS))
def reader(request: pytest.FixtureRequest) -> tuple[str, str]:
    size, language = READERS[request.param]
    return size, LOCALES[language]


@pytest.fixture
def at_the_desk(browser: Browser, desk: Desk, reader: tuple[str, str]) -> Iterator[Walk]:
    with visitor(browser, Site(desk.address, {}), *reader) as context:
        yield Walk(context.new_page())


@pytest.fixture
def at_the_court(browser: Browser, tip_court: TipCourt, reader: tuple[str, str]) -> Iterator[Walk]:
    with visitor(browser, tip_court.site, *reader) as context:
        yield Walk(context.new_page())


NEXT, CHECK = "^(下一步|Next)$", "^(检查并发送|Check and send)$"
SEND, LOOK = "^(加密并发送|Seal and send)$", "^(查看|Look)"
DELIVERED = "^(已送达|Delivered)$"


def open_form(walk: Walk, desk: Desk, choice: str) -> None:
    go_to(walk.page, f"/entities/detail?id={person_of(desk)['id']}")
    walk.press("^(我就是本人|This is me)")
    walk.press(choice)
    listing = walk.page.get_by_role("radio").first
    expect(listing).to_be_visible()
    listing.check()


def test_the_pages_of_a_request(at_the_desk: Walk, desk: Desk) -> None:
    walk = at_the_desk
    for name, choice, shows in (
        ("performed", "我已经履行|I have performed", "^(哪天|On which day)$"),
        ("died", "本人已去世|has died", "去世日期|Date of death"),
    ):
        open_form(walk, desk, choice)
        walk.look(name, shows)
    open_form(walk, desk, "信息不对|Something is wrong")
    walk.press(CHECK)
    walk.page.evaluate("() => { wx.chooseMedia = ({ fail }) => fail({ errMsg: 'chooseMedia:fail auth deny' }) }")
    walk.press("^(添加照片|Add)")
    walk.look("wrong, unfinished, without the album", "没有相册权限也能提交|You can send without photos")
    walk.choose("^(不该列入|Should not)")
    walk.choose("^(本人|The listed person|Myself|I am|The person|Listed person)")
    for box in walk.page.get_by_role("textbox").locator("visible=true").all():
        box.fill("虚构")
    desk.lose_answers = 1
    walk.press(CHECK)
    walk.look("check", "加密并发送|Seal and send")
    code = walk.code
    walk.press(SEND)
    walk.look("unconfirmed", "再按一次不会重复|will not send twice|not send it twice")
    walk.press("^(再发一次|Send again)")
    walk.look("receipt", DELIVERED)
    desk.answer("理由不成立", "not_founded", "虚构码")
    walk.page.goto("/filings/follow")
    walk.fill("查询码|Code|code", code)
    walk.press(LOOK)
    walk.look("follow", "理由不成立")
    walk.ends()


def test_the_pages_of_a_tip(at_the_court: Walk, tip_court: TipCourt) -> None:
    walk = at_the_court
    go_to(walk.page, f"/notices/detail?id={tip_court.notice}")
    walk.press("提供线索|[Ss]end .*tip")
    walk.look("contact", "^(您不必留姓名|No name needed)")
    walk.press("^(开始|Start)$")
    walk.look("about whom", "1 .*6")
    walk.press(NEXT)
    walk.choose("^(车辆|Vehicle)$")
    walk.fill("^(车牌|Plate)", "虚A00000")
    walk.look("what", "2 .*6")
    walk.press(NEXT)
    walk.look("where", "3 .*6")
    walk.press(NEXT)
    walk.look("photos", "4 .*6")
    walk.press(NEXT)
    walk.look("who", "5 .*6")
    walk.press(CHECK)
    walk.look("check", "6 .*6")
    code = walk.code
    walk.press(SEND)
    walk.look("receipt", DELIVERED)
    service.decide(tip_court.desk("lin"), tip_court.last_number(), Decision("useful"))
    walk.page.goto("/filings/follow")
    walk.fill("查询码|Code|code", code)
    walk.press(LOOK)
    walk.look("follow", "有用|Useful")
    walk.press("^(领取奖金|Claim)")
    walk.look("claim", "收款账户|[Aa]ccount")
    walk.ends()
