from __future__ import annotations

import pytest

from backend.areas.english import english_name


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("裕华区", "Yuhua District"),
        ("石家庄市", "Shijiazhuang"),
        ("正定县", "Zhengding County"),
        ("河北省", "Hebei Province"),
        ("陕西省", "Shaanxi Province"),
        ("内蒙古自治区", "Inner Mongolia"),
        ("浦东新区", "Pudong New Area"),
        ("恩施土家族苗族自治州", "Enshi Prefecture"),
        ("博尔塔拉蒙古自治州", "Bo'ertala Prefecture"),
        ("阿坝藏族羌族自治州", "Aba Prefecture"),
        ("鄂伦春自治旗", "Elunchun Banner"),
        ("锡林郭勒盟", "Xilinguole League"),
        ("西安市", "Xi'an"),
        ("吕梁市", "Lüliang"),
        # read otherwise in a place than elsewhere
        ("六安市", "Lu'an"),
        ("长子县", "Zhangzi County"),
        ("长安区", "Chang'an District"),
        ("重庆市", "Chongqing"),
        ("厦门市", "Xiamen"),
        ("城区", "Cheng District"),
        ("县", "Xian"),
        ("虚区13", None),
        ("990101", None),
    ],
)
def test_a_division_is_called_by_its_pinyin_and_what_it_is(name: str, english: str | None) -> None:
    assert english_name(name) == english
