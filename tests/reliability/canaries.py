"""Looks for words where they must not be: in a dump, PostgreSQL's files, ours, Redis, and a server's memory."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from psycopg.conninfo import conninfo_to_dict
from redis import Redis

# How a stream begins, with how zlib is to read it: gzip, zlib, and deflate in a zip archive behind its file's name.
_STREAMS = (
    (re.compile(rb"\x1f\x8b\x08"), 31),
    (re.compile(rb"\x78[\x01\x5e\x9c\xda]"), 15),
    (re.compile(rb"PK\x03\x04.{4}\x08\x00", re.DOTALL), -15),
)
_ZIP_HEADER, _ZIP_NAMES = 30, 26
# Of a compressed stream so much is unpacked.
_UNPACKED = 1_000_000


def spellings(text: str) -> list[bytes]:
    """A text as it may stand somewhere: raw, UTF-16, hexadecimal, base64 at each of three offsets, escaped."""
    raw = text.encode()
    found = [raw, text.encode("utf-16-le"), text.encode("utf-16-be"), raw.hex().encode(), raw.hex().upper().encode()]
    found.append(quote(text).encode())
    for offset in range(3):
        # What overlaps the neighbours is cut off at both ends.
        coded = base64.b64encode(bytes(offset) + raw)[4 if offset else 0 : -4]
        found += {coded, coded.translate(bytes.maketrans(b"+/", b"-_"))}
    return found + [escaped for escaped in [text.encode("unicode_escape")] if escaped != raw]


def holds(data: bytes, text: str) -> bool:
    if any(one in data for one in spellings(text)):
        return True
    return any(one in unpacked for unpacked in _unpacked(data) for one in spellings(text))


def _unpacked(data: bytes) -> Iterator[bytes]:
    starts = [(0, -15)]  # a file that is deflated and says so nowhere
    for stream, window in _STREAMS:
        starts += [(_start(data, match, window), window) for match in stream.finditer(data)]
    whole = memoryview(data)
    for start, window in starts:
        # As much as can be read: a stream may be cut off, or overwritten further on.
        with suppress(zlib.error):
            yield zlib.decompressobj(window).decompress(whole[start : start + _UNPACKED], _UNPACKED)


def _start(data: bytes, match: re.Match[bytes], window: int) -> int:
    if window != -15:
        return match.start()
    names = match.start() + _ZIP_NAMES
    return match.start() + _ZIP_HEADER + sum(int.from_bytes(data[at : at + 2], "little") for at in (names, names + 2))


def dump_of(server_url: str) -> bytes:
    # pg_dumpall does not hand the address's password on to the dump of each database.
    environment = {**os.environ, "PGPASSWORD": str(conninfo_to_dict(server_url).get("password", ""))}
    done = subprocess.run(["pg_dumpall", "-d", server_url], capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def redis_of(url: str) -> bytes:
    """Every key with its value, as they are and not as Python writes bytes."""

    readers = {"string": "GET", "set": "SMEMBERS", "hash": "HGETALL"}
    with Redis.from_url(url) as client:
        found: list[bytes] = []
        for key in client.scan_iter():
            kind = client.execute_command("TYPE", key).decode()
            value = client.execute_command(readers[kind], key)
            found += [key, *_flat(value)]
    return b"\n".join(found)


def _flat(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    else:
        for one in value.items() if isinstance(value, dict) else value:
            yield from _flat(one)


def files_below(*places: Path) -> Iterator[tuple[str, bytes]]:
    for place in places:
        for path in sorted(place.rglob("*")):
            with suppress(FileNotFoundError, OSError):
                if path.is_file():
                    yield str(path), path.read_bytes()


def memory_of(group: int) -> Iterator[tuple[str, bytes]]:
    """What the processes of a group hold in memory that can be written to."""
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if entry.name.isdigit() and os.getpgid(int(entry.name)) == group:
                yield from _memory(entry)


def _memory(process: Path) -> Iterator[tuple[str, bytes]]:
    with (process / "mem").open("rb", 0) as memory:
        for line in (process / "maps").read_text().splitlines():
            span, rights = line.split()[:2]
            start, end = (int(part, 16) for part in span.split("-"))
            if rights.startswith("rw"):
                with suppress(OSError, OverflowError):
                    memory.seek(start)
                    yield f"memory of {process.name} at {span}", memory.read(end - start)
