"""Fictional companies and organisations: every name says 虚构 or 示例, every credit code has division 999999."""

from __future__ import annotations

import random

from backend.listings.demo.people import draw_name
from backend.listings.demo.words import listed, weighted
from backend.listings.domain.identifiers import USCC_ALPHABET, uscc_check_character

_MARKS = listed("bodies", "marks")
_BRANDS = listed("bodies", "brands")
_INDUSTRIES = listed("bodies", "industries")
_COMPANY_FORMS = weighted("bodies", "company_forms")
_ORGANISATIONS = [entry.split("=") for entry in listed("bodies", "organisations")]
_SOLE_TRADERS = listed("bodies", "sole_traders")
_ROADS = listed("bodies", "roads")
_BUILDINGS = listed("bodies", "buildings")
SOLE_TRADER = "92"


def draw_body(rng: random.Random, county_name: str) -> dict[str, object]:
    """The part of a record that says who: name, credit code, responsible person; keys of the official feed."""
    brand = rng.choice(_MARKS) + rng.choice(_BRANDS)
    chance = rng.random()
    if chance < 0.72:
        name, prefix = f"{county_name}{brand}{rng.choice(_INDUSTRIES)}{_COMPANY_FORMS.draw(rng)}", "91"
    elif chance < 0.88:
        form, prefix = rng.choice(_ORGANISATIONS)
        name = f"{county_name}{brand}{form}"
    else:
        name, prefix = f"{county_name}{brand}{rng.choice(_SOLE_TRADERS)}", SOLE_TRADER
    first_17 = f"{prefix}999999MA{''.join(rng.choices(USCC_ALPHABET, k=7))}"
    return {
        "iname": name,
        "sexy": "",
        "age": "0",
        "cardNum": first_17 + uscc_check_character(first_17),
        "businessEntity": draw_name(rng, "男性" if rng.random() < 0.7 else "女性"),
        "partyTypeName": "581",
    }


def draw_address(rng: random.Random, county_name: str, *, residential: bool) -> str:
    """An invented address; a residential one is never placed on the map, by the same rule as a real one."""
    street = f"{county_name}{rng.choice(_ROADS)}{rng.randint(1, 300)}号"
    if residential:
        return f"{street}{rng.randint(1, 12)}号楼{rng.randint(1, 4)}单元{rng.randint(101, 1802)}室"
    return f"{street}{rng.choice(_BUILDINGS)}" if rng.random() < 0.6 else street
