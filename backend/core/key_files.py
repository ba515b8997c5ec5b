"""Keys in files of their own: whoever can read and write the database alone can neither sign nor hash with them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from nacl.signing import SigningKey

from backend.core.errors import OperatorError


def make_key_file(path: Path, text: str) -> None:
    """Write a key readable by its owner only, whole or not at all; of several that do so at once the first one's stays.

    So whoever makes a key reads it afterwards.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def signing_key(path: Path) -> SigningKey:
    """The signing key (Ed25519) in a file, as 64 hex digits; made where there is none.

    Raises:
        OperatorError: the file holds no key.
    """
    if not path.exists():
        make_key_file(path, bytes(SigningKey.generate()).hex())
    try:
        return SigningKey(bytes.fromhex(path.read_text("ascii").strip()))
    except (OSError, ValueError):
        raise OperatorError(f"{path.name} is no signing key.") from None
