"""Ed25519 keys of this installation, kept in files outside the database: who can write there cannot sign."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from nacl.signing import SigningKey

from backend.core.errors import OperatorError


@dataclass
class Signer:
    """Signs for one purpose, which is part of what is signed; the key is made at the first use.

    Attributes:
        path: 64 hex digits, readable by their owner only.
        purpose: in front of every message, so that a signature never serves another one.
    """

    path: Path
    purpose: bytes
    _key: SigningKey | None = field(default=None, repr=False)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of a signature over the purpose and the message.

        Raises:
            OperatorError: the file is no key.
        """
        return bytes(self._found().sign(self.purpose + message).signature)

    def public(self) -> bytes:
        """The 32 bytes by which others check."""
        return bytes(self._found().verify_key)

    def _found(self) -> SigningKey:
        if self._key is None:
            if not self.path.exists():
                _make(self.path)
            try:
                self._key = SigningKey(bytes.fromhex(self.path.read_text("ascii").strip()))
            except (OSError, ValueError):
                raise OperatorError(f"{self.path.name} is no signing key.") from None
        return self._key


def _make(path: Path) -> None:
    """A key readable by its owner only; of several workers that start at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(bytes(SigningKey.generate()).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
