"""What officers do to listings: each change with its reason, its event and its entry in the audit trail, or none of it.

The caller brings the transaction. The serving tables follow by their triggers, so that a change is public the moment
it is committed and never before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import aiosql

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Invalid, NotFound
from backend.core.officers import Officer, Signatures, find_officer
from backend.listings.domain.life import (
    ENDED,
    NOT_FOUND,
    Bounds,
    Move,
    NotPossible,
    Standing,
    check_approval,
    check_day,
    check_decision,
    check_grace,
    next_state,
    refuse_by_hand,
)
from backend.listings.writing import Written, article_of, check_officers, lock, trace, write

# What is imported from here although it stands elsewhere.
__all__ = ["Move", "Officer", "Signatures", "find_officer"]
_statements: Any = aiosql.from_path(Path(__file__).with_name("life_queries.sql"), "psycopg")
MINOR = "minor"
# What the court itself has found, with the duty that it opens.
_DUTY_OF = {"wrongly_listed": "withdraw", "wrong_data": "correct"}


class NotAPerson(Invalid):
    """Only a person has an age and dies"""


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
    refuse_by_hand(what)
    if what.cause == MINOR:
        refuse_bodies([row])
    state = _move(connection, row, what, signed)
    if what.cause == MINOR:
        withdraw_minor(connection, row["entity_id"], signed, what.note)
    return state


def withdraw_minor(connection: Connection, entity: UUID, signed: Signatures, note: str) -> int:
    """Note that a person is under 18 and withdraw whatever else there is of them, at any court: how many."""
    _statements.update_minor_noted_on(connection, entity=entity, noted_on=_statements.find_today(connection))
    others = lock_unended(connection, entity)
    for other in others:
        _move(connection, other, Move("withdraw", MINOR, note=note), signed)
    return len(others) + _take_down_elsewhere(connection, entity, Move("withdraw", MINOR), signed)


def lock_unended(connection: Connection, entity: UUID) -> list[Mapping[str, Any]]:
    """The listings of an entity that have not ended, but for drafts, at the courts that the acting role reaches."""
    return [lock(connection, row["id"]) for row in _statements.list_unended_of(connection, entity=entity)]


def refuse_bodies(rows: Sequence[Mapping[str, Any]]) -> None:
    """See that listings are a person's.

    Raises:
        NotAPerson: they are a company's or an organisation's.
    """
    if any(row["kind"] != "person" for row in rows):
        raise NotAPerson


def _move(connection: Connection, row: Mapping[str, Any], what: Move, signed: Signatures) -> str:
    checked = check_move(connection, row, what)
    check_approval(what.action, what.cause, signed.officer.id, signed.approver and signed.approver.id)
    write(connection, row, checked, signed)
    return checked.target


def check_move(connection: Connection, row: Mapping[str, Any], what: Move) -> Written:
    """What a move comes to, if it can be made now; who signs it is not looked at, nor anything written.

    Raises:
        Conflict, Invalid: as `move`.
    """
    stands = standing(row)
    on = check_day(what, stands, _statements.find_today(connection))
    term = what.dates.get("term_ends_on")
    if what.action == "relist" and term:
        stands = replace(stands, term_ends_on=term)
    article = article_of(connection, what, on)
    target = next_state(stands, what.action, what.cause, on)
    # Who is listed again under a term that still runs needs none stated; nobody is listed without one.
    if what.action == "decide" or (what.action == "relist" and (term or not stands.term_ends_on)):
        check_decision(row["ground_mask"], on, term, bounds_of(connection, "term", on))
    if what.action == "grant_grace":
        check_grace(what.dates.get("grace_until"), bounds_of(connection, "grace", row["decided_on"] or on))
    return Written(what, on, article, target)


def bounds_of(connection: Connection, what: Literal["term", "grace"], since: date) -> Bounds:
    """Within which days a term, or a period of grace, that begins on a day may end, by the law of that day.

    Raises:
        psycopg.errors.NoDataFound: there is no such row; `Database.transaction` makes it LawNotLoaded.
    """
    row = _statements.find_bounds(connection, what=what, since=since)
    return Bounds(row["earliest"], row["latest"])


def find_today(connection: Connection) -> date:
    """The day in China."""
    today: date = _statements.find_today(connection)
    return today


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
        NotPossible: no such thing is found, or nothing is decided yet that could be deleted.
    """
    row = lock(connection, listing)
    if row["state"] in ENDED:
        raise NotFound
    check_officers(row["court_id"], signed)
    cause, on = said.cause, said.on
    if cause in NOT_FOUND:
        raise NotPossible("That is decided or stated in a file, and not found.")
    if row["state"] == "draft":
        raise NotPossible("Nothing is decided yet: discard the draft.")
    refuse_later(connection, on)
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

    What is suspended already waits for that decision, too, and what is not shown yet never will be.

    Raises:
        NotFound: the officer's court has nothing of this entity that has not ended.
        Invalid: the day lies in the future, or the entity is no person.
    """
    rows = lock_unended(connection, entity)
    if not any(row["court_id"] == signed.officer.court_id for row in rows):
        raise NotFound
    check_officers(signed.officer.court_id, signed)
    refuse_bodies(rows)
    refuse_later(connection, died_on)
    _statements.update_deceased_on(connection, entity=entity, died_on=died_on)
    shown = [row for row in rows if row["state"] == "published"]
    for row in shown:
        _move(connection, row, Move("suspend", "death", note=note), signed)
    for row in rows:
        if row["state"] == "suspended":
            _ask_after_death(connection, row)
    return len(shown) + _take_down_elsewhere(connection, entity, Move("suspend", "death"), signed)


def _ask_after_death(connection: Connection, row: Mapping[str, Any]) -> None:
    _statements.open_task(
        connection, listing=row["id"], court=row["court_id"], cause="death", clock=None,
        begun_on=_statements.find_today(connection), kind="decide_after_death",
    )  # fmt: skip


def refuse_later(connection: Connection, day: date) -> None:
    """See that what is said to have happened has.

    Raises:
        Invalid: the day lies in the future.
    """
    if day > _statements.find_today(connection):
        raise Invalid("The day lies in the future.")


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


def standing(row: Mapping[str, Any]) -> Standing:
    """Where a locked listing stands."""
    return Standing(
        row["state"], row["ground_mask"], row["term_ends_on"], row["barred_until"], row["is_minor"], row["is_deceased"],
        row["grace_until"], row["ended_on"] or row["published_on"] or row["decided_on"],
        row["suspended_for"],
    )  # fmt: skip
