from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.name_brands import read_body
from backend.core.names import fold


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("石家庄虚构商贸有限公司", "虚构"),
        ("河北省石家庄市虚构商贸有限公司", "虚构"),
        ("石家庄市裕华区虚构餐馆", "虚构"),
        ("河北虚构集团有限公司", "虚构"),
        ("虚构（北京）科技有限公司", "虚构"),
        ("北京虚构（集团）股份有限公司", "虚构"),
        ("上海虚构投资管理中心（有限合伙）", "虚构"),
        ("虚构有限公司石家庄分公司", "虚构"),
        ("新疆维吾尔自治区乌鲁木齐市虚构实业有限责任公司", "虚构"),
        ("延边虚构木业有限公司", "虚构"),
        ("石家庄正定虚构建筑劳务有限公司", "虚构"),
        ("正定县虚构养殖场", "虚构"),
        ("虚构律师事务所", "虚构"),
        ("长安汽车销售有限公司", "长安"),
        ("ＡＢＣ示例有限公司", "abc示例"),
        ("虚构", "虚构"),
    ],
)
def test_the_brand_is_what_place_trade_and_legal_form_leave(name: str, brand: str) -> None:
    assert brand in read_body(fold(name)).brands


def test_a_name_of_place_and_form_alone_has_no_long_brand() -> None:
    assert all(len(brand) <= 2 for brand in read_body("北京市东城区有限公司").brands)


@given(st.text("北京市省区县虚构(商贸)有限公司ab", max_size=30))
def test_any_text_can_be_taken_apart(text: str) -> None:
    body = read_body(text)
    assert all(brand in body.bare and len(brand) >= 2 for brand in body.brands)
    assert body.bare.endswith(body.without_place)
