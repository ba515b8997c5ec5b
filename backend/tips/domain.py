"""What may be decided about a tip, and how it is told to whoever bears the receipt."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Literal, get_args

from backend.core.errors import Conflict, FieldError, Forbidden, Invalid
from backend.core.filings.roles import HOLDERS

PURPOSE = "tip"
Outcome = Literal["useful", "not_used"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
# Known to the court, not to be confirmed, not about this case, or the same as an earlier one.
REASONS = ("known", "unconfirmed", "unrelated", "earlier")
# Who reads; of them only clerks decide.
READERS = HOLDERS["box"]
DECIDERS = ("clerk",)
# Who opens claims, proposes and approves; the second officer may be one who approves notices.
REWARDERS = HOLDERS["reward"]
SECOND = ("reward_officer", "approver")
_FEN = Decimal("0.01")
# In one file for the cashier.
EXPORT_BATCH = 30
# Time enough to make the file and say that the cashier has it; then another officer can.
RESERVED_SECONDS = 3600
States = Literal["received", "checking", "useful", "not_used", "rewarded", "claimable", "closed"]
STATES: tuple[str, ...] = get_args(States)


class AlreadyDecided(Conflict):
    """This tip is decided"""


class NoRewardKey(Conflict):
    """The court has no key for rewards, so nobody could claim this one"""


class NotClaimable(Conflict):
    """No reward can be claimed for this tip"""


class ClaimedOtherwise(Conflict):
    """A claim was sent for this tip before"""


class AlreadyProposed(Conflict):
    """A reward was proposed for this claim, or the claim is closed"""


class NotOpened(Conflict):
    """Open the claim first: nobody proposes a reward without having seen whose it is"""


class AlreadyApproved(Conflict):
    """This reward is approved"""


class NotApproved(Conflict):
    """Two officers have not signed this reward, so the cashier is not to pay it"""


class AlreadyExported(Conflict):
    """The cashier has this already, or another officer is about to give it: delete the file"""


class BeyondCap(Conflict):
    """The notice promised less than that in all"""


class SameOfficer(Forbidden):
    """Whoever proposed a reward does not approve it"""


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
        claim: number of the claim that was sent; None before.
        waits: it waits for its decision.
        paid: two officers have decided its reward.
        told: the cashier was told to pay it.
    """

    outcome: str | None
    reason: str | None
    awarded: bool = False
    claim: int | None = None
    waits: bool = False
    paid: bool = False
    told: bool = False

    @property
    def can_claim(self) -> bool:
        return self.outcome == "useful" and self.awarded and self.claim is None


def public_state(filing_state: str, standing: Standing) -> str:
    """What the bearer of a receipt is told: one of `STATES`, in the order of docs/adr/0016.

    `claimable` once the cashier has it to pay; `closed` where the case has ended and nothing is to come any more.
    """
    if filing_state in ("shredding", "shredded"):
        return "closed"
    if standing.told:
        return "claimable"
    if standing.paid:
        return "rewarded"
    if standing.can_claim or standing.waits:
        return "useful"
    return "closed" if filing_state == "closed" else standing.outcome or filing_state


@dataclass(frozen=True)
class Terms:
    """What a notice promised, in yuan to the fen.

    Attributes:
        kind: what was asked for, `property` or `whereabouts`.
        basis: `fixed` has an amount, `percent_recovered` a percent and perhaps a cap.
        cap: the most that all rewards of the notice may come to; None without one.
    """

    kind: str
    basis: str
    amount: Decimal | None
    percent: Decimal | None
    cap: Decimal | None

    @property
    def condition(self) -> str:
        """What must have come of the tip: `found` for a fixed sum for whereabouts, else that the claim was met."""
        return "found" if self.kind == "whereabouts" and self.basis == "fixed" else "claim_met"

    @property
    def limit(self) -> Decimal | None:
        """The most that all rewards for the notice may come to together; a fixed one is promised once."""
        return self.amount if self.basis == "fixed" else self.cap


@dataclass(frozen=True)
class Eligibility:
    """What must hold before anybody is paid (财产调查规定, Articles 22 to 24); the answers are recorded."""

    not_agent: bool
    not_bound: bool
    not_known: bool
    claim_met: bool
    found: bool = False

    def check(self, terms: Terms) -> None:
        """Raises Invalid, naming what does not hold; of `claim_met` and `found` what the notice promised for."""
        needed = ("not_agent", "not_bound", "not_known", terms.condition)
        failed = [name for name in needed if not getattr(self, name)]
        if failed:
            broken = tuple(FieldError(f"/body/{name}", "does not hold") for name in failed)
            raise Invalid(f"No reward is due: {', '.join(failed)}.", broken)


def reward_of(terms: Terms, recovered: Decimal) -> Decimal:
    """Yuan by the notice's rule and cap, rounded down to the fen.

    Nothing where nothing was recovered, but for a fixed sum for whereabouts, which was promised for finding them.

    Raises:
        Invalid: a sum that is none, or a rule without its figure.
    """
    if not recovered.is_finite() or recovered < 0:
        raise Invalid("What was recovered is a sum of yuan.")
    if recovered == 0 and terms.condition != "found":
        return Decimal(0)
    if terms.basis == "fixed" and terms.amount is not None:
        promised = terms.amount
    elif terms.basis == "percent_recovered" and terms.percent is not None:
        promised = recovered * terms.percent / 100
    else:
        raise Invalid("The notice states no reward.")
    capped = promised if terms.cap is None else min(promised, terms.cap)
    return capped.quantize(_FEN, ROUND_DOWN)


def check_sum(terms: Terms, approved: Decimal, amount: Decimal) -> None:
    """Raises BeyondCap where a reward and those approved before it come to more than the notice promised."""
    if terms.limit is not None and approved + amount > terms.limit:
        raise BeyondCap(f"{approved} of {terms.limit} yuan are approved already.")
