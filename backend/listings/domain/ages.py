"""Ages: minors are never listed (Article 4), and an age is kept as a band only."""

from __future__ import annotations

import re
from datetime import date

from backend.listings.domain.rejection import Reason, Rejected

ADULT = 18
OLDEST = 130
_AGE = re.compile(r"(\d{1,3})(?:\.0+)?\s*(?:周?岁)?")


def read_age(text: str) -> int | None:
    """The age in years, None where the file gives none.

    Raises:
        Rejected: not a number of years that somebody can be.
    """
    if not text:
        return None
    match = _AGE.fullmatch(text)
    if not match or int(match[1]) > OLDEST:
        raise Rejected("age", Reason.UNREADABLE_AGE)
    return int(match[1])


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day; one born on 29 February completes a year on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def refuse_minor(age: int | None, born_on: date | None, published_on: date) -> None:
    """Refuse whoever is under 18 at publication by either the stated age or the birth date (Article 4).

    Raises:
        Rejected: a minor.
    """
    if age is not None and age < ADULT:
        raise Rejected("age", Reason.MINOR)
    if born_on is not None and age_on(born_on, published_on) < ADULT:
        raise Rejected("birth_date", Reason.MINOR)


def refuse_possible_minor(birth_year: int | None, published_on: date) -> None:
    """Where nothing else tells the age: refuse whoever may be under 18 by the year of birth alone (Article 4).

    Raises:
        Rejected: 18 is reached in the year of publication or later.
    """
    if birth_year is not None and published_on.year - birth_year <= ADULT:
        raise Rejected("age", Reason.MINOR)


def age_band(age: int | None) -> str | None:
    """The ten-year band of an age at publication: `40-49`.

    The first band is `18-29`, since a band of two years would nearly tell the age; the last is `90+`.
    """
    if age is None:
        return None
    if age >= 90:
        return "90+"
    if age < 30:
        return "18-29"
    decade = age // 10 * 10
    return f"{decade}-{decade + 9}"
