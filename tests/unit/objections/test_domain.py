from __future__ import annotations

from datetime import date

import pytest

from backend.core.errors import Invalid
from backend.core.sealing.envelopes import MAX_TEXT
from backend.objections.domain import Decision, Review, public_state, told

REVIEW = Review("虚构市中级人民法院", "0000-0000", "虚构路", date(2026, 12, 7))


@pytest.mark.parametrize(
    "decision",
    [
        Decision("founded", "withdraw"),
        Decision("founded", "correct", "年龄有误"),
        Decision("founded_in_part", None, "部分成立"),
        Decision("not_founded", None, "已核实"),
    ],
)
def test_what_the_law_knows_can_be_decided(decision: Decision) -> None:
    decision.check()


@pytest.mark.parametrize(
    "decision",
    [
        Decision("founded"),
        Decision("founded", "suspend"),
        Decision("not_founded"),
        Decision("not_founded", None, " \n"),
        Decision("not_founded", "delete", "x"),
        Decision("founded_in_part"),
        Decision("perhaps", None, "x"),
    ],
)
def test_anything_else_is_refused(decision: Decision) -> None:
    with pytest.raises(Invalid):
        decision.check()


def test_a_refusal_tells_its_reasons_and_the_way_to_review() -> None:
    text = told(Decision("not_founded", None, "已核实"), REVIEW)
    for said in ("已核实", "虚构市中级人民法院", "2026-12-07", "复议", "review"):
        assert said in text
    assert "上一级人民法院" in told(Decision("not_founded", None, "x"), Review(None, None, None, REVIEW.until))


def test_what_is_founded_in_whole_names_no_review() -> None:
    assert "复议" not in told(Decision("founded", "delete"), REVIEW)


def test_room_is_left_for_reasons() -> None:
    assert len(told(Decision("not_founded", None, "x"), REVIEW)) < MAX_TEXT - 600


@pytest.mark.parametrize(
    ("filing", "outcome", "acted", "state"),
    [
        ("received", None, False, "received"),
        ("checking", None, False, "checking"),
        ("closed", "not_founded", False, "decided"),
        ("closed", "founded", False, "decided"),
        ("closed", "founded", True, "acted"),
        ("shredding", "founded", True, "destroyed"),
        ("shredded", None, False, "destroyed"),
    ],
)
def test_states_in_plain_words(filing: str, outcome: str | None, acted: bool, state: str) -> None:  # noqa: FBT001
    assert public_state(filing, outcome, acted=acted) == state
