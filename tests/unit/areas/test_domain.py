from __future__ import annotations

import pytest

from backend.areas.domain import city_bubble_of, level_of, parent_of, shorten


@pytest.mark.parametrize(("code", "level"), [("99", "province"), ("9901", "city"), ("990101", "county")])
def test_length_of_a_code_says_its_level(code: str, level: str) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize("code", ["", "9", "99010", "9901011", "九九", "９９", "99 ", "-9"])
def test_refuses_what_is_no_code(code: str) -> None:
    with pytest.raises(ValueError, match="2, 4 or 6 digits"):
        level_of(code)


@pytest.mark.parametrize(
    ("code", "parent"),
    [
        ("13", None),
        ("1301", "13"),
        ("130108", "1301"),
        ("110105", "11"),  # a municipality's district
        ("500229", "50"),  # a municipality's county
        ("429004", "42"),  # governed by the province itself
        ("419001", "41"),
    ],
)
def test_parent_skips_the_headings_of_the_list(code: str, parent: str | None) -> None:
    assert parent_of(code) == parent


@pytest.mark.parametrize(
    ("full", "short"), [("710000", "71"), ("441900", "4419"), ("110101000000", "110101"), ("130108", "130108")]
)
def test_drops_the_zeros_that_fill_a_code_up(full: str, short: str) -> None:
    assert shorten(full) == short


def test_keeps_a_two_digit_code_that_ends_in_zero() -> None:
    assert shorten("50") == "50"


@pytest.mark.parametrize(
    ("code", "parent", "bubble"),
    [
        ("42", None, "42"),
        ("4201", "42", "4201"),
        ("420102", "4201", "4201"),
        ("429004", "42", "429004"),  # no city, in a province that has cities
        ("110105", "11", "11"),  # no city, in a province that has none
    ],
)
def test_counts_stand_in_the_city_the_province_or_the_own_bubble(code: str, parent: str | None, bubble: str) -> None:
    assert city_bubble_of(code, parent, ["4201", "1301"]) == bubble
