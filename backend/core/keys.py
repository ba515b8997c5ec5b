"""Keys of this installation by purpose, all from one secret: what is made with one never serves another purpose."""

from __future__ import annotations

import secrets
from hashlib import blake2b
from pathlib import Path

from backend.core.errors import OperatorError
from backend.core.key_files import make_key_file

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
            return parse_key(self._configured, "IDENTITY_KEY")
        identity, own = self._var_dir / "identity.key", self._var_dir / "serving.key"
        if identity.exists():
            return read_key(identity)
        if not own.exists():
            make_key_file(own, secrets.token_hex(_SIZE))
        return read_key(own)


def read_key(path: Path) -> bytes:
    """The 32-byte key in a file.

    Raises:
        OperatorError: the file cannot be read, or holds no key.
    """
    try:
        return parse_key(path.read_text("ascii"), path.name)
    except (OSError, UnicodeDecodeError):
        raise OperatorError(f"{path.name} cannot be read.") from None


def parse_key(text: str, where: str) -> bytes:
    """A 32-byte key of 64 hex digits; `where` it stood, for the sentence.

    Raises:
        OperatorError: it is none.
    """
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != _SIZE:
        raise OperatorError(f"{where} must hold 64 hex digits.")
    return key
