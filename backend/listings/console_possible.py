"""Which steps a listing can take now, and for which causes: what the law and its state allow is offered, no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from backend.core.db import Connection
from backend.core.errors import ProductError
from backend.listings import desk_queries as queries
from backend.listings.domain.life import (
    EARLY_DELETION,
    FILE_CAUSES,
    NEEDS_APPROVAL,
    TERM_GROUNDS,
    TRANSITIONS,
    next_state,
)
from backend.listings.life import find_today, standing

# What no officer chooses by hand: the court's files, and steps that stand by themselves.
_NOT_CHOSEN = FILE_CAUSES | {EARLY_DELETION, "minor"}
_OWN_PAGE = frozenset({"correct"})


@dataclass(frozen=True)
class Possible:
    """A step that a listing can take.

    Attributes:
        action: `withdraw`, `delete` …
        causes: code, zh, en and article of each reason that the law gives for it today.
        two: another officer must approve.
    """

    action: str
    causes: Sequence[Mapping[str, Any]]
    two: bool


def possible_steps(connection: Connection, row: Mapping[str, Any]) -> list[Possible]:
    """The moves that a listing, as `desk_queries.find_listing` gives it, can make today."""
    actions = [action for action, state in TRANSITIONS if state == row["state"] and action not in _OWN_PAGE]
    found = [possible_step(connection, row, action) for action in actions]
    return [step for step in found if step.causes]


def possible_step(connection: Connection, row: Mapping[str, Any], action: str) -> Possible:
    """One move; without causes where it cannot be made."""
    today = find_today(connection)
    stands = standing(row)
    if action == "relist" and states_term(row):
        stands = replace(stands, term_ends_on=None)  # the decision states another
    causes = [
        cause
        for cause in queries.list_causes(connection, action)
        # A death is recorded of the person, which suspends whatever there is of them.
        if cause["code"] not in _NOT_CHOSEN
        and (action, cause["code"]) != ("suspend", "death")
        and _fits(stands, action, cause["code"], today)
    ]
    return Possible(action, causes, action in NEEDS_APPROVAL)


def _fits(stands: Any, action: str, cause: str, today: date) -> bool:
    try:
        next_state(stands, action, cause, today)
    except ProductError:
        return False
    return True


def states_term(row: Mapping[str, Any]) -> bool:
    """Whether the law gives the listing a term, which a decision to list it, or to list it again, states."""
    return bool(row["ground_mask"] & TERM_GROUNDS)


def lacks_term(row: Mapping[str, Any]) -> bool:
    """Whether the law gives the listing a term that its file did not state."""
    return row["state"] == "published" and row["term_ends_on"] is None and states_term(row)
