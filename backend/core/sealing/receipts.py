"""The receipt: 15 random bytes that never leave the phone, as people write them, and what is derived from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from backend.core.sealing.envelopes import KeyPair
from backend.core.sealing.labels import labelled_hash
from backend.core.sealing.refusals import Malformed, MistypedReceipt

RECEIPT_BYTES = 15
# Crockford's base32: no I, L, O, U. 24 characters carry the 120 bits, the 25th checks them.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA_CHARACTERS = 24
_GROUP = 5
_FOLDS = str.maketrans("abcdefghijklmnopqrstuvwxyzOIL", "ABCDEFGH1JK1MN0PQRSTUVWXYZ011")
# An input method's full-width forms of ASCII, and whatever people and their phones write between groups.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_BETWEEN = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"))


def format_receipt(receipt: bytes) -> str:
    """`7K3QD-M2X9A-…`: five groups of five. Raises Malformed unless there are 15 bytes."""
    if len(receipt) != RECEIPT_BYTES:
        raise Malformed("a receipt has 15 bytes")
    number = int.from_bytes(receipt, "big")
    values = [number >> (5 * place) & 31 for place in reversed(range(_DATA_CHARACTERS))]
    text = "".join(ALPHABET[value] for value in [*values, _check_value(values)])
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def parse_receipt(text: str) -> bytes:
    """The bytes of a receipt as typed, in any case, with or without separators; O reads as 0, I and L as 1.

    Raises MistypedReceipt; every single wrong character is found, and every exchange of neighbours but 0 with Z.
    """
    folded = text.translate(_FULL_WIDTH).translate(_BETWEEN).translate(_FOLDS)
    values = [ALPHABET.find(character) for character in folded]
    if len(values) != _DATA_CHARACTERS + 1 or -1 in values or _check_value(values[:-1]) != values[-1]:
        raise MistypedReceipt("check the letters and digits; I, L, O and U are not used")
    number = 0
    for value in values[:-1]:
        number = number << 5 | value
    return number.to_bytes(RECEIPT_BYTES, "big")


def _check_value(values: list[int]) -> int:
    """Luhn's algorithm in base 32: from the right every second value is doubled and its two digits are added."""
    total = 0
    for place, value in enumerate(reversed(values)):
        doubled = value if place % 2 else 2 * value
        total += doubled // 32 + doubled % 32
    return -total % 32


@dataclass(frozen=True)
class ReceiptKeys:
    """What is derived from a receipt; `lookup` goes to the server, all but `reply.secret` and `claim` into the seal."""

    lookup: bytes = field(repr=False)
    reply: KeyPair
    speak: bytes = field(repr=False)
    claim: bytes = field(repr=False)
    claim_tag: bytes

    @classmethod
    def of(cls, receipt: bytes) -> ReceiptKeys:
        if len(receipt) != RECEIPT_BYTES:
            raise Malformed("a receipt has 15 bytes")
        claim = labelled_hash("claim", receipt)
        return cls(
            lookup=labelled_hash("lookup", receipt),
            reply=KeyPair.of(labelled_hash("reply", receipt)),
            speak=labelled_hash("speak", receipt),
            claim=claim,
            claim_tag=labelled_hash("claimtag", claim),
        )


def row_key(lookup: bytes) -> bytes:
    """What the server keeps instead of the bearer: a thief of the table cannot ask in the sender's name."""
    return labelled_hash("rowkey", lookup)
