from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from backend.core.errors import Invalid
from backend.tips.domain import (
    REASONS,
    STATES,
    BeyondCap,
    Decision,
    Eligibility,
    Standing,
    Terms,
    check_sum,
    public_state,
    reward_of,
)


@pytest.mark.parametrize(
    "decision", [Decision("useful"), Decision("useful", rank=3), *(Decision("not_used", reason) for reason in REASONS)]
)
def test_what_can_be_decided(decision: Decision) -> None:
    decision.check()


@pytest.mark.parametrize(
    "decision",
    [
        Decision("useful", "known"),
        Decision("useful", rank=0),
        Decision("not_used"),
        Decision("not_used", "boring"),
        Decision("perhaps"),
    ],
)
def test_anything_else_is_refused(decision: Decision) -> None:
    with pytest.raises(Invalid):
        decision.check()


CLAIMED = Standing("useful", None, awarded=True, claim=7, waits=True)


@pytest.mark.parametrize(
    ("filing", "standing", "state"),
    [
        ("received", Standing(None, None), "received"),
        ("checking", Standing(None, None), "checking"),
        ("closed", Standing(None, None), "closed"),
        ("shredding", Standing(None, None), "closed"),
        ("checking", Standing("not_used", "known"), "not_used"),
        ("closed", Standing("not_used", "known"), "closed"),
        ("checking", Standing("useful", None), "useful"),
        ("closed", Standing("useful", None), "closed"),
        ("checking", Standing("useful", None, awarded=True), "useful"),
        ("closed", Standing("useful", None, awarded=True), "useful"),
        ("checking", CLAIMED, "useful"),
        ("closed", CLAIMED, "useful"),
        ("checking", replace(CLAIMED, waits=False), "useful"),
        ("closed", replace(CLAIMED, waits=False), "closed"),
        ("closed", replace(CLAIMED, waits=False, paid=True), "rewarded"),
        ("checking", replace(CLAIMED, waits=False, paid=True, told=True), "claimable"),
        ("closed", replace(CLAIMED, waits=False, paid=True, told=True), "claimable"),
        ("shredding", replace(CLAIMED, waits=False, paid=True, told=True), "closed"),
    ],
)
def test_states_in_plain_words(filing: str, standing: Standing, state: str) -> None:
    assert public_state(filing, standing) == state
    assert state in STATES


def test_a_claim_can_be_sent_once_for_a_useful_tip_with_a_reward() -> None:
    assert Standing("useful", None, awarded=True).can_claim
    for standing in (
        CLAIMED,
        Standing("useful", None),
        Standing("not_used", "known", awarded=True),
        Standing(None, None),
    ):
        assert not standing.can_claim


def fixed(amount: str, kind: str = "property") -> Terms:
    return Terms(kind, "fixed", Decimal(amount), None, None)


def percent(rate: str, cap: str | None = None, kind: str = "property") -> Terms:
    return Terms(kind, "percent_recovered", None, Decimal(rate), Decimal(cap) if cap else None)


@pytest.mark.parametrize(
    ("terms", "recovered", "amount"),
    [
        (fixed("5000"), "1", "5000"),
        (fixed("5000"), "0", "0"),
        (fixed("5000", "whereabouts"), "0", "5000"),
        (fixed("5000", "whereabouts"), "1", "5000"),
        (percent("5", kind="whereabouts"), "0", "0"),
        (percent("5", kind="whereabouts"), "100", "5"),
        (percent("5"), "100000", "5000"),
        (percent("5", "4000"), "100000", "4000"),
        (percent("5", "5000"), "100000", "5000"),
        (percent("3.33"), "100.01", "3.33"),
        (percent("5"), "0.19", "0"),
        (percent("5"), "0", "0"),
        (percent("20", "200000"), "9999999999.99", "200000"),
    ],
)
def test_a_reward_is_what_the_notice_promised(terms: Terms, recovered: str, amount: str) -> None:
    assert reward_of(terms, Decimal(recovered)) == Decimal(amount)


@pytest.mark.parametrize(
    ("terms", "recovered"),
    [
        (Terms("property", "fixed", None, Decimal(5), None), "1"),
        (Terms("property", "percent_recovered", Decimal(5), None, None), "1"),
        (Terms("property", "generous", Decimal(5), Decimal(5), None), "1"),
        (fixed("5"), "-1"),
        (fixed("5"), "NaN"),
        (percent("5"), "Infinity"),
    ],
)
def test_no_reward_without_a_rule_or_a_sum(terms: Terms, recovered: str) -> None:
    with pytest.raises(Invalid):
        reward_of(terms, Decimal(recovered))


def test_all_rewards_of_a_notice_stay_within_what_it_promised() -> None:
    check_sum(percent("5", "100"), Decimal(60), Decimal(40))
    check_sum(percent("5"), Decimal(10**9), Decimal(1))
    check_sum(fixed("100"), Decimal(0), Decimal(100))
    for terms in (percent("5", "100"), fixed("100")):
        with pytest.raises(BeyondCap):
            check_sum(terms, Decimal(60), Decimal("40.01"))


@pytest.mark.parametrize(
    ("terms", "condition"),
    [
        (fixed("5"), "claim_met"),
        (percent("5"), "claim_met"),
        (percent("5", kind="whereabouts"), "claim_met"),
        (fixed("5", "whereabouts"), "found"),
    ],
)
def test_whoever_is_not_eligible_is_told_why(terms: Terms, condition: str) -> None:
    """And what the notice did not promise for need not be claimed to be so."""
    answers = {"claim_met": False} | dict.fromkeys(("not_agent", "not_bound", "not_known", condition), True)
    Eligibility(**answers).check(terms)
    for missing in ("not_agent", "not_bound", "not_known", condition):
        with pytest.raises(Invalid, match=missing):
            Eligibility(**answers | {missing: False}).check(terms)
