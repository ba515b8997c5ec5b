"""WeChat's server on loopback: the three calls that a reminder needs, with their single-use codes and error numbers."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from backend.config import WeChatSettings

APP = ("wxfictional", "fictional-secret", "fictional-template")


@dataclass
class FakeWeChat:
    """What it knows and has seen.

    Attributes:
        codes: login codes by whom they stand for; each is taken once.
        consents: messages that each openid has consented to.
        quota: messages it still takes.
        troubles: what befalls the next requests to a path, in order: a status, an errcode below 100000, or `slow`.
    """

    url: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    consents: Counter[str] = field(default_factory=Counter)
    sent: list[dict[str, Any]] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    quota: int = 1000
    token: int = 1
    slow_seconds: float = 0.0
    troubles: dict[str, list[int | str]] = field(default_factory=dict)

    def settings(self, app: tuple[str, str, str] = APP) -> WeChatSettings:
        return WeChatSettings(*app, (("thing1", "有了答复"),), self.url, 7)

    def environment(self) -> dict[str, str]:
        names = ("WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TEMPLATE_ID")
        return dict(zip(names, APP, strict=True)) | {"WECHAT_API_URL": self.url}

    def answer(self, path: str, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        answers = {
            "/sns/jscode2session": lambda: self._session(query),
            "/cgi-bin/stable_token": lambda: self._token(body),
            "/cgi-bin/message/subscribe/send": lambda: self._take(query, body),
        }
        return answers[path]()

    def _session(self, query: dict[str, str]) -> dict[str, Any]:
        if (query["appid"], query["secret"]) != APP[:2]:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        openid = self.codes.pop(query["js_code"], None)
        if openid is None:
            return {"errcode": 40029, "errmsg": "invalid code"}
        return {"openid": openid, "session_key": "fictional-session-key"}

    def _token(self, body: dict[str, Any]) -> dict[str, Any]:
        if (body["appid"], body["secret"]) != APP[:2]:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        self.token += bool(body["force_refresh"])
        return {"access_token": f"token-{self.token}", "expires_in": 7200}

    def _take(self, query: dict[str, str], body: dict[str, Any]) -> dict[str, Any]:
        if query["access_token"] != f"token-{self.token}":
            return {"errcode": 40001, "errmsg": "invalid credential"}
        if body["template_id"] != APP[2]:
            return {"errcode": 40037, "errmsg": "invalid template_id"}
        if self.quota == 0:
            return {"errcode": 45009, "errmsg": "reach max api daily quota limit"}
        if self.consents[body["touser"]] == 0:
            return {"errcode": 43101, "errmsg": "user refuse to accept the msg"}
        self.consents[body["touser"]] -= 1
        self.quota -= 1
        self.sent.append(body)
        return {"errcode": 0, "errmsg": "ok"}


def _handler(wechat: FakeWeChat) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve({})

        def do_POST(self) -> None:
            self._serve(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _serve(self, body: dict[str, Any]) -> None:
            url = urlsplit(self.path)
            wechat.asked[url.path] += 1
            troubles = wechat.troubles.get(url.path)
            trouble = troubles.pop(0) if troubles else None
            if trouble == "slow":
                time.sleep(wechat.slow_seconds)
            if isinstance(trouble, int) and 400 <= trouble < 600:
                return self._say(trouble, {})
            if isinstance(trouble, int):
                return self._say(200, {"errcode": trouble, "errmsg": "trouble"})
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            return self._say(200, wechat.answer(url.path, query, body))

        def _say(self, status: int, answer: dict[str, Any]) -> None:
            data = json.dumps(answer).encode()
            with suppress(OSError):  # whoever asked has given up
                self.send_response(status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    return Handler


@contextmanager
def fake_wechat() -> Iterator[FakeWeChat]:
    wechat = FakeWeChat()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(wechat))
    wechat.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield wechat
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
