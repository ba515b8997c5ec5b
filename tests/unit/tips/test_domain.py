from __future__ import annotations

import pytest

from backend.core.errors import Invalid
from backend.tips.domain import REASONS, STATES, Decision, Standing, public_state


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


@pytest.mark.parametrize(
    ("filing", "standing", "state"),
    [
        ("received", Standing(None, None), "received"),
        ("checking", Standing(None, None), "checking"),
        ("closed", Standing(None, None), "closed"),
        ("shredding", Standing(None, None), "closed"),
        ("checking", Standing("not_used", "known"), "not_used"),
        ("closed", Standing("not_used", "known"), "not_used"),
        ("checking", Standing("useful", None), "useful"),
        ("checking", Standing("useful", None, awarded=True), "claimable"),
        ("closed", Standing("useful", None, awarded=True), "claimable"),
        ("checking", Standing("useful", None, awarded=True, claimed=True), "useful"),
        ("closed", Standing("useful", None, awarded=True, claimed=True, paid=True), "rewarded"),
    ],
)
def test_states_in_plain_words(filing: str, standing: Standing, state: str) -> None:
    assert public_state(filing, standing) == state
    assert state in STATES
