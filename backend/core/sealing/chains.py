"""The fingerprint of what arrived, and the chain that proves in which order filings did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.core.sealing.envelopes import SEALED_BYTES
from backend.core.sealing.labels import HASH_BYTES, labelled_hash
from backend.core.sealing.photos import MAX_PHOTOS
from backend.core.sealing.refusals import BrokenChain, Malformed

# Before a court's first filing.
FIRST_HEAD = bytes(HASH_BYTES)


def env_of(sealed: bytes, photo_hashes: Sequence[bytes]) -> bytes:
    """The fingerprint of a filing: of its sealed text and of its sealed photos' hashes, in their order."""
    if len(sealed) != SEALED_BYTES or len(photo_hashes) > MAX_PHOTOS:
        raise Malformed("a filing is 4,144 sealed bytes and at most six photos")
    if any(len(one) != HASH_BYTES for one in photo_hashes):
        raise Malformed("a photo's hash has 32 bytes")
    return labelled_hash("env", sealed, *photo_hashes)


@dataclass(frozen=True)
class Link:
    """One filing in a court's chain; numbers count from 1."""

    number: int
    env: bytes
    head: bytes


def next_link(last: Link | None, env: bytes) -> Link:
    """The link that follows `last`, or the first of all."""
    head, number = (last.head, last.number + 1) if last else (FIRST_HEAD, 1)
    return Link(number, env, labelled_hash("chain", head, number.to_bytes(8, "big"), env))


def check_chain(links: Iterable[Link], last: Link | None = None) -> Link | None:
    """The last link, if each follows the one before it, the first following `last`. Raises BrokenChain."""
    for link in links:
        if next_link(last, link.env) != link:
            raise BrokenChain(f"number {link.number} does not follow")
        last = link
    return last
