"""No word of a tip stands anywhere: what is planted on purpose is found, what was sealed is not."""

from __future__ import annotations

import base64
import gzip
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.core.sealing.wire import to_text
from tests.integration.conftest import RedisServer, redis, redis_server  # noqa: F401  # fixtures
from tests.reliability.canaries import dump_of, files_below, holds, memory_of
from tests.reliability.served import Server, file_until_acknowledged, serving

# Of what the words of one call have in common.
SHARED = 15


def canaries(*names: str) -> dict[str, str]:
    """Words that share their beginning, which is looked for first: memory is large."""
    shared = f"金丝雀{secrets.token_hex(6)}"
    return {name: f"{shared}{name}{secrets.token_hex(6)}" for name in names}


def heaps(server: Server, redis: RedisServer) -> Iterator[tuple[str, bytes]]:  # noqa: F811
    """Everything that outlives a request, and what the server holds in memory."""
    world = server.world
    world.execute("CHECKPOINT", alone=True)
    (data,) = world.rows("SHOW data_directory")
    yield "dump", dump_of(world.url)
    yield "redis", redis.dump().encode()
    # PostgreSQL's tables, WAL, log and temporary files; ours: keys, shred store, the log of the server.
    yield from files_below(Path(data["data_directory"]), world.var, world.var.parent)
    assert server.process
    yield from memory_of(server.process.pid)


def found(server: Server, redis: RedisServer, words: dict[str, str]) -> set[tuple[str, str]]:  # noqa: F811
    hits, shared = set(), next(iter(words.values()))[:SHARED]
    for where, data in heaps(server, redis):
        if not holds(data, shared):
            continue
        place = where.partition(" ")[0] if where.startswith("memory") else Path(where).name
        hits |= {(name, place) for name, text in words.items() if holds(data, text)}
    return hits


def test_no_word_of_a_tip_stands_anywhere(tmp_path: Path, redis: RedisServer) -> None:  # noqa: F811
    with serving(tmp_path, "tips", REDIS_URL=redis.url) as server:
        world = server.world
        server.wait()
        phone = world.phone()
        words = canaries("text", "contact", "place", "photo", "later")
        photo = b"\xff\xd8" + words["photo"].encode() * 3
        body = phone.seal(words["text"], (photo,), kind="property", contact=words["contact"], place=words["place"])
        file_until_acknowledged(server, phone, body)
        assert server.post("/v1/tips/messages", phone.words(1, words["later"]))[0] == 201
        assert server.post("/v1/tips/status", {"lookup": phone.lookup})[0] == 200
        assert found(server, redis, words) == set()
        lookup = phone.keys.lookup
        for spelt in (lookup, lookup.hex().encode(), to_text(lookup).encode(), phone.receipt.hex().encode()):
            assert spelt not in dump_of(world.url)
        _planted_is_found(server, redis)


def _planted_is_found(server: Server, redis: RedisServer) -> None:  # noqa: F811
    """The control: the same words in the clear are found wherever they are put."""
    planted = canaries("table", "memory", "log", "packed", "escaped")
    server.world.execute(
        "INSERT INTO register.clock VALUES (%s, 'duty', 1, 'day', '2020-01-01', NULL, '')", planted["table"]
    )
    place = server.world.var.parent
    (place / "planted.log").write_text(planted["log"], "utf-16-le")
    (place / "planted.gz").write_bytes(b"before" + gzip.compress(planted["packed"].encode()))
    (place / "planted.json").write_text(json.dumps(planted["escaped"]))
    server.kill()
    server.environment["MAP_TILES_ATTRIBUTION"] = planted["memory"]
    server.start()
    server.wait()
    hits = found(server, redis, planted)
    assert {("table", "dump"), ("memory", "memory"), ("log", "planted.log")} <= hits
    assert {("packed", "planted.gz"), ("escaped", "planted.json")} <= hits
    # In the table's own file, and in the WAL.
    assert len({place for name, place in hits if name == "table"}) >= 3


@pytest.mark.parametrize("spelt", ["utf-16-be", "hex", "base64"])
def test_a_word_is_found_however_it_is_spelt(spelt: str) -> None:
    text, other = canaries("x", "y").values()
    for before in range(4):
        around = bytes(before) + text.encode() + b"tail"
        data = {
            "utf-16-be": text.encode("utf-16-be"),
            "hex": around.hex().encode(),
            "base64": base64.urlsafe_b64encode(around),
        }[spelt]
        assert holds(b"x" * 7 + data + b"y", text)
        assert not holds(b"x" * 7 + data + b"y", other)
