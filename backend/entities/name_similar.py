"""Listed names that are one character away from a typed one, or that sound the same: most likely someone else.

Three nets, each narrower than the tables of sounds and shapes might be wrong: whoever shares a reading; names with one
character changed for one that sounds or looks alike; and names that differ in any one place, whatever stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiosql

from backend.core.db import Connection
from backend.core.name_brands import read_body
from backend.core.name_forms import brand_key, grams, middle_wrong, reading_keys
from backend.core.name_likeness import FAINT, likeness, look_alikes, sound_alikes

_statements: Any = aiosql.from_path(Path(__file__).with_name("name_queries.sql"), "psycopg")
# A longer text is no name that somebody typed.
_LONGEST = 40
_MOST_NAMES = 500
# So many characters at one place: more than the surnames that go with one given name.
_MOST_CHARACTERS = 2000
# Names with any other character are looked for only when so few were found, and then shown to this number.
_FEW = 20
# Legal forms stand in most names and narrow nothing.
_TELLS_NOTHING = frozenset(("有限", "限公", "公司", "限责", "责任", "任公", "股份", "份有"))
_LEAST, _BY_BRAND, _BY_SOUND, _PER_LIKENESS = 0.05, 0.15, 0.2, 0.5
_FAINT_SCORE = _LEAST + FAINT
_LOOKS_OF_BRAND, _SOUNDS_OF_BRAND = 60, 40


def similar_names(connection: Connection, text: str, *, is_person: bool) -> dict[str, float]:
    """Folded names similar to a folded text, with scores below that of any other tier."""
    if not 2 <= len(text) <= _LONGEST or not any(ord(character) > 0x2FFF for character in text):
        return {}
    scores = _by_sound(connection, text, is_person=is_person)
    if len(text) <= 3:
        for name in _known(connection, _changed(text), is_person=is_person):
            scores[name] = _score(text, name)
    if len(text) > 3 or len(scores) < _FEW:
        others = {name: _score(text, name) for name in _any_character_wrong(connection, text, is_person=is_person)}
        alike = {name: score for name, score in others.items() if score > _FAINT_SCORE}
        scores = alike | scores
        faint = sorted(others.keys() - scores.keys(), key=lambda name: (-others[name], name))
        scores |= {name: others[name] for name in faint[: max(0, _FEW - len(scores))]}
    if not is_person and len(text) <= 4 and len(scores) < _FEW:
        scores = _by_brand(connection, text) | scores
    scores.pop(text, None)
    return scores


def _by_sound(connection: Connection, text: str, *, is_person: bool) -> dict[str, float]:
    keys = list(reading_keys(text, person=is_person))
    rows = _statements.list_names_with_any(connection, people=is_person, keys=keys, most=_MOST_NAMES)
    scores = {}
    for name in (row["name_folded"] for row in rows):
        if len(name) == len(text):
            scores[name] = max(_BY_SOUND, _score(text, name))
        elif not is_person:
            scores[name] = _BY_BRAND
    return scores


def _changed(text: str) -> Iterator[str]:
    for place, character in enumerate(text):
        for other in set(look_alikes(character) + sound_alikes(character)):
            yield text[:place] + other + text[place + 1 :]


def _known(connection: Connection, names: Iterator[str], *, is_person: bool) -> Iterator[str]:
    rows = _statements.list_known_names(connection, people=is_person, names=list(names))
    return (row["name_folded"] for row in rows)


def _any_character_wrong(connection: Connection, text: str, *, is_person: bool) -> Iterator[str]:
    """Names of the same length that differ in one place; the place's neighbours are what the index is asked for."""
    places, keys, patterns = [], [], []
    for place in range(len(text)):
        pairs = _pairs_beside(text, place)
        if pairs:
            places.append(place + 1)
            keys.append(chr(1).join(pairs))
            patterns.append(_escaped(text[:place]) + "_" + _escaped(text[place + 1 :]))
    rows = _statements.list_characters_at(
        connection, people=is_person, places=places, keys=keys, patterns=patterns, most=_MOST_CHARACTERS
    )
    for row in rows:
        place = row["place"] - 1
        for character in row["characters"] or "":
            if character != text[place]:
                yield text[:place] + character + text[place + 1 :]


def _pairs_beside(text: str, place: int) -> set[str]:
    """Keys of every name that equals the text but at one place."""
    if len(text) == 3 and place == 1:
        return {middle_wrong(text)}
    pairs = grams(text[:place]) | grams(text[place + 1 :])
    return pairs - _TELLS_NOTHING or pairs


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


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
