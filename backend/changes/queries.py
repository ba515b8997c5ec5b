"""What the feed asks of the database: pages, the turn of a day, recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import psycopg

from backend.core.db import Connection, Database, load_queries
from backend.core.errors import OperatorError

queries = load_queries(__file__)


class Change(NamedTuple):
    """One entry; `content` is JSON text, None for a removal and for everybody without a key."""

    sequence: int
    op: str
    entity: UUID
    content: str | None = None


class Member(NamedTuple):
    """Somebody listed; `content` is None for whoever has left since the feed's last entry."""

    entity: UUID
    content: str | None


@dataclass(frozen=True)
class Page:
    """Entries in order, and the feed's last sequence and last one no longer kept at that same moment."""

    changes: Sequence[Change]
    head: int
    pruned_to: int


def find_page(connection: Connection, since: int, limit: int, *, everything: bool) -> Page:
    """The next entries behind a sequence: removals only, or `everything`."""
    statement = queries.list_changes if everything else queries.list_removals
    rows = list(statement(connection, since=since, limit=limit))
    changes = [
        Change(row["sequence"], row["op"], row["entity_id"], row.get("content")) for row in rows if row["sequence"]
    ]
    return Page(changes, rows[0]["head"], rows[0]["pruned_to"])


def list_members(connection: Connection, after: UUID, limit: int) -> tuple[list[Member], int]:
    """Everybody listed behind an id, and the feed's last sequence at that moment."""
    rows = list(queries.list_members(connection, after=after, limit=limit))
    members = [Member(row["entity_id"], row["content"]) for row in rows if row["entity_id"]]
    return members, rows[0]["head"]


def enter_open_day(database: Database, connection: Connection) -> None:
    """Enter what a date alone has changed, unless that was done today.

    Raises:
        Overloaded: another writer did not end in time, or the database takes no writes.
    """
    if not queries.find_state(connection)["day_is_open"]:
        return
    with database.transaction("day_keeper") as writing:
        queries.enter_day(writing)


def insert_recipient(connection: Connection, name: str, digest: bytes) -> UUID:
    """
    Raises:
        OperatorError: the name is taken or empty.
    """
    try:
        recipient: UUID = queries.insert_recipient(connection, name=name, digest=digest)
    except psycopg.errors.UniqueViolation:
        raise OperatorError(f"There is a recipient {name} already.") from None
    except psycopg.errors.CheckViolation:
        raise OperatorError("A recipient has a name.") from None
    return recipient
