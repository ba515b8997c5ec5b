from __future__ import annotations

import pytest

from backend.core.names import fold_case_number
from backend.listings.domain.case_numbers import read_case_number


@pytest.mark.parametrize(
    ("text", "normal", "court_code"),
    [
        ("（2099）冀0108执123号", "（2099）冀0108执123号", "冀0108"),
        ("(2099)冀0108执123号", "（2099）冀0108执123号", "冀0108"),
        (" ( 2099 ) 冀 0108 执 123 号 ", "（2099）冀0108执123号", "冀0108"),
        ("〔２０９９〕冀０１０８执１２３号", "（2099）冀0108执123号", "冀0108"),
        ("[2099]冀0108执恢7号", "（2099）冀0108执恢7号", "冀0108"),
        ("（2099）冀0108执保7号", "（2099）冀0108执保7号", "冀0108"),
        ("（2099）京03执恢88号", "（2099）京03执恢88号", "京03"),
        ("（2099）冀0108执123号之一", "（2099）冀0108执123号之一", "冀0108"),
        ("（2099）冀0108执123号执行裁定书", "（2099）冀0108执123号", "冀0108"),
        ("(2014)广法执字第00232号", "（2014）广法执字第00232号", None),
        ("（1999）虹执字第1509号", "（1999）虹执字第1509号", None),
        ("（2015）示法恢字第12-1号", "（2015）示法恢字第12-1号", None),
    ],
)
def test_brings_every_spelling_to_one_form(text: str, normal: str, court_code: str | None) -> None:
    number = read_case_number(text)
    assert (number.text, number.court_code) == (normal, court_code)
    assert read_case_number(number.text) == number
    assert number.key == fold_case_number(text.partition("号")[0] + "号" + number.text.partition("号")[2])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123",
        "冀0108执123号",
        "（2099）冀0108执号",
        "（2099）冀0108执123",
        "（99）冀0108执1号",
        "（2099）冀0108民初1号",
        "（2099）0108执1号",
    ],
)
def test_refuses_what_is_no_number_of_enforcement(text: str) -> None:
    with pytest.raises(ValueError, match="case number"):
        read_case_number(text)


def test_a_traditional_character_leads_to_the_same_number() -> None:
    traditional = read_case_number("（2099）冀0108執123号")
    assert traditional.key == read_case_number("（2099）冀0108执123号").key == "2099冀0108执123号"
