"""How Chinese characters are read: toneless pinyin with ü as v, every reading of each character.

`data/readings.tsv` was derived once from the tables of pinyin-data 0.15.0 (MIT), which pypinyin also uses: the usual
readings are those of the Table of General Standard Characters (2013), of the frequency list and of pypinyin's phrases;
what only older dictionaries give is rare. A character that folding merges into another (`乾` into `干`) lends it its
readings. `data/surnames.tsv` is our own: pypinyin misreads the surname of 1.3 % of people.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).with_name("data")
# Longest first: the table's longest compound surname is 爱新觉罗.
_SURNAME_LENGTHS = (4, 3, 2, 1)


@dataclass(frozen=True)
class Readings:
    """Readings of one character: `usual` first, likeliest first; `all` adds the rare ones."""

    usual: tuple[str, ...]
    all: tuple[str, ...]


def rows(file_name: str) -> Iterator[list[str]]:
    """The rows of a data table beside this module, without its notes."""
    for line in (_DATA / file_name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@functools.cache
def _of_characters() -> dict[str, Readings]:
    table: dict[str, Readings] = {}
    for listed, characters in rows("readings.tsv"):
        usual, _, rare = listed.partition(";")
        common = tuple(usual.split(","))
        readings = Readings(common, common + tuple(filter(None, rare.split(","))))
        table.update(dict.fromkeys(characters, readings))
    return table


@functools.cache
def _of_surnames() -> dict[str, tuple[tuple[str, ...], ...]]:
    """For each surname of the table, the readings of each of its characters."""
    table = {}
    for surname, listed in rows("surnames.tsv"):
        ways = [way.split(" ") for way in listed.split(",")]
        table[surname] = tuple(tuple(dict.fromkeys(syllables)) for syllables in zip(*ways, strict=True))
    return table


@functools.lru_cache(maxsize=65536)
def of_character(character: str) -> Readings:
    """Readings of a folded character; letters and digits read as themselves, anything else not at all."""
    known = _of_characters().get(character)
    if known:
        return known
    itself = (character,) if character.isascii() and character.isalnum() else ()
    return Readings(itself, itself)


def of_person(name: str) -> list[tuple[str, ...]]:
    """For each character of a person's folded name every reading; those of the surname, compound or not, first."""
    table, rest = _of_surnames(), [of_character(character).all for character in name]
    for length in _SURNAME_LENGTHS:
        surname = table.get(name[:length])
        if surname:
            rest[: len(surname)] = [tuple(dict.fromkeys(way + rest[place])) for place, way in enumerate(surname)]
            break
    return rest


def of_body(name: str) -> list[tuple[str, ...]]:
    """For each character of a body's name its usual readings: rare ones would only multiply."""
    return [of_character(character).usual for character in name]


def combined(parts: Iterable[tuple[str, ...]], *, most: int, longest: int) -> set[str]:
    """Every way to read the parts one after the other, cut to `longest` letters.

    Where there would be more than `most` ways, the later parts keep only their likeliest readings.
    """
    ways, least = [""], 0
    for part in parts:
        if not part:
            continue
        if len(ways) == 1 == len(part):
            ways = [ways[0] + part[0]]
        else:
            kept = part[: most // len(ways)] or part[:1]
            ways = [way + reading for way in ways for reading in kept]
        least += len(part[0]) if len(part) == 1 else min(map(len, part))
        if least >= longest:
            break
    return {way[:longest] for way in ways} - {""}


@functools.lru_cache(maxsize=65536)
def initials(readings: tuple[str, ...]) -> tuple[str, ...]:
    """First letters of readings, likeliest first."""
    return tuple(dict.fromkeys(reading[0] for reading in readings))
