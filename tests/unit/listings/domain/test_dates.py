from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.clock import CHINA
from backend.listings.domain.dates import check_date, read_date
from backend.listings.domain.rejection import Reason, Rejected

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017年05月12日", date(2017, 5, 12)),
        ("2023年4月24日", date(2023, 4, 24)),
        ("20200508", date(2020, 5, 8)),
        ("2016-02-05", date(2016, 2, 5)),
        ("2016/2/5", date(2016, 2, 5)),
        ("2016.02.05", date(2016, 2, 5)),
        ("2019-11-18 00:00:00", date(2019, 11, 18)),
        ("2019-11-18T23:59:59", date(2019, 11, 18)),
        ("20191118235959", date(2019, 11, 18)),
        ("2019年11月18日 10时05分", date(2019, 11, 18)),
        ("2019-11-18T00:00:00.000+0800", date(2019, 11, 18)),
        ("2019-11-17T16:00:00.000Z", date(2019, 11, 18)),
        ("2019-11-17T15:59:59Z", date(2019, 11, 17)),
        ("2020-02-29", date(2020, 2, 29)),
    ],
)
def test_reads_every_form_of_the_feed_and_its_copies(text: str, day: date) -> None:
    assert read_date(text) == day


@given(DAYS)
def test_all_forms_of_one_day_agree(day: date) -> None:
    forms = [f"{day:%Y}年{day:%m}月{day:%d}日", f"{day:%Y}年{day.month}月{day.day}日", f"{day:%Y%m%d}", day.isoformat()]
    assert {read_date(form) for form in forms} == {day}


@given(st.integers(1_000_000_000, 9_999_999_999))
def test_an_epoch_is_the_date_in_china(seconds: int) -> None:
    day = datetime.fromtimestamp(seconds, CHINA).date()
    assert read_date(str(seconds)) == day
    assert read_date(str(seconds * 1000)) == day


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-29",
        "20190229",
        "2019-13-01",
        "2019年0月1日",
        "05-12-2017",
        "17年5月12日",
        "昨天",
        "12345",
        "2019-11",
        "2019-11-18x",
    ],
)
def test_refuses_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", None),
        ("2026-11-23", None),
        ("2026-11-24", Reason.FUTURE_DATE),
        ("2019-02-29", Reason.IMPOSSIBLE_DATE),
        ("0001-01-01", Reason.IMPOSSIBLE_DATE),
        ("昨天", Reason.UNREADABLE_DATE),
    ],
)
def test_a_field_says_why_its_date_is_refused(text: str, reason: Reason | None) -> None:
    if reason is None:
        check_date("filed_on", text, latest=TODAY)
        return
    with pytest.raises(Rejected) as caught:
        check_date("filed_on", text, latest=TODAY)
    assert (caught.value.field, caught.value.reason) == ("filed_on", reason)
