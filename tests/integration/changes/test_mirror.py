"""The example of docs/consumer.md against a running server: it mirrors, and nothing of whoever left is in its file."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from nacl.exceptions import BadSignatureError

from backend.changes.service import add_recipient
from backend.config import ROOT
from tests.bench.national.servers import Server, serve_product
from tests.databases import make_database
from tests.integration.changes.conftest import FEED, TEMPLATE, Feed
from tests.integration.register import TODAY

_FILE = ROOT / "docs" / "examples" / "mirror.py"


@pytest.fixture(scope="module")
def server(template_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests: each one's database takes the place of that of the one before, under the same name."""
    url = make_database(template_url, FEED, TEMPLATE)
    with serve_product(url, tmp_path_factory.mktemp("server")) as server:
        yield server


def make_mirror(path: Path, server: Server, key: str) -> Any:
    spec = importlib.util.spec_from_file_location("mirror", _FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Mirror(path, server.address, key)


@pytest.fixture
def mirror(feed: Feed, server: Server, tmp_path: Path) -> Iterator[Any]:
    (tmp_path / "copy").mkdir()
    mirror = make_mirror(tmp_path / "copy" / "list.sqlite", server, feed.key)
    yield mirror
    mirror.close()


def held(folder: Path) -> bytes:
    """Every byte that the copy has on disk, its journal included."""
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def listed(feed: Feed) -> set[str]:
    return {str(row["entity_id"]) for row in feed.execute("SELECT entity_id FROM serving.listed")}


def move_to(feed: Feed, days: int) -> None:
    """A later day, for the running server too: its connections end and are opened anew."""
    feed.move_to(TODAY + timedelta(days=days))
    feed.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


def test_a_copy_mirrors_and_forgets(feed: Feed, mirror: Any, tmp_path: Path) -> None:
    with feed.register() as register:
        people = [register.entity(f"甄难忘{number:03d}") for number in range(120)]
        listings = [register.listing(one, duty=f"归还第{number}笔") for number, one in enumerate(people)]
        by_date = register.entity("贾到期")
        register.listing(by_date, "last_day", case_number="（2025）虚9999执777777号")
    mirror.follow()
    assert mirror.ids() == listed(feed)
    assert len(mirror.ids()) == 121
    traces = [f"甄难忘{number:03d}".encode() for number in range(120)] + ["贾到期".encode(), b"777777"]
    assert all(trace in held(tmp_path / "copy") for trace in traces)
    feed.execute("DELETE FROM register.listing WHERE id = ANY(%s)", listings[:100])
    move_to(feed, 1)
    mirror.follow()
    assert mirror.ids() == listed(feed) == {str(one) for one in people[100:]}
    left = held(tmp_path / "copy")
    gone = [*traces[:100], *traces[120:], str(people[0]).encode(), str(by_date).encode(), "归还第99笔".encode()]
    assert [trace for trace in gone if trace in left] == []
    assert all(trace in left for trace in traces[100:120])


def test_a_store_that_only_deletes_would_still_hold_them(feed: Feed, mirror: Any, tmp_path: Path) -> None:
    mirror._sweep = lambda: None
    mirror._store.execute("PRAGMA secure_delete = OFF")  # some builds of SQLite have it on by themselves
    with feed.register() as register:
        listing = register.listing(register.entity("甄难忘"))
        register.listing(register.entity("贾在册"))
    mirror.follow()
    feed.execute("DELETE FROM register.listing WHERE id = %s", listing)
    mirror.follow()
    assert mirror.ids() == listed(feed)
    assert "甄难忘".encode() in held(tmp_path / "copy")


def test_a_copy_that_slept_too_long_or_is_ahead_begins_anew(feed: Feed, mirror: Any, tmp_path: Path) -> None:
    with feed.register() as register:
        leaves = register.listing(register.entity("甄离开"))
        register.listing(register.entity("贾留下"), term_ends_on=None)
    mirror.follow()
    feed.execute("DELETE FROM register.listing WHERE id = %s", leaves)
    move_to(feed, 200)
    assert feed.run("changes", "prune").exit_code == 0
    with feed.register() as register:
        register.listing(register.entity("甄新来"), term_ends_on=None)
    mirror.follow()
    assert mirror.ids() == listed(feed)
    assert len(mirror.ids()) == 2
    assert "甄离开".encode() not in held(tmp_path / "copy")
    assert "甄新来".encode() in held(tmp_path / "copy")
    # A server that was restored is behind the copy.
    with mirror._store:
        mirror._set("place", str(feed.head() + 5))
        mirror._store.execute("UPDATE listed SET id = 'nobody' || rowid")
    mirror.follow()
    assert mirror.ids() == listed(feed)


def test_a_copy_whose_key_has_ended_still_forgets_and_keeps_nobody_once_it_cannot(
    feed: Feed, mirror: Any, server: Server, tmp_path: Path
) -> None:
    with feed.register() as register:
        listings = [register.listing(register.entity(f"甄难忘{number:03d}")) for number in range(110)]
        register.listing(register.entity("贾在册"))
    mirror.follow()
    assert feed.run("recipients", "end", "虚构接收方").exit_code == 0
    assert feed.get("", key=feed.key).status_code == 401
    with feed.register() as register:
        register.listing(register.entity("甄新来"))
    feed.execute("DELETE FROM register.listing WHERE id = ANY(%s)", listings)
    for _ in range(2):
        mirror.follow()
        left = held(tmp_path / "copy")
        assert len(mirror.ids()) == 1
        assert "贾在册".encode() in left
        assert "甄".encode() not in left
    mirror.close()
    again = make_mirror(tmp_path / "copy" / "list.sqlite", server, add_recipient(feed.database, "又一接收方"))
    again.follow()
    assert again.ids() == listed(feed)
    assert "甄新来".encode() in held(tmp_path / "copy")
    # What it has missed without a key is kept no longer: nobody can say who left.
    assert feed.run("recipients", "end", "又一接收方").exit_code == 0
    again.follow()
    move_to(feed, 200)
    feed.execute("DELETE FROM register.listing")
    assert feed.run("changes", "prune").exit_code == 0
    with again._store:
        again._set("place", "1")
    with pytest.raises(Exception, match="401"):
        again.follow()
    assert again.ids() == set()
    assert not any(name.encode() in held(tmp_path / "copy") for name in ("甄", "贾"))
    again.close()


def test_a_copy_believes_nobody_else(feed: Feed, mirror: Any, server: Server, tmp_path: Path) -> None:
    with feed.register() as register:
        entity: UUID = register.entity()
        register.listing(entity)
    mirror.follow()
    with mirror._store:
        mirror._set("public_key", "5b" * 32)
    with pytest.raises(BadSignatureError):
        mirror.follow()
    assert mirror.ids() == {str(entity)}
    other = make_mirror(tmp_path / "other.sqlite", server, "no-key")
    with pytest.raises(Exception, match="401"):
        other.follow()
    other.close()
