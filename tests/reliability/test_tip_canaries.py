"""No word of a tip stands anywhere: what is planted on purpose is found, what was sealed is not."""

from __future__ import annotations

import base64
import gzip
import json
import secrets
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from redis import Redis

from backend.core.sealing.receipts import row_key
from backend.core.sealing.wire import to_text
from tests.integration.conftest import RedisServer, redis, redis_server  # noqa: F401  # fixtures
from tests.integration.filing_world import Phone
from tests.reliability.canaries import dump_of, files_below, holds, memory_of, redis_of
from tests.reliability.served import Server, file_until_acknowledged, serving

# Of what the words of one call have in common.
SHARED = 15


def canaries(*names: str) -> dict[str, str]:
    """Words that share their beginning, which is looked for first: memory is large."""
    shared = f"金丝雀{secrets.token_hex(6)}"
    return {name: f"{shared}{name}{secrets.token_hex(6)}" for name in names}


def heaps(server: Server, redis: RedisServer) -> Iterator[tuple[str, bytes]]:  # noqa: F811
    """Everything that outlives a request, by its place: and what the server holds in memory."""
    world = server.world
    world.execute("CHECKPOINT", alone=True)
    (data,) = world.rows("SHOW data_directory")
    cluster = Path(data["data_directory"])
    yield "dump", dump_of(world.url)
    yield "redis", redis_of(redis.url)
    # PostgreSQL's tables (base), WAL (pg_wal), log and temporary files.
    for path, content in files_below(cluster):
        yield Path(path).relative_to(cluster).parts[0], content
    # Ours: keys, shred store and mirror, the log of the server, its temporary files.
    for path, content in files_below(world.var.parent):
        yield Path(path).relative_to(world.var.parent).as_posix(), content
    assert server.process
    for _, content in memory_of(server.process.pid):
        yield "memory", content


def found(server: Server, redis: RedisServer, words: dict[str, str]) -> set[tuple[str, str]]:  # noqa: F811
    hits, shared = set(), next(iter(words.values()))[:SHARED]
    for place, data in heaps(server, redis):
        if holds(data, shared):
            hits |= {(name, place) for name, text in words.items() if holds(data, text)}
    return hits


def test_no_word_of_a_tip_stands_anywhere(tmp_path: Path, redis: RedisServer) -> None:  # noqa: F811
    with serving(tmp_path, "tips", REDIS_URL=redis.url) as server:
        server.wait()
        phone = server.world.phone()
        words = canaries("text", "contact", "place", "photo", "later")
        photo = b"\xff\xd8" + words["photo"].encode() * 3
        more = {"kind": "property", "contact": words["contact"], "place": words["place"]}
        file_until_acknowledged(server, phone, phone.seal(words["text"], (photo,) * 2, **more))
        assert server.post("/v1/tips/messages", phone.words(1, words["later"]))[0] == 201
        assert server.post("/v1/tips/status", {"lookup": phone.lookup})[0] == 200
        assert found(server, redis, words) == set()
        _receipt_is_nowhere(server, redis, phone)
        _planted_is_found(server, redis)


def _receipt_is_nowhere(server: Server, redis: RedisServer, phone: Phone) -> None:  # noqa: F811
    """Nor what is derived from it; the lookup passes through memory, and is kept nowhere."""
    secret = (phone.receipt, phone.keys.lookup, phone.keys.speak, phone.keys.claim, phone.keys.reply.secret)
    spelt = [spelling for one in secret for spelling in (one, one.hex().encode(), to_text(one).encode())]
    kept = {place: data for place, data in heaps(server, redis) if place != "memory"}
    assert [place for place, data in kept.items() if any(one in data for one in spelt)] == []
    # The control: the hash that is kept instead is found, so it was looked for in the right way.
    assert row_key(phone.keys.lookup).hex().encode() in kept["dump"]


PLANTED = {
    "table": {"dump", "base", "pg_wal"},
    "redis": {"redis"},
    "log": {"server.log"},
    "temporary": {"tmp/body"},
    "mirror": {"var/mirror/planted"},
    "memory": {"memory"},
    "gzip": {"planted.gz"},
    "zlib": {"planted.z"},
    "deflate": {"planted.deflate"},
    "zip": {"planted.zip"},
    "escaped": {"planted.json"},
}


def _planted_is_found(server: Server, redis: RedisServer) -> None:  # noqa: F811
    """The control: the same words in the clear are found wherever they are put."""
    planted = canaries(*PLANTED)
    _plant(server, redis, planted)
    server.kill()
    server.environment["MAP_TILES_ATTRIBUTION"] = planted["memory"]
    server.start()
    server.wait()
    hits = found(server, redis, planted)
    assert {(name, place) for name, places in PLANTED.items() for place in places} - hits == set()


def _plant(server: Server, redis: RedisServer, planted: dict[str, str]) -> None:  # noqa: F811
    server.world.execute(
        "INSERT INTO register.clock VALUES (%s, 'duty', 1, 'day', '2020-01-01', NULL, '')", planted["table"]
    )
    with Redis.from_url(redis.url) as client:
        client.set("planted", planted["redis"])
    place = server.world.var.parent
    with (place / "server.log").open("a", encoding="utf-16-le") as log:
        log.write(planted["log"])
    (place / "tmp" / "body").write_text(planted["temporary"], "utf-16-be")
    (place / "var" / "mirror" / "planted").write_text(planted["mirror"].encode().hex())
    (place / "planted.gz").write_bytes(b"before" + gzip.compress(planted["gzip"].encode()))
    (place / "planted.z").write_bytes(b"before" + zlib.compress(planted["zlib"].encode()))
    (place / "planted.deflate").write_bytes(zlib.compress(planted["deflate"].encode())[2:])
    with ZipFile(place / "planted.zip", "w", ZIP_DEFLATED) as archive:
        archive.writestr("words.txt", planted["zip"])
    (place / "planted.json").write_text(json.dumps(planted["escaped"]))


@pytest.mark.parametrize("spelt", ["utf-16-le", "utf-16-be", "hex", "HEX", "base64", "percent", "gzip", "zlib"])
def test_a_word_is_found_however_it_is_spelt(spelt: str) -> None:
    text, other = canaries("x", "y").values()
    for before in range(4):
        around = bytes(before) + text.encode() + b"tail"
        data = {
            "utf-16-le": text.encode("utf-16-le"),
            "utf-16-be": text.encode("utf-16-be"),
            "hex": around.hex().encode(),
            "HEX": around.hex().upper().encode(),
            "base64": base64.urlsafe_b64encode(around),
            "percent": quote(text).encode(),
            "gzip": gzip.compress(around),
            "zlib": zlib.compress(around, 1 + before * 2),
        }[spelt]
        assert holds(b"x" * 7 + data + b"y", text)
        assert not holds(b"x" * 7 + data + b"y", other)
