"""The rules of Articles 11 and 12: what may be decided, what follows, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args
from uuid import UUID

from backend.core.errors import Conflict, Invalid
from backend.core.filings.roles import HOLDERS

PURPOSE = "objection"
Outcome = Literal["founded", "founded_in_part", "not_founded"]
OUTCOMES: tuple[str, ...] = get_args(Outcome)
# What the court must then do, within its clock; a part that is founded takes the listing off view until corrected.
ACTS = ("withdraw", "correct", "delete")
# What the next higher court can be asked to review.
REVIEWABLE = ("not_founded", "founded_in_part")
# How a review ends: the decision stands, it is reversed, or whoever asked takes it back.
REVIEW_OUTCOMES = ("upheld", "reversed", "withdrawn")
READERS = HOLDERS["box"]
States = Literal["received", "checking", "decided", "acted", "destroyed"]
STATES: tuple[str, ...] = get_args(States)


class AlreadyDecided(Conflict):
    """This objection is decided"""


class NotDecided(Conflict):
    """This objection is not decided against whoever filed it"""


class ReviewAsked(Conflict):
    """A review of this decision was asked for already"""


class ReviewDecided(Conflict):
    """This review has ended"""


class NothingToFind(Conflict):
    """There is no listing to be found for this review"""


@dataclass(frozen=True)
class Decision:
    """How an objection is decided.

    Attributes:
        act: what follows where it is founded: withdraw, correct or delete.
        reasons: told to whoever filed, under seal; always required where it is not founded in whole.
        listings: those that an objection which names the court only was found to mean.
    """

    outcome: str
    act: str | None = None
    reasons: str = ""
    listings: tuple[UUID, ...] = ()

    def check(self) -> None:
        """Raises Invalid for a decision that the law does not know."""
        if self.outcome not in OUTCOMES:
            raise Invalid(f"An objection is one of {', '.join(OUTCOMES)}.")
        if (self.act is not None) != (self.outcome == "founded") or self.act not in (None, *ACTS):
            raise Invalid("A founded objection, and no other, names what follows: withdraw, correct or delete.")
        if self.outcome != "founded" and not self.reasons.strip():
            raise Invalid("An objection that is not founded in whole is refused with reasons (Article 12).")


@dataclass(frozen=True)
class ReviewDecision:
    """How a review (复议) ended.

    Attributes:
        act: of a reversal, what the court whose decision it was must do: withdraw, correct or delete.
    """

    outcome: str
    act: str | None
    reason: str

    def check(self) -> None:
        """Raises Invalid."""
        if (self.act is not None) != (self.outcome == "reversed"):
            raise Invalid("A reversal, and nothing else, names what follows: withdraw, correct or delete.")


@dataclass(frozen=True)
class Review:
    """Where and until when a decision can be taken further; `court` None where the next higher one is not known."""

    court: str | None
    phone: str | None
    address: str | None
    until: date


_TOLD = {
    "founded": "您的申请理由成立。法院将在三个工作日内改正。\n"
    "Your objection is founded. The court acts within three working days.",
    "founded_in_part": "您的申请部分成立。相关公示已暂停,改正后再公示。\n"
    "Your objection is founded in part. The listing is off view until it is corrected.",
    "not_founded": "您的申请理由不成立。\nYour objection is not founded.",
}


def told(decision: Decision, review: Review) -> str:
    """The answer that is boxed to whoever filed: the outcome, its reasons, and the way to review."""
    head, tail = around_reasons(decision.outcome, review)
    reasons = f"理由 Reasons: {decision.reasons.strip()}" if decision.reasons.strip() else ""
    return "\n\n".join(filter(None, (head, reasons, tail)))


def around_reasons(outcome: str, review: Review) -> tuple[str, str]:
    """What stands before and behind the reasons in an answer; the console's browser puts it together and seals it."""
    if outcome == "founded":
        return _TOLD[outcome], ""
    reach = " · ".join(
        filter(None, (review.court or "上一级人民法院 the next higher court", review.address, review.phone))
    )
    return _TOLD[outcome], (
        f"不服本决定的,最迟可于 {review.until}(收到之日起十日内)向 {reach} 申请复议;复议期间不停止执行。\n"
        f"If you disagree, ask for review by {review.until} (ten days from receipt): {reach}. "
        "Nothing is suspended meanwhile."
    )


def public_state(filing_state: str, outcome: str | None, *, acted: bool) -> str:
    """What the bearer of a receipt is told: one of `STATES`."""
    if filing_state in ("shredding", "shredded"):
        return "destroyed"
    if outcome is not None:
        return "acted" if acted else "decided"
    return "received" if filing_state == "received" else "checking"
