"""The demo's word tables and how words are drawn from them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Weighted:
    """Words with cumulated weights."""

    words: Sequence[str]
    cumulated: Sequence[int]

    @classmethod
    def parse(cls, entries: Sequence[str]) -> Weighted:
        """Read `word=weight` entries."""
        pairs = [entry.rsplit("=", 1) for entry in entries]
        return cls([word for word, _ in pairs], list(accumulate(int(weight) for _, weight in pairs)))

    def draw(self, rng: random.Random) -> str:
        return rng.choices(self.words, cum_weights=self.cumulated)[0]


@cache
def table(section: str) -> dict[str, Any]:
    """One section of words.toml."""
    words = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return dict(words[section])


def listed(section: str, name: str) -> list[str]:
    """The blank-separated words of one entry."""
    return str(table(section)[name]).split()


def weighted(section: str, *names: str) -> Weighted:
    """The `word=weight` entries under these names, together."""
    return Weighted.parse([entry for name in names for entry in _entries(table(section)[name])])


def _entries(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else list(value)
