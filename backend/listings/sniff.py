"""What kind of file it is, by its content and never by its name alone."""

from __future__ import annotations

import codecs
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from backend.listings.domain.refusal import NotTaken, Refusal

_CHUNK = 1 << 20
# So many Han characters before the first bad byte show that the file is UTF-8 with damage, not GB18030.
_ENOUGH_HAN = 4
_SIGNS = (
    (b"\xd0\xcf\x11\xe0", Refusal.OLD_EXCEL),
    (b"\x89PNG", Refusal.PICTURE),
    (b"\xff\xd8\xff", Refusal.PICTURE),
    (b"GIF8", Refusal.PICTURE),
    (b"%PDF", Refusal.PDF),
    (b"\x1f\x8b", Refusal.GZIP),
    (b"7z\xbc\xaf", Refusal.SEVEN_ZIP),
    (b"Rar!", Refusal.RAR),
    (b"\xff\xfe", Refusal.UTF_16),
    (b"\xfe\xff", Refusal.UTF_16),
)


@dataclass(frozen=True)
class SourceFile:
    """A list file: its form (`json`, `lines`, `csv`, `xlsx`), encoding, size in bytes and SHA-256.

    `content` is the file itself where it lies in memory and nowhere else.
    """

    path: Path
    form: str
    encoding: str
    size: int
    sha256: bytes
    content: bytes | None = None

    def open(self) -> IO[bytes]:
        return self.path.open("rb") if self.content is None else io.BytesIO(self.content)


def sniff(path: Path) -> SourceFile:
    """Look at the whole file once: form, encoding, digest.

    Raises:
        NotTaken: it cannot be read, or is not a list at all.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(0)
            encoding, digest = _read_through(file)
        size = path.stat().st_size
    except OSError as error:
        fault = (error.strerror or "unknown reason").lower()
        raise NotTaken(Refusal.UNREADABLE, name=path.name, fault=fault) from None
    return SourceFile(path, _form(path.name, head), encoding, size, digest)


def sniff_upload(name: str, content: bytes) -> SourceFile:
    """Look at a file that was sent; only the last part of its name counts, and none of it reaches the disk.

    Raises:
        NotTaken: it is not a list at all.
    """
    name = name.replace("\\", "/").rpartition("/")[2][:200] or "list"
    encoding, digest = _read_through(io.BytesIO(content))
    return SourceFile(Path(name), _form(name, content[:4096]), encoding, len(content), digest, content)


def _form(name: str, head: bytes) -> str:
    for sign, why in _SIGNS:
        if head.startswith(sign):
            raise NotTaken(why, name=name)
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        raise NotTaken(Refusal.EMPTY, name=name)
    if text.startswith(b"["):
        return "json"
    if text.startswith(b"{"):
        return "lines"
    if text.startswith(b"<"):
        raise NotTaken(Refusal.WEB_PAGE, name=name)
    if b"\x00" in head and not any(sign in head for sign in (b",", b"\t", b";")):
        raise NotTaken(Refusal.NOT_TEXT, name=name)
    return "csv"


def _read_through(file: IO[bytes]) -> tuple[str, bytes]:
    """Encoding and SHA-256 in one pass."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, han = "utf-8-sig", 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        if encoding != "utf-8-sig" or han >= _ENOUGH_HAN:
            continue
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            text = chunk[: error.start].decode("utf-8", "ignore")
            if han + _count_han(text) < _ENOUGH_HAN:
                encoding = "gb18030"
        han += 0 if text.isascii() else _count_han(text)
    return encoding, digest.digest()


def _count_han(text: str) -> int:
    return sum("\u3400" <= character <= "\u9fff" for character in text)
