"""What one run of `make bench` is asked to do; see docs/performance.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.areas.service import DEFAULT_PROVIDER
from backend.config import ROOT


@dataclass(frozen=True)
class Options:
    """The settings of one run, from the environment.

    Attributes:
        rows: entities listed today; those ever listed are `ever`.
        seconds: how long each contender is asked in each round.
        paths: distinct requests of each kind, so that nothing is asked twice while it is still warm by itself.
        only: groups of rows to measure; empty means all.
        areas: the provider of areas, as `areas load` takes it.
        import_rows: length of the full list that is imported again with 1 % changes.
        folder: where the cluster's pointer, the peers and the results lie.
    """

    rows: int = 8_500_000
    seconds: float = 5
    rounds: int = 5
    paths: int = 2000
    connections: int = 16
    only: frozenset[str] = frozenset()
    areas: str = DEFAULT_PROVIDER
    import_rows: int = 300_000
    folder: Path = ROOT / "var" / "bench"
    result: Path = ROOT / "var" / "bench" / "result.json"
    document: Path | None = ROOT / "docs" / "performance.md"
    peers: bool = True

    @property
    def ever(self) -> int:
        """Entities ever listed: 16 for every 8.5 that are listed now."""
        return self.rows * 160 // 85

    def wants(self, group: str) -> bool:
        return not self.only or group in self.only

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Options:
        """BENCH_ROWS, BENCH_SECONDS, BENCH_ROUNDS, BENCH_PATHS, BENCH_ONLY, BENCH_IMPORT_ROWS, BENCH_JSON."""
        return cls(
            rows=int(environ.get("BENCH_ROWS") or cls.rows),
            seconds=float(environ.get("BENCH_SECONDS") or cls.seconds),
            rounds=int(environ.get("BENCH_ROUNDS") or cls.rounds),
            paths=int(environ.get("BENCH_PATHS") or cls.paths),
            only=frozenset(filter(None, environ.get("BENCH_ONLY", "").split(","))),
            import_rows=int(environ.get("BENCH_IMPORT_ROWS") or cls.import_rows),
            result=Path(environ.get("BENCH_JSON") or cls.result),
        )
