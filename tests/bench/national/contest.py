"""Contenders asked one after the other, round after round, and the ratios of what they managed in the same round."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.national.load import Measured

Contender = Callable[[], Measured]


@dataclass(frozen=True)
class Ratio:
    """Median of the rounds' ratios, with the least and the greatest."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, ratios: Sequence[float]) -> Ratio:
        return cls(statistics.median(ratios), min(ratios), max(ratios))


@dataclass(frozen=True)
class Contest:
    """Every round's figures by contender; all contenders have the same rounds."""

    rounds: Mapping[str, Sequence[Measured]]

    @property
    def errors(self) -> dict[str, int]:
        """Contenders with errors, and how many."""
        found = {name: sum(one.errors for one in measured) for name, measured in self.rounds.items()}
        return {name: number for name, number in found.items() if number}

    def per_second(self, name: str) -> float:
        return statistics.median(one.per_second for one in self.rounds[name])

    def p99_ms(self, name: str) -> float:
        return statistics.median(one.p99_ms or 0 for one in self.rounds[name])

    def p50_ms(self, name: str) -> float:
        return statistics.median(one.p50_ms or 0 for one in self.rounds[name])

    def bytes_each(self, name: str) -> float | None:
        return self.rounds[name][0].bytes_each

    def ratio(self, name: str, to: str) -> Ratio:
        pairs = zip(self.rounds[name], self.rounds[to], strict=True)
        return Ratio.of([one.per_second / max(other.per_second, 1e-9) for one, other in pairs])

    def sql_only(self, sql: str, fetch: str) -> list[float]:
        """Requests a second that the SQL alone allows: what the fetch of values takes is taken off."""
        pairs = zip(self.rounds[sql], self.rounds[fetch], strict=True)
        return [1 / max(1 / whole.per_second - 1 / alone.per_second, 1e-7) for whole, alone in pairs]


def run(contenders: Mapping[str, Contender], rounds: int) -> Contest:
    """A, B, C, A, B, C …: what slows the machine for a while slows all of them."""
    measured: dict[str, list[Measured]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, ask in contenders.items():
            measured[name].append(ask())
    return Contest(measured)
