"""Every setting, typed, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from backend.core.errors import OperatorError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """The settings of one process; `from_environment` is the only place that reads the environment."""

    # DATABASE_URL: postgresql://…; unset means the embedded cluster under `var/`.
    database_url: str | None
    # HOST: the address to listen on.
    host: str
    # PORT: the port to listen on.
    port: int
    # DEMO_LISTINGS: how many fictional listings `make demo` fills in when the database holds none.
    demo_listings: int
    # HOME_AREA: code of the area where the map opens.
    home_area: str
    # IDENTITY_KEY: 64 hex digits that key the hashes of identifiers; unset means a key made under `var/`.
    identity_key: str | None
    # STATEMENT_TIMEOUT_MS: a public read that takes longer is cancelled and answered with 503.
    statement_timeout_ms: int
    # MAP_TILES_URL: raster tiles under the web map, e.g. https://host/{z}/{x}/{y}.png; empty means outlines only.
    map_tiles_url: str
    # MAP_TILES_ATTRIBUTION: the line the tile provider asks to be shown.
    map_tiles_attribution: str
    # VAR_DIR: where the embedded cluster's pointer, the identity key, downloads and the built pages lie.
    var_dir: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment.

        Raises:
            OperatorError: a number is not a number, or DATABASE_URL is not a PostgreSQL address.
        """
        return cls(
            database_url=_database_url(environ.get("DATABASE_URL", "")),
            host=environ.get("HOST") or "127.0.0.1",
            port=_number(environ, "PORT", 8000, low=1, high=65535),
            demo_listings=_number(environ, "DEMO_LISTINGS", 20_000, low=0, high=5_000_000),
            home_area=environ.get("HOME_AREA") or "130108",
            identity_key=environ.get("IDENTITY_KEY") or None,
            statement_timeout_ms=_number(environ, "STATEMENT_TIMEOUT_MS", 3000, low=50, high=600_000),
            map_tiles_url=environ.get("MAP_TILES_URL", ""),
            map_tiles_attribution=environ.get("MAP_TILES_ATTRIBUTION", ""),
            var_dir=Path(environ.get("VAR_DIR") or ROOT / "var"),
        )


def _number(environ: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise OperatorError(f"{name} must be a whole number from {low} to {high}, not {text!r}.")
    return int(text)


def _database_url(text: str) -> str | None:
    if not text:
        return None
    if text.startswith("postgres://"):  # libpq takes it, SQLAlchemy does not
        text = "postgresql://" + text.removeprefix("postgres://")
    if not text.startswith("postgresql://"):
        raise OperatorError("DATABASE_URL must look like postgresql://user:password@host:5432/database.")
    return text
