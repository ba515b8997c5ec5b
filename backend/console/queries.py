"""What the first page of the console shows."""

from __future__ import annotations

from typing import Any

from backend.core.db import Connection, load_queries

_statements: Any = load_queries(__file__)


def list_duties(connection: Connection) -> list[dict[str, Any]]:
    """Open duties of the acting court, the nearest clock first."""
    return list(_statements.list_duties(connection))
