"""Listed names that are one character away from a typed one, or that sound the same: most likely someone else.

Three nets, each narrower than the tables of sounds and shapes might be wrong: whoever shares a reading; names with one
character changed for one that sounds or looks alike; and names that differ in any one place, whatever stands there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import aiosql

from backend.core.db import Connection
from backend.core.name_brands import read_body
from backend.core.name_forms import brand_key, middle_wrong, reading_keys
from backend.core.name_likeness import FAINT, alikes, likeness, look_alikes, sound_alikes

_statements: Any = aiosql.from_path(Path(__file__).with_name("name_queries.sql"), "psycopg")
# A longer text is no name that somebody typed.
_LONGEST = 40
_MOST_NAMES = 500
# Of the names that differ at one place.
_MOST_AT_ONE_PLACE = 60
# Names with any other character are looked for only when so few were found, and then shown to this number.
_FEW = 20
_LEAST, _BY_BRAND, _BY_SOUND, _PER_LIKENESS = 0.05, 0.15, 0.2, 0.5
_FAINT_SCORE = _LEAST + FAINT
_LOOKS_OF_BRAND, _SOUNDS_OF_BRAND = 60, 40


def similar_names(connection: Connection, text: str, kinds: Sequence[bool]) -> dict[bool, dict[str, float]]:
    """Folded names similar to a folded text, by `is_person`, with scores below that of any other tier."""
    if not 2 <= len(text) <= _LONGEST or not any(ord(character) > 0x2FFF for character in text):
        return {}
    heard, others = _alike(connection, text, kinds)
    found = {is_person: _scores(text, heard[is_person], others[is_person]) for is_person in kinds}
    if False in found and len(text) <= 4 and sum(map(len, found.values())) < _FEW:
        found[False] = _by_brand(connection, text) | found[False]
    for scores in found.values():
        scores.pop(text, None)
    return found


def _scores(text: str, heard: list[str], others: list[str]) -> dict[str, float]:
    # A body is heard by its brand too.
    scores = {name: max(_BY_SOUND, _score(text, name)) if len(name) == len(text) else _BY_BRAND for name in heard}
    seen = {name: _score(text, name) for name in others}
    scores = {name: score for name, score in seen.items() if score > _FAINT_SCORE} | scores
    faint = sorted(seen.keys() - scores.keys(), key=lambda name: (-seen[name], name))
    return scores | {name: seen[name] for name in faint[: max(0, _FEW - len(scores))]}


Found = defaultdict[bool, list[str]]


def _alike(connection: Connection, text: str, kinds: Sequence[bool]) -> tuple[Found, Found]:
    """By `is_person`: names that share a reading, and names with one other character, the likeliest of each place."""
    nets: list[dict[str, Any]] = []
    for is_person in kinds:
        nets.append({"is_person": is_person, "readings": list(reading_keys(text, person=is_person))})
        if len(text) == 2:
            nets.append({"is_person": is_person, "among": _changed(text)})
        for place in range(len(text)):
            pairs = _pairs_beside(text, place)
            if pairs:
                start, rest = text[:place], text[place + 1 :]
                net = {"pairs": pairs, "start": start, "rest": rest, "alike": alikes(text[place])}
                nets.append({"is_person": is_person} | net)
    rows = _statements.list_names_alike(
        connection, nets=json.dumps(nets, ensure_ascii=False), most_by_sound=_MOST_NAMES, most=_MOST_AT_ONE_PLACE
    )
    heard, others = Found(list), Found(list)
    for row in rows:
        is_person, name = row["is_person"], row["name_folded"]
        if not row["by_sound"]:
            others[is_person].append(name)
        elif len(name) == len(text) or not is_person:
            heard[is_person].append(name)
    return heard, others


def _changed(text: str) -> list[str]:
    """The text with one character changed, by turns of its places and likeliest first."""
    by_place = (
        [text[:place] + other + text[place + 1 :] for other in alikes(character)]
        for place, character in enumerate(text)
    )
    return [name for names in zip_longest(*by_place) for name in names if name]


def _pairs_beside(text: str, place: int) -> list[str]:
    """Keys of every name that equals the text but at one place, in their order."""
    if len(text) == 3 and place == 1:
        return [middle_wrong(text)]
    parts = (text[:place], text[place + 1 :])
    return [part[first : first + 2] for part in parts for first in range(len(part) - 1)]


def _by_brand(connection: Connection, text: str) -> dict[str, float]:
    """Bodies whose brand is the text but for one character that sounds or looks alike."""
    brands = {
        text[:place] + other + text[place + 1 :]
        for place, character in enumerate(text)
        for other in look_alikes(character)[:_LOOKS_OF_BRAND] + sound_alikes(character)[:_SOUNDS_OF_BRAND]
    }
    rows = _statements.list_names_with_any(
        connection, people=False, keys=[brand_key(brand) for brand in brands], most=_MOST_NAMES
    )
    scores = {}
    for name in (row["name_folded"] for row in rows):
        best = max((_score(text, brand) for brand in read_body(name).brands if brand in brands), default=_LEAST)
        scores[name] = round(best * 0.8, 3)
    return scores


def _score(text: str, name: str) -> float:
    """By the one character in which they differ; the least where more do."""
    wrong = [(typed, other) for typed, other in zip(text, name, strict=True) if typed != other]
    alike = likeness(*wrong[0]) if len(wrong) == 1 else 0.0
    return round(_BY_SOUND + _PER_LIKENESS * alike, 3) if alike > FAINT else round(_LEAST + alike, 3)
