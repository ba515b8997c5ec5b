from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from backend.core import wechat as module
from backend.core.wechat import NoReply, QuotaSpent, SpentCode, Undeliverable, WeChat, WrongSettings
from tests.fake_wechat import APP, FakeWeChat, fake_wechat

PAGE = "pages/filings/follow/index"
TOKEN, SEND, SESSION = "/cgi-bin/stable_token", "/cgi-bin/message/subscribe/send", "/sns/jscode2session"


@dataclass
class Clock:
    """Time that passes when it is told to."""

    now: float = 0.0
    pauses: list[float] = field(default_factory=list)

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWeChat]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with fake_wechat() as server:
        server.codes["good-code"] = "an-openid"
        server.consents["an-openid"] = 1
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wechat(server: FakeWeChat, clock: Clock) -> WeChat:
    return WeChat(server.settings(), 3, clock=lambda: clock.now, pause=clock.pause)


def test_a_code_names_who_asks_once(wechat: WeChat) -> None:
    assert wechat.find_openid("good-code") == "an-openid"
    for code in ("good-code", "never-given"):
        with pytest.raises(SpentCode):
            wechat.find_openid(code)


@pytest.mark.parametrize("number", [40029, 40163, 40226])
def test_every_way_in_which_a_code_is_spent_is_told_alike(wechat: WeChat, server: FakeWeChat, number: int) -> None:
    server.troubles[SESSION] = [number]
    with pytest.raises(SpentCode):
        wechat.find_openid("good-code")
    assert server.asked[SESSION] == 1


def test_a_message_holds_the_fixed_words_and_nothing_else(wechat: WeChat, server: FakeWeChat) -> None:
    wechat.send("an-openid", PAGE)
    assert server.sent == [
        {
            "touser": "an-openid", "template_id": APP[2], "page": PAGE, "lang": "zh_CN",
            "miniprogram_state": "formal",
            "data": {"thing1": {"value": "有了答复"}},
        }
    ]  # fmt: skip


def test_one_consent_is_good_for_one_message(wechat: WeChat) -> None:
    wechat.send("an-openid", PAGE)
    with pytest.raises(Undeliverable):
        wechat.send("an-openid", PAGE)


def test_the_token_is_kept_until_shortly_before_its_end(wechat: WeChat, server: FakeWeChat, clock: Clock) -> None:
    server.consents["an-openid"] = 3
    wechat.send("an-openid", PAGE)
    clock.now = 7200 - module.RENEW_SECONDS - 1
    wechat.send("an-openid", PAGE)
    assert server.asked[TOKEN] == 1
    clock.now += 1
    wechat.send("an-openid", PAGE)
    assert server.asked[TOKEN] == 2


def test_a_token_that_somebody_else_ended_is_asked_for_again(wechat: WeChat, server: FakeWeChat) -> None:
    server.consents["an-openid"] = 2
    wechat.send("an-openid", PAGE)
    server.token += 1
    wechat.send("an-openid", PAGE)
    assert (server.asked[TOKEN], server.token, len(server.sent)) == (2, 2, 2)


@pytest.mark.parametrize("number", [40001, 40014, 42001])
def test_where_wechat_insists_the_token_is_renewed_by_force_once(
    wechat: WeChat, server: FakeWeChat, number: int
) -> None:
    server.troubles[SEND] = [number]
    wechat.send("an-openid", PAGE)
    assert (server.asked[TOKEN], server.token, server.asked[SEND]) == (3, 2, 2)
    server.consents["an-openid"], server.troubles[SEND] = 1, [number, number]
    with pytest.raises(WrongSettings, match=str(number)):
        wechat.send("an-openid", PAGE)


@pytest.mark.parametrize("trouble", [500, 502, 429, -1, 45011])
def test_what_passes_is_tried_again_with_growing_pauses(
    wechat: WeChat, server: FakeWeChat, clock: Clock, trouble: int
) -> None:
    server.troubles[SEND] = [trouble, trouble]
    wechat.send("an-openid", PAGE)
    assert (clock.pauses, len(server.sent)) == ([0.5, 1.0], 1)


@pytest.mark.parametrize("trouble", [500, -1])
def test_what_does_not_pass_is_given_up(wechat: WeChat, server: FakeWeChat, trouble: int) -> None:
    server.troubles[SESSION] = [trouble] * 3
    with pytest.raises(NoReply):
        wechat.find_openid("good-code")
    assert server.asked[SESSION] == 3


def test_a_slow_answer_is_waited_for_so_long_and_no_longer(
    server: FakeWeChat, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.slow_seconds, server.troubles[SEND] = 0.3, ["slow"] * 2
    patient = WeChat(server.settings(), 1, pause=clock.pause)
    patient.send("an-openid", PAGE)
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.1)
    server.consents["an-openid"] = 1
    with pytest.raises(NoReply):
        WeChat(server.settings(), 1, pause=clock.pause).send("an-openid", PAGE)


def test_a_server_that_is_away_is_no_reply(server: FakeWeChat, clock: Clock) -> None:
    server.url = "http://127.0.0.1:9"
    with pytest.raises(NoReply):
        WeChat(server.settings(), 2, pause=clock.pause).find_openid("good-code")


def test_a_spent_quota_is_told_apart(wechat: WeChat, server: FakeWeChat) -> None:
    server.quota = 0
    with pytest.raises(QuotaSpent):
        wechat.send("an-openid", PAGE)
    server.troubles[TOKEN] = [45009]
    with pytest.raises(QuotaSpent):
        WeChat(server.settings(), 1).send("an-openid", PAGE)


@pytest.mark.parametrize(
    "app", [(APP[0], "wrong", APP[2]), ("wrong", APP[1], APP[2]), (APP[0], APP[1], "wrong")], ids=str
)
def test_wrong_settings_are_for_the_operator(server: FakeWeChat, app: tuple[str, str, str]) -> None:
    with pytest.raises(WrongSettings, match=r"\(4[0-9]{4}\): check"):
        WeChat(server.settings(app), 1).send("an-openid", PAGE)
    if app[2] == APP[2]:
        with pytest.raises(WrongSettings, match="check WECHAT_APP_ID and WECHAT_APP_SECRET"):
            WeChat(server.settings(app), 1).find_openid("good-code")


def _secrets_in(text: str) -> list[str]:
    return [secret for secret in (APP[1], "good-code", "an-openid", "token-1") if secret in text]


def test_no_secret_is_logged(
    wechat: WeChat, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, server: FakeWeChat
) -> None:
    caplog.set_level(logging.DEBUG)
    wechat.find_openid("good-code")
    wechat.send("an-openid", PAGE)
    assert _secrets_in(caplog.text) == []
    assert _secrets_in(repr(wechat)) == []
    monkeypatch.setattr(logging.getLogger("httpx"), "level", logging.INFO)  # the control: httpx would tell
    logging.getLogger("httpx").manager._clear_cache()  # type: ignore[attr-defined]
    server.codes["good-code"] = "an-openid"
    wechat.find_openid("good-code")
    assert _secrets_in(caplog.text) == [APP[1], "good-code"]
    monkeypatch.undo()
    logging.getLogger("httpx").manager._clear_cache()  # type: ignore[attr-defined]
