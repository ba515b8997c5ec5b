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

from psycopg.conninfo import conninfo_to_dict

_GZIP = re.compile(rb"\x1f\x8b\x08")
# Of a compressed stream so much is unpacked.
_UNPACKED = 1_000_000


def spellings(text: str) -> list[bytes]:
    """A text as it may stand somewhere: raw, UTF-16, hexadecimal, base64 at each of three offsets."""
    raw = text.encode()
    found = [raw, text.encode("utf-16-le"), text.encode("utf-16-be"), raw.hex().encode()]
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
    for match in _GZIP.finditer(data):
        with suppress(zlib.error):
            yield zlib.decompressobj(31).decompress(data[match.start() : match.start() + _UNPACKED], _UNPACKED)


def dump_of(server_url: str) -> bytes:
    # pg_dumpall does not hand the address's password on to the dump of each database.
    environment = {**os.environ, "PGPASSWORD": str(conninfo_to_dict(server_url).get("password", ""))}
    done = subprocess.run(["pg_dumpall", "-d", server_url], capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


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
