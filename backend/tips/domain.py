"""What may be decided about a tip, and how it is told to whoever bears the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from backend.core.errors import Conflict, Invalid

PURPOSE = "tip"
Outcome = Literal["useful", "not_used"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
# Known to the court, not to be confirmed, not about this case, or the same as an earlier one.
REASONS = ("known", "unconfirmed", "unrelated", "earlier")
# Who reads; of them only clerks decide.
READERS = ("clerk", "approver")
DECIDERS = ("clerk",)
States = Literal["received", "checking", "useful", "not_used", "rewarded", "claimable", "closed"]
STATES: tuple[str, ...] = get_args(States)


class AlreadyDecided(Conflict):
    """This tip is decided"""


class NoRewardKey(Conflict):
    """The court has no key for rewards, so nobody could claim this one"""


@dataclass(frozen=True)
class Decision:
    """How a tip is decided.

    Attributes:
        reason: one of `REASONS`, of a tip that is not used.
        rank: of a useful tip among those with the same clue, by their numbers (财产调查规定, Article 23); told to
            reward officers under seal only.
    """

    outcome: str
    reason: str | None = None
    rank: int = 1

    def check(self) -> None:
        """Raises Invalid."""
        if self.outcome not in OUTCOMES:
            raise Invalid(f"A tip is one of {', '.join(OUTCOMES)}.")
        if (self.reason is not None) != (self.outcome == "not_used") or self.reason not in (None, *REASONS):
            raise Invalid(f"A tip that is not used, and no other, has a reason: {', '.join(REASONS)}.")
        if self.rank < 1:
            raise Invalid("Ranks count from 1.")


@dataclass(frozen=True)
class Standing:
    """What stands beside a tip, none of it readable content.

    Attributes:
        awarded: reward officers were told, so that a reward can be claimed.
        claimed: it was.
        paid: two officers have decided its reward.
    """

    outcome: str | None
    reason: str | None
    awarded: bool = False
    claimed: bool = False
    paid: bool = False


def public_state(filing_state: str, standing: Standing) -> str:
    """What the bearer of a receipt is told: one of `STATES`.

    `claimable` only as long as a claim can still be sent; `closed` where the case ended before the court decided.
    """
    if standing.outcome == "not_used":
        return "not_used"
    if standing.outcome == "useful":
        if standing.paid:
            return "rewarded"
        return "claimable" if standing.awarded and not standing.claimed else "useful"
    return filing_state if filing_state in ("received", "checking") else "closed"
