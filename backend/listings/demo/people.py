"""Fictional people: names from our own lists, and masked IDs whose area part 999999 belongs to nobody."""

from __future__ import annotations

import random
from datetime import date

from backend.listings.demo.words import listed, weighted
from backend.listings.domain.identifiers import mask_form

_SURNAMES = weighted("surnames", "common", "polyphonic", "compound", "traditional")
_GIVEN = {"男性": listed("given", "male"), "女性": listed("given", "female")}
_DOTTED = listed("given", "dotted")
# Ages of adults, more in the middle of life.
_YOUNGEST, _OLDEST, _MOST = 18, 92, 43
# Whoever tries the self-check in a demo types these; the number checks, and its area part is nobody's.
EXAMPLE_NAME, EXAMPLE_NUMBER = "甄示例", "99999919850615001X"


def draw_name(rng: random.Random, sex: str) -> str:
    """A name of two to four characters; one in two hundred is transcribed, with a middle dot."""
    if rng.random() < 0.005:
        return f"{rng.choice(_DOTTED)}{rng.choice(_DOTTED)}·{rng.choice(_DOTTED)}"
    given = _GIVEN[sex]
    second = rng.choice(given) if rng.random() < 0.8 else ""
    return _SURNAMES.draw(rng) + rng.choice(given) + second


def example_person(today: date) -> dict[str, object]:
    """The one demo person whose whole number is known: to try the self-check with."""
    return {
        "iname": EXAMPLE_NAME,
        "sexy": "男性",
        "age": str(today.year - int(EXAMPLE_NUMBER[6:10])),
        "cardNum": mask_form(EXAMPLE_NUMBER),
        "businessEntity": "",
        "partyTypeName": "580",
    }


def draw_person(rng: random.Random, today: date) -> dict[str, object]:
    """The part of a record that says who: name, sex, age, masked number; keys of the official feed."""
    sex = "男性" if rng.random() < 0.74 else "女性"
    age = int(rng.triangular(_YOUNGEST, _OLDEST + 1, _MOST))
    check = rng.choice("0123456789X")
    return {
        "iname": draw_name(rng, sex),
        "sexy": sex,
        "age": str(age),
        "cardNum": f"999999{today.year - age}****{rng.randrange(1000):03d}{check}",
        "businessEntity": "",
        "partyTypeName": "580",
    }
