"""A court's uploaded list once its rows are read: what it would do, as the register is now, and what is applied.

Works as the role operator, whose statements name the court; the console's own role
reads the outcome and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import aiosql
from psycopg import Rollback

from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid, NotFound
from backend.listings import queries
from backend.listings.domain.refusal import NotTaken, Refusal
from backend.listings.importing import is_guarded
from backend.listings.traces import RevealedMinor, begin_trace, withdraw_minors

statements: Any = aiosql.from_path(Path(__file__).with_name("lists_queries"), "psycopg")
SOURCE = "court"


class NotAList(Invalid):
    """This file is no list that can be read"""


class ListOutdated(Conflict):
    """The register has changed since this list was checked: check it again"""


class NotReady(Conflict):
    """This list is not in a state for that"""


@contextmanager
def staging(connection: Connection) -> Iterator[int]:
    """The staging tables for a piece of work; gone afterwards, so that a transaction can hold several.

    Gives the last event before it, as `begin_trace`.
    """
    queries.create_staging(connection)
    yield begin_trace(connection)
    for table in ("staged", "waiting", "same", "kept", "moved", "planned", "candidate", "absent", "undone"):
        connection.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")


def find(connection: Connection, identifier: uuid.UUID) -> Mapping[str, Any]:
    """A list, held until the transaction ends. Raises NotFound."""
    row: Mapping[str, Any] | None = statements.lock_list(connection, list=identifier)
    if row is None:
        raise NotFound
    return row


def plan_again(
    connection: Connection, identifier: uuid.UUID, read: Mapping[str, Any] | None = None, taken_off: int = 0
) -> None:
    """Decide what a list would do as the register is now, and change nothing else.

    Args:
        connection: a transaction of the role operator.
        identifier: of the list.
        read: what was counted while its rows were read; None keeps what was counted before.
        taken_off: how many have just left for a stated cause, before the rest of the list takes effect.
    """
    row = find(connection, identifier)
    given = {one["listing_id"]: one["cause"] for one in statements.note_given_causes(connection, list=identifier)}
    changes: list[dict[str, Any]] = []
    counts: dict[str, Any] = dict(read or {name: row["counts"][name] for name in ("rows", "quarantined")})
    counts["taken_off"] = row["counts"].get("taken_off", 0) + taken_off
    with connection.transaction(), staging(connection):
        stage_rows(connection, row, removals_only=False)
        counts.update(plan_rows(connection, row, uuid.uuid4()))
        changes = planned_changes(connection)
        raise Rollback
    if row["whole"]:
        change = queries.FullListChange(
            statements.count_current(connection, court=row["court_id"]), counts["dropped"], counts["kept"]
        )
        counts["guarded"] = is_guarded(change, counts["new"] + counts["republished"])
    statements.forget_changes(connection, list=identifier)
    for one in changes:
        if one["action"] == "dropped":
            one["cause"] = given.get(one["listing_id"])
        said = {**one, "differences": json.dumps(one["differences"], ensure_ascii=False)}
        statements.insert_change(connection, list=identifier, **said)
    statements.update_check(connection, list=identifier, counts=json.dumps(counts), digest=digest_of(changes))


def planned_changes(connection: Connection) -> list[dict[str, Any]]:
    """What the plan in the staging tables would do to which listing."""
    return [
        *statements.list_changes(connection),
        *(dict(one, differences={}) for one in statements.list_dropped(connection)),
        *(dict(one, differences={}) for one in statements.list_withdrawn(connection)),
    ]


def digest_of(changes: list[dict[str, Any]]) -> bytes:
    """SHA-256 of what would happen to which listing; causes that officers state are no part of it."""
    said = sorted(
        json.dumps([one["action"], str(one["listing_id"]), one["name"], one["case_number"], one["differences"]])
        for one in changes
    )
    return hashlib.sha256("\n".join(said).encode()).digest()


def stage_rows(connection: Connection, row: Mapping[str, Any], *, removals_only: bool) -> None:
    """Put a list's kept rows into the staging tables.

    Raises:
        NotTaken: a row is another court's; what was checked never is.
    """
    statements.stage_again(connection, list=row["id"], removals_only=removals_only)
    if statements.count_strange(connection, court=row["court_id"]):
        raise NotTaken(Refusal.OTHER_COURT)
    kept = [one["content"] for one in statements.list_others(connection, list=row["id"], kind="kept")]
    queries.insert_kept(
        connection,
        [bytes.fromhex(one["key"]) for one in kept if one["key"]],
        [one["name"] for one in kept if one["name"]],
    )


def plan_rows(connection: Connection, row: Mapping[str, Any], file_id: uuid.UUID) -> dict[str, int]:
    """Plan what is staged; how many of each kind."""
    minors = [_minor(one["content"]) for one in statements.list_others(connection, list=row["id"], kind="minor")]
    counts: dict[str, int] = dict.fromkeys(_COUNTED, 0)
    counts.update(withdraw_minors(connection, minors, file_id))
    counts.update(queries.plan(connection, file_id))
    if row["whole"]:
        court = queries.find_court(connection, row["court_code"])
        change = queries.plan_full_list(connection, court, SOURCE)
        counts.update(dropped=change.leave, kept=change.stay)
        statements.state_causes(connection, list=row["id"])
    else:
        statements.create_absent(connection)
    return counts


_COUNTED = ("new", "changed", "unchanged", "republished", "removed", "withdrawn", "unknown", "dropped", "kept")


def _minor(said: Mapping[str, Any]) -> RevealedMinor:
    listing, identity = bytes.fromhex(said["listing"]), bytes.fromhex(said["identity"])
    return RevealedMinor(listing, identity, date.fromisoformat(said["published_on"]), said["certain"])


def enter_file(connection: Connection, row: Mapping[str, Any]) -> uuid.UUID:
    """The record of the file, for its listings to name."""
    return queries.insert_import_file(connection, file_of(row))


def file_of(row: Mapping[str, Any]) -> queries.ImportedFile:
    court = str(row["court_id"])
    return queries.ImportedFile(
        row["name"], row["sha256"], SOURCE, court if row["whole"] else None, row["approver_login"], court
    )
