"""Queries of each kind with the names they must find, made by means of their own.

Readings and sound-alikes come from pypinyin and a short table of surnames, look-alikes from a file of groups: not from
the tables that the search uses. A query is kept when it is not itself a listed name and at most 20 listed
names answer to it; those are what it must find.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin, pinyin

from backend.core.name_readings import rows
from backend.core.names import fold

MOST_MATCHES = 20
# All of a brand's names must stand among the first ten.
_MOST_OF_BRAND = 10
_LONGEST_PART = 6
# Beside pypinyin: how these are read as surnames.
SURNAMES = {
    "曾": "zeng", "覃": "qin", "翟": "zhai", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha",
    "盖": "ge", "缪": "miao", "朴": "piao", "乐": "yue", "卜": "bu", "种": "chong", "秘": "bi", "繁": "po",
    "尉迟": "yu chi", "单于": "chan yu", "万俟": "mo qi", "长孙": "zhang sun",
}  # fmt: skip
_OTHER_READINGS = {
    "覃": "tan",
    "翟": "di",
    "单": "dan",
    "解": "jie",
    "盖": "gai",
    "乐": "le",
    "曾": "ceng",
    "查": "cha",
}


@dataclass(frozen=True)
class Query:
    """What is typed, and the folded names it must find."""

    text: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Corpus:
    """Folded names, whether each is a person's, and the brands that bodies were made with."""

    people: list[str]
    bodies: list[str]
    brands: dict[str, frozenset[str]]

    @property
    def names(self) -> list[str]:
        return self.people + self.bodies


def exact(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    for name in dice.sample(corpus.names, number):
        yield Query(name, frozenset((name,)))


def traditional(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    converters = [opencc.OpenCC(way) for way in ("s2t", "s2tw", "s2hk")]
    listed, made = set(corpus.names), 0
    for name in dice.sample(corpus.names, len(corpus.names)):
        text = dice.choice(converters).convert(name)
        if text != name and text not in listed:
            yield Query(text, frozenset((name,)))
            made += 1
            if made == number:
                return


def prefix(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    wanted = {name[: dice.randint(2, len(name) - 1)] for name in _long(corpus, dice, 4 * number)}
    yield from _parts(corpus, wanted, number, lambda name: (name[:size] for size in range(2, len(name))))


def contains(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    wanted = set()
    for name in _long(corpus, dice, 12 * number):
        first = dice.randint(1, len(name) - 2)
        wanted.add(name[first : first + dice.randint(2, min(_LONGEST_PART, len(name) - first))])
    yield from _parts(corpus, wanted, number, _all_parts)


def _all_parts(name: str) -> Iterator[str]:
    for first in range(len(name) - 1):
        for last in range(first + 2, min(len(name), first + _LONGEST_PART) + 1):
            yield name[first:last]


def _long(corpus: Corpus, dice: random.Random, number: int) -> list[str]:
    chosen = dice.sample(corpus.names, min(len(corpus.names), number))
    return [name for name in chosen if len(name) >= 3]


def _parts(corpus: Corpus, wanted: set[str], number: int, parts: Callable[[str], Iterable[str]]) -> Iterator[Query]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in corpus.names:
        for part in wanted.intersection(parts(name)):
            if len(found[part]) <= MOST_MATCHES:
                found[part].add(name)
    listed = set(corpus.names)
    kept = [text for text in sorted(wanted) if text not in listed and len(found[text]) <= MOST_MATCHES]
    for text in kept[:number]:
        yield Query(text, frozenset(found[text]))


def spelt(name: str, *, tones: bool = False) -> list[str]:
    """A name's syllables by pypinyin, its surname by the table above."""
    style = Style.TONE3 if tones else Style.NORMAL
    surname = next((surname for surname in SURNAMES if name.startswith(surname)), "")
    known = SURNAMES[surname].split() if surname else []
    rest = lazy_pinyin(name[len(surname) :], style=style, v_to_u=False) if len(name) > len(surname) else []
    return [syllable.lower() for syllable in known + rest]


def by_pinyin(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    """Full pinyin, run together, spaced, with tone marks, digits, apostrophes or ü; other readings of surnames too."""
    spelling = {name: "".join(spelt(name)) for name in corpus.names}
    same: defaultdict[str, set[str]] = defaultdict(set)
    for name, text in spelling.items():
        same[text].add(name)
    for name in _few(same, spelling, number, dice):
        yield Query(_variant(name, dice), frozenset(same[spelling[name]]))


def by_other_surname(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    """People whose surname has a second reading, typed with that one."""
    chosen = [name for name in corpus.people if name[0] in _OTHER_READINGS and len(name) > 2]
    for name in dice.sample(chosen, min(number, len(chosen))):
        yield Query(" ".join([_OTHER_READINGS[name[0]], *lazy_pinyin(name[1:])]), frozenset((name,)))


def _variant(name: str, dice: random.Random) -> str:
    syllables = spelt(name)
    way = dice.randrange(6)
    if way == 0:
        return " ".join(syllables)
    if way == 1:
        return "'".join(syllables)
    if way == 2:
        return " ".join(spelt(name, tones=True)).replace("ü", dice.choice(["v", "u:", "ü"]))
    if way == 3 and name[0] not in SURNAMES and not any(name.startswith(surname) for surname in SURNAMES):
        return "".join(part[0] for part in pinyin(name, style=Style.TONE))
    if way == 4:
        return "".join(syllables).upper().replace("V", "Ü")
    return "".join(syllables).replace("v", "u:")


def by_initials(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    initials = {name: "".join(part[0] for part in spelt(name)) for name in corpus.names if len(name) >= 3}
    same: defaultdict[str, set[str]] = defaultdict(set)
    for name, text in initials.items():
        same[text].add(name)
    for name in _few(same, initials, number, dice):
        yield Query(initials[name], frozenset(same[initials[name]]))


def _few(same: dict[str, set[str]], forms: dict[str, str], number: int, dice: random.Random) -> list[str]:
    few = sorted(next(iter(names)) for text, names in same.items() if len(names) <= MOST_MATCHES and text.isascii())
    few = [name for name in few if forms[name].isalpha()]
    return dice.sample(few, min(number, len(few)))


def wrong_by_sound(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    same: defaultdict[str, set[str]] = defaultdict(set)
    common = [row[0] for row in rows("shapes.tsv") if row[1] == "1"]
    for char in common:
        same[lazy_pinyin(char)[0]].add(char)
    yield from _wrong(corpus, number, dice, {char: same[lazy_pinyin(char)[0]] - {char} for char in common})


def wrong_by_look(corpus: Corpus, number: int, dice: random.Random, groups: Path | None) -> Iterator[Query]:
    """By groups of characters that look alike, one a line, apart by white space; else by the search's own table."""
    alike: defaultdict[str, set[str]] = defaultdict(set)
    if groups:
        for line in groups.read_text("utf-8").splitlines():
            folded = {fold(char) for char in line.split() if len(char) == 1}
            for char in folded:
                alike[char] |= folded - {char}
    else:
        for char, others in rows("look_alikes.tsv"):
            alike[char] |= set(others)
    yield from _wrong(corpus, number, dice, alike)


def _wrong(corpus: Corpus, number: int, dice: random.Random, alike: dict[str, set[str]]) -> Iterator[Query]:
    """People's and bodies' names with one character changed; must find every listed name one change away."""
    listed, seen = set(corpus.names), set[str]()
    for name in dice.sample(corpus.names, len(corpus.names)):
        place = dice.randrange(len(name))
        others = sorted(alike.get(name[place], ()))
        if not others:
            continue
        text = name[:place] + dice.choice(others) + name[place + 1 :]
        expected = frozenset(_one_change_away(text, alike)) & listed
        if text in listed or text in seen or name not in expected or len(expected) > MOST_MATCHES:
            continue
        seen.add(text)
        yield Query(text, expected)
        if len(seen) == number:
            return


def _one_change_away(text: str, alike: dict[str, set[str]]) -> Iterator[str]:
    for place, char in enumerate(text):
        for other in alike.get(char, ()):
            yield text[:place] + other + text[place + 1 :]


def by_brand(corpus: Corpus, number: int, dice: random.Random) -> Iterator[Query]:
    few = sorted(brand for brand, names in corpus.brands.items() if len(names) <= _MOST_OF_BRAND)
    for brand in dice.sample(few, min(number, len(few))):
        yield Query(brand, corpus.brands[brand])
