"""How many fictional people and bodies each county gets: dense at home, thin over the whole country."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A district as it may well be: 96 people and 30 bodies in the home county when there are 20,000 listings.
_HOME_PEOPLE, _HOME_BODIES, _HOME_OF = 96, 30, 20_000
# Shares of everybody else; where a ring has no counties, the others take its share.
_SHARES = {"city": 10, "province": 42, "country": 48}
_PEOPLE = 0.76
# Listings per entity, as `demo.Demo` draws them.
LISTINGS_PER_ENTITY = 1.14


@dataclass(frozen=True)
class Quota:
    """A county, as `queries.list_demo_counties` gives it, and how many stand there."""

    county: Mapping[str, Any]
    people: int
    bodies: int


def spread(counties: Sequence[Mapping[str, Any]], home: str, listings: int, rng: random.Random) -> list[Quota]:
    """Quotas for every county that gets anybody, the home county first."""
    at_home = [county for county in counties if county["code"] == home][:1]
    quotas = [
        Quota(county, round(_HOME_PEOPLE * listings / _HOME_OF) or 1, round(_HOME_BODIES * listings / _HOME_OF) or 1)
        for county in at_home
    ]
    others = [county for county in counties if county["code"] != home]
    entities = listings / LISTINGS_PER_ENTITY - sum(quota.people + quota.bodies for quota in quotas)
    rings = {_ring(county["code"], home) for county in others}
    total = sum(_SHARES[ring] for ring in rings)
    for ring in sorted(rings):
        members = [county for county in others if _ring(county["code"], home) == ring]
        quotas += _share_out(members, entities * _SHARES[ring] / total, rng)
    return quotas


def _ring(code: str, home: str) -> str:
    if code[:4] == home[:4]:
        return "city"
    return "province" if code[:2] == home[:2] else "country"


def _share_out(counties: Sequence[Mapping[str, Any]], entities: float, rng: random.Random) -> list[Quota]:
    weights = [0.3 + rng.random() for _ in counties]
    each = entities / sum(weights)
    quotas = []
    for county, weight in zip(counties, weights, strict=True):
        # A little more than the share: the stream stops at the exact number of listings.
        wanted = weight * each * 1.02
        people = int(wanted * _PEOPLE + rng.random())
        bodies = int(wanted * (1 - _PEOPLE) + rng.random())
        if people or bodies:
            quotas.append(Quota(county, people, bodies))
    rng.shuffle(quotas)
    return quotas
