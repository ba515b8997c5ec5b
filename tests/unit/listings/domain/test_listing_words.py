from __future__ import annotations

import pytest

from backend.listings.domain.rejection import Reason, Rejected
from backend.listings.domain.wording import read_cause, read_grounds, read_kind, read_performance, read_sex

TEXTS = (
    "有履行能力而拒不履行生效法律文书确定义务",
    "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
    "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
    "违反财产报告制度",
    "违反限制消费令",
    "无正当理由拒不履行执行和解协议",
)


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize(
    "form", ["{}", "{}的", "{}的。", " {} ", "其他{}", "其它{}的", "({}", "1.{}", "（一）{}", "被执行人{}的"]
)
def test_finds_each_ground_by_its_text(number: int, form: str) -> None:
    if form == "({}":
        with pytest.raises(Rejected):
            read_grounds(form.format(TEXTS[number - 1]))
        return
    assert read_grounds(form.format(TEXTS[number - 1])) == 1 << (number - 1)


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("违反限制高消费令", 16),
        ("其他妨碍、抗拒执行", 2),
        ("其它规避执行", 4),
        ("违反财产报告制度,违反限制消费令的", 24),
        ("违反财产报告制度，违反财产报告制度", 8),
        (f"{TEXTS[0]},{TEXTS[3]}", 9),
        (",".join(TEXTS), 63),
        (f"别的情形,{TEXTS[5]}", 32),
    ],
)
def test_joined_grounds_are_all_found(text: str, mask: int) -> None:
    assert read_grounds(text) == mask


@pytest.mark.parametrize("text", ["", "6", "1,4", "别的情形", "违反财产报告制度、违反限制消费令"])
def test_no_ground_is_guessed(text: str) -> None:
    with pytest.raises(Rejected) as caught:
        read_grounds(text)
    assert caught.value.reason is Reason.NO_GROUND


@pytest.mark.parametrize(
    ("party_type", "card", "sex", "name", "kind"),
    [
        ("580", "", "", "赵示例", "person"),
        ("0", "", "", "赵示例", "person"),
        ("自然人", "", "", "赵示例", "person"),
        ("581", "", "", "虚构商贸有限公司", "company"),
        ("1", "", "", "虚构商贸有限公司", "company"),
        ("法人", "", "", "虚构小学", "organisation"),
        ("581", "", "", "虚构商贸有限公司甲区分公司", "organisation"),
        ("581", "", "男", "虚构小吃店", "organisation"),
        ("", "", "女性", "赵示例", "person"),
        ("", "9999991980****0174", "", "赵示例", "person"),
        ("", "91999999MA0000017", "", "虚构集团公司", "company"),
        ("", "", "", "赵示例", "organisation"),
    ],
)
def test_kind(party_type: str, card: str, sex: str, name: str, kind: str) -> None:
    assert read_kind(party_type, card, sex, name) == kind


def test_an_unknown_type_is_not_guessed() -> None:
    with pytest.raises(Rejected) as caught:
        read_kind("582", "", "", "赵示例")
    assert caught.value.reason is Reason.UNKNOWN_KIND


@pytest.mark.parametrize(
    ("text", "performance"),
    [
        ("全部未履行", "none"),
        ("部分未履行", "partial"),
        ("部分履行", "partial"),
        ("全部已履行", "full"),
        ("其他", "other"),
        ("", "other"),
        ("不详", "other"),
    ],
)
def test_performance(text: str, performance: str) -> None:
    assert read_performance(text) == performance


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("已履行完毕", "performed"),
        ("和解协议履行完毕", "settled"),
        ("申请执行人申请删除", "creditor_request"),
        ("终结本次执行程序", "no_property"),
        ("裁定不予执行", "non_enforcement"),
        ("终结执行", "terminated"),
        ("撤销", "wrongly_listed"),
        ("期限届满", "term_ended"),
        ("其他原因若干", "stated"),
    ],
)
def test_causes_of_removal(text: str, cause: str) -> None:
    assert read_cause(text) == cause


def test_sex() -> None:
    assert [read_sex(text) for text in ("男", "男性", "女", "女性", "", "未知")] == [
        "male", "male", "female", "female", None, None,
    ]  # fmt: skip
