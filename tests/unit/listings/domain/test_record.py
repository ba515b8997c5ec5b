from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from backend.listings.domain.fields import Row
from backend.listings.domain.record import Content, Removal, check, readable_key, readable_name
from backend.listings.domain.rejection import Reason, Rejected
from tests.unit.listings.factories import COURT, OTHER_COURT, TODAY, body, fictional_id, person, register


def content_of(row: Row) -> Content:
    said = check(row, register())[1]
    assert isinstance(said, Content)
    return said


def test_a_good_row_is_a_listing() -> None:
    key, said = check(person(duty="支付货款", performed_part="暂无"), register())
    assert (key.court, key.case.text, key.kind, key.name) == (COURT, "（2099）示0101执1号", "person", "赵示例")
    assert isinstance(said, Content)
    assert (said.sex, said.age_band, said.ground_mask, said.performance) == ("male", "40-49", 8, "none")
    assert (said.filed_on, said.published_on) == (date(2025, 1, 2), date(2025, 5, 6))
    assert (said.duty.public, said.performed_part.public, said.term_ends_on) == ("支付货款", None, None)


def test_a_body_has_a_representative_and_no_age() -> None:
    said = content_of(body())
    assert (said.representative, said.sex, said.age_band) == ("钱示例", None, None)
    assert content_of(person(representative="钱示例")).representative is None


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"name": ""}, "name", Reason.EMPTY_NAME),
        ({"name": "·"}, "name", Reason.EMPTY_NAME),
        ({"name": "赵\x00示例"}, "name", Reason.UNPRINTABLE),
        ({"duty": "a\x07b"}, "duty", Reason.UNPRINTABLE),
        ({"duty": "\udcff"}, "duty", Reason.UNPRINTABLE),
        ({"name": "\ue000示例"}, "name", Reason.UNPRINTABLE),
        ({"name": "赵" * 301}, "name", Reason.TOO_LONG),
        ({"duty": "付" * 20_001}, "duty", Reason.TOO_LONG),
        ({"name": ["赵示例"]}, "name", Reason.NOT_A_RECORD),
        ({"age": True}, "age", Reason.NOT_A_RECORD),
        ({"name": f"赵示例{fictional_id(date(1980, 2, 3), 17)}"}, "name", Reason.PRIVATE_NUMBER),
        ({"basis_number": "9999991980****0174"}, "basis_number", Reason.PRIVATE_NUMBER),
        ({"court": "没有的法院"}, "court", Reason.UNKNOWN_COURT),
        ({"court": ""}, "court", Reason.UNKNOWN_COURT),
        ({"court": "同名法院", "case_number": "（2099）示0199执1号"}, "court", Reason.UNKNOWN_COURT),
        ({"case_number": "执123"}, "case_number", Reason.CASE_NUMBER),
        ({"kind": "582"}, "kind", Reason.UNKNOWN_KIND),
        ({"identifier": fictional_id(date(1980, 2, 3), 17)}, "identifier", Reason.ID_IN_CLEAR),
        ({"published_on": ""}, "published_on", Reason.UNREADABLE_DATE),
        ({"published_on": "2026-11-24"}, "published_on", Reason.FUTURE_DATE),
        ({"filed_on": "2025-02-30"}, "filed_on", Reason.IMPOSSIBLE_DATE),
        ({"term_ends_on": "2025-05-05"}, "term_ends_on", Reason.IMPOSSIBLE_DATE),
        ({"term_ends_on": "2099-01-01"}, "term_ends_on", Reason.FUTURE_DATE),
        ({"grounds": "别的"}, "grounds", Reason.NO_GROUND),
        ({"age": "17"}, "age", Reason.MINOR),
        ({"age": 17}, "age", Reason.MINOR),
        ({"age": "", "birth_date": "2010-01-01"}, "birth_date", Reason.MINOR),
        ({"age": "", "identifier": "9999992010****0011", "published_on": "2025-05-06"}, "age", Reason.MINOR),
        ({"age": "", "identifier": "9999992007****0011", "published_on": "2025-05-06"}, "age", Reason.MINOR),
        ({"identifier": "", "full_id": fictional_id(date(2010, 1, 1), 17)}, "birth_date", Reason.MINOR),
        ({"age": "老"}, "age", Reason.UNREADABLE_AGE),
        ({"birth_date": "x"}, "birth_date", Reason.UNREADABLE_DATE),
    ],
)
def test_a_bad_row_says_where_and_why(changes: dict[str, Any], field: str, reason: Reason) -> None:
    with pytest.raises(Rejected) as caught:
        check(person(**changes), register())
    assert (caught.value.field, caught.value.reason) == (field, reason)


def test_invisible_characters_and_line_ends_are_tidied() -> None:
    key, said = check(person(name="\u202e赵\u200b示例 ", duty="一\r\n二\u3000三\x85".strip("\x85")), register())
    assert key.name == "赵示例"
    assert isinstance(said, Content)
    assert said.duty.public == "一\n二 三"


def test_a_stated_age_is_not_compared_with_the_year_in_the_mask() -> None:
    row = person(age="40", identifier="9999992007****0011", published_on="2025-05-06")
    said = check(row, register())[1]
    assert isinstance(said, Content)
    assert said.age_band == "40-49"


def test_without_an_age_an_adult_by_the_year_in_the_mask_is_taken() -> None:
    said = check(person(age="", identifier="9999992006****0011", published_on="2025-05-06"), register())[1]
    assert isinstance(said, Content)
    assert said.age_band is None


def test_a_shared_court_name_is_decided_by_the_case_number() -> None:
    assert check(person(court="同名法院"), register())[0].court == COURT
    assert check(person(court="同名法院", case_number="（2099）示0102执1号"), register())[0].court == OTHER_COURT


def test_a_shared_court_name_is_decided_by_the_province_otherwise() -> None:
    elsewhere = OTHER_COURT._replace(province="虚构省")
    courts = {"同名法院": (COURT, elsewhere)}
    row = person(court="同名法院", case_number="（2015）示法执字第1号", province="虚构")
    assert check(row, register(courts=courts))[0].court == elsewhere


def test_a_full_list_takes_rows_of_its_court_only() -> None:
    only = register(only_court=COURT)
    assert check(person(court=None), only)[0].court == COURT
    with pytest.raises(Rejected) as caught:
        check(person(court="示例市乙区人民法院"), only)
    assert caught.value.reason is Reason.OTHER_COURT


@pytest.mark.parametrize(
    ("changes", "ended_on", "cause"),
    [
        ({"cause": "已履行完毕"}, TODAY, "performed"),
        ({"exit_on": "2026-11-01"}, date(2026, 11, 1), "stated"),
        ({"performance": "失信记录已退出"}, TODAY, "stated"),
    ],
)
def test_a_removal_needs_its_key_and_nothing_else(changes: dict[str, Any], ended_on: date, cause: str) -> None:
    row = person(grounds="", published_on="", age="x", **changes)
    assert check(row, register())[1] == Removal(ended_on, cause)


def test_a_removal_is_never_dated_in_the_future() -> None:
    with pytest.raises(Rejected) as caught:
        check(person(exit_on="2026-11-24"), register())
    assert caught.value.reason is Reason.FUTURE_DATE


def test_the_key_of_a_bad_row_is_read_where_it_can_be() -> None:
    good = check(person(), register())[0]
    assert readable_key(person(grounds="别的", published_on="x"), register()) == good
    number = fictional_id(date(1980, 2, 3), 17)
    clear = readable_key(person(identifier=number), register())
    assert clear is not None
    assert clear.identifier == check(person(identifier="", full_id=number), register())[0].identifier
    assert readable_key(person(case_number="x"), register()) is None
    assert readable_name(person(case_number="x")) == "赵示例"
    assert readable_name(person(name="赵\0示\ud800例\x7f")) == "赵示例"


def test_no_part_of_a_persons_number_or_birth_leaves_the_check() -> None:
    number = fictional_id(date(1980, 2, 3), 17)
    key, said = check(person(identifier="", full_id=number, birth_date="1980-02-03", duty=f"证件{number}"), register())
    rest = repr((key._replace(identifier=key.identifier._replace(text="")), said))
    assert "1980" not in rest
    assert number[6:] not in rest
