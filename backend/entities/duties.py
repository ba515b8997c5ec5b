"""What a court must still do about a listing, as far as its page says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OBJECTION = "decide_objection"


@dataclass(frozen=True)
class Duty:
    """An open duty.

    Attributes:
        performed: whether it is there because everything was performed.
        on: its last day; None where the law gives none.
        overdue: whether that day is past.
        working_days: left after today, by the calendar; None where there is no last day, or it is past.
    """

    kind: str
    performed: bool
    on: date | None
    overdue: bool
    working_days: int | None = None


def read_duties(text: str | None) -> tuple[Duty, ...]:
    """The duties of `serving.listing_detail`, in its order: the most pressing first."""
    return tuple(_duty(*part.split(" ")) for part in text.split(";")) if text else ()


def _duty(kind: str, performed: str, on: str, overdue: str, left: str) -> Duty:
    day = None if on == "-" else date.fromisoformat(on)
    return Duty(kind, performed != "-", day, overdue != "-", None if left == "-" else int(left))


def most_pressing(duties: tuple[Duty, ...]) -> Duty | None:
    """The duty that ends or changes the listing first; the answer to an objection only where nothing else is due."""
    return next((duty for duty in duties if duty.kind != OBJECTION), duties[0] if duties else None)
