"""The table of figures: one line a requirement, into docs/performance.md between two markers, and a JSON file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.national.contest import Contest, Ratio
from tests.bench.national.options import Options

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


@dataclass(frozen=True)
class Row:
    """One requirement and what was measured.

    Attributes:
        target: e.g. "≥ 0.8"; empty for a figure without a requirement.
        measured: None where it could not be measured; `note` says why.
        reached: None where there is no target or no figure.
        figures: everything else that was measured, for the JSON file.
    """

    what: str
    target: str
    measured: str | None
    reached: bool | None
    note: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)


def at_least(what: str, ratio: Ratio, target: float, note: str, figures: Mapping[str, Any]) -> Row:
    return Row(what, f"≥ {target:g}", written(ratio), ratio.median >= target, note, figures)


def at_most(what: str, value: float, target: float, note: str, figures: Mapping[str, Any], *, unit: str = "") -> Row:
    said = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return Row(what, f"≤ {target:g}{unit}", f"{said}{unit}", value <= target, note, figures)


def failed(what: str, target: str, why: str) -> Row:
    """A row that could not be measured, or in which anything went wrong: never counted as reached."""
    return Row(what, target, None, None if why == NOT_INSTALLED or not target else False, why)


NOT_INSTALLED = "not installed: `make bench-peers`"


def written(ratio: Ratio) -> str:
    return f"{ratio.median:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"


def figures_of(contest: Contest) -> dict[str, Any]:
    """Every round of every contender, for the JSON file."""
    return {name: [asdict(one) for one in measured] for name, measured in contest.rounds.items()}


def publish(rows: Sequence[Row], options: Options, steps: Sequence[str]) -> str:
    """Write the JSON file and, where a document is given, its table; returns the table."""
    table = "\n".join(_lines(rows, options))
    result = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "options": {name: str(value) for name, value in asdict(options).items()},
        "steps": list(steps),
        "rows": [asdict(row) for row in rows],
    }
    options.result.parent.mkdir(parents=True, exist_ok=True)
    options.result.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    if options.document:
        _replace(options.document, table)
    return table


def _lines(rows: Sequence[Row], options: Options) -> list[str]:
    command = f"make bench BENCH_ROWS={options.rows} BENCH_SECONDS={options.seconds:g} BENCH_ROUNDS={options.rounds}"
    if options.only:
        command += f" BENCH_ONLY={','.join(sorted(options.only))}"
    command += f" BENCH_PATHS={options.paths} BENCH_IMPORT_ROWS={options.import_rows}"
    lines = [
        f"`{command}` on {datetime.now(UTC):%Y-%m-%d}:",
        f"{options.rows:,} listed of {options.ever:,} ever, {options.connections} connections; median (least–most).",
        "",
        "| figure | target | measured | reached | |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        reached = {True: "yes", False: "**no**", None: ""}[row.reached]
        lines.append(f"| {row.what} | {row.target} | {row.measured or '–'} | {reached} | {row.note} |")
    return lines


def _replace(document: Path, table: str) -> None:
    text = document.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{document} lacks the markers {BEGIN} and {END}")
    document.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")
