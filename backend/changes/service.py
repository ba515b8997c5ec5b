"""Recipients, and what must be done to the feed from time to time."""

from __future__ import annotations

from typing import Any

from backend.changes.domain import key_digest, new_key
from backend.changes.queries import insert_recipient, queries
from backend.core.audit import Record, append
from backend.core.db import Database
from backend.core.errors import OperatorError


def add_recipient(database: Database, name: str) -> str:
    """Let somebody mirror the list; their key, which is kept nowhere.

    Raises:
        OperatorError: the name is taken or empty.
    """
    key = new_key()
    with database.transaction("operator") as connection:
        recipient = insert_recipient(connection, name, key_digest(key))
        append(connection, [Record("recipient.add", {"recipient": recipient, "name": name})])
    return key


def end_recipient(database: Database, name: str) -> None:
    """Let a recipient read removals only, as everybody does, so that their copy can still forget.

    Raises:
        OperatorError: there is no such recipient, or their end has come before.
    """
    with database.transaction("operator") as connection:
        recipient = queries.end_recipient(connection, name=name)
        if recipient is None:
            raise OperatorError(f"There is no recipient {name} now.")
        append(connection, [Record("recipient.end", {"recipient": recipient, "name": name})])


def list_recipients(database: Database) -> list[dict[str, Any]]:
    with database.transaction("operator") as connection:
        return list(queries.list_recipients(connection))


def enter_day(database: Database) -> int:
    """Enter what a date alone has changed; how many changes. Readers do the same when nobody has."""
    with database.transaction("operator") as connection:
        entered: int = queries.enter_day(connection)
        return entered


def prune_changes(database: Database, kept_days: int, *, dry_run: bool = False) -> int:
    """Forget changes older than the window; how many, also in a dry run, which keeps them."""
    with database.transaction("operator") as connection:
        pruned: int = queries.prune_changes(connection, kept_days=kept_days)
        if dry_run:
            connection.rollback()
    return pruned
