"""One hash with a label for each use, so that a value made for one use can never serve another."""

from __future__ import annotations

import hashlib
from typing import Literal

Label = Literal["lookup", "rowkey", "reply", "speak", "claim", "claimtag", "photo", "env", "chain"]

HASH_BYTES = 32


def labelled_hash(label: Label, *parts: bytes) -> bytes:
    """`BLAKE2b-256("lm1/" ‖ label ‖ 0x00 ‖ parts)`, unkeyed.

    Parts are joined as they are: callers give parts of fixed length, or one part alone.
    """
    return hashlib.blake2b(b"lm1/" + label.encode("ascii") + b"\0" + b"".join(parts), digest_size=HASH_BYTES).digest()
