"""The shred store: one 32-byte file for each filing, without which no backup and no key opens it.

It lies outside the database, its dumps and its snapshots, on a volume of its own, and is mirrored live to a second
directory. Losing both loses open filings; whoever backs it up takes away what destroying means.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from backend.config import Filings
from backend.core.errors import OperatorError
from backend.core.sealing.rows import new_row_key

_SIZE = 32


@dataclass(frozen=True)
class ShredStore:
    """Keys by filing; `mirror` None keeps them in one place only."""

    directory: Path
    mirror: Path | None = None

    @classmethod
    def of(cls, settings: Filings) -> ShredStore:
        return cls(settings.shred_dir, settings.shred_mirror_dir)

    def make(self, filing: UUID) -> bytes:
        """A new key, on the disks of both directories when this returns.

        Raises:
            OSError: a disk is full or away; what was written before stays and is swept.
        """
        key = new_row_key()
        for place in self._places():
            _make_directory(place)
            _write(place / str(filing), key)
        return key

    def find(self, filing: UUID) -> bytes | None:
        """The key of a filing, from the mirror where the directory lacks it; None once it is destroyed."""
        for place in self._places():
            with suppress(FileNotFoundError):
                key = (place / str(filing)).read_bytes()
                if len(key) == _SIZE:
                    return key
        return None

    def erase(self, filing: UUID) -> None:
        """Overwrite and remove a key in both directories; does nothing where it is gone already."""
        for place in self._places():
            with suppress(FileNotFoundError):
                _overwrite(place / str(filing))
                (place / str(filing)).unlink()
                _sync_directory(place)

    def list_filings(self, older_than_seconds: float = 0) -> Iterator[UUID]:
        """Every filing that has a key in either directory, by the age of its file."""
        before = time.time() - older_than_seconds
        for name in sorted({name for place in self._places() for name in _names(place, before)}):
            try:
                yield UUID(name)
            except ValueError:
                raise OperatorError("The shred store holds a file that is no filing's key; look at it first.") from None

    def _places(self) -> tuple[Path, ...]:
        return (self.directory, self.mirror) if self.mirror else (self.directory,)


def _names(place: Path, before: float) -> Iterator[str]:
    if place.is_dir():
        for path in place.iterdir():
            with suppress(FileNotFoundError):
                if path.stat().st_mtime <= before:
                    yield path.name


def _make_directory(place: Path) -> None:
    """A folder that a power cut would take away takes every key in it along, so its name is on the disk too."""
    new = [folder for folder in (place, *place.parents) if not folder.exists()]
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for folder in new:
        _sync_directory(folder.parent)


def _write(path: Path, key: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        # Of the file's times only ctime stays exact; the hour is what the filing itself tells.
        os.utime(file.fileno(), (hour := time.time() // 3600 * 3600, hour))
        os.fsync(file.fileno())
    _sync_directory(path.parent)


def _overwrite(path: Path) -> None:
    # In place: a file written anew would leave the old bytes where they are.
    descriptor = os.open(path, os.O_WRONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(_SIZE))
        file.flush()
        os.fsync(file.fileno())


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
