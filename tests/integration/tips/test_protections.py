"""What protects tips, each with a control in which the protection is off and its absence shows."""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from backend.core.budgets import MemoryBudgets
from backend.core.db import Database
from backend.core.filings.filing import Filing, Submission, Target, file
from backend.core.filings.refusals import NotStored
from backend.core.filings.shredding import list_keyless, record_heads, shred_due
from backend.core.sealing.chains import Link, check_chain
from backend.core.sealing.claims import unbox_award
from backend.core.sealing.envelopes import KeyPair, unseal_object
from backend.core.sealing.refusals import CannotOpen
from backend.core.sealing.rows import Place, unwrap_row
from backend.core.sealing.wire import to_bytes, to_text
from backend.tips.domain import Decision
from backend.tips.service import close_tips, decide, opening_tip
from tests.integration.conftest import RedisServer
from tests.integration.filing_world import Phone, World, copy_of
from tests.integration.tips.test_routes import make_notice

# GUESSED_LOOKUPS=1000000 for the whole of it.
GUESSES = int(os.environ.get("GUESSED_LOOKUPS", "3000"))
LIMITS = {"RATE_LIMITS": "on", "FILINGS_AN_HOUR_PER_ADDRESS": "3", "FILINGS_A_DAY_PER_TARGET": "4"}


def submission(phone: Phone) -> Submission:
    body = phone.seal()
    target = Target("court", phone.court)
    return Submission("tip", phone.court, target, phone.number, phone.keys.lookup, to_bytes(body["sealed"]))


def kept(world: World, given: Submission) -> Filing:
    return file(world.database, world.store, given, opening_tip(world.court))


def links(world: World) -> list[Link]:
    rows = world.rows("SELECT number, env, head FROM sealed.filing WHERE purpose = 'tip' ORDER BY number")
    return [Link(**row) for row in rows]


def test_sixteen_clients_at_once_get_numbers_without_a_gap_in_one_chain(world: World) -> None:
    before = len(links(world))
    given = [submission(world.phone(world.court)) for _ in range(64)]
    with ThreadPoolExecutor(16) as clients:
        stored = list(clients.map(lambda one: kept(world, one), given))
    assert sorted(one.number for one in stored) == list(range(before + 1, before + 65))
    assert check_chain(links(world))
    assert list_keyless(world.database, world.store) == []
    (tips,) = world.rows("SELECT count(*) FROM register.tip INNER JOIN sealed.filing ON filing.id = filing_id")
    assert tips["count"] == before + 64


def test_without_the_counters_lock_the_sixteen_collide(world: World, tmp_path: Path) -> None:
    def tried(given: Submission) -> bool:
        try:
            return bool(kept(unlocked, given))
        except NotStored:
            return False

    with copy_of(world, "unlocked", tmp_path / "var") as unlocked:
        kept(unlocked, submission(unlocked.phone(unlocked.court)))
        unlocked.execute(
            "CREATE OR REPLACE FUNCTION sealed.lock_counter(court uuid, purpose text, OUT number bigint,"
            " OUT head bytea) LANGUAGE sql SECURITY DEFINER AS 'SELECT held.number, held.head"
            " FROM sealed.counter AS held, pg_sleep(0.02)"
            " WHERE court_id = lock_counter.court AND held.purpose = lock_counter.purpose'"
        )
        given = [submission(unlocked.phone(unlocked.court)) for _ in range(32)]
        with ThreadPoolExecutor(16) as clients:
            assert False in list(clients.map(tried, given))
        assert check_chain(links(unlocked))


def test_the_chains_head_enters_the_trail_without_numbers(world: World) -> None:
    kept(world, submission(world.phone(world.court)))
    record_heads(world.database)
    (counter,) = world.rows("SELECT head FROM sealed.counter WHERE purpose = 'tip'")
    entries = world.rows(
        "SELECT content FROM audit.body INNER JOIN audit.entry USING (sequence) WHERE action = 'filing.head'"
        " AND content::jsonb ->> 'head' = %s",
        counter["head"].hex(),
    )
    assert len(entries) == 1
    assert "number" not in entries[0]["content"]


def test_the_writing_role_cannot_read_what_it_writes(world: World) -> None:
    statements = [
        "SELECT count(*) FROM sealed.filing",
        "SELECT count(*) FROM sealed.part",
        "SELECT count(*) FROM sealed.bearer",
        "SELECT count(*) FROM sealed.counter",
        "SELECT count(*) FROM register.tip",
        "SELECT register.tip_case_closed_on('court', gen_random_uuid(), gen_random_uuid())",
        "SELECT register.tip_notices(gen_random_uuid())",
        "UPDATE register.tip SET reason = NULL WHERE false",
        "DELETE FROM sealed.part WHERE false",
    ]
    for statement in statements:
        for role in ("tip_writer", "public_reader"):
            with (
                pytest.raises(psycopg.errors.InsufficientPrivilege),
                Database(world.url).transaction(role) as connection,
            ):
                connection.execute(statement)
        # The control: the statements are right, only the role is not.
        world.execute(statement)


def parts(world: World, number: int) -> tuple[UUID, dict[str, tuple[int, bytes]]]:
    rows = world.rows(
        "SELECT filing_id, part, part.key_id, data FROM sealed.part INNER JOIN sealed.filing ON filing.id = filing_id"
        " WHERE purpose = 'tip' AND number = %s",
        number,
    )
    return rows[0]["filing_id"], {row["part"]: (row["key_id"], row["data"]) for row in rows}


def opens(world: World, data: bytes) -> bool:
    """With any secret key of the court: of letters, of awards or of claims."""
    held = [world.desk(login).reader.secrets for login in world.phrases]
    _, court_key = world.key("box")
    for secret in {secret for one in held for secret in one.values()}:
        for attempt in (
            lambda secret=secret: unseal_object(data, KeyPair.of(secret)),
            lambda secret=secret: unbox_award(data, court_key, secret),
        ):
            try:
                attempt()
            except CannotOpen:
                continue
            return True
    return False


def test_after_shredding_a_dump_and_all_court_keys_open_nothing(world: World) -> None:
    phone = world.phone(make_notice(world, world.other_listing))
    number = world.file(phone.seal(jpegs=(b"\xff\xd8 photo",))).get_json()["number"]
    decide(world.desk(), number, Decision("useful"))
    filing, dumped = parts(world, number)
    assert set(dumped) == {"sealed", "photo/1", "award"}
    assert not any(opens(world, data) for _, data in dumped.values())
    # The control: without the layer of the row the same keys open letter and award.
    key = world.store.find(filing)
    assert key
    for name in ("sealed", "award"):
        key_id, data = dumped[name]
        assert opens(world, unwrap_row(data, Place(str(world.court), str(filing), key_id, name), key)), name
    world.execute(
        "UPDATE register.listing SET state = 'deleted', ended_on = '2026-01-01', ended_cause = 'performed'"
        " WHERE id = %s",
        world.other_listing,
    )
    close_tips(world.database)
    assert shred_due(world.database, world.store, 3650) == 0
    assert world.status(phone)["can_claim"]
    assert shred_due(world.database, world.store, 0) >= 1
    assert world.store.find(filing) is None
    assert world.post("/status", {"lookup": phone.lookup}).status_code == 404
    assert world.rows("SELECT FROM sealed.part WHERE filing_id = %s", filing) == []
    assert not any(opens(world, data) for _, data in dumped.values())
    left = world.rows("SELECT state, number, target_kind FROM sealed.filing WHERE id = %s", filing)
    assert left == [{"state": "shredded", "number": number, "target_kind": "notice"}]


@pytest.fixture
def limited(world: World, tmp_path: Path) -> Iterator[World]:
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
    codes = Counter(guess(limited, n) for n in range(GUESSES))
    # 60 for each of the ten addresses; whoever bears a receipt is served from elsewhere meanwhile.
    assert codes == {404: 600, 429: GUESSES - 600}
    assert limited.status(phone)["state"] == "received"


def test_without_limits_all_guesses_are_answered(world: World) -> None:
    codes = {world.post("/status", {"lookup": to_text(secrets.token_bytes(32))}).status_code for _ in range(100)}
    assert codes == {404}


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
