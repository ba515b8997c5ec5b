"""The server's own signing key, for certificates: outside the database, certified by each court."""

from __future__ import annotations

import secrets
from pathlib import Path

from backend.core.errors import OperatorError
from backend.core.key_files import make_key_file
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
        make_key_file(path, to_text(secrets.token_bytes(SEED_BYTES)))
    return read_cert_key(path)
