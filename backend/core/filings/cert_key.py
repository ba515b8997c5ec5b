"""The server's own signing key, for certificates: outside the database, certified by each court."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from backend.core.errors import OperatorError
from backend.core.sealing.refusals import Malformed
from backend.core.sealing.signatures import SEED_BYTES
from backend.core.sealing.wire import to_bytes, to_text


def read_cert_key(path: Path) -> bytes:
    """The seed. Raises OperatorError where there is none: another one would not be what courts have certified."""
    try:
        return to_bytes(path.read_text("ascii").strip(), SEED_BYTES)
    except (OSError, Malformed, UnicodeDecodeError):
        raise OperatorError(f"{path.name} is no signing key: make one with `keys make-server`.") from None


def make_cert_key(path: Path) -> bytes:
    """The seed in a file, made where there is none, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(to_text(secrets.token_bytes(SEED_BYTES)) + "\n")
            file.flush()
            os.fsync(file.fileno())
    return read_cert_key(path)
