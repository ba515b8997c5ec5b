"""The keys by which a listed name is found, and the keys of what somebody typed.

One text array a name holds them all, told apart by their first character, so that one index serves every look-up:

    `张伟/3`        two neighbouring characters of the name (2-gram) and its length, for names that contain a text
    `张_明`         first and last of three characters, for a wrong one between them
    `~zhangwei`     a full reading, toneless, ü as v, cut to `READING_LETTERS`
    `^zw`           initials of a reading, cut to `INITIALS`
    `#鼎泰`         a body's brand, and `#鼎泰/12` with the length of its name

A key narrows; whether a name really matches is decided by `spells` and by comparing names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from backend.core.name_brands import read_body
from backend.core.name_readings import combined, initials, of_body, of_person
from backend.core.names import fold

# Long enough to reach past province, city and brand; whole readings of companies would double the index.
READING_LETTERS = 20
INITIALS = 10
# Ways to read one name that are kept: three characters of three readings each, and a little more.
_MOST_OF_PERSON = 32
# A company's long name multiplies more, and its brand is kept beside it.
_MOST_OF_BODY = 24
_READING, _INITIALS, _BRAND = "~", "^", "#"
# Longer names share one length: nobody is found among them by it.
LONGEST = 40
Parts = Sequence[tuple[str, ...]]


def keys_of_person(name: str) -> set[str]:
    """Every key of a person's folded name."""
    return _neighbours(name) | _spelt(of_person(name), _MOST_OF_PERSON)


def keys_of_body(name: str) -> set[str]:
    """Every key of a company's or organisation's folded name."""
    body = read_body(name)
    keys = _neighbours(name)
    if body.bare != name:
        keys |= {_with_length(pair, name) for pair in grams(body.bare)}
    keys |= _spelt(of_body(name), _MOST_OF_BODY)
    if body.without_place != name:
        keys |= readings(of_body(body.without_place), _MOST_OF_BODY)
    for brand in body.brands:
        keys |= {_BRAND + brand, _with_length(_BRAND + brand, name)}
        keys |= readings(of_body(brand), _MOST_OF_BODY)
    return keys


def _neighbours(name: str) -> set[str]:
    return {_with_length(pair, name) for pair in grams(name)} | ({middle_wrong(name)} if len(name) == 3 else set())


def _with_length(key: str, name: str) -> str:
    return f"{key}/{min(len(name), LONGEST)}"


def grams(text: str) -> set[str]:
    """Every two neighbouring characters."""
    return {text[place : place + 2] for place in range(len(text) - 1)}


def middle_wrong(name: str) -> str:
    """The key that three characters share with all that differ from them in the second."""
    return f"{name[0]}_{name[2]}"


def brand_key(brand: str) -> str:
    return _BRAND + brand


def readings(parts: Parts, most: int) -> set[str]:
    """Reading keys of parts."""
    return {_READING + way for way in combined(parts, most=most, longest=READING_LETTERS)}


def reading_keys(name: str, *, person: bool) -> set[str]:
    """Reading keys of a folded Chinese name that was typed: whoever shares one sounds the same."""
    return readings(of_person(name) if person else of_body(name), _MOST_OF_PERSON)


def spelling_keys(spelling: str) -> tuple[set[str], set[str]]:
    """Reading keys and initials keys of a spelling; Chinese characters in it stand for each of their readings."""
    parts = [(typed,) if typed.isascii() else ways for typed, ways in zip(spelling, of_person(spelling), strict=True)]
    firsts = combined(map(initials, parts), most=_MOST_OF_PERSON, longest=INITIALS)
    return readings(parts, _MOST_OF_PERSON), {_INITIALS + first for first in firsts}


def _spelt(parts: Parts, most: int) -> set[str]:
    firsts = combined(map(initials, parts), most=most, longest=INITIALS)
    return readings(parts, most) | {_INITIALS + first for first in firsts}


_DROPPED = re.compile(r"['’‘`´()\-]")
_TONE_DIGIT = re.compile(r"(?<=[a-zü:])[0-5]")
_SPELLING = re.compile(r"[a-z0-9\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
_LETTER = re.compile("[a-z]")


def spellings(text: str) -> tuple[str, ...]:
    """What somebody typed, as toneless pinyin with ü as v; none when it holds no letters, or anything but names.

    Spaces, apostrophes, brackets, tone marks, tone digits, `ü`, `u:` and `lyu` are understood; Chinese characters may
    stand between the letters: `Lǚ Xiǎo-míng`, `lu:3 xiao3ming2`, `张xiaoming`.
    """
    marked = _DROPPED.sub("", unicodedata.normalize("NFD", fold(text)))
    without_tones = "".join(char for char in marked if char == "\u0308" or not unicodedata.combining(char))
    plain = without_tones.replace("u\u0308", "v").replace("u:", "v").replace("lyu", "lv")
    plain = re.sub("(?<=[jqxy])v", "u", plain)
    ways = dict.fromkeys((_TONE_DIGIT.sub("", plain), plain))
    # Each may also be two syllables: an-yu, lu-e.
    for one, other in (("nyu", "nv"), ("lue", "lve"), ("nue", "nve")):
        ways |= dict.fromkeys([way.replace(one, other) for way in ways])
    return tuple(way for way in ways if _SPELLING.fullmatch(way) and _LETTER.search(way))


def spells(spelling: str, name: str, *, first_letters: bool = False) -> bool:
    """Whether a spelling is the folded name, read in any way; with `first_letters`, its initials.

    What cannot be read, such as brackets, need not be typed.
    """
    reached = {0}
    for character, ways in zip(name, of_person(name), strict=True):
        ahead = set() if ways else reached
        for offset in reached:
            if spelling.startswith(character, offset):
                ahead.add(offset + 1)
            for way in ways:
                step = way[:1] if first_letters else way
                if spelling.startswith(step, offset):
                    ahead.add(offset + len(step))
        reached = ahead
    return len(spelling) in reached


def spelt_as_usual(spelling: str, name: str, *, first_letters: bool = False) -> bool:
    """Whether a spelling is the folded name read as it most likely is: its surname as one, the rest as usual."""
    readings_in_order = [ways[0] for ways in of_person(name) if ways]
    return spelling == "".join(way[:1] if first_letters else way for way in readings_in_order)
