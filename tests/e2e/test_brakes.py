"""The brakes on bulk reading as an honest reader meets them: a token earned unseen, surnames with a reason and an end.

Where the server's part is played here, the answers are those of the contract; the last test needs the server's own.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from backend.core.clock import CHINA
from tests.e2e.conftest import HOME, Site, visitor
from tests.e2e.test_resident import a_person

NOTE = "为防止批量抓取,每小时能看到的个人姓名有限。以下只显示姓氏;{} 后恢复。按全名查询不受影响。"
NOTE_EN = (
    "To prevent bulk copying, only so many people's names are shown each hour. "
    "Below, surnames only until {}. Searching a full name still works."
)
SOON = "2026-11-23T06:19:30Z"
SALT = "5d1c7be09a42?expires=1795000000&"
SOUGHT = 777
CHALLENGE = {
    "algorithm": "SHA-256",
    "challenge": hashlib.sha256(f"{SALT}{SOUGHT}".encode()).hexdigest(),
    "maxnumber": 1000,
    "salt": SALT,
    "signature": "00" * 32,
}
LIST = f"/areas/list?code={HOME}&kind=person"
SHORT_NAME = re.compile("^.某$")


def test_a_list_says_why_it_shows_surnames_and_leads_to_the_search(page: Page) -> None:
    back = surnames_only(page)
    page.goto(LIST)
    note = page.get_by_role("status").filter(has_text=NOTE.format(back))
    expect(note).to_be_visible()
    expect(page.get_by_text(SHORT_NAME).first).to_be_visible()
    note.get_by_role("button", name="去查询").click()
    expect(page.get_by_role("textbox", name="搜索姓名、单位、案号")).to_be_focused()


def test_full_names_need_no_reason(page: Page) -> None:
    without_token(page)
    page.goto(LIST)
    expect(page.get_by_text("公布").first).to_be_visible()
    expect(page.get_by_text("为防止批量抓取", exact=False)).to_have_count(0)
    expect(page.get_by_text(SHORT_NAME)).to_have_count(0)


def test_the_search_says_it_too(page: Page, site: Site) -> None:
    back = surnames_only(page)
    page.goto("/entities/search")
    box = page.get_by_role("textbox", name="搜索姓名、单位、案号")
    box.fill(a_person(site)["name"][:2])
    box.press("Enter")
    expect(page.get_by_role("status").filter(has_text=NOTE.format(back))).to_be_visible()
    expect(page.get_by_text(SHORT_NAME).first).to_be_visible()
    expect(page.get_by_role("button", name="去查询")).to_have_count(0)


def test_a_persons_own_page_says_it_too(page: Page, site: Site) -> None:
    back = surnames_only(page)
    person = a_person(site)
    page.goto(f"/entities/detail?id={person['id']}")
    expect(page.get_by_role("status").filter(has_text=NOTE.format(back))).to_be_visible()
    expect(page.get_by_role("heading", name=SHORT_NAME)).to_be_visible()
    expect(page.get_by_role("heading", name="为什么列入").first).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(person["name"])


def test_english_readers_are_told_the_same(browser: Browser, site: Site, size: str) -> None:
    with visitor(browser, site, size, "en-GB") as context:
        page = context.new_page()
        back = surnames_only(page)
        page.goto(LIST)
        note = page.get_by_role("status").filter(has_text=NOTE_EN.format(back))
        expect(note.get_by_role("button", name="Search")).to_be_visible()


def test_too_many_requests_come_with_a_time_to_return(browser: Browser, site: Site, size: str) -> None:
    with visitor(browser, site, size) as context:
        page = context.new_page()
        without_token(page)
        again = stop_clock(page) + timedelta(seconds=3000)
        page.route("**/v1/entities?*", lambda route: route.fulfill(status=429, headers={"Retry-After": "3000"}))
        page.goto(LIST)
        expect(page.get_by_text(f"查询太频繁,请在 {again:%H:%M} 后再试。您填的内容还在。")).to_be_visible()


def test_a_token_that_comes_after_the_list_brings_the_names(browser: Browser, site: Site, size: str) -> None:
    with visitor(browser, site, size) as context:
        page = context.new_page()
        sent = headers_sent(context)
        server = Server(page)
        open_until_named(page)
        expect(page.get_by_text("为防止批量抓取", exact=False)).to_have_count(0)
        assert server.answered == ["surnames", "names"]
        assert kept(page) == {"visitor": "t1", "expires_at": "2099-01-01T00:00:00Z"}
        assert context.cookies() == []
        page.goto("/services/courts")
        expect(page.get_by_role("main")).to_contain_text("人民法院")
        assert [path for path, token in sent if token] == ["/v1/entities"]


def test_a_stored_token_is_used_at_once(browser: Browser, site: Site, size: str) -> None:
    with visitor(browser, site, size) as context:
        page = context.new_page()
        server = Server(page)
        open_until_named(page)
        server.answered.clear()
        page.reload()
        expect(page.get_by_text("公布").first).to_be_visible()
        assert server.answered == ["names"]


def test_clearing_the_phone_takes_the_token_too(browser: Browser, site: Site, size: str) -> None:
    with visitor(browser, site, size) as context:
        page = context.new_page()
        server = Server(page)
        open_until_named(page)
        assert kept(page) is not None
        page.goto("/services/home")
        page.get_by_role("button", name="清除本机全部记录").click()
        expect(page.get_by_role("dialog")).to_contain_text("用来计算姓名数量的随机记号")
        page.get_by_role("dialog").get_by_role("button", name="清除").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.wait_for_function("() => localStorage.getItem('wx:visitor') === null")
        assert server.answered == ["surnames", "names"]


def test_the_server_gives_a_token_for_the_work_and_takes_it(page: Page) -> None:
    sent = headers_sent(page.context)
    with page.expect_response("**/v1/visitors") as answered:
        page.goto("/")
    answer = answered.value.json()
    assert answered.value.status == 201
    assert set(answer) == {"visitor", "expires_at"}
    assert kept(page) == answer
    page.goto(LIST)
    expect(page.get_by_text("公布").first).to_be_visible()
    page.get_by_role("link", name=re.compile("公布")).first.click()
    expect(page.get_by_role("heading", name="为什么列入").first).to_be_visible()
    with_token = [path for path, token in sent if token == answer["visitor"]]
    assert with_token
    assert all(re.fullmatch(r"/v1/entities(/[\w-]+)?", path) for path in with_token)
    assert all(token is None for path, token in sent if not path.startswith("/v1/entities"))


def without_token(page: Page) -> None:
    """No challenge is to be had; 404 is what the watcher of complaints lets pass."""
    page.route("**/v1/challenge?*", lambda route: route.fulfill(status=404))


def stop_clock(page: Page) -> datetime:
    """Let the phone's clock stand, less than an hour behind the service's, which would be believed otherwise; when.

    Fifty minutes later it is the same day in China.
    """
    now = datetime.now(CHINA).replace(second=0, microsecond=0)
    stopped = now - timedelta(minutes=55 if now.hour == 23 else 0)
    page.clock.set_fixed_time(stopped)
    return stopped


def surnames_only(page: Page) -> str:
    """From now on this reader's names are used up; the time at which they come back, as it is said."""
    without_token(page)
    stopped = stop_clock(page)
    until = (stopped + timedelta(minutes=49, seconds=30)).isoformat()
    page.route("**/v1/entities?*", lambda route: fulfil(route, until))
    page.route("**/v1/entities/*", lambda route: fulfil(route, until))
    return f"{stopped + timedelta(minutes=50):%H:%M}"


def fulfil(route: Route, surnames_until: str | None) -> None:
    response = route.fetch()
    answer = response.json()
    if surnames_until:
        answer["surnames_only_until"] = surnames_until
        for entity in answer.get("items", [answer]):
            if entity["kind"] == "person":
                entity["name"] = entity["name"][0] + "某"
    # Chromium would keep the answer for 30 seconds and not ask again; the server says that it depends on the token.
    route.fulfill(json=answer, headers={"Cache-Control": "no-store"})


class Server:
    """Plays the brakes: surnames without a token, names with one, a token for a right answer.

    Attributes:
        answered: what each list was answered with.
    """

    def __init__(self, page: Page) -> None:
        self.answered: list[str] = []
        page.route("**/v1/challenge?for=visitors", lambda route: route.fulfill(json=CHALLENGE))
        page.route("**/v1/visitors", self._give)
        page.route("**/v1/entities?*", self._list)

    def _give(self, route: Route) -> None:
        payload: dict[str, Any] = json.loads(base64.b64decode(json.loads(route.request.post_data or "")["challenge"]))
        assert payload == {**{key: CHALLENGE[key] for key in CHALLENGE if key != "maxnumber"}, "number": SOUGHT}
        token = {"visitor": "t1", "expires_at": "2099-01-01T00:00:00Z"}
        route.fulfill(status=201, json=token, headers={"Set-Cookie": "visitor=t1; Path=/"})

    def _list(self, route: Route) -> None:
        known = route.request.headers.get("x-visitor") == "t1"
        self.answered.append("names" if known else "surnames")
        fulfil(route, None if known else SOON)


def open_until_named(page: Page) -> None:
    """Opens the list and waits for the names that the token brings.

    That no surname is shown is not enough: the list is empty while it is asked for again.
    """
    with page.expect_response(lambda answer: _is_named_list(answer.request)):
        page.goto(LIST)
    expect(page.get_by_text("公布").first).to_be_visible()
    expect(page.get_by_text(SHORT_NAME)).to_have_count(0)


def _is_named_list(request: Request) -> bool:
    return "/v1/entities?" in request.url and request.headers.get("x-visitor") == "t1"


def headers_sent(context: BrowserContext) -> list[tuple[str, str | None]]:
    """Grows with every request to the API: its path, and the token it carried."""
    sent: list[tuple[str, str | None]] = []
    context.on(
        "request",
        lambda request: (
            sent.append((urlsplit(request.url).path, request.headers.get("x-visitor")))
            if "/v1/" in request.url
            else None
        ),
    )
    return sent


def kept(page: Page) -> Any:
    return json.loads(page.evaluate("localStorage.getItem('wx:visitor')"))
