"""`flask --app backend courts …`"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from backend.core.http import database
from backend.courts.service import load_courts as load

courts_cli = AppGroup("courts", help="Courts and the six grounds.")


@courts_cli.command("load")
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar="COURTS.csv",
    help="Your own corrections: code,name,level,area_code,superior_code,phone,address; empty cells change nothing.",
)
def load_courts(file: Path | None) -> None:
    """Load courts by rule and by corrections, and the grounds; run it after `areas load`."""
    load(database(), file)
