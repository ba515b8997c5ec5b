"""Clients file while server and PostgreSQL are killed: what was acknowledged is there, once, in order, with its key.

FILING_KILLS=10000 files so many, under seven kills of the server and three of PostgreSQL, which fall anywhere in the
whole of it; by default few, so that the suite stays quick.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.core.filings.shredding import list_keyless
from backend.core.sealing.chains import Link, check_chain
from tests.reliability.served import Server, file_until_acknowledged, serving

FILINGS = int(os.environ.get("FILING_KILLS", "100"))
CLIENTS = 16
SERVER_KILLS, DATABASE_KILLS = (7, 3) if FILINGS >= 1000 else (2, 1)
_BESIDE = {"objections": "register.objection", "tips": "register.tip"}


@contextmanager
def killing(server: Server, acknowledged: list[int]) -> Iterator[None]:
    """Kills in the middle of the filing, each once so many were acknowledged as nobody chose."""
    kills = [server.kill] * SERVER_KILLS + [server.kill_database] * DATABASE_KILLS
    random.shuffle(kills)
    done = threading.Event()

    def go_on() -> None:
        for kill, after in zip(kills, sorted(random.sample(range(FILINGS * 9 // 10), len(kills))), strict=True):
            while len(acknowledged) < after:
                time.sleep(0.01)
            time.sleep(random.uniform(0, 0.2))
            kill()
            if kill == server.kill:
                server.start()
        done.set()

    thread = threading.Thread(target=go_on)
    thread.start()
    yield
    thread.join()
    assert done.is_set()


@pytest.mark.parametrize("kind", ["objections", "tips"])
def test_killed_servers_lose_nothing_that_was_acknowledged(tmp_path: Path, kind: str) -> None:
    with serving(tmp_path, kind) as server:
        world = server.world
        phones = [world.phone(world.court) for _ in range(FILINGS)]
        acknowledged: list[int] = []
        with killing(server, acknowledged), ThreadPoolExecutor(CLIENTS) as clients:
            for _ in clients.map(lambda phone: acknowledged.append(file_until_acknowledged(server, phone)[1]), phones):
                pass
        rows = world.rows("SELECT number, env, head FROM sealed.filing ORDER BY number")
        assert [row["number"] for row in rows] == list(range(1, FILINGS + 1))
        assert sorted(acknowledged) == [row["number"] for row in rows]
        check_chain([Link(**row) for row in rows])
        assert server.unanswered, "no kill met a request"
        assert set(server.codes) <= {503}
        assert "Traceback" not in server.log.read_text()
        assert list_keyless(world.database, world.store) == []
        assert world.rows(f"SELECT count(*) FROM {_BESIDE[kind]}")[0]["count"] == FILINGS


def test_a_commit_that_does_not_wait_for_the_disk_loses_what_was_acknowledged(tmp_path: Path) -> None:
    """The control: why filing says `synchronous_commit = on` for itself."""
    with serving(tmp_path, "tips", factory="tests.reliability.hasty:create_app") as server:
        world = server.world
        world.execute("ALTER SYSTEM SET wal_writer_delay = '10s'", alone=True)
        world.rows("SELECT pg_reload_conf()")
        server.wait()
        time.sleep(1)
        acknowledged = [file_until_acknowledged(server, world.phone(world.court))[1] for _ in range(5)]
        server.kill_database()
        kept = {row["number"] for row in world.rows("SELECT number FROM sealed.filing")}
        assert set(acknowledged) - kept
