"""WeChat's server interface, as far as a reminder needs it: who asked for it, and one subscribe message (订阅消息).

No code, secret, token or openid, and nothing else that WeChat answers, stands in the words of an error or in a log.
The client is loaded with the first app: it takes 5 MB, and most servers have none.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any

from backend.config import WeChatSettings
from backend.core.errors import Invalid, OperatorError, Overloaded, ProductError

if TYPE_CHECKING:
    import httpx

# WeChat answers in well under a second; a thread that serves residents must not wait longer.
TIMEOUT_SECONDS = 3.0
# So long before its end a token is renewed; WeChat lets the old one live for five minutes.
RENEW_SECONDS = 300
# What WeChat means by its numbers. Busy: the same request may do in a moment.
_BUSY = frozenset({-1, 43108, 45011})
_STALE_TOKEN = frozenset({40001, 40014, 42001})
# Wrong, used, or of somebody whom WeChat holds for a danger.
_SPENT_CODE = frozenset({40029, 40163, 40226})
# No such person here, or they refuse, or their one consent is used up.
_UNDELIVERABLE = frozenset({40003, 43101})
_QUOTA_SPENT = frozenset({45009, 45047})

# httpx tells every address at INFO: secrets and tokens stand in them.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class NoReply(Overloaded):
    """WeChat does not answer at the moment"""


class SpentCode(Invalid):
    """The login code is wrong, used, or older than five minutes"""


class Undeliverable(ProductError):
    """WeChat does not deliver to this person"""


class QuotaSpent(ProductError):
    """WeChat takes no more messages today"""


class WrongSettings(OperatorError):
    """WeChat refuses what only an operator can mend; its message names the number that WeChat gave."""


@dataclass(frozen=True)
class _Token:
    text: str = field(repr=False)
    ends_at: float


def _new_client() -> httpx.Client:
    import httpx

    return httpx.Client(timeout=TIMEOUT_SECONDS)


@dataclass
class WeChat:
    """One app at WeChat; safe to share between threads, and worth keeping, since it holds the access token.

    Attributes:
        attempts: how often a request is made while WeChat is busy or away, with pauses of 0.5, 1, 2 … seconds.
    """

    settings: WeChatSettings
    attempts: int
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    _token: _Token | None = None
    _lock: Any = field(default_factory=Lock)
    _client: httpx.Client = field(default_factory=_new_client)

    def find_openid(self, code: str) -> str:
        """Whose login code this is (`code2session`); the session key that comes with it is dropped.

        Raises:
            SpentCode: it is none, was used, or is too old.
            NoReply: WeChat is busy or away.
            WrongSettings: the app id or its secret is wrong.
        """
        query = {
            "appid": self.settings.app_id, "secret": self.settings.secret, "js_code": code,
            "grant_type": "authorization_code",
        }  # fmt: skip
        answer = self._ask("GET", "/sns/jscode2session", params=query)
        error = answer.get("errcode", 0)
        if error in _SPENT_CODE:
            raise SpentCode
        openid = answer.get("openid")
        if error or not isinstance(openid, str) or not openid:
            raise WrongSettings(
                f"WeChat refuses to tell who asks ({error}): check WECHAT_APP_ID and WECHAT_APP_SECRET."
            )
        return openid

    def send(self, openid: str, page: str) -> None:
        """Send the one message that somebody consented to; `page` opens when it is tapped.

        Raises:
            Undeliverable: the person refuses, or the consent is used up: sent before, or never given.
            QuotaSpent: no more today.
            NoReply: WeChat is busy or away; whether it was sent is not certain, but twice it never is.
            WrongSettings: the template, its fields, the app id or its secret is wrong.
        """
        body = {
            "touser": openid, "template_id": self.settings.template_id, "page": page, "lang": "zh_CN",
            "miniprogram_state": "formal",
            "data": {name: {"value": text} for name, text in self.settings.template_fields},
        }  # fmt: skip
        token = self._access_token()
        error = self._send(token, body)
        if error in _STALE_TOKEN:
            error = self._send(self._renewed_token(token), body)
        if error in _UNDELIVERABLE:
            raise Undeliverable
        if error in _QUOTA_SPENT:
            raise QuotaSpent
        if error:
            raise WrongSettings(f"WeChat refuses the message ({error}): check WECHAT_TEMPLATE_ID and its fields.")

    def _send(self, token: str, body: Mapping[str, Any]) -> int:
        path = "/cgi-bin/message/subscribe/send"
        return int(self._ask("POST", path, params={"access_token": token}, json=body).get("errcode", 0))

    def _access_token(self) -> str:
        with self._lock:
            if self._token is None or self._token.ends_at <= self.clock():
                self._token = self._fetch_token(force=False)
            return self._token.text

    def _renewed_token(self, stale: str) -> str:
        """Another token than `stale`; forced only where WeChat insists on it, which it allows twenty times a day."""
        with self._lock:
            self._token = self._fetch_token(force=False)
            if self._token.text == stale:
                self._token = self._fetch_token(force=True)
            return self._token.text

    def _fetch_token(self, *, force: bool) -> _Token:
        # The stable one: a second worker's token does not end the first one's.
        body = {
            "grant_type": "client_credential", "appid": self.settings.app_id, "secret": self.settings.secret,
            "force_refresh": force,
        }  # fmt: skip
        answer = self._ask("POST", "/cgi-bin/stable_token", json=body)
        error, text = answer.get("errcode", 0), answer.get("access_token")
        if error in _QUOTA_SPENT:
            raise QuotaSpent
        if error or not isinstance(text, str):
            raise WrongSettings(f"WeChat gives no access token ({error}): check the app id, its secret, the IP list.")
        return _Token(text, self.clock() + max(0, int(answer.get("expires_in", 0)) - RENEW_SECONDS))

    def _ask(self, method: str, path: str, **what: Any) -> dict[str, Any]:
        """Raises NoReply once every attempt found WeChat busy or away."""
        for attempt in range(self.attempts):
            if attempt:
                self.pause(2 ** (attempt - 2))
            answer = self._ask_once(method, path, **what)
            if answer is not None and answer.get("errcode", 0) not in _BUSY:
                return answer
        raise NoReply

    def _ask_once(self, method: str, path: str, **what: Any) -> dict[str, Any] | None:
        import httpx

        try:
            response = self._client.request(method, f"{self.settings.api_url}{path}", **what)
            answer = json.loads(response.content) if response.status_code == HTTPStatus.OK else None
        except (httpx.HTTPError, ValueError):
            return None
        return answer if isinstance(answer, dict) else None
