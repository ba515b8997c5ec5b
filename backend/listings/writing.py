"""How an act upon a listing is written: what changes, which duties it meets or opens, its event and its entry.

For `life` and `findings`, which ask the guards first; all in the caller's transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Invalid, LawNotLoaded, NotFound
from backend.core.officers import Signatures
from backend.listings import holders
from backend.listings.domain.life import ENDED, Move

_statements: Any = aiosql.from_path(Path(__file__).with_name("life_queries.sql"), "psycopg")
_DATES = ("published_on", "decided_on", "term_ends_on", "grace_until")
# Duties that end with the listing, whatever the reason.
_MET_BY_AN_END = (
    "withdraw", "delete_after_cause", "delete_after_term", "decide_early_deletion", "decide_after_death",
    "complete_term", "check_minor", "act_on_objection",
)  # fmt: skip


class UnknownCause(Invalid):
    """The law knows no such reason for this"""


def lock(connection: Connection, listing: UUID) -> Mapping[str, Any]:
    """A listing as it stands, held until the transaction ends.

    Raises:
        NotFound: there is none.
    """
    row: Mapping[str, Any] | None = _statements.lock_standing(connection, listing=listing)
    if row is None:
        raise NotFound
    return row


@dataclass(frozen=True)
class Written:
    """An act as it is traced: the article it rests on, and the state that it leads to."""

    what: Move
    on: date
    article: str
    target: str


def check_officers(court: UUID, signed: Signatures) -> None:
    """See that whoever signs belongs to the court and has the role for it.

    Raises:
        NotYourCourt, RoleMissing: one does not.
    """
    for officer, role in ((signed.officer, "clerk"), (signed.approver, "approver")):
        if officer is not None:
            officer.must_be(role, court)


def article_of(connection: Connection, what: Move, on: date) -> str:
    """The article by which an act is done for its cause on a day.

    Raises:
        UnknownCause: there was none.
        LawNotLoaded: its row is that of an older version, which named none.
    """
    row = _statements.find_cause(connection, action=what.action, cause=what.cause, on_day=on)
    if row is None:
        raise UnknownCause(f"{what.action}: {what.cause} on {on}")
    article: str = row["article"]
    if not article:
        raise LawNotLoaded
    return article


def write(connection: Connection, row: Mapping[str, Any], written: Written, signed: Signatures) -> None:
    """Write what an act changes: the listing, the duties that it meets or opens, its event and its entry."""
    listing = row["id"]
    ended = written.target in ENDED
    dates: dict[str, date | None] = {name: written.what.dates.get(name) for name in _DATES}
    if written.what.action in ("publish", "relist"):
        dates["published_on"] = written.on
    if written.what.action == "decide":
        dates["decided_on"] = written.on
    _statements.update_state(
        connection, listing=listing, state=written.target, **dates,
        ended_on=written.on if ended else None, ended_cause=written.what.cause if ended else None,
    )  # fmt: skip
    if ended:
        _statements.close_tasks(connection, listing=listing, kinds=list(_MET_BY_AN_END), done_on=written.on)
    if written.what.action == "suspend":
        _statements.open_task(
            connection, listing=listing, court=row["court_id"], cause=written.what.cause, begun_on=written.on,
            kind="decide_after_death" if written.what.cause == "death" else "correct",
            clock=None if written.what.cause == "death" else "correct",
        )  # fmt: skip
    if written.what.action == "resume":
        _statements.close_tasks(connection, listing=listing, kinds=["decide_after_death"], done_on=written.on)
        # A duty to withdraw or delete stays: showing the listing again is not what was decided.
        _statements.close_corrections(connection, listing=listing, reason="objection_founded", done_on=written.on)
    trace(connection, row, written, signed, {name: day.isoformat() for name, day in written.what.dates.items()})


def trace(
    connection: Connection,
    row: Mapping[str, Any],
    written: Written,
    signed: Signatures,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Write the event and the audit entry of an act; `more` stands in both. Whoever acts first looks after it."""
    listing = row["id"]
    holders.take(connection, listing, signed.officer.id)
    approver = signed.approver.id if signed.approver else None
    said = {
        "action": written.what.action,
        "from_state": row["state"],
        "to_state": written.target,
        "cause": written.what.cause,
        "article": written.article,
        "effective_on": written.on,
        "officer": signed.officer.id,
        "approver": approver,
    }
    detail = {**({"note": written.what.note} if written.what.note else {}), **(more or {})}
    _statements.insert_event(connection, listing=listing, detail=json.dumps(detail, ensure_ascii=False), **said)
    append(
        connection, [Record(f"listing.{written.what.action}", {"listing": listing, **said, **detail}, row["court_id"])]
    )
