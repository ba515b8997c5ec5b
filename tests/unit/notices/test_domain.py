from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.core.errors import Invalid
from backend.notices.domain import (
    TRANSITIONS,
    Filters,
    NotPossible,
    Place,
    Reward,
    SameOfficer,
    check_claim_text,
    check_request,
    check_second,
    next_state,
)

STATES = ("draft", "approved", "published", "closed", "paid")
YUAN = st.decimals("0.01", "999999999", places=2)
FIVE = Reward("percent_recovered", percent=Decimal(5), cap=Decimal(200_000))


def test_a_percentage_is_of_what_was_recovered() -> None:
    assert FIVE.for_recovered(Decimal(100_000)) == 5000


def test_the_cap_holds_and_only_where_it_is_reached() -> None:
    assert FIVE.for_recovered(Decimal(4_000_000)) == 200_000
    assert FIVE.for_recovered(Decimal(4_000_001)) == 200_000
    assert FIVE.for_recovered(Decimal(3_999_999)) == Decimal("199999.95")


def test_a_fixed_reward_is_what_it_says() -> None:
    assert Reward("fixed", Decimal(10_000)).for_recovered(Decimal(1)) == 10_000


@given(YUAN, st.decimals("0.01", "100", places=2), YUAN)
def test_never_more_than_promised_and_always_whole_fen(recovered: Decimal, percent: Decimal, cap: Decimal) -> None:
    reward = Reward("percent_recovered", percent=percent, cap=cap)
    reward.check()
    paid = reward.for_recovered(recovered)
    assert paid <= min(cap, recovered)
    assert paid * 100 <= recovered * percent
    assert paid == paid.quantize(Decimal("0.01"))


@pytest.mark.parametrize("percent", ["0", "-1", "100.01", "101", "0.001", "NaN", "Infinity"])
def test_a_percentage_is_above_0_and_at_most_100(percent: str) -> None:
    with pytest.raises(Invalid):
        Reward("percent_recovered", percent=Decimal(percent)).check()


def test_all_of_it_may_be_promised() -> None:
    Reward("percent_recovered", percent=Decimal(100)).check()
    Reward("percent_recovered", percent=Decimal("0.01")).check()


@pytest.mark.parametrize(
    "reward",
    [
        Reward("fixed"),
        Reward("fixed", percent=Decimal(5)),
        Reward("fixed", Decimal(5000), Decimal(5)),
        Reward("fixed", Decimal(5000), cap=Decimal(9000)),
        Reward("fixed", Decimal(0)),
        Reward("fixed", Decimal("0.001")),
        Reward("fixed", Decimal("1e15")),
        Reward("percent_recovered"),
        Reward("percent_recovered", Decimal(5000), Decimal(5)),
        Reward("percent_recovered", percent=Decimal(5), cap=Decimal(0)),
        Reward("lottery", Decimal(5)),
    ],
)
def test_a_reward_says_exactly_what_its_basis_needs(reward: Reward) -> None:
    with pytest.raises(Invalid):
        reward.check()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", sorted({action for action, _ in TRANSITIONS}))
def test_every_act_fits_some_states_and_no_others(action: str, state: str) -> None:
    if (action, state) in TRANSITIONS:
        assert next_state(state, action) in STATES
    else:
        with pytest.raises(NotPossible):
            next_state(state, action)


def test_nothing_becomes_public_past_the_second_officer() -> None:
    assert [state for (action, state), target in TRANSITIONS.items() if target == "published"] == [
        "approved", "published",
    ]  # fmt: skip
    assert [action for (action, _), target in TRANSITIONS.items() if target == "approved"] == ["approve"]


def test_the_second_signature_is_another_officers() -> None:
    one = uuid4()
    check_second(one, uuid4())
    for second in (one, None):
        with pytest.raises(SameOfficer):
            check_second(one, second)


def test_a_request_has_come_in_and_the_notice_ends_later() -> None:
    today = date(2026, 3, 1)
    check_request(today, today, today)
    with pytest.raises(Invalid):
        check_request(date(2026, 3, 2), date(2026, 4, 1), today)
    with pytest.raises(Invalid):
        check_request(today, date(2026, 2, 28), today)


@pytest.mark.parametrize("text", ["", "  ", "x" * 501, "请联系甄虚构", "证件 13010819990101001X"])
def test_what_the_court_adds_names_nobody(text: str) -> None:
    with pytest.raises(Invalid):
        check_claim_text(text, "甄虚构")


def test_what_the_court_adds_may_be_nothing_or_a_sentence() -> None:
    check_claim_text(None, "甄虚构")
    check_claim_text("到执行局 205 室领取,电话 0311-00000000。", "甄虚构")


@given(st.dates(), st.uuids())
def test_a_cursor_leads_back_to_its_place_under_its_filters_only(day: date, notice: UUID) -> None:
    place, filters = Place(day, notice), Filters("13", notice)
    assert Place.decode(filters, place.encode(filters)) == place
    with pytest.raises(ValueError, match="cursor"):
        Place.decode(Filters("11"), place.encode(filters))


@given(st.text())
def test_nothing_else_is_a_cursor(text: str) -> None:
    with pytest.raises(ValueError, match="cursor"):
        Place.decode(Filters(), text)
