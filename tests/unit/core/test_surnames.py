from __future__ import annotations

import pytest

from backend.core.surnames import cut_to_surname, without_name


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("张三", "张某"),
        ("张小明", "张某"),
        ("欧阳娜娜", "欧阳某"),
        ("司马光", "司马某"),
        ("诸葛亮", "诸葛某"),
        ("爱新觉罗溥仪", "爱新觉罗某"),
        ("司馬 光", "司馬某"),
        ("司马", "司某"),
        ("张 三", "张某"),
        ("买买提·艾合买提", "买某"),
        ("买买提•艾合买提", "买某"),
        ("司马·义", "司某"),
        ("阿布都热依木.买买提", "阿某"),
        ("张三（曾用名李四）", "张某"),
        ("John Smith", "J某"),
        ("𠮷田", "𠮷某"),
        ("张", "某"),
        ("", "某"),
    ],
)
def test_cuts_a_name_to_the_surname(name: str, cut: str) -> None:
    assert cut_to_surname(name) == cut


def test_a_name_is_cut_out_of_a_courts_words_too() -> None:
    assert without_name("被执行人甄虚构偿还申请人10,000元", "甄虚构", "甄某") == "被执行人甄某偿还申请人10,000元"
    assert without_name("偿还10,000元", "甄虚构", "甄某") == "偿还10,000元"
