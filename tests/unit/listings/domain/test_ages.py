from __future__ import annotations

from datetime import date

import pytest

from backend.listings.domain.ages import age_band, age_on, read_age, refuse_minor
from backend.listings.domain.rejection import Reason, Rejected


@pytest.mark.parametrize(
    ("text", "age"), [("", None), ("45", 45), ("45岁", 45), ("45 周岁", 45), ("45.0", 45), ("0", 0), ("130", 130)]
)
def test_reads_ages(text: str, age: int | None) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize("text", ["-1", "131", "四十", "45-50", "1980"])
def test_refuses_what_is_no_age(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_age(text)
    assert caught.value.reason is Reason.UNREADABLE_AGE


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, None),
        (18, "18-29"),
        (29, "18-29"),
        (30, "30-39"),
        (49, "40-49"),
        (89, "80-89"),
        (90, "90+"),
        (104, "90+"),
    ],
)
def test_keeps_a_band_only(age: int | None, band: str | None) -> None:
    assert age_band(age) == band


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(2000, 5, 6), date(2018, 5, 5), 17),
        (date(2000, 5, 6), date(2018, 5, 6), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_counts_completed_years(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age


@pytest.mark.parametrize(
    ("age", "born_on", "field"),
    [
        (17, None, "age"),
        (0, None, "age"),
        (None, date(2007, 5, 7), "birth_date"),
        (40, date(2007, 5, 7), "birth_date"),
        (17, date(1980, 1, 1), "age"),
    ],
)
def test_minors_are_refused_by_either_source(age: int | None, born_on: date | None, field: str) -> None:
    with pytest.raises(Rejected) as caught:
        refuse_minor(age, born_on, date(2025, 5, 6))
    assert (caught.value.field, caught.value.reason) == (field, Reason.MINOR)


@pytest.mark.parametrize(
    ("age", "born_on"), [(18, None), (None, None), (None, date(2007, 5, 6)), (18, date(2007, 5, 6))]
)
def test_adults_pass(age: int | None, born_on: date | None) -> None:
    refuse_minor(age, born_on, date(2025, 5, 6))
