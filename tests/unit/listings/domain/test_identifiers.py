from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.listings.domain.identifiers import (
    Identifier,
    birth_date_of,
    looks_like_resident_mask,
    mask_form,
    normalise,
    read_body_identifier,
    read_person_identifier,
    resident_id_is_valid,
    uscc_check_character,
    uscc_is_valid,
)
from backend.listings.domain.rejection import Reason, Rejected
from tests.unit.listings.factories import fictional_id, fictional_uscc

USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FIRST_17 = st.text(USCC_CHARACTERS, min_size=17, max_size=17)
BIRTHS = st.dates(date(1930, 1, 1), date(2007, 12, 31))


def reason_of(card: str, full_id: str = "", *, person: bool = True) -> Reason | None:
    try:
        if person:
            read_person_identifier(normalise(card), normalise(full_id))
        else:
            read_body_identifier(normalise(card))
    except Rejected as rejected:
        return rejected.reason
    return None


def test_knows_the_published_example_of_gb_32100() -> None:
    assert uscc_check_character("91110000600037341") == "L"
    assert uscc_is_valid("91110000600037341L")


@given(FIRST_17, st.integers(0, 17), st.sampled_from(USCC_CHARACTERS))
def test_one_wrong_character_of_a_credit_code_is_always_found(first_17: str, place: int, other: str) -> None:
    code = first_17 + uscc_check_character(first_17)
    assert uscc_is_valid(code)
    wrong = code[:place] + other + code[place + 1 :]
    assert uscc_is_valid(wrong) == (wrong == code)


@pytest.mark.parametrize("first", ["A1", "N2", "Y1", "91", "52"])
def test_credit_codes_may_begin_with_letters(first: str) -> None:
    code = fictional_uscc(first)
    assert read_body_identifier(code) == Identifier(code, strong=True, uscc=code)


@given(BIRTHS, st.integers(0, 999), st.integers(0, 17))
def test_a_resident_id_with_a_wrong_digit_is_found(born_on: date, serial: int, place: int) -> None:
    number = fictional_id(born_on, serial)
    assert resident_id_is_valid(number)
    assert birth_date_of(number) == born_on
    digit = "1" if number[place] != "1" else "2"
    assert not resident_id_is_valid(number[:place] + digit + number[place + 1 :])


@given(BIRTHS, st.integers(0, 999))
def test_the_mask_form_hides_month_and_day_only(born_on: date, serial: int) -> None:
    mask = mask_form(fictional_id(born_on, serial))
    assert re.fullmatch(r"999999\d{4}\*{4}\d{3}[\dX]", mask)
    assert mask[6:10] == str(born_on.year)
    assert looks_like_resident_mask(mask)


def test_a_full_id_and_its_mask_are_the_same_identifier() -> None:
    number = fictional_id(date(1980, 2, 3), 17)
    masked = read_person_identifier(mask_form(number), "")
    assert read_person_identifier("", number) == masked
    assert read_person_identifier(mask_form(number), number) == masked
    assert read_person_identifier(normalise(mask_form(number).replace("*", "＊")), "") == masked


@pytest.mark.parametrize(
    ("card", "full_id", "reason"),
    [
        ("", "", None),
        ("9999991980****0174", "", None),
        ("****0174", "", None),
        ("E1234****", "", None),
        (fictional_id(date(1980, 2, 3), 17), "", Reason.ID_IN_CLEAR),
        ("99999919800203017X", "", Reason.ID_IN_CLEAR),
        ("9999991980020301", "", Reason.ID_IN_CLEAR),
        ("999999800203017", "", Reason.ID_IN_CLEAR),
        (" 999999 19800203 0171 ", "", Reason.ID_IN_CLEAR),
        ("", "999999198002030170", Reason.FULL_ID_CHECK),
        ("", "9999991980****0174", Reason.FULL_ID_CHECK),
        ("9999991981****0174", fictional_id(date(1980, 2, 3), 17), Reason.FULL_ID_MISMATCH),
    ],
)
def test_what_may_identify_a_person(card: str, full_id: str, reason: Reason | None) -> None:
    assert reason_of(card, full_id) == reason


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ("", None),
        (fictional_uscc("91"), None),
        (fictional_uscc("91").lower(), None),
        (fictional_uscc("91")[:17] + "0", Reason.USCC_CHECK),
        ("91999999MAIOSVZ00X", Reason.USCC_CHECK),
        ("12345678-9", None),
        ("123456789", None),
        ("130108600012345", None),
        (fictional_id(date(1980, 2, 3), 17), Reason.ID_IN_CLEAR),
        ("130108198002030170", Reason.ID_IN_CLEAR),
        ("身份证" + fictional_id(date(1980, 2, 3), 17), Reason.ID_IN_CLEAR),
    ],
)
def test_what_may_identify_a_body(card: str, reason: Reason | None) -> None:
    assert reason_of(card, person=False) == reason


@pytest.mark.parametrize(
    ("card", "strong", "sole_trader", "resident"),
    [
        (fictional_uscc("91"), True, False, False),
        (fictional_uscc("92"), True, True, False),
        ("130108600012345", True, True, False),
        ("130108000012345", True, False, False),
        ("12345678X", True, False, False),
        ("9199****", False, False, False),
        ("9999991980****0174", False, False, True),
    ],
)
def test_a_body_that_may_be_a_person_is_known(card: str, *, strong: bool, sole_trader: bool, resident: bool) -> None:
    found = read_body_identifier(normalise(card))
    assert (found.strong, found.sole_trader, found.resident) == (strong, sole_trader, resident)
