"""What sender and court write after the first letter, counted in each direction; neither can speak for the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backend.core.sealing.envelopes import (
    KeyPair,
    box_object,
    check_text,
    is_equal,
    seal_object,
    unbox_object,
    unseal_object,
)
from backend.core.sealing.labels import HASH_BYTES
from backend.core.sealing.refusals import Malformed, Misdirected
from backend.core.sealing.wire import Json, to_bytes, to_text

VERSION = 1
_FROM_INFORMANT, _FROM_COURT = "i", "c"
# No conversation comes near it, and every gap below it can still be listed.
MAX_NUMBER = 100_000


@dataclass(frozen=True)
class Message:
    """`n` counts one direction's messages from 1."""

    n: int
    text: str


@dataclass(frozen=True)
class Survey:
    """What does not add up in one direction: numbers that never came, and numbers that came more than once."""

    missing: tuple[int, ...]
    repeated: tuple[int, ...]


def seal_to_court(message: Message, speak: bytes, court_key: bytes) -> bytes:
    return seal_object(_to_json(message, _FROM_INFORMANT) | {"speak": to_text(speak)}, court_key)


def unseal_from_informant(sealed: bytes, pair: KeyPair, speak: bytes) -> Message:
    """Raises Misdirected unless it shows the `speak` that the first letter gave: anybody can seal to a court."""
    value = unseal_object(sealed, pair)
    if not is_equal(to_bytes(value.pop("speak", 0), HASH_BYTES), speak):
        raise Misdirected("not from whoever sent the letter")
    return _from_json(value, _FROM_INFORMANT)


def box_to_informant(message: Message, reply: bytes, court_secret: bytes) -> bytes:
    return box_object(_to_json(message, _FROM_COURT), reply, court_secret)


def unbox_from_court(boxed: bytes, court_key: bytes, reply_secret: bytes) -> Message:
    """`court_key` must be a certified one: then the server cannot have written it."""
    return _from_json(unbox_object(boxed, court_key, reply_secret), _FROM_COURT)


def survey(numbers: Iterable[int]) -> Survey:
    """Of the numbers that arrived in one direction. A message lost at the end cannot show."""
    counts = Counter(numbers)
    last = max(counts, default=0)
    missing = tuple(n for n in range(1, last + 1) if n not in counts)
    return Survey(missing, tuple(sorted(n for n, times in counts.items() if times > 1)))


def _to_json(message: Message, direction: str) -> dict[str, Json]:
    _check_number(message.n)
    return {"v": VERSION, "dir": direction, "n": message.n, "text": check_text(message.text)}


def _from_json(value: dict[str, Json], direction: str) -> Message:
    match value:
        case {"v": 1, "dir": str(said), "n": int(n), "text": str(text), **rest} if not rest:
            pass
        case _:
            raise Malformed("not a message of version 1")
    if said != direction:
        raise Misdirected("a message of the other direction")
    _check_number(n)
    return Message(n, check_text(text))


def _check_number(n: int) -> None:
    if not 1 <= n <= MAX_NUMBER:
        raise Malformed("messages are numbered from 1")
