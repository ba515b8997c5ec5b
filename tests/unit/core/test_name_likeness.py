from __future__ import annotations

import pytest

from backend.core.name_likeness import FAINT, likeness, look_alikes, same_sound, sound_alikes


@pytest.mark.parametrize(
    "pair",
    [
        "士土",
        "未末",
        "己已",
        "晟成",
        "婷停",
        "薇微",
        "萍苹",
        "洁结",
        "人入",
        "玥明",
        "昊吴",
        "侯候",
        "戊戌",
        "刘浏",
    ],
)
def test_look_alikes_stand_among_the_first(pair: str) -> None:
    assert pair[1] in look_alikes(pair[0])[:60]
    assert likeness(*pair) > 0.25


@pytest.mark.parametrize("pair", ["章张", "伟玮", "余于", "晓小", "静婧", "曾增", "覃秦", "乐月"])
def test_characters_that_share_any_reading_sound_alike(pair: str) -> None:
    assert same_sound(*pair)
    assert pair[1] in sound_alikes(pair[0])
    assert likeness(*pair) > 0


@pytest.mark.parametrize("pair", ["张藏", "林凌", "陈程", "刘牛"])
def test_nearly_alike_sounds_count_too(pair: str) -> None:
    assert not same_sound(*pair)
    assert pair[1] in sound_alikes(pair[0])


def test_what_is_neither_alike_in_sound_nor_look_is_less_than_faintly_alike() -> None:
    assert 0 < likeness("张", "鑫") <= FAINT < likeness("张", look_alikes("张")[-1])
    assert likeness("a", "鑫") == 0


def test_a_character_outside_the_tables_has_no_look_alikes() -> None:
    assert look_alikes("𠮷") == ""
    assert look_alikes("x") == sound_alikes("x") == ""
