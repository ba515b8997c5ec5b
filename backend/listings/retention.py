"""What is forgotten, and when: the rules are rows of `register.retention` (docs/privacy.md).

A listing past its legal life is reduced to a tombstone, which names nobody; whoever has no other listing is forgotten
altogether. Batches are transactions of their own, so that a run that is stopped has done what it said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiosql
import psycopg

from backend.core.audit import Record, append
from backend.core.db import Connection, Database

_statements: Any = aiosql.from_path(Path(__file__).with_name("retention_queries.sql"), "psycopg")
# Listings, or entries of the trail, in one transaction: readers and imports wait for a second at most.
BATCH = 2000
_EVERYTHING = 1_000_000


def forget(database: Database) -> dict[str, int]:
    """Reduce and erase whatever is past its time, batch by batch; how much, by what it was."""
    done: Counter[str] = Counter()
    for step in (_reduce, _erase_withheld, _erase_bodies, _forget_keys, _delete_notices):
        while True:
            with database.transaction("operator") as connection:
                counts = step(connection)
            done.update(counts)
            if max(counts.values()) < BATCH:
                break
    return dict(done)


def list_forgettable(database: Database) -> Iterator[str]:
    """One line for each thing that `forget` would reduce or erase now; nobody is named."""
    with database.transaction("operator") as connection:
        for row in _statements.list_past_life(connection):
            yield f"listing\t{row['id']}\t{row['court']}\t{row['state']}\t{row['cause']}\t{row['ended_on']}"
        for row in _statements.list_past_withheld_texts(connection):
            yield f"withheld text\t{row['listing_id']}\t{row['field']}"
        for row in _statements.list_past_bodies(connection, most=_EVERYTHING):
            yield f"audit body\t{row['sequence']}\t{row['action']}\t{row['recorded_at']:%Y-%m-%d}"
        for row in _statements.list_keys_to_forget(connection):
            yield f"key of tombstone\t{row['listing_id']}\t{row['reduced_on']}"
        for row in _statements.list_past_removal_notices(connection):
            yield f"removal notice\t{row['listing_id']}\t{row['issued_on']}"


def _reduce(connection: Connection) -> dict[str, int]:
    with psycopg.ClientCursor(connection) as cursor:  # CREATE TABLE AS takes no parameters of the server's
        cursor.execute(_statements.create_going.sql, {"most": BATCH})
    list(_statements.lock_going(connection))
    _statements.forget_older_keys(connection)
    reduced: int = _statements.insert_tombstones(connection)
    _statements.unlink_tasks(connection)
    by_court = list(_statements.count_going_by_court(connection))
    _statements.delete_going(connection)
    _statements.remember_never_shown(connection)
    forgotten: int = _statements.delete_entities_without_listing(connection)
    records = [Record("retention.reduce", {"listings": row["listings"]}, row["court_id"]) for row in by_court]
    append(connection, records)
    _statements.drop_going(connection)
    return {"listings": reduced, "entities": forgotten}


def _erase_withheld(connection: Connection) -> dict[str, int]:
    return {"withheld texts": _statements.delete_withheld_texts(connection)}


def _erase_bodies(connection: Connection) -> dict[str, int]:
    rows = list(_statements.list_past_bodies(connection, most=BATCH))
    for row in rows:
        list(_statements.erase_body(connection, sequence=row["sequence"]))
    return {"audit bodies": len(rows)}


def _forget_keys(connection: Connection) -> dict[str, int]:
    return {"keys": _statements.forget_keys(connection)}


def _delete_notices(connection: Connection) -> dict[str, int]:
    return {"removal notices": _statements.delete_removal_notices(connection)}
