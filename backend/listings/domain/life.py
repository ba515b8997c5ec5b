"""The life of a listing: what may happen to it in which state, and what may not (domain.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
_ENDS_A_TERM = frozenset({EARLY_DELETION, "objection_founded", "death", "stated", "not_in_list"})
TERM_GROUNDS = 0b111110
# One to three months, as the shortest and the longest of them are.
SHORTEST_GRACE_DAYS, LONGEST_GRACE_DAYS = 28, 92


class NotPossible(Conflict):
    """This cannot happen to the listing now"""


class ApprovalMissing(Conflict):
    """A second officer must approve this"""


@dataclass(frozen=True)
class Standing:
    """Where a listing stands when something is about to happen to it.

    Attributes:
        ground_mask: bit n-1 for ground n.
        term_ends_on: last day of the term; None where there is none or the file does not state it.
        barred_until: first day on which it may be listed again; None where nothing bars it.
        is_minor: whether the listed person is known to be under 18.
        is_deceased: whether the listed person is known to have died.
        grace_until: last day on which performing avoids publication; None where no grace was granted.
    """

    state: str
    ground_mask: int
    term_ends_on: date | None
    barred_until: date | None = None
    is_minor: bool = False
    is_deceased: bool = False
    grace_until: date | None = None

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
    if action == "delete" and standing.has_term and cause not in _ENDS_A_TERM:
        raise NotPossible("A listing with a term is deleted early only where the court decides so (Article 2).")
    if action == "delete" and cause == EARLY_DELETION and not standing.has_term:
        raise NotPossible("A listing without a term is deleted for a cause of Article 10.")
    return target


def _refuse_showing(standing: Standing, on: date) -> None:
    if standing.is_minor:
        raise NotPossible("A minor is never listed (Article 4).")
    if standing.is_deceased:
        raise NotPossible("The listed person has died: the court decides first.")
    if standing.barred_until and on < standing.barred_until:
        raise NotPossible(f"Deleted at the creditor's request: barred until {standing.barred_until} (Article 10).")
    if standing.term_ends_on and standing.term_ends_on < on:
        raise NotPossible("The term has ended.")
    if standing.state == "grace" and standing.grace_until and on <= standing.grace_until:
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


def check_decision(ground_mask: int, decided_on: date, term_ends_on: date | None) -> None:
    """What a decision made here must state.

    Raises:
        Invalid: grounds 2 to 6 without a term, ground 1 alone with one, or a term that is over at once.
    """
    if bool(ground_mask & TERM_GROUNDS) != (term_ends_on is not None):
        raise Invalid("Grounds 2 to 6 have a term and ground 1 alone has none (Article 2).")
    if term_ends_on and term_ends_on <= decided_on:
        raise Invalid("The term must end after the decision.")


def check_grace(decided_on: date, grace_until: date | None) -> None:
    """See that a period of grace has its last day.

    Raises:
        Invalid: it has none, or is shorter than a month or longer than three.
    """
    days = (grace_until - decided_on).days if grace_until else 0
    if not SHORTEST_GRACE_DAYS <= days <= LONGEST_GRACE_DAYS:
        raise Invalid("A period of grace lasts one to three months from the decision.")
