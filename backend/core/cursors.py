"""Cursors: places in a list as an answer hands them out and takes them back, opaque and of one spelling."""

from __future__ import annotations

import base64
import hashlib

_DIGEST_SIZE = 9


def refusal() -> ValueError:
    """What whoever decodes a cursor raises for anything else."""
    return ValueError("is not a cursor of this list")


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    """What `to_text` wrote, and some that it did not: whoever decodes writes the place again and compares.

    Raises:
        ValueError: not base64url.
    """
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def under_filters(filters: object, payload: bytes) -> str:
    """A cursor whose digest ties it to the list's filters, as a check and not as a secret."""
    digest = hashlib.blake2b(repr(filters).encode() + b"\0" + payload, digest_size=_DIGEST_SIZE).digest()
    return to_text(digest + payload)


def payload_of(text: str) -> bytes:
    """The payload of a cursor that `under_filters` made; its digest is checked by making the cursor again.

    Raises:
        ValueError: not base64url.
    """
    return to_bytes(text)[_DIGEST_SIZE:]
