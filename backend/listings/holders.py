"""Who of a court looks after a listing: whoever acted on it first, until it is handed over."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Invalid, NotFound
from backend.core.officers import Officer

_statements: Any = aiosql.from_path(Path(__file__).with_name("holder_queries.sql"), "psycopg")


def take(connection: Connection, listing: UUID, officer: UUID) -> None:
    """Let whoever acts on a listing look after it where nobody does."""
    _statements.take_listing(connection, listing=listing, officer=officer)


def find_holder(connection: Connection, listing: UUID) -> str | None:
    """The name of whoever looks after a listing; None where nobody does, or they work here no more."""
    name: str | None = _statements.find_holder(connection, listing=listing)
    return name


def list_clerks(connection: Connection) -> list[dict[str, Any]]:
    """Who of the acting court can look after a listing: id, name, login."""
    return list(_statements.list_clerks(connection))


def hand_over(connection: Connection, officer: Officer, listing: UUID, to: UUID) -> None:
    """Let a clerk of the acting court, oneself or another, look after a listing.

    Raises:
        NotFound: the court has no such listing.
        Invalid: the other is no clerk of the court.
    """
    if not _statements.is_own_listing(connection, listing=listing):
        raise NotFound
    if to not in [row["id"] for row in list_clerks(connection)]:
        raise Invalid("Hand it over to a clerk of the court.")
    _statements.hand_over(connection, listing=listing, court=officer.court_id, officer=to)
    said = {"listing": listing, "officer": officer.id, "to": to}
    append(connection, [Record("listing.hand_over", said, officer.court_id)])
