"""What makes two rows, or a row and a self-check, the same entity: a keyed hash, of which one rule serves both.

The import keeps this hash and forgets the identifier (docs/adr/0004); a self-check makes it again (docs/adr/0015).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b

SOURCES = ("court", "demo")
# A resident ID in the form of the published files: the first ten, four stars, the last four.
OFFICIAL_MASK = re.compile(r"\d{10}\*{4}\d{3}[\dX]")
_SIZE = 32
_SEPARATOR = "\x1f"  # unprintable, so that no value can hold it


class IdentityHasher:
    """Keyed BLAKE2b, 32 bytes, of source, kind, folded name and identifier; `key` is the identity key."""

    def __init__(self, key: bytes) -> None:
        self._empty = blake2b(key=key, digest_size=_SIZE, person=b"identity")

    def digest(self, parts: Iterable[str]) -> bytes:
        """The hash of one entity.

        Args:
            parts: source, kind, folded name, identifier; then court and case where the identifier is none that holds
                across courts.
        """
        hashing = self._empty.copy()
        hashing.update(_SEPARATOR.join(parts).encode())
        return hashing.digest()


def check_of(key: bytes) -> bytes:
    """What `register.installation` keeps of the key, to know it again."""
    return blake2b(b"identity key", key=key, digest_size=_SIZE, person=b"check").digest()
