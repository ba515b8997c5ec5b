from __future__ import annotations

from decimal import Decimal

import pytest

from backend.notices.domain import FUNDERS, KINDS, Reward
from backend.notices.wording import WANTED, WHO_PAYS, example, money, not_paid, promise


def test_the_example_is_in_plain_words() -> None:
    reward = Reward("percent_recovered", percent=Decimal(5), cap=Decimal(200_000))
    assert promise(reward) == {
        "zh": "执行到位金额的 5%,最高 200,000 元",
        "en": "5% of what is recovered, at most ¥200,000",
    }
    assert example("property", reward) == {
        "zh": "若因线索执行到位 100,000 元,奖金 5,000 元",
        "en": "If 100,000 yuan are recovered thanks to the tip, 5,000 yuan",
    }


def test_the_example_never_promises_more_than_the_cap() -> None:
    reward = Reward("percent_recovered", percent=Decimal(20), cap=Decimal(3_000))
    assert example("property", reward)["zh"] == "若因线索执行到位 100,000 元,奖金 3,000 元"


def test_a_fixed_reward_says_what_it_is_paid_for() -> None:
    fixed = Reward("fixed", Decimal("10000.50"))
    assert promise(fixed)["zh"] == "奖金 10,000.50 元"
    assert example("whereabouts", fixed)["zh"] == "若因线索找到,奖金 10,000.50 元"
    assert example("property", fixed)["en"] == "If money is recovered thanks to the tip, 10,000.50 yuan"


@pytest.mark.parametrize(("percent", "text"), [("5.00", "5%"), ("2.50", "2.5%"), ("100", "100%"), ("0.05", "0.05%")])
def test_a_percentage_has_no_idle_zeros(percent: str, text: str) -> None:
    assert text in promise(Reward("percent_recovered", percent=Decimal(percent)))["en"].split(" ")


def test_money_has_separators_and_fen_only_where_there_are_any() -> None:
    assert [money(Decimal(yuan)) for yuan in ("5000", "5000.00", "5000.5", "1234567")] == [
        "5,000", "5,000", "5,000.50", "1,234,567",
    ]  # fmt: skip


def test_every_kind_and_funder_has_its_words() -> None:
    assert set(WANTED) == set(KINDS)
    assert set(WHO_PAYS) == set(FUNDERS)
    assert "申请执行人" in WHO_PAYS["creditor"]["zh"]


def test_when_nothing_is_paid_says_what_the_claims_desk_goes_by() -> None:
    fixed, share = Reward("fixed", Decimal(5000)), Reward("percent_recovered", percent=Decimal(5))
    said = {
        (kind, reward.basis): [text["zh"] for text in not_paid(kind, reward)][1:-1]
        for kind in KINDS
        for reward in (fixed, share)
    }
    assert said == {
        ("property", "fixed"): ["没有执行到位的,不付。"],
        ("property", "percent_recovered"): ["没有执行到位的,不付。"],
        ("whereabouts", "fixed"): ["没有因线索找到的,不付。"],
        ("whereabouts", "percent_recovered"): ["没有因线索找到的,不付。", "没有执行到位的,不付。"],
    }
