"""The life of a listing: what may happen to it in which state, and what may not (docs/adr/0009)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from backend.core.errors import Conflict, Invalid

# What happens, from where, to where; register.transition says the same to the database.
TRANSITIONS: dict[tuple[str, str], str] = {
    ("decide", "draft"): "decided",
    ("discard", "draft"): "withdrawn",
    ("grant_grace", "decided"): "grace",
    ("publish", "decided"): "published",
    ("publish", "grace"): "published",
    ("correct", "published"): "published",
    ("correct", "suspended"): "suspended",
    ("suspend", "published"): "suspended",
    ("resume", "suspended"): "published",
    ("withdraw", "decided"): "withdrawn",
    ("withdraw", "grace"): "withdrawn",
    ("withdraw", "published"): "withdrawn",
    ("withdraw", "suspended"): "withdrawn",
    ("delete", "grace"): "deleted",
    ("delete", "published"): "deleted",
    ("delete", "suspended"): "deleted",
    ("expire", "published"): "expired",
    ("expire", "suspended"): "expired",
    ("relist", "withdrawn"): "published",
    ("relist", "deleted"): "published",
    ("relist", "expired"): "published",
}
ENDED = frozenset({"withdrawn", "deleted", "expired"})
# Whoever prepares one of these does not sign it alone: it names somebody in public, or ends a term before its day.
NEEDS_APPROVAL = frozenset({"publish", "relist", "resume"})
EARLY_DELETION = "early_deletion"
# Causes that end a listing with a term as well: what the court itself found or decided, not a cause of Article 10.
_ENDS_A_TERM = frozenset({EARLY_DELETION, "objection_founded", "death"})
# What only a court's file says; an officer names the cause that the law has for it.
FILE_CAUSES = frozenset({"stated", "not_in_list", "taken_down"})
# What is decided and not found, so that no duty follows from it.
NOT_FOUND = FILE_CAUSES | {EARLY_DELETION, "term_completed", "objection_founded", "minor"}
# What a listing was suspended for that a reason shows again; a correction shows again whatever was suspended.
_RESUMES = {"decided_after_death": "death", "of_age": "minor"}
TERM_GROUNDS = 0b111110
# The date that an act states beside its own day.
_STATES_DATE = {"decide": "term_ends_on", "relist": "term_ends_on", "grant_grace": "grace_until"}
_ONE_DAY = timedelta(days=1)


class NotPossible(Conflict):
    """This cannot happen to the listing now"""


class ApprovalMissing(Conflict):
    """A second officer must approve this"""


@dataclass(frozen=True)
class Move:
    """What is to happen to a listing.

    Attributes:
        on: the day in China from which it holds; None for today.
        dates: `term_ends_on` or `grace_until` that the act states.
        note: for the trail; never shown to the public.
    """

    action: str
    cause: str
    on: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    note: str = ""


class Bounds(NamedTuple):
    """The first and the last day on which something may end by the law of a day, both included."""

    earliest: date
    latest: date

    @property
    def first(self) -> date:
        """The first day on which a term that counts its own first day ends: one month from the 1st, the 31st."""
        return self.earliest - _ONE_DAY

    def hold(self, day: date) -> bool:
        return self.first <= day <= self.latest


@dataclass(frozen=True)
class Standing:
    """Where a listing stands when something is about to happen to it.

    Attributes:
        ground_mask: bit n-1 for ground n.
        term_ends_on: last day of the term; None where there is none or the file does not state it.
        barred_until: last day on which it may not be listed again; None where nothing bars it.
        is_minor: whether the listed person is known to be under 18.
        is_deceased: whether the listed person is known to have died.
        grace_until: last day on which performing avoids publication; None where no grace was granted.
        since: the day of the decision, the publication or the end that led here; None for a draft.
        suspended_for: the cause for which it was last taken off view; None where it never was.
    """

    state: str
    ground_mask: int
    term_ends_on: date | None
    barred_until: date | None = None
    is_minor: bool = False
    is_deceased: bool = False
    grace_until: date | None = None
    since: date | None = None
    suspended_for: str | None = None

    @property
    def has_term(self) -> bool:
        """Whether the law gives it a term, also where the file did not state it."""
        return bool(self.ground_mask & TERM_GROUNDS) or self.term_ends_on is not None


def next_state(standing: Standing, action: str, cause: str, on: date) -> str:
    """The state that an action leads to on a day.

    Raises:
        NotPossible: the action does not fit the state, or a guard stands against it; says which.
    """
    target = TRANSITIONS.get((action, standing.state))
    if target is None:
        raise NotPossible(f"A listing that is {standing.state} cannot be moved by {action}.")
    if target == "published" and action != "correct":
        _refuse_showing(standing, on)
    _refuse_untrue(standing, action, cause)
    if action == "delete" and standing.has_term and cause not in _ENDS_A_TERM:
        raise NotPossible("A listing with a term is deleted early only where the court decides so (Article 2).")
    if action == "delete" and cause == EARLY_DELETION and not standing.has_term:
        raise NotPossible("A listing without a term is deleted for a cause of Article 10.")
    if action == "expire" and not (standing.term_ends_on and standing.term_ends_on < on):
        raise NotPossible("Its term has not ended.")
    return target


def _refuse_untrue(standing: Standing, action: str, cause: str) -> None:
    """See that what a reason takes for granted of the listing is so: each stands in its history and in statistics."""
    if action == "delete" and cause == "death" and not standing.is_deceased:
        raise NotPossible("Nobody has recorded that the listed person has died.")
    if cause == "performed_in_grace" and standing.grace_until is None:
        raise NotPossible("No period of grace was granted.")
    if action == "resume" and cause in _RESUMES and standing.suspended_for != _RESUMES[cause]:
        raise NotPossible("It was not suspended for this reason.")


def refuse_by_hand(what: Move) -> None:
    """Refuse what files alone say, and what has an act of its own that does more.

    Raises:
        NotPossible: says what to do instead.
    """
    if what.cause in FILE_CAUSES:
        raise NotPossible("Only a court's file states that: name the cause that the law has for it.")
    if what.action == "correct":
        raise NotPossible("A correction states which field it sets right, and to what.")
    if what.action == "suspend" and what.cause in ("death", "minor"):
        raise NotPossible("That is recorded of the person, for every listing of theirs.")


def check_day(what: Move, standing: Standing, today: date) -> date:
    """The day from which an act holds.

    Raises:
        Invalid: in the future, before what it follows, or with a date that such an act does not state.
    """
    on = what.on or today
    if on > today:
        raise Invalid("The day lies in the future.")
    if standing.since and on < min(standing.since, today):
        raise Invalid(f"The day lies before {standing.since}, since when the listing is {standing.state}.")
    for name in what.dates:
        if name != _STATES_DATE.get(what.action):
            raise Invalid(f"{name} is not stated by {what.action}.")
    return on


def _refuse_showing(standing: Standing, on: date) -> None:
    if standing.is_minor:
        raise NotPossible("A minor is never listed (Article 4).")
    if standing.is_deceased:
        raise NotPossible("The listed person has died: the court decides first.")
    if standing.barred_until and on <= standing.barred_until:
        raise NotPossible(f"Deleted at the creditor's request: barred until {standing.barred_until} (Article 10).")
    if standing.term_ends_on and standing.term_ends_on < on:
        raise NotPossible("The term has ended.")
    if standing.grace_until and on <= standing.grace_until:
        raise NotPossible(f"The period of grace lasts until {standing.grace_until}.")


def check_approval(action: str, cause: str, officer: object, approver: object | None) -> None:
    """See that whoever must sign second has, and is somebody else.

    Raises:
        ApprovalMissing: nobody signed second, or the same officer did.
    """
    if approver is not None and approver == officer:
        raise ApprovalMissing("The second signature must be another officer's.")
    if approver is None and (action in NEEDS_APPROVAL or cause == EARLY_DELETION):
        raise ApprovalMissing(f"A second officer must approve: {action}.")


def check_decision(ground_mask: int, decided_on: date, term_ends_on: date | None, bounds: Bounds) -> None:
    """What a decision made here must state.

    Args:
        bounds: of the term, by the rows of the law: two years, and up to three more (Article 2).

    Raises:
        Invalid: grounds 2 to 6 without a term, ground 1 alone with one, or a term that the law does not know.
    """
    if bool(ground_mask & TERM_GROUNDS) != (term_ends_on is not None):
        raise Invalid("Grounds 2 to 6 have a term and ground 1 alone has none (Article 2).")
    if term_ends_on and term_ends_on <= decided_on:
        raise Invalid("The term must end after the decision.")
    if term_ends_on and not bounds.hold(term_ends_on):
        raise Invalid(f"The term ends between {bounds.first} and {bounds.latest} (Article 2).")


def check_grace(grace_until: date | None, bounds: Bounds) -> None:
    """See that a period of grace has its last day.

    Args:
        bounds: of the grace, by the rows of the law: one to three months from the decision.

    Raises:
        Invalid: it has none, or is too short or too long.
    """
    if grace_until is None or not bounds.hold(grace_until):
        raise Invalid(
            "A period of grace lasts one to three months from the decision: until a day between"
            f" {bounds.first} and {bounds.latest}."
        )
