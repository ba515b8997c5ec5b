"""Keys of this installation by purpose, all from one secret: what is made with one never serves another purpose."""

from __future__ import annotations

import os
import secrets
from hashlib import blake2b
from pathlib import Path

from backend.core.errors import OperatorError

_SIZE = 32


class Keys:
    """Derives keys from a secret that is found at first use, so that commands need none.

    The secret is IDENTITY_KEY, else the identity key under `var/`, else, where lists are imported on another machine,
    a key of its own there.
    """

    def __init__(self, configured: str | None, var_dir: Path) -> None:
        self._configured = configured
        self._var_dir = var_dir
        self._made: dict[str, bytes] = {}

    def of(self, purpose: str) -> bytes:
        """The 32-byte key of a purpose, at most 16 ASCII characters; cannot be led back to the secret."""
        if purpose not in self._made:
            key = blake2b(b"subkey", key=self._secret(), person=purpose.encode(), digest_size=_SIZE).digest()
            self._made[purpose] = key
        return self._made[purpose]

    def identity(self) -> bytes:
        """The secret itself, with which imports hash identities; not theirs where lists are imported elsewhere.

        Read each time, since a first import may make it after the server has started.
        """
        return self._secret()

    def _secret(self) -> bytes:
        if self._configured:
            return _parse(self._configured, "IDENTITY_KEY")
        identity, own = self._var_dir / "identity.key", self._var_dir / "serving.key"
        if identity.exists():
            return _read(identity)
        if not own.exists():
            _make(own)
        return _read(own)


def _read(path: Path) -> bytes:
    try:
        return _parse(path.read_text("ascii"), path.name)
    except (OSError, UnicodeDecodeError):
        raise OperatorError(f"{path.name} cannot be read.") from None


def _parse(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != _SIZE:
        raise OperatorError(f"{where} must hold 64 hex digits.")
    return key


def _make(path: Path) -> None:
    """Write a random key readable by its owner only; of several workers that start at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_hex(_SIZE) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
