"""Signed heads of the audit trail, kept outside the database: who cuts the trail's end cannot cut these.

One line of JSON each: `{"sequence", "digest", "signed_at", "signature"}`. The signature is Ed25519 over
`court listings audit head`, the sequence as 8 bytes and the digest.
"""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from backend.core.audit import Head
from backend.core.clock import rfc3339
from backend.core.errors import OperatorError
from backend.core.key_files import signing_key

_PURPOSE = b"court listings audit head"


@dataclass(frozen=True)
class HeadFile:
    """The heads that were signed, oldest first, and the key that signs them; made at the first signature."""

    path: Path
    key_path: Path

    def sign(self, head: Head, signed_at: datetime) -> None:
        """Add a head to the file, durably; one that it holds already is not added again.

        Raises:
            OperatorError: it contradicts what was signed before, so the trail was cut or written anew.
        """
        signed = self.read()
        if any(one.sequence > head.sequence or (one.sequence == head.sequence and one != head) for one in signed):
            raise OperatorError(
                f"The head {head.sequence} is not signed: {self.path.name} holds a later or another one. Run"
                " `flask --app backend audit verify`."
            )
        if head in signed:
            return
        signature = self._key().sign(_message(head)).signature
        line = {
            "sequence": head.sequence,
            "digest": head.digest.hex(),
            "signed_at": rfc3339(signed_at),
            "signature": signature.hex(),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _write(self.path, "a", json.dumps(line) + "\n")

    def put_aside(self, kept: Container[Head], at: datetime) -> Path:
        """Go on with those lines only whose heads are kept; where the whole file lies from then on, as it was.

        Raises:
            OperatorError: as `read`.
        """
        lines = zip(self.read(), self.path.read_text("ascii").splitlines(), strict=True)
        aside = self.path.with_name(f"{self.path.stem}.until-{at:%Y%m%dT%H%M%SZ}{self.path.suffix}")
        fresh = self.path.with_suffix(".new")
        _write(fresh, "w", "".join(f"{text}\n" for head, text in lines if head in kept))
        os.link(self.path, aside)
        fresh.replace(self.path)
        return aside

    def read(self) -> list[Head]:
        """Every head in the file.

        Raises:
            OperatorError: a line is damaged or its signature is not this key's; says which.
        """
        return list(self._heads()) if self.path.exists() else []

    def verify_key(self) -> VerifyKey:
        """The public half, to be handed to whoever keeps a copy of the file."""
        return self._key().verify_key

    def _heads(self) -> Iterator[Head]:
        public = self._key().verify_key
        for number, text in enumerate(self.path.read_bytes().splitlines(), start=1):
            try:
                yield _read_line(text, public)
            except (ValueError, LookupError, TypeError, OverflowError, RecursionError, BadSignatureError):
                raise OperatorError(
                    f"Line {number} of {self.path.name} is damaged or not signed by this key."
                ) from None

    def _key(self) -> SigningKey:
        return signing_key(self.key_path)


def _write(path: Path, mode: str, text: str) -> None:
    with path.open(mode, encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read_line(text: bytes, public: VerifyKey) -> Head:
    line = json.loads(text.decode("ascii"))
    head = Head(int(line["sequence"]), bytes.fromhex(line["digest"]))
    public.verify(_message(head), bytes.fromhex(line["signature"]))
    return head


def _message(head: Head) -> bytes:
    return _PURPOSE + head.sequence.to_bytes(8, "big") + head.digest
