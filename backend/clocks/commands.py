"""`flask --app backend clocks …`"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from backend.clocks.service import load_clocks, provisional_years
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
    days, rules = load_clocks(database(), calendar, clocks, retention)
    click.echo(f"工作日历 {days} 天,期限 {rules} 条。 {days} days that differ from the week, {rules} time limits.")
    for year in provisional_years(database()):
        click.echo(
            f"{year} 年只有法定假日,国务院公布调休安排后请用 --calendar 载入。"
            f" {year} has the days fixed by regulation only: load the State Council's arrangement once it is out."
        )
