"""The identity key of this installation, and the keyed hashes by which rows meet again without any ID stored."""

from __future__ import annotations

import hmac
import secrets
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from backend.core.errors import OperatorError
from backend.core.identities import IdentityHasher, check_of
from backend.core.key_files import make_key_file
from backend.core.keys import parse_key, read_key
from backend.listings.domain.fields import Row
from backend.listings.domain.record import Key, Register

_SIZE = 32
# Raised with every change of what is read, refused or stored of a row (domain/, keys.py, staging.py, core/names.py), so
# that rows which the rules of before have passed are checked again.
RULES_VERSION = 1
_ROW_SIZE = 16
_SEPARATOR = "\x1f"  # unprintable, so that no value of a row can hold it


class RowKeys(NamedTuple):
    """`listing` is the same for the same row of a later file, `identity` for the same entity."""

    listing: bytes
    identity: bytes


class Hasher:
    """Keyed BLAKE2b, 32 bytes, with a purpose in each, so that no two kinds of digest can meet."""

    def __init__(self, key: bytes, source: str) -> None:
        self._source = source
        self._listing = blake2b(key=key, digest_size=_SIZE, person=b"listing")
        self._identity = IdentityHasher(key)
        self._content = blake2b(key=key, digest_size=_SIZE, person=b"content")

    def keys(self, key: Key) -> RowKeys:
        """Hashes of a row's key.

        Entities merge by source, kind, folded name and identifier; without one that holds across courts, the court
        and the case stand in, since names are not identities (docs/import.md).
        """
        identifier = key.identifier
        entity = (self._source, key.kind, key.name_folded, identifier.text)
        case = (key.court.id, key.case.text)
        listing = self._listing.copy()
        listing.update(_SEPARATOR.join(entity + case).encode())
        identity = self._identity.digest(entity if identifier.strong else entity + case)
        return RowKeys(listing.digest(), identity)

    def content(self, values: tuple[object, ...]) -> bytes:
        """Digest of every stored value, None apart from an empty text."""
        content = self._content.copy()
        # Values are texts, numbers, dates and None; the sign for None is unprintable too.
        content.update(_SEPARATOR.join(["\x00" if value is None else str(value) for value in values]).encode())
        return content.digest()


class RowHasher:
    """Keyed BLAKE2b, 16 bytes, of a row as the file holds it and of all that its check depends on beside it.

    Of the day no check depends in a way that a later day could refuse or change: dates must not lie in the future, ages
    are those at publication.
    """

    def __init__(self, key: bytes, source: str, register: Register) -> None:
        only = register.only_court.id if register.only_court else ""
        known = (RULES_VERSION, source, only, sorted(register.courts.items()), sorted(register.counties))
        self._row = blake2b(repr(known).encode(), key=key, digest_size=_ROW_SIZE, person=b"row")

    def row(self, row: Row) -> bytes | None:
        """The hash, or None for a row that must be checked each time.

        These hold a full ID or a birth date, of which not even a hash is kept, or something that is no clean text.
        """
        if row.full_id or row.birth_date:
            return None
        try:
            joined = _SEPARATOR.join(["" if value is None else value for value in row]).encode()
        except (TypeError, UnicodeEncodeError):
            return None
        if joined.count(_SEPARATOR.encode()) >= len(row):
            return None
        digest = self._row.copy()
        digest.update(joined)
        return digest.digest()


def identity_key(configured: str | None, key_file: Path, known_check: bytes | None, *, make: bool) -> bytes:
    """The key that this database was filled with, or, for a database that has none yet, a key to begin with.

    Args:
        configured: IDENTITY_KEY, 64 hex digits, or None.
        key_file: where a key of its own is kept; made, readable by its owner only, when `make` is set.
        known_check: `check_of` the key the database was filled with, or None.
        make: False for a dry run, which leaves no file behind.

    Raises:
        OperatorError: the key is malformed, missing, or another one than the database was filled with.
    """
    key = parse_key(configured, "IDENTITY_KEY") if configured else _read(key_file)
    if key is None:
        if known_check is not None:
            raise OperatorError(
                f"The identity key of this database is missing: restore {key_file.name}, or set IDENTITY_KEY."
            )
        # Where officers signed in before the first import, their codes are sealed under the key made then: it stays.
        key = _read(key_file.with_name("serving.key")) or secrets.token_bytes(_SIZE)
        if make:
            make_key_file(key_file, key.hex())
            key = read_key(key_file)
    if known_check is not None and not hmac.compare_digest(check_of(key), known_check):
        raise OperatorError(
            "The identity key is not the one this database was filled with: restore it, since another key would"
            " double every entity."
        )
    return key


def _read(key_file: Path) -> bytes | None:
    return read_key(key_file) if key_file.exists() else None
