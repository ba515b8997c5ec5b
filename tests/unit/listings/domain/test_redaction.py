from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.listings.domain.redaction import ID_MARK, MARK, holds_private_number, redact
from tests.unit.listings.factories import fictional_id

ID = fictional_id(date(1980, 2, 3), 17)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        (f"赵示例，身份证号{ID}，应偿还借款", f"赵示例，身份证号{MARK}，应偿还借款"),
        ("身份证号999999 19800203 0174", f"身份证号{MARK}"),
        ("身份证号９９９９９９１９８００２０３０１７４。", f"身份证号{MARK}。"),
        ("（9999991980****0174）", f"（{MARK}）"),
        ("证件号999999800203017", f"证件号{MARK}"),
        ("电话13000000000联系", f"电话{MARK}联系"),
        ("电话+86 130-0000-0000", f"电话{MARK}"),
        ("电话0311-55550000", f"电话{MARK}"),
        ("汇入9999 9999 9999 9999 999账户", f"汇入{MARK}账户"),
        ("卡号9999999999999999", f"卡号{MARK}"),
        ("交付冀A·Z9999号小型汽车", f"交付{MARK}号小型汽车"),
        ("返还车牌号为冀AZ9999D的车辆", f"返还车牌号为{MARK}的车辆"),
        ("将位于示例市甲区虚构路1号2号楼3单元401室的房屋腾空", f"将位于{MARK}的房屋腾空"),
        ("腾退坐落于虚构小区十二号楼二单元的房屋", f"腾退坐落于{MARK}的房屋"),
        ("交付虚构路99号院的厂房", f"{MARK}的厂房"),
        ("返还甲村12号的宅院", f"{MARK}的宅院"),
    ],
)
def test_private_details_are_withheld(text: str, public: str) -> None:
    found = redact(text)
    assert found.public == public
    assert found.withheld is not None


@pytest.mark.parametrize(
    "text",
    [
        "支付货款人民币1,234,567.89元及利息",
        "支付12345678.90元",
        "自2023年1月1日起至2024-05-06止，按年利率3.85%计算",
        "履行（2098）示0101民初1234号民事判决书第一项、第二项",
        "在办公室张贴致歉声明，户名不变",
        "交付设备12台、钢材300吨",
        "道路修复费用、村民委员会补偿款",
    ],
)
def test_amounts_dates_and_case_numbers_stay(text: str) -> None:
    assert redact(text) == (text, None)


def test_an_empty_text_is_none() -> None:
    assert redact("") == (None, None)


def test_the_withheld_original_keeps_no_id_number() -> None:
    found = redact(f"赵示例（{ID}）住虚构路1号，电话13000000000")
    assert found.withheld == f"赵示例（{ID_MARK}）住虚构路1号，电话13000000000"


@given(st.text("0123456789甲乙，。路号室 ", max_size=60), st.text("甲乙，。路号室元", max_size=60))
def test_an_id_never_survives_wherever_it_stands(before: str, after: str) -> None:
    found = redact(f"{before}，{ID}，{after}")
    assert ID not in (found.public or "")
    assert ID not in (found.withheld or "")


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("赵示例", False),
        (f"赵示例{ID}", True),
        ("（2098）示0101民初1234号", False),
        ("钱示例13000000000", True),
        ("", False),
    ],
)
def test_short_texts_are_searched_for_numbers(text: str, *, private: bool) -> None:
    assert holds_private_number(text) is private


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "1-" * 10_000, "十室" * 10_000, "路1" * 10_000, "冀A" * 10_000, "1号" * 9_000]
)
def test_a_hostile_text_comes_to_an_end(text: str) -> None:
    assert redact(text).public is not None
