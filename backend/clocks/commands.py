"""`flask --app backend clocks …`"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from backend.clocks.service import calendar_gaps, load_clocks, provisional_years
from backend.core.errors import OperatorError
from backend.core.http import database

clocks_cli = AppGroup("clocks", help="Working days and the law's time limits (期限).")


@clocks_cli.command("load")
@click.option("--calendar", type=click.Path(path_type=Path), help="CSV: first_day,last_day,works,name,source.")
@click.option(
    "--clocks", type=click.Path(path_type=Path), help="CSV: name,kind,amount,unit,valid_from,valid_until,article."
)
@click.option("--retention", type=click.Path(path_type=Path), help="CSV: what,days,valid_from,valid_until,basis.")
def load(calendar: Path | None, clocks: Path | None, retention: Path | None) -> None:
    """Load working days, clocks, causes and how long what is kept; your own files where given."""
    days, rules, moved = load_clocks(database(), calendar, clocks, retention)
    click.echo(f"工作日历 {days} 天,期限 {rules} 条。 {days} days that differ from the week, {rules} time limits.")
    if moved:
        click.echo(f"{moved} 项待办的期限按新表重算。 {moved} open duties have another last day.")
    gaps = calendar_gaps(database())
    for year in sorted({*provisional_years(database()), *gaps}):
        click.echo(_lacking(year, provisional=gaps.get(year, True)))


@clocks_cli.command("check")
def check() -> None:
    """Fail where a year has begun, or begins within a month, whose days off are not loaded."""
    gaps = calendar_gaps(database())
    if gaps:
        raise OperatorError("\n".join(_lacking(year, provisional=provisional) for year, provisional in gaps.items()))
    click.echo("工作日历够用。 The calendar reaches far enough.")


def _lacking(year: int, *, provisional: bool) -> str:
    if provisional:
        return (
            f"{year} 年只有法定假日,国务院公布调休安排后请用 --calendar 载入。"
            f" {year} has the days fixed by regulation only: load the State Council's arrangement once it is out."
        )
    return (
        f"{year} 年的放假安排尚未载入,期限只按周末推算,会算错:请用 clocks load --calendar 载入。"
        f" {year} has no calendar, and what is due then is counted by the week alone, wrongly:"
        " load the State Council's arrangement (clocks load --calendar)."
    )
