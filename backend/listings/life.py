"""What officers do to listings: each change with its reason, its event and its entry in the audit trail, or none of it.

The caller brings the transaction. The serving tables follow by their triggers, so that a change is public the moment
it is committed and never before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Invalid, NotFound
from backend.core.officers import NotYourCourt, Officer, RoleMissing, Signatures, find_officer
from backend.listings import holders
from backend.listings.domain.life import ENDED, Standing, check_approval, check_decision, check_grace, next_state

# What is imported from here although it stands in core.
__all__ = ["Officer", "Signatures", "find_officer"]
_statements: Any = aiosql.from_path(Path(__file__).with_name("life_queries.sql"), "psycopg")
MINOR = "minor"
_DATES = ("published_on", "decided_on", "term_ends_on", "grace_until")
# What the court itself has found, with the duty that it opens.
_DUTY_OF = {"wrongly_listed": "withdraw", "wrong_data": "correct"}
# Duties that end with the listing, whatever the reason.
_MET_BY_AN_END = (
    "withdraw", "delete_after_cause", "delete_after_term", "decide_early_deletion", "decide_after_death",
    "complete_term", "check_minor", "act_on_objection",
)  # fmt: skip


class UnknownCause(Invalid):
    """The law knows no such reason for this"""


@dataclass(frozen=True)
class Move:
    """What is to happen to a listing.

    Attributes:
        on: the day in China from which it holds; None for today.
        dates: `decided_on`, `term_ends_on` or `grace_until` that the act states.
        note: for the trail; never shown to the public.
    """

    action: str
    cause: str
    on: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    note: str = ""


def move(connection: Connection, listing: UUID, what: Move, signed: Signatures) -> str:
    """Let something happen to a listing; its state afterwards.

    Raises:
        NotFound: no such listing.
        Forbidden: it is another court's, or a role is missing.
        Conflict: it cannot happen in this state, a guard stands against it, or the second signature is missing.
        Invalid: a cause that the law does not know for it on that day, or a decision without its term.
    """
    row = lock(connection, listing)
    check_officers(row["court_id"], signed)
    state = _move(connection, row, what, signed)
    if what.cause == MINOR:
        withdraw_minor(connection, row["entity_id"], what.on, signed, what.note)
    return state


def withdraw_minor(connection: Connection, entity: UUID, on: date | None, signed: Signatures, note: str = "") -> int:
    """Note that a person is under 18 and withdraw whatever else there is of them, at any court: how many."""
    _statements.update_minor_noted_on(connection, entity=entity, noted_on=on or _statements.find_today(connection))
    others = [lock(connection, row["id"]) for row in _statements.list_unended_of(connection, entity=entity)]
    for other in others:
        _move(connection, other, Move("withdraw", MINOR, on, note=note), signed)
    return len(others) + _take_down_elsewhere(connection, entity, Move("withdraw", MINOR, on), signed)


def _move(connection: Connection, row: Mapping[str, Any], what: Move, signed: Signatures) -> str:
    today: date = _statements.find_today(connection)
    on = what.on or today
    if on > today:
        raise Invalid("The day lies in the future.")
    article = article_of(connection, what, on)
    target = next_state(standing(row), what.action, what.cause, on)
    check_approval(what.action, what.cause, signed.officer.id, signed.approver and signed.approver.id)
    if what.action == "decide":
        check_decision(row["ground_mask"], on, what.dates.get("term_ends_on"))
    if what.action == "grant_grace":
        check_grace(row["decided_on"] or on, what.dates.get("grace_until"))
    _write(connection, row, Written(what, on, article, target), signed)
    return target


def find_today(connection: Connection) -> date:
    """The day in China."""
    today: date = _statements.find_today(connection)
    return today


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
class Found:
    """A cause that has come about: which, on which day, and a note for the trail."""

    cause: str
    on: date
    note: str = ""


def record_cause(connection: Connection, listing: UUID, said: Found, signed: Signatures) -> str:
    """Record that a cause of Article 9 or 10 has come about; the kind of the duty that it opens.

    Without a term the listing must be deleted within the clock; with one nothing follows by itself, and the court is
    asked whether it deletes early (Article 2).

    Raises:
        NotFound, Forbidden, Invalid: as `move`.
    """
    row = lock(connection, listing)
    if row["state"] in ENDED:
        raise NotFound
    check_officers(row["court_id"], signed)
    cause, on = said.cause, said.on
    article = article_of(connection, Move(_DUTY_OF.get(cause, "delete"), cause), on)
    kind = _DUTY_OF.get(cause) or ("decide_early_deletion" if standing(row).has_term else "delete_after_cause")
    _statements.open_task(
        connection, listing=listing, court=row["court_id"], kind=kind, cause=cause, begun_on=on,
        clock=None if kind == "decide_early_deletion" else kind,
    )  # fmt: skip
    what = Move("record_cause", cause, note=said.note)
    trace(connection, row, Written(what, on, article, row["state"]), signed)
    return kind


def record_death(connection: Connection, entity: UUID, died_on: date, signed: Signatures, note: str = "") -> int:
    """Suspend whatever is shown of a person who has died; how many listings. Each court then decides about its own.

    Raises:
        NotFound: the officer's court shows nothing of this entity.
    """
    rows = [lock(connection, shown["id"]) for shown in _statements.list_shown_of(connection, entity=entity)]
    if not any(row["court_id"] == signed.officer.court_id for row in rows):
        raise NotFound
    check_officers(signed.officer.court_id, signed)
    _statements.update_deceased_on(connection, entity=entity, died_on=died_on)
    for row in rows:
        _move(connection, row, Move("suspend", "death", note=note), signed)
    return len(rows) + _take_down_elsewhere(connection, entity, Move("suspend", "death"), signed)


def _take_down_elsewhere(connection: Connection, entity: UUID, what: Move, signed: Signatures) -> int:
    """What is left of a person at courts that the acting role cannot reach; how many listings.

    No note goes with it: it is this court's own.
    """
    on = what.on or _statements.find_today(connection)
    rows = list(
        _statements.take_down_elsewhere(
            connection, entity=entity, cause=what.cause, on_day=on, officer=signed.officer.id
        )
    )
    said = {"action": what.action, "cause": what.cause, "effective_on": on, "found_by": signed.officer.court_id}
    append(
        connection,
        [
            Record(f"listing.{what.action}", {"listing": row["listing_id"], "from_state": row["from_state"], **said},
                   row["court_id"])
            for row in rows
        ],
    )  # fmt: skip
    return len(rows)


def list_open_tasks(connection: Connection, court: UUID) -> list[Mapping[str, Any]]:
    """What a court has to do today, the most pressing first, each with its last day and whether that is past."""
    return list(_statements.list_open_tasks(connection, court=court, on_day=_statements.find_today(connection)))


@dataclass(frozen=True)
class Written:
    """An act as it is traced: the article it rests on, and the state that it leads to."""

    what: Move
    on: date
    article: str
    target: str


def standing(row: Mapping[str, Any]) -> Standing:
    """Where a locked listing stands."""
    return Standing(
        row["state"], row["ground_mask"], row["term_ends_on"], row["barred_until"], row["is_minor"], row["is_deceased"],
        row["grace_until"],
    )  # fmt: skip


def check_officers(court: UUID, signed: Signatures) -> None:
    """See that whoever signs belongs to the court and has the role for it.

    Raises:
        NotYourCourt, RoleMissing: one does not.
    """
    for officer, role in ((signed.officer, "clerk"), (signed.approver, "approver")):
        if officer is None:
            continue
        if officer.court_id != court:
            raise NotYourCourt
        if role not in officer.roles:
            raise RoleMissing(f"This needs the role {role}.")


def article_of(connection: Connection, what: Move, on: date) -> str:
    """The article by which an act is done for its cause on a day.

    Raises:
        UnknownCause: there was none.
    """
    row = _statements.find_cause(connection, action=what.action, cause=what.cause, on_day=on)
    if row is None:
        raise UnknownCause(f"{what.action}: {what.cause} on {on}")
    article: str = row["article"]
    return article


def _write(connection: Connection, row: Mapping[str, Any], written: Written, signed: Signatures) -> None:
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
        _statements.close_tasks(
            connection, listing=listing, kinds=["correct", "decide_after_death", "act_on_objection"], done_on=written.on
        )
    if written.what.action == "correct":
        _statements.close_corrections(connection, listing=listing, reason=written.what.cause, done_on=written.on)
    trace(connection, row, written, signed)


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
