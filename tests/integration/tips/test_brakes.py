"""What keeps filing and guessing within limits and reads nobody's traces, each with a control without it."""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from backend.core.budgets import MemoryBudgets
from backend.core.sealing.wire import to_text
from tests.integration.conftest import RedisServer, wait_for_room_in_the_hour
from tests.integration.filing_world import World, copy_of
from tests.integration.tips.test_routes import make_notice

# GUESSED_LOOKUPS=1000000 for the whole of it.
GUESSES = int(os.environ.get("GUESSED_LOOKUPS", "3000"))
LIMITS = {"RATE_LIMITS": "on", "FILINGS_AN_HOUR_PER_ADDRESS": "3", "FILINGS_A_DAY_PER_TARGET": "4"}


@pytest.fixture
def limited(world: World, tmp_path: Path) -> Iterator[World]:
    wait_for_room_in_the_hour()
    with copy_of(world, "limited_tips", tmp_path / "var", **LIMITS) as limited:
        yield limited


def file_from(world: World, address: str, target: UUID | None = None) -> int:
    body = world.phone(target or world.court).seal() | {"challenge": world.challenge()}
    return world.post("", body, address).status_code


def test_an_address_and_a_notice_have_their_limits(limited: World) -> None:
    assert [file_from(limited, "192.0.2.1") for _ in range(4)] == [201, 201, 201, 429]
    notice = make_notice(limited, limited.listings[0])
    codes = [file_from(limited, f"192.0.2.{n}", notice) for n in range(10, 15)]
    assert codes == [201, 201, 201, 201, 429]
    assert file_from(limited, "192.0.2.20", limited.listings[0]) == 201


_WORDS = {"sealed": to_text(bytes(4144)), "n": 1}


def guess(world: World, n: int) -> int:
    """A look-up by chance, straight into the application: a test client takes as long again."""
    path, more = ("/v1/tips/status", {}) if n % 7 else ("/v1/tips/messages", _WORDS)
    data = json.dumps({"lookup": to_text(secrets.token_bytes(32)), **more}).encode()
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(data),
        "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(data)), "REMOTE_ADDR": f"198.51.100.{n % 10}",
    }  # fmt: skip
    told: list[int] = []
    world.app.wsgi_app(environ, lambda status, *_: told.append(int(status[:3])))  # type: ignore[arg-type]
    return told[0]


def test_thousands_of_guessed_look_ups_find_nothing_and_are_stopped(limited: World) -> None:
    phone = limited.phone(limited.court)
    assert limited.file(phone.seal()).status_code == 201
    wait_for_room_in_the_hour(60 + GUESSES / 1000)
    codes = Counter(guess(limited, n) for n in range(GUESSES))
    # 60 for each of the ten addresses; whoever bears a receipt is served from elsewhere meanwhile.
    assert codes == {404: 600, 429: GUESSES - 600}
    assert limited.status(phone)["state"] == "received"


def test_without_limits_all_guesses_are_answered(world: World) -> None:
    codes = {world.post("/status", {"lookup": to_text(secrets.token_bytes(32))}).status_code for _ in range(100)}
    assert codes == {404}


@pytest.mark.usefixtures("within_an_hour")
def test_killing_redis_opens_nothing_that_was_closed(world: World, redis: RedisServer, tmp_path: Path) -> None:
    with copy_of(world, "shared_tips", tmp_path / "var", REDIS_URL=redis.url, **LIMITS) as shared:
        notice, proof = make_notice(shared, shared.listings[0]), {"challenge": shared.challenge()}

        def tried() -> list[int]:
            """By an address, about a notice, and with a proof, that are all used up."""
            again = shared.post("", shared.phone(shared.court).seal() | proof, "192.0.2.30")
            return [file_from(shared, "192.0.2.1"), file_from(shared, "192.0.2.20", notice), again.status_code]

        assert [file_from(shared, "192.0.2.1") for _ in range(3)] == [201] * 3
        assert [file_from(shared, f"192.0.2.{n}", notice) for n in range(10, 14)] == [201] * 4
        assert shared.post("", shared.phone(shared.court).seal() | proof, "192.0.2.30").status_code == 201
        assert tried() == [429, 429, 422]
        held = redis.dump()
        assert "attempts:filing:" in held
        assert "192.0.2.1" not in held
        assert str(shared.court) not in held
        assert redis.process
        redis.process.kill()
        redis.stop()
        try:
            assert tried() == [429, 429, 422]
            # The control: without what the worker itself has noted, all three are open again.
            budgets = shared.app.extensions["brakes"].budgets
            budgets._own = MemoryBudgets(shared.app.extensions["settings"].limits)
            assert tried() == [201, 201, 201]
        finally:
            redis.start()
        # What came back is empty.
        assert [file_from(shared, "192.0.2.1") for _ in range(3)] == [201, 201, 429]


class Watched(dict[str, Any]):
    """A request's environment that notes which headers are asked for."""

    def __init__(self, environ: dict[str, Any], read: set[str]) -> None:
        super().__init__(environ)
        self.read = read

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)


SENT = {"X-Visitor": "canary-visitor", "Cookie": "visitor=canary-cookie", "User-Agent": "canary-agent/1.0"}
WHO = {"HTTP_X_VISITOR", "HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_ACCEPT_LANGUAGE"}


def test_no_token_cookie_or_user_agent_is_read_and_no_address_kept(
    limited: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read: set[str] = set()
    inner = limited.app.wsgi_app
    monkeypatch.setattr(limited.app, "wsgi_app", lambda environ, start: inner(Watched(environ, read), start))
    client = limited.app.test_client(use_cookies=False)
    sent: dict[str, Any] = {"headers": SENT, "environ_overrides": {"REMOTE_ADDR": "203.0.113.77"}}
    phone = limited.phone()
    body, proof = phone.seal(), limited.challenge()
    read.clear()
    answers = [
        client.post("/v1/tips", json=body | {"challenge": proof}, **sent),
        client.post("/v1/tips/status", json={"lookup": phone.lookup}, **sent),
        client.post("/v1/tips/messages", json=phone.words(1, "补充"), **sent),
    ]
    assert [answer.status_code for answer in answers] == [201, 200, 201]
    assert not any("Set-Cookie" in answer.headers for answer in answers)
    assert read & WHO == set()
    everything = "".join(str(row) for row in limited.rows("SELECT * FROM sealed.filing"))
    everything += str(limited.rows("SELECT * FROM register.tip")) + str(
        limited.app.extensions["brakes"].budgets._attempts
    )
    everything += caplog.text + "".join(path.read_text("latin-1") for path in limited.var.rglob("*") if path.is_file())
    assert not any(said in everything for said in ("203.0.113.77", "canary"))
    # The control: where readers are counted, the same headers are asked for.
    client.get("/v1/entities?area=130108", **sent)
    assert read & WHO >= {"HTTP_X_VISITOR"}
