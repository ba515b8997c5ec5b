from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.names import fold, fold_case_number, tells_enough


@pytest.mark.parametrize("term", ["裕华", "〇〇", "裕华区", "abc", "2a号", "0108", "裕ab"])
def test_two_chinese_characters_or_three_letters_tell_enough(term: str) -> None:
    assert tells_enough(term)


@pytest.mark.parametrize("term", ["", "裕", "ab", "裕a", "%%%", "'--'", "裕%%%", "???"])
def test_signs_tell_nothing(term: str) -> None:
    assert not tells_enough(term)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("歐陽娜娜", "欧阳娜娜"),
        ("張 三", "张三"),
        ("张　三", "张三"),
        ("买买提·艾力", "买买提•艾力"),
        ("买买提・艾力", "买买提艾力"),
        ("虚构（北京）有限公司", "虚构(北京)有限公司"),
        ("ＡＢＣ示例公司", "abc示例公司"),
        ("闫虚构", "阎虚构"),
        ("李乾", "李干"),
        ("幺虚构", "么虚构"),
        ("李鉅", "李钜"),
        ("张\u200b三", "张三"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(alphabet="张伟欧阳娜abcXYZ019()（）·", max_size=40))
def test_spaces_between_characters_change_nothing(text: str) -> None:
    assert fold(" ".join(text)) == fold("　".join(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_different_names_stay_apart() -> None:
    assert len({fold(name) for name in ("张伟", "章伟", "张韦", "张伟伟")}) == 4


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_folding_a_letter_spaced_name_changes_nothing(text: str) -> None:
    assert fold(" ".join(text)) == fold(text) or any(not char.isprintable() or ord(char) > 127 for char in text)


@pytest.mark.parametrize(
    "text",
    [
        "（2099）冀0108执123号",
        "(2099)冀0108执123号",
        " ( 2099 ) 冀0108执 123 号",
        "〔2099〕冀０１０８执１２３号",
        "（2099）冀0108執123號",
    ],
)
def test_case_numbers_fold_in_any_bracket_and_spacing(text: str) -> None:
    assert fold_case_number(text) == "2099冀0108执123号"
