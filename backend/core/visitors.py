"""Anonymous readers: tokens that say nothing but that they are of this installation, and hashes of addresses.

A token is a random id, its end and an HMAC over both. No list of tokens is kept anywhere.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

# Long enough for a day's visits with one proof of work, short enough that a token does not become a habit's record.
TOKEN_SECONDS = 24 * 3600
_ID_SIZE, _END_SIZE, _MAC_SIZE = 16, 6, 32
# 54 bytes make 72 characters with no bit to spare: a token has one spelling.
_TOKEN_LENGTH = (_ID_SIZE + _END_SIZE + _MAC_SIZE) * 4 // 3


@dataclass(frozen=True)
class Reader:
    """Who a budget is counted for.

    Attributes:
        visitor: the id in a valid token; without one, the address's, which all readers without a token share.
        address: keyed hash of the address, another one every day.
    """

    visitor: str
    address: str


def make_token(key: bytes, now: float) -> tuple[str, int]:
    """A new token, and when it ends in seconds since 1970."""
    ends_at = int(now) + TOKEN_SECONDS
    body = secrets.token_bytes(_ID_SIZE) + ends_at.to_bytes(_END_SIZE, "big")
    return base64.urlsafe_b64encode(body + hmac.digest(key, body, "sha256")).decode(), ends_at


def read_token(key: bytes, text: str, now: float) -> str | None:
    """The id in a token; None when it is forged, ended or none at all."""
    if len(text) != _TOKEN_LENGTH or not text.isascii():
        return None
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    body, mac = raw[:-_MAC_SIZE], raw[-_MAC_SIZE:]
    if not hmac.compare_digest(hmac.digest(key, body, "sha256"), mac):
        return None
    return body[:_ID_SIZE].hex() if int.from_bytes(body[_ID_SIZE:], "big") > now else None


class AddressHasher:
    """Hashes addresses with a key of the day, so that a hash leads nowhere once the day is over."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._day = -1
        self._of_day = blake2b()

    def digest(self, address: str, now: float) -> str:
        """24 hex digits for an IPv4 address or the /64 of an IPv6 one."""
        day = int(now) // 86_400
        if day != self._day:
            date = datetime.fromtimestamp(now, UTC).date().isoformat()
            day_key = blake2b(date.encode(), key=self._key, digest_size=32).digest()
            self._of_day, self._day = blake2b(key=day_key, digest_size=12), day
        hashing = self._of_day.copy()
        hashing.update(network_of(address).encode())
        return hashing.hexdigest()


def network_of(address: str) -> str:
    """What counts as one address: itself for IPv4, the /64 a household or host is given for IPv6."""
    if ":" not in address:
        return address
    try:
        parsed = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(parsed.ipv4_mapped or ipaddress.IPv6Network((parsed.packed[:8] + bytes(8), 64)))
