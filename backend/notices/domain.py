"""The life of a reward notice and what its reward comes to, in yuan to the fen (财产调查规定, Articles 21 to 24)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from backend.core import cursors
from backend.core.errors import Conflict, Invalid

KINDS = ("property", "whereabouts")
BASES = ("fixed", "percent_recovered")
FUNDERS = ("creditor", "insurer")
# What happens, from where, to where; register.notice_transition says the same to the database.
TRANSITIONS: dict[tuple[str, str], str] = {
    ("approve", "draft"): "approved",
    ("publish", "approved"): "published",
    ("extend", "published"): "published",
    ("close", "draft"): "closed",
    ("close", "approved"): "closed",
    ("close", "published"): "closed",
    ("pay", "published"): "paid",
    ("pay", "closed"): "paid",
}
# Why an officer closes a notice; the database closes others with their listing or after their last day.
CLOSING_CAUSES = ("refused", "creditor_request", "performed", "mistaken")
LONGEST_CLAIM_TEXT = 500
FEN = Decimal("0.01")
# numeric(14, 2) holds no more.
_MOST_YUAN = Decimal("999999999999.99")
_ID_NUMBER = re.compile(r"[0-9]{14}")


class NotPossible(Conflict):
    """This cannot happen to the notice now"""


class ListingNotShown(Conflict):
    """The listing has ended or is suspended, so it can have no notice"""


class SameOfficer(Conflict):
    """A second, different officer must sign this"""


@dataclass(frozen=True)
class Reward:
    """What is promised: a fixed amount, or a percentage of what is recovered thanks to the tip.

    Attributes:
        amount: yuan; of a fixed reward only.
        percent: per cent of the money recovered.
        cap: yuan; the most that a percentage may come to, None without one.
    """

    basis: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    cap: Decimal | None = None

    def check(self) -> None:
        """See that exactly what the basis needs is said.

        Raises:
            Invalid: it is not, or a number is out of its range or finer than a fen.
        """
        if self.basis not in BASES:
            raise Invalid(f"The basis is one of {', '.join(BASES)}.")
        if (self.basis == "fixed") != (self.amount is not None) or (self.basis == "fixed") == (
            self.percent is not None
        ):
            raise Invalid("A fixed reward has an amount, one by percentage a percentage, and never both.")
        if self.cap is not None and self.basis == "fixed":
            raise Invalid("Only a percentage has a cap.")
        for money in (self.amount, self.cap):
            if money is not None and not (_is_in_fen(money) and 0 < money <= _MOST_YUAN):
                raise Invalid("Money is in yuan, above 0 and to the fen.")
        if self.percent is not None and not (_is_in_fen(self.percent) and 0 < self.percent <= 100):
            raise Invalid("The percentage is above 0, at most 100, with at most two decimals.")

    def for_recovered(self, recovered: Decimal) -> Decimal:
        """What is paid where so much was recovered, in yuan, cut to the fen: never more than was promised."""
        if self.amount is not None:
            return self.amount
        share = (recovered * (self.percent or Decimal(0)) / 100).quantize(FEN, ROUND_DOWN)
        return share if self.cap is None else min(share, self.cap)


def _is_in_fen(number: Decimal) -> bool:
    return number.is_finite() and number == number.quantize(FEN)


def next_state(state: str, action: str) -> str:
    """The state that an action leads to.

    Raises:
        NotPossible: the action does not fit the state.
    """
    target = TRANSITIONS.get((action, state))
    if target is None:
        raise NotPossible(f"A notice that is {state} cannot be moved by {action}.")
    return target


def check_second(first: UUID | None, second: UUID | None) -> None:
    """See that somebody signed second, and that it is somebody else.

    Raises:
        SameOfficer: nobody did, or the same officer.
    """
    if second is None or first == second:
        raise SameOfficer("The second signature must be another officer's.")


def check_request(requested_on: date, ends_on: date, today: date) -> None:
    """See that the creditor has asked in writing, and that the notice ends after today.

    Raises:
        Invalid: the request lies in the future, or the last day in the past.
    """
    if requested_on > today:
        raise Invalid("The creditor's written request cannot come after today.")
    if ends_on < today:
        raise Invalid("The last day must not be past.")


def check_claim_text(text: str | None, name: str) -> None:
    """See that what the court adds names nobody.

    Raises:
        Invalid: it is empty or too long, holds what may be an identity number, or the listed name.
    """
    if text is None:
        return
    if not 0 < len(text.strip()) <= LONGEST_CLAIM_TEXT:
        raise Invalid(f"What the court adds has 1 to {LONGEST_CLAIM_TEXT} characters.")
    if _ID_NUMBER.search(text) or name in text:
        raise Invalid("What the court adds must hold no identity number and not the listed name.")


@dataclass(frozen=True)
class Filters:
    """Which notices are meant.

    Attributes:
        area: code of the area where the listed entity counts, with everything below it.
        court: id of the listing's court.
    """

    area: str | None = None
    court: UUID | None = None


@dataclass(frozen=True)
class Place:
    """The place of a notice in a list: its first day, newest first, then its id."""

    published_on: date
    id: UUID

    def encode(self, filters: Filters) -> str:
        """A cursor of the list under these filters."""
        return cursors.under_filters(filters, self.published_on.toordinal().to_bytes(4, "big") + self.id.bytes)

    @classmethod
    def decode(cls, filters: Filters, text: str) -> Place:
        """Read a cursor that `encode` made for the same filters.

        Raises:
            ValueError: anything else.
        """
        try:
            payload = cursors.payload_of(text)
            place = cls(date.fromordinal(int.from_bytes(payload[:4], "big")), UUID(bytes=payload[4:]))
        except (ValueError, OverflowError):
            raise cursors.refusal() from None
        if place.encode(filters) != text:
            raise cursors.refusal()
        return place
