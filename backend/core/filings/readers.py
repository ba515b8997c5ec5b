"""Which officers of the acting court can open what is sealed to it: the role allows it, and they hold a key."""

from __future__ import annotations

from uuid import UUID

from psycopg.rows import DictRow

from backend.core.db import Connection
from backend.core.errors import Invalid
from backend.core.filings.filing import statements
from backend.core.filings.roles import HOLDERS, KeyUse


def list_readers(connection: Connection, use: KeyUse) -> list[DictRow]:
    """Active officers who hold a key of this use and may, by name: `id`, `name`, `login`."""
    return list(statements.list_readers(connection, roles=list(HOLDERS[use]), use=use))


def check_reader(connection: Connection, officer: UUID, use: KeyUse) -> None:
    """Raises Invalid for somebody to whom nothing of this kind can be handed over."""
    if officer not in [row["id"] for row in list_readers(connection, use)]:
        raise Invalid("Hand it over to an officer of the court who can open it.")
