"""Pictures for tests, and what stands in their files: no more of JPEG and PNG than that takes."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator

from playwright.sync_api import Page

_EXIF, _COMMENT, _SCAN = 0xE1, 0xFE, 0xDA
_SIZES = {0xC0, 0xC1, 0xC2}
_DRAW = """([width, height]) => {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  for (let at = 0; at < 400; at += 1) {
    context.fillStyle = `hsl(${at * 37} 80% 50%)`
    context.fillRect((at * 97) % width, (at * 61) % height, 220, 140)
  }
  return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]
}"""


def located_photo(page: Page, width: int, height: int, phone: bytes, comment: bytes) -> bytes:
    """A JPEG that tells where (a GPS directory) and with which phone (its model) it was taken."""
    plain = base64.b64decode(page.evaluate(_DRAW, [width, height]))
    return plain[:2] + _segment(_EXIF, b"Exif\0\0" + _tiff(phone)) + _segment(_COMMENT, comment) + plain[2:]


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def _tiff(phone: bytes) -> bytes:
    """Two entries: the model, and a directory of positions with latitude and its half of the globe."""
    model = phone + b"\0"
    at_model = 8 + 2 + 2 * 12 + 4
    at_gps = at_model + len(model) + len(model) % 2
    at_latitude = at_gps + 2 + 2 * 12 + 4
    main = struct.pack("<H", 2) + struct.pack("<HHII", 0x0110, 2, len(model), at_model)
    main += struct.pack("<HHII", 0x8825, 4, 1, at_gps) + struct.pack("<I", 0)
    gps = struct.pack("<H", 2) + struct.pack("<HHI4s", 1, 2, 2, b"N\0\0\0")
    gps += struct.pack("<HHII", 2, 5, 3, at_latitude) + struct.pack("<I", 0)
    latitude = struct.pack("<6I", 38, 1, 2, 1, 3, 1)
    return b"II*\0" + struct.pack("<I", 8) + main + model.ljust(at_gps - at_model, b"\0") + gps + latitude


def segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and content of each segment before the picture's own data."""
    assert jpeg[:2] == b"\xff\xd8"
    at = 2
    while jpeg[at + 1] != _SCAN:
        length = int.from_bytes(jpeg[at + 2 : at + 4])
        yield jpeg[at + 1], jpeg[at + 4 : at + 2 + length]
        at += 2 + length


def is_located(jpeg: bytes) -> bool:
    return any(marker == _EXIF and b"\x25\x88" in content for marker, content in segments(jpeg))


def size_of_jpeg(jpeg: bytes) -> tuple[int, int]:
    frame = next(content for marker, content in segments(jpeg) if marker in _SIZES)
    height, width = struct.unpack(">HH", frame[1:5])
    return width, height


def has_metadata(jpeg: bytes) -> bool:
    return any(marker in (_EXIF, _COMMENT) for marker, _ in segments(jpeg))


def size_of_png(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height
