from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.name_forms import grams, keys_of_body, keys_of_person, reading_keys, spelling_keys, spellings, spells
from backend.core.name_readings import of_character
from backend.core.names import fold

_CHARACTERS = st.sampled_from("张曾单覃翟解仇区查盖缪乐重行长朝伟明晓绿吕略娜万俟尉迟欧阳")
_NAMES = st.text(_CHARACTERS, min_size=2, max_size=5)


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("zhangwei", "zhangwei"),
        ("Zhang Wei", "zhangwei"),
        ("zhāng wěi", "zhangwei"),
        ("zhang1 wei3", "zhangwei"),
        ("ZHANG1WEI3", "zhangwei"),
        ("ｚｈａｎｇｗｅｉ", "zhangwei"),
        ("xi'an", "xian"),
        ("xi’an", "xian"),
        ("xiǎo-míng", "xiaoming"),
        ("lǚ bù", "lvbu"),
        ("lü bu", "lvbu"),
        ("lu:3 bu4", "lvbu"),
        ("LÜ BU", "lvbu"),
        ("lv bu", "lvbu"),
        ("Lyu Bu", "lvbu"),
        ("nüe", "nve"),
        ("nyu nyu", "nvnv"),
        ("xugou(beijing)", "xugoubeijing"),
        ("chanyu", "chanyu"),
        ("lu e", "lue"),
        ("张wei", "张wei"),
        ("zhang伟", "zhang伟"),
    ],
)
def test_pinyin_is_understood_as_people_type_it(typed: str, spelling: str) -> None:
    assert spelling in spellings(typed)


@pytest.mark.parametrize("typed", ["张伟", "%", "_", "zh*ang", "zh.*", "😀abc", "", "...", "123", "zhang;wei"])
def test_anything_else_is_no_spelling(typed: str) -> None:
    assert spellings(typed) == ()


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("曾国伟", "zengguowei"),
        ("曾国伟", "cengguowei"),
        ("覃伟", "qinwei"),
        ("覃伟", "tanwei"),
        ("翟伟", "zhaiwei"),
        ("翟伟", "diwei"),
        ("单伟", "shanwei"),
        ("解伟", "xiewei"),
        ("仇伟", "qiuwei"),
        ("区伟", "ouwei"),
        ("查伟", "zhawei"),
        ("盖伟", "gewei"),
        ("缪伟", "miaowei"),
        ("朴伟", "piaowei"),
        ("乐伟", "yuewei"),
        ("种伟", "chongwei"),
        ("秘伟", "biwei"),
        ("繁伟", "powei"),
        ("折伟", "shewei"),
        ("员伟", "yunwei"),
        ("召伟", "shaowei"),
        ("欧阳伟", "ouyangwei"),
        ("尉迟伟", "yuchiwei"),
        ("单于伟", "chanyuwei"),
        ("万俟伟", "moqiwei"),
        ("长孙伟", "zhangsunwei"),
        ("吕绿", "lvlv"),
        ("李重行", "lichongxing"),
        ("李乐", "lile"),
        ("李乐", "liyue"),
        ("王长朝", "wangchangchao"),
        ("李乾坤", "liqiankun"),
        ("买买提·艾力", "maimaitiaili"),
        ("abc伟", "abcwei"),
    ],
)
def test_a_person_is_found_by_every_reading(name: str, spelling: str) -> None:
    folded = fold(name)
    wanted, _ = spelling_keys(spelling)
    assert wanted & keys_of_person(folded)
    assert spells(spelling, folded)


def test_a_name_is_not_spelt_by_part_of_it_or_by_another() -> None:
    assert not spells("zhangwe", "张伟")
    assert not spells("zhangweiming", "张伟")
    assert not spells("liwei", "张伟")


@pytest.mark.parametrize(
    ("typed", "name"), [("zwm", "张伟明"), ("cwm", "单伟明"), ("swm", "单伟明"), ("cym", "单于明"), ("张wm", "张伟明")]
)
def test_initials_find_a_name_in_any_reading(typed: str, name: str) -> None:
    _, wanted = spelling_keys(typed)
    assert wanted & keys_of_person(name)
    assert spells(typed, name, first_letters=True)


@pytest.mark.parametrize(
    "spelling",
    ["hebeishengshijiazhuangshixugoushangmaoyouxiangongsi", "xugoushangmaoyouxiangongsi", "xugou"],
)
def test_a_company_is_found_by_pinyin_whole_without_place_and_by_brand(spelling: str) -> None:
    wanted, _ = spelling_keys(spelling)
    assert wanted & keys_of_body("河北省石家庄市虚构商贸有限公司")


def test_brackets_need_not_be_spelt() -> None:
    assert spells("xugoubeijingkejiyouxiangongsi", "虚构(北京)科技有限公司")


def test_homophones_share_a_reading_key() -> None:
    assert reading_keys("张伟", person=True) & keys_of_person("章韦")


def test_a_company_is_indexed_with_and_without_what_stands_in_brackets() -> None:
    assert {f"{pair}/12" for pair in grams("虚构科技")} <= keys_of_body("虚构(北京)科技有限公司")


@given(_NAMES)
def test_every_name_is_found_by_the_pinyin_of_its_first_readings(name: str) -> None:
    spelling = "".join(of_character(character).usual[0] for character in name)
    assert spells(spelling, name)
    assert spelling_keys(spelling)[0] & keys_of_person(name)


@given(st.text(max_size=40))
def test_any_text_has_keys_and_spellings_without_failing(text: str) -> None:
    folded = fold(text)
    for key in keys_of_person(folded) | keys_of_body(folded):
        assert len(key) >= 2
    spellings(text)
    spells("zhangwei", folded)


@given(st.text("重行长朝单曾解乐调参", min_size=4, max_size=12))
def test_many_readings_stay_bounded(name: str) -> None:
    assert len(keys_of_person(name)) <= 2 * 32 + len(name)
