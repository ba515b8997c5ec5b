"""Identifiers of people and bodies: checked, reduced in memory, and never stored but for a body's credit code."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from operator import mul
from typing import NamedTuple

from backend.core.identities import OFFICIAL_MASK
from backend.listings.domain.rejection import Reason, Rejected

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUE = {character: value for value, character in enumerate(USCC_ALPHABET)}
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_USCC_SHAPE = re.compile(r"[0-9A-Z]{18}")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_18 = re.compile(r"\d{17}[\dX]")
_ID_18_INSIDE = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")
_RESIDENT_MASK = re.compile(r"(?=.{15,18}$)\d{3,14}\*{3,12}\d{0,4}[\dX]?")
_ORGANISATION_CODE = re.compile(r"([0-9A-Z]{8})-?([0-9X])")
_REGISTRATION_NUMBER = re.compile(r"\d{15}")
# A person's number with so many digits in a row is not masked, even when a digit is missing or one too many.
_CLEAR_DIGITS = re.compile(r"\d{12}")
_STARS = str.maketrans("×✱＊●•", "*****")


class Identifier(NamedTuple):
    """What tells an entity from others of its name; `text` is hashed with a key and forgotten.

    `strong` means that it may merge listings of several courts and cases; `resident` that it masks a person's ID;
    `uscc` is the credit code of a body, which Article 6 publishes; `sole_trader` that it belongs to a 个体工商户.
    """

    text: str = ""
    strong: bool = False
    resident: bool = False
    uscc: str | None = None
    sole_trader: bool = False


def normalise(text: str) -> str:
    """An identifier in half-width capitals without blanks, every mask character a star."""
    half_width = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_STARS)
    return "".join(half_width.upper().split())


def uscc_is_valid(code: str) -> bool:
    """Whether the 18th character checks, GB 32100-2015: (31 − Σ cᵢ·3ⁱ mod 31) mod 31.

    Nothing inside is checked: the organisation-code digits are often wrong in real data.
    """
    try:
        values = [_USCC_VALUE[character] for character in code]
    except KeyError:
        return False
    return len(values) == 18 and (31 - sum(map(mul, values, _USCC_WEIGHTS)) % 31) % 31 == values[17]


def uscc_check_character(first_17: str) -> str:
    """The 18th character for 17 given ones."""
    total = sum(map(mul, (_USCC_VALUE[character] for character in first_17), _USCC_WEIGHTS))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def resident_id_is_valid(number: str) -> bool:
    """Whether a full resident ID checks, GB 11643: ISO 7064 MOD 11-2, and a birth date that exists.

    The area digits are not checked: codes of counties that were since renamed or merged stay valid.
    """
    if not _ID_18.fullmatch(number) or not number.isascii():
        return False
    check = _ID_CHECKS[sum(map(mul, map(int, number[:17]), _ID_WEIGHTS)) % 11]
    return check == number[17] and birth_date_of(number) is not None


def birth_date_of(number: str) -> date | None:
    """The birth date inside a full resident ID, or None where the digits are no date since 1900."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if day.year >= 1900 else None


def mask_form(number: str) -> str:
    """A full resident ID in the official mask form: first ten, four stars, last four (docs/adr/0004)."""
    return f"{number[:10]}****{number[14:]}"


def birth_year_of(card: str) -> int | None:
    """The birth year that the official mask form shows, or None for any other identifier; normalised."""
    return int(card[6:10]) if OFFICIAL_MASK.fullmatch(card) else None


def looks_like_resident_mask(text: str) -> bool:
    """Whether a normalised identifier is a resident ID with its middle hidden, in the official form or another."""
    return _RESIDENT_MASK.fullmatch(text) is not None


def read_person_identifier(card: str, full_id: str) -> Identifier:
    """The official mask form, from the masked number or reduced from `full_id`; both arguments normalised.

    Another mask, or a passport number, tells people apart inside one case only.

    Raises:
        Rejected: a resident ID in clear in the column for masked ones, check digit right or wrong; a `full_id` whose
            check fails; or the two disagree.
    """
    if _CLEAR_DIGITS.search(card):
        raise Rejected("identifier", Reason.ID_IN_CLEAR)
    official = OFFICIAL_MASK.fullmatch(card) is not None
    if full_id:
        if not resident_id_is_valid(full_id):
            raise Rejected("full_id", Reason.FULL_ID_CHECK)
        if official and mask_form(full_id) != card:
            raise Rejected("full_id", Reason.FULL_ID_MISMATCH)
        return Identifier(mask_form(full_id), strong=True, resident=True)
    if official:
        return Identifier(card, strong=True, resident=True)
    return Identifier(card.strip("*"))


def read_body_identifier(card: str) -> Identifier:
    """A credit code, an old organisation code (9) or registration number (15 digits); normalised argument.

    Raises:
        Rejected: 18 characters whose last one does not check, or a person's full ID.
    """
    if len(card) == 18 and _USCC_SHAPE.fullmatch(card):
        return _credit_code(card)
    if _ID_18_INSIDE.search(card):
        raise Rejected("identifier", Reason.ID_IN_CLEAR)
    code = _ORGANISATION_CODE.fullmatch(card)
    if code:
        return Identifier(code[1] + code[2], strong=True)
    if _REGISTRATION_NUMBER.fullmatch(card):
        # The seventh digit of a registration number from 6 upwards means 个体工商户.
        return Identifier(card, strong=True, sole_trader=card[6] >= "6")
    return Identifier(card.strip("*"), resident=looks_like_resident_mask(card))


def _credit_code(card: str) -> Identifier:
    valid = uscc_is_valid(card)
    like_resident_id = _ID_18.fullmatch(card) is not None and birth_date_of(card) is not None
    if like_resident_id and (not valid or resident_id_is_valid(card)):
        raise Rejected("identifier", Reason.ID_IN_CLEAR)
    if not valid:
        raise Rejected("identifier", Reason.USCC_CHECK)
    return Identifier(card, strong=True, uscc=card, sole_trader=card.startswith("92"))
