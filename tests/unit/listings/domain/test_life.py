from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from backend.core.errors import Invalid
from backend.listings.domain.life import (
    ENDED,
    FILE_CAUSES,
    TRANSITIONS,
    ApprovalMissing,
    Bounds,
    Move,
    NotPossible,
    Standing,
    check_approval,
    check_day,
    check_decision,
    check_grace,
    next_state,
    refuse_by_hand,
)

TODAY = date(2026, 3, 2)
STATES = sorted({state for pair in TRANSITIONS.items() for state in (pair[0][1], pair[1])})
ACTIONS = sorted({action for action, _ in TRANSITIONS})
# Ground 1 has no term; 4 has one.
WITHOUT_TERM, WITH_TERM = 0b000001, 0b001000


# Two to five years from TODAY and the longest grace; one to three months.
TERM = Bounds(date(2028, 3, 2), date(2031, 6, 2))
GRACE = Bounds(date(2026, 4, 2), date(2026, 6, 2))


def _standing(state: str = "published", ground_mask: int = WITHOUT_TERM, **fields: object) -> Standing:
    return Standing(state, ground_mask, fields.pop("term_ends_on", None), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("action", "state"), list(itertools.product(ACTIONS, STATES)))
def test_only_what_the_table_says_may_happen(action: str, state: str) -> None:
    standing = _standing(state, term_ends_on=TODAY - timedelta(days=1) if action == "expire" else None)
    if (action, state) in TRANSITIONS:
        assert next_state(standing, action, "performed", TODAY) == TRANSITIONS[action, state]
    else:
        with pytest.raises(NotPossible):
            next_state(standing, action, "performed", TODAY)


def test_what_has_ended_is_only_ever_listed_again() -> None:
    assert {action for action, state in TRANSITIONS if state in ENDED} == {"relist"}


@pytest.mark.parametrize("cause", ["performed", "settled", "creditor_request", "no_property", "stay", "terminated"])
def test_a_cause_of_article_10_never_ends_a_listing_with_a_term(cause: str) -> None:
    with pytest.raises(NotPossible, match="Article 2"):
        next_state(_standing(ground_mask=WITH_TERM), "delete", cause, TODAY)
    assert next_state(_standing(), "delete", cause, TODAY) == "deleted"


def test_a_term_that_the_file_did_not_state_is_still_a_term() -> None:
    with pytest.raises(NotPossible):
        next_state(_standing(ground_mask=WITH_TERM, term_ends_on=None), "delete", "performed", TODAY)


def test_early_deletion_is_for_listings_with_a_term() -> None:
    assert next_state(_standing(ground_mask=WITH_TERM), "delete", "early_deletion", TODAY) == "deleted"
    with pytest.raises(NotPossible):
        next_state(_standing(), "delete", "early_deletion", TODAY)


@pytest.mark.parametrize(("action", "state"), [("publish", "decided"), ("resume", "suspended"), ("relist", "deleted")])
@pytest.mark.parametrize("reason", [{"is_minor": True}, {"is_deceased": True}])
def test_neither_minors_nor_the_dead_are_ever_shown(action: str, state: str, reason: dict[str, bool]) -> None:
    with pytest.raises(NotPossible):
        next_state(_standing(state, **reason), action, "decision", TODAY)
    assert next_state(_standing(state), action, "decision", TODAY) == "published"


def test_the_bar_on_listing_again_ends_with_its_last_day() -> None:
    standing = _standing("deleted", barred_until=TODAY)
    with pytest.raises(NotPossible, match="barred"):
        next_state(standing, "relist", "decision", TODAY)
    assert next_state(standing, "relist", "decision", TODAY + timedelta(days=1)) == "published"


def test_nothing_is_published_past_its_term() -> None:
    standing = _standing("suspended", WITH_TERM, term_ends_on=TODAY)
    assert next_state(standing, "resume", "corrected", TODAY) == "published"
    with pytest.raises(NotPossible, match="term"):
        next_state(standing, "resume", "corrected", TODAY + timedelta(days=1))


def test_publishing_needs_a_second_officer_and_deleting_does_not() -> None:
    with pytest.raises(ApprovalMissing):
        check_approval("publish", "decision", "one", None)
    with pytest.raises(ApprovalMissing):
        check_approval("publish", "decision", "one", "one")
    with pytest.raises(ApprovalMissing):
        check_approval("delete", "early_deletion", "one", None)
    check_approval("publish", "decision", "one", "another")
    check_approval("delete", "performed", "one", None)


@pytest.mark.parametrize(
    ("ground_mask", "term_ends_on"),
    [
        (WITH_TERM, None),
        (WITHOUT_TERM, date(2028, 3, 2)),
        (WITH_TERM, TODAY),
        (WITH_TERM, date(2028, 2, 29)),
        (WITH_TERM, date(2031, 6, 3)),
    ],
)
def test_a_decision_made_here_states_a_term_that_the_law_knows(ground_mask: int, term_ends_on: date | None) -> None:
    with pytest.raises(Invalid):
        check_decision(ground_mask, TODAY, term_ends_on, TERM)


def test_a_decision_with_its_term_or_on_ground_1_without_one_is_taken() -> None:
    # Two years from the 2nd last until the 1st; the longest may begin after the longest grace.
    for term_ends_on in (date(2028, 3, 1), date(2031, 6, 2)):
        check_decision(WITH_TERM, TODAY, term_ends_on, TERM)
    check_decision(WITHOUT_TERM, TODAY, None, TERM)
    check_decision(WITH_TERM | WITHOUT_TERM, TODAY, date(2028, 3, 1), TERM)


@pytest.mark.parametrize("day", [None, date(2026, 3, 1), TODAY, date(2026, 3, 31), date(2026, 6, 3)])
def test_a_period_of_grace_is_no_shorter_than_a_month_and_no_longer_than_three(day: date | None) -> None:
    with pytest.raises(Invalid):
        check_grace(day, GRACE)


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 2)])
def test_a_period_of_grace_of_one_to_three_months_is_taken(day: date) -> None:
    check_grace(day, GRACE)


@pytest.mark.parametrize("term_ends_on", [None, TODAY, TODAY + timedelta(days=300)])
def test_nothing_expires_before_its_term_has_ended(term_ends_on: date | None) -> None:
    with pytest.raises(NotPossible, match="term has not ended"):
        next_state(_standing(ground_mask=WITH_TERM, term_ends_on=term_ends_on), "expire", "term_ended", TODAY)
    past = _standing(ground_mask=WITH_TERM, term_ends_on=TODAY - timedelta(days=1))
    assert next_state(past, "expire", "term_ended", TODAY) == "expired"


@pytest.mark.parametrize("cause", sorted(FILE_CAUSES))
def test_what_only_a_file_says_ends_no_term_and_is_no_officers_reason(cause: str) -> None:
    with pytest.raises(NotPossible):
        refuse_by_hand(Move("delete", cause))
    with pytest.raises(NotPossible, match="Article 2"):
        next_state(_standing(ground_mask=WITH_TERM), "delete", cause, TODAY)


@pytest.mark.parametrize(("action", "cause"), [("correct", "wrong_data"), ("suspend", "death"), ("suspend", "minor")])
def test_what_has_an_act_of_its_own_is_no_bare_move(action: str, cause: str) -> None:
    with pytest.raises(NotPossible):
        refuse_by_hand(Move(action, cause))
    refuse_by_hand(Move("withdraw", "minor"))


@pytest.mark.parametrize("days", [1, -31])
def test_an_act_holds_neither_from_a_day_to_come_nor_from_before_what_it_follows(days: int) -> None:
    standing = _standing(since=TODAY - timedelta(days=30))
    with pytest.raises(Invalid, match="The day lies"):
        check_day(Move("delete", "performed", on=TODAY + timedelta(days=days)), standing, TODAY)
    for on in (None, TODAY, TODAY - timedelta(days=30)):
        assert check_day(Move("delete", "performed", on=on), standing, TODAY) == (on or TODAY)


@pytest.mark.parametrize(
    ("action", "name"), [("delete", "term_ends_on"), ("publish", "grace_until"), ("decide", "decided_on")]
)
def test_an_act_states_no_date_that_is_not_its_own(action: str, name: str) -> None:
    with pytest.raises(Invalid, match="not stated"):
        check_day(Move(action, "x", dates={name: TODAY}), _standing(), TODAY)


def test_within_the_period_of_grace_nothing_is_published() -> None:
    standing = _standing("grace", grace_until=TODAY)
    with pytest.raises(NotPossible, match="grace"):
        next_state(standing, "publish", "decision", TODAY)
    assert next_state(standing, "publish", "decision", TODAY + timedelta(days=1)) == "published"
    assert next_state(standing, "withdraw", "performed_in_grace", TODAY) == "withdrawn"


def test_whoever_is_listed_again_waits_for_the_end_of_the_grace_too() -> None:
    standing = _standing("withdrawn", grace_until=TODAY)
    with pytest.raises(NotPossible, match="grace"):
        next_state(standing, "relist", "decision", TODAY)
    assert next_state(standing, "relist", "decision", TODAY + timedelta(days=1)) == "published"


@pytest.mark.parametrize(
    ("state", "action", "cause", "so"),
    [
        ("published", "delete", "death", {"is_deceased": True}),
        ("published", "withdraw", "performed_in_grace", {"grace_until": TODAY - timedelta(days=9)}),
        ("suspended", "resume", "decided_after_death", {"suspended_for": "death"}),
        ("suspended", "resume", "of_age", {"suspended_for": "minor"}),
    ],
)
def test_a_reason_that_is_not_so_moves_nothing(state: str, action: str, cause: str, so: dict[str, Any]) -> None:
    for stands in (_standing(state), _standing(state, suspended_for="objection_founded_in_part")):
        with pytest.raises(NotPossible):
            next_state(stands, action, cause, TODAY)
    assert next_state(_standing(state, **so), action, cause, TODAY) == TRANSITIONS[action, state]
