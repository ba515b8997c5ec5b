"""The brakes on bulk reading of people, applied to answers (docs/adr/0007). Companies and organisations never count."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask import Response

from backend.core.budgets import HOUR, Grant
from backend.core.clock import rfc3339
from backend.core.limits import Brakes, brakes
from backend.core.surnames import cut_to_surname, without_name
from backend.entities.answers import Json

# Enough for anybody who looks for somebody; whoever reads on is not looking but copying.
PEOPLE_IN_A_LIST = 100
# Summaries begin alike (`serving.summary`), so that people are told apart without reading the JSON of everybody.
_BEGINNING, _ID, _KIND = '{"id":"', slice(7, 43), 43
_PERSON = '","kind":"person","name":'
_AFTER_ID = '","kind":"'
# What a court wrote in its own words may repeat the name.
_FREE_TEXTS = ("duty", "performed_part", "unperformed_part")
_read_text = json.JSONDecoder().raw_decode


@dataclass(frozen=True)
class Shown:
    """What a reader may see of an answer.

    Attributes:
        items: summaries as JSON text; none for a detail.
        until: when the earliest window that cut a name ends, RFC 3339; None when none was cut.
        headers: budget headers; none where nobody is a person.
        people: how many people were given under the chain of cursors, these included; 0 while limits are off.
        ended: whether the list ends here whatever follows.
    """

    items: Sequence[str] = ()
    until: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    people: int = 0
    ended: bool = False

    def dress(self, response: Response) -> Response:
        """Say in the headers what is left, and that the answer depends on who asks."""
        response.headers.update(self.headers)
        return response


def show(items: Sequence[str], people_before: int, by_name: Collection[int] = ()) -> Shown:
    """Count the people among summaries, cut the names of those beyond the budget, and end the list after a hundred.

    Args:
        items: summaries as JSON text.
        people_before: how many people the pages before have shown.
        by_name: places of those found by their full name.
    """
    current = brakes()
    if not current.limits.on:
        return Shown(items)
    places = _people(items)
    if not places:
        return Shown(items, people=people_before)
    room = PEOPLE_IN_A_LIST - people_before
    ended = len(places) >= room
    if ended:
        places = places[:room]
        items = items[: places[-1] + 1]
    named = [number for number, place in enumerate(places) if place in by_name] if by_name else ()
    grant = current.budgets.take(current.reader(), [items[place][_ID] for place in places], named)
    if grant.cut:
        items = list(items)
        for number in grant.cut:
            items[places[number]] = _cut(items[places[number]])
    return Shown(items, _until(grant), _headers(current, grant), people_before + len(places), ended)


def show_one(answer: str) -> tuple[str, Shown]:
    """The same for a detail, as JSON text."""
    current = brakes()
    if not current.limits.on or not _people([answer]):
        return answer, Shown()
    grant = current.budgets.take(current.reader(), [answer[_ID]])
    if grant.cut:
        cut = _cut_detail(json.loads(answer)) | {"surnames_only_until": _until(grant)}
        answer = json.dumps(cut, ensure_ascii=False, separators=(",", ":"))
    return answer, Shown(headers=_headers(current, grant))


def _people(items: Sequence[str]) -> list[int]:
    places = [place for place, item in enumerate(items) if item.startswith(_PERSON, _KIND)]
    if len(places) < len(items) and not all(
        item.startswith(_BEGINNING) and item.startswith(_AFTER_ID, _KIND) for item in items
    ):
        raise ValueError("a summary does not begin as serving.summary has it, so nobody can tell who is a person")
    return places


def _cut(item: str) -> str:
    start = _KIND + len(_PERSON)
    name, end = _read_text(item, start)
    return f"{item[:start]}{json.dumps(cut_to_surname(name), ensure_ascii=False)}{item[end:]}"


def _cut_detail(answer: Json) -> Json:
    name = answer["name"]
    cut = cut_to_surname(name)
    listings = [
        listing | {key: listing[key] and without_name(listing[key], name, cut) for key in _FREE_TEXTS}
        for listing in answer["listings"]
    ]
    return answer | {"name": cut, "listings": listings}


def _until(grant: Grant) -> str | None:
    return rfc3339(datetime.fromtimestamp(grant.until, UTC)) if grant.until else None


def _headers(current: Brakes, grant: Grant) -> dict[str, str]:
    return {
        "RateLimit-Policy": f'"people";q={current.limits.people_an_hour};w={HOUR}',
        "RateLimit": f'"people";r={grant.left};t={grant.ends_in}',
        "Vary": "X-Visitor, Cookie",
    }
