"""How bytes, times and lists are written, so that every party hashes, signs and seals the same bytes.

Bytes are base64url without padding (RFC 4648 section 5), times RFC 3339 UTC in whole seconds, objects and lists the
JSON Canonicalization Scheme (RFC 8785) narrowed to text, whole numbers, lists and objects: keys sorted, no space, no
null, no boolean, no fraction. What is read must be written again to the same bytes, or it is refused: so there is one
spelling, no double key and no number that one language reads and another rounds.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import TypeAlias

from backend.core.sealing.refusals import Malformed

Json: TypeAlias = "str | int | list[Json] | dict[str, Json]"

# JavaScript holds no larger whole number exactly.
MAX_INTEGER = 2**53 - 1
# Deeper than anything the protocol has, far shallower than any parser's stack.
MAX_DEPTH = 16
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def to_bytes(text: Json, length: int | None = None) -> bytes:
    """The bytes that `to_text` wrote; `length` None takes any number. Raises Malformed, also on a second spelling."""
    if not isinstance(text, str):
        raise Malformed("bytes must be written as base64url text")
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError):
        raise Malformed("not base64url") from None
    if to_text(data) != text or length not in (None, len(data)):
        raise Malformed("not base64url of the right length")
    return data


def time_to_text(moment: datetime) -> str:
    """Raises Malformed for a time without a zone or with a fraction of a second."""
    if moment.tzinfo is None or moment.microsecond:
        raise Malformed("a time needs a zone and whole seconds")
    return moment.astimezone(UTC).strftime(_TIME)


def to_time(text: Json) -> datetime:
    if not isinstance(text, str):
        raise Malformed("a time must be text")
    try:
        moment = datetime.strptime(text, _TIME).replace(tzinfo=UTC)
    except ValueError:
        raise Malformed("not a time as RFC 3339 UTC in whole seconds") from None
    if time_to_text(moment) != text:
        raise Malformed("not a time as RFC 3339 UTC in whole seconds")
    return moment


def canonical(value: Json) -> bytes:
    """The one UTF-8 spelling of a value. Raises Malformed for what the narrowed scheme does not hold."""
    _check(value, MAX_DEPTH)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("half a surrogate pair") from None


def parse(data: bytes) -> Json:
    """The value of canonical bytes. Raises Malformed."""
    try:
        value: Json = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Malformed("not JSON in UTF-8") from None
    if canonical(value) != data:
        raise Malformed("not canonical JSON")
    return value


def parse_object(data: bytes) -> dict[str, Json]:
    value = parse(data)
    if not isinstance(value, dict):
        raise Malformed("not a JSON object")
    return value


def _check(value: object, depth: int) -> None:
    if depth == 0:
        raise Malformed("nested too deep")
    match value:
        case str():
            return
        case int() if not isinstance(value, bool) and abs(value) <= MAX_INTEGER:
            return
        case list():
            for item in value:
                _check(item, depth - 1)
        case dict() if all(isinstance(key, str) and key.isascii() for key in value):
            for item in value.values():
                _check(item, depth - 1)
        case _:
            raise Malformed("only text, whole numbers, lists and objects with ASCII keys")
