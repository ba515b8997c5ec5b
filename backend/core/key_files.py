"""Signing keys (Ed25519) in files of their own, outside the database: whoever can write there cannot sign."""

from __future__ import annotations

import os
from pathlib import Path

from nacl.signing import SigningKey

from backend.core.errors import OperatorError


def signing_key(path: Path) -> SigningKey:
    """The key in a file, as 64 hex digits, readable by its owner only; made where there is none.

    Raises:
        OperatorError: the file holds no key.
    """
    if not path.exists():
        _write(path, SigningKey.generate())
    try:
        return SigningKey(bytes.fromhex(path.read_text("ascii").strip()))
    except (OSError, ValueError):
        raise OperatorError(f"{path.name} is no signing key.") from None


def _write(path: Path, key: SigningKey) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(bytes(key).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
