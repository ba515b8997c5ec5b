"""What officers find out later: a wrong record, a term the file did not state, a child, an error about a death.

As in `life`, the caller brings the transaction, and each act leaves its event and its entry in the trail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import aiosql

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid, NotFound
from backend.listings.domain.ages import ADULT, OLDEST, age_band, age_on
from backend.listings.domain.dates import EARLIEST
from backend.listings.domain.life import TERM_GROUNDS, NotPossible, check_approval, next_state
from backend.listings.domain.redaction import redact
from backend.listings.life import (
    MINOR,
    Move,
    Signatures,
    bounds_of,
    lock_unended,
    refuse_bodies,
    standing,
    withdraw_minor,
)
from backend.listings.writing import Written, article_of, check_officers, lock, trace

_statements: Any = aiosql.from_path(Path(__file__).with_name("life_queries.sql"), "psycopg")
_TEXTS = ("duty", "performed_part", "unperformed_part", "basis_issuer", "basis_number")
_DATES = ("filed_on", "term_ends_on")
# The birth date itself is never stored: it gives the age band, or shows that the person is a minor.
CORRECTABLE = (*_TEXTS, *_DATES, "performance", "sex", "birth_date")
OF_PEOPLE = frozenset({"sex", "birth_date"})
_CAUSES = ("wrong_data", "objection_founded")
_VALUES = {"performance": ("none", "partial", "full", "other"), "sex": ("male", "female")}


class NothingToDecide(Conflict):
    """There is nothing open to decide"""


def record_minor(connection: Connection, entity: UUID, signed: Signatures, note: str = "") -> int:
    """Withdraw whatever there is of a person found to be under 18, and show nothing of theirs again; how many.

    Raises:
        NotFound: the officer's court has nothing of this entity that has not ended.
        Invalid: it is no person.
    """
    rows = lock_unended(connection, entity)
    if not any(row["court_id"] == signed.officer.court_id for row in rows):
        raise NotFound
    check_officers(signed.officer.court_id, signed)
    refuse_bodies(rows)
    return withdraw_minor(connection, entity, signed, note)


@dataclass(frozen=True)
class Correction:
    """One field set right; `cause` is `wrong_data`, `objection_founded`, or `term_completed` for a term alone."""

    field: str
    value: str
    cause: str = "wrong_data"
    note: str = ""


def correct(connection: Connection, listing: UUID, said: Correction, signed: Signatures) -> str:
    """Set one field of a listing, or of whom it is about, right; the listing's state afterwards.

    A birth date that shows a minor withdraws whatever there is of the person instead (Article 4).

    Raises:
        NotFound, Forbidden, Conflict: as `life.move`.
        Invalid: no such field, or a value that it cannot have; also free text with private details in it.
    """
    row = lock(connection, listing)
    check_officers(row["court_id"], signed)
    _check_kind(said, row)
    today: date = _statements.find_today(connection)
    target = next_state(standing(row), "correct", said.cause, today)
    article = article_of(connection, Move("correct", said.cause), today)
    field = said.field
    if field == "birth_date":
        band = _band(said.value, row["published_on"], today)
        if band is None or _band(said.value, _first_shown(connection, row), today) is None:
            record_minor(connection, row["entity_id"], signed, said.note)
            return "withdrawn"
        field = "age_band"
        _statements.correct_age_band(connection, entity=row["entity_id"], age_band=band)
        detail: dict[str, str | None] = {"field": field}
    else:
        detail = _set(connection, row, said, today)
    _statements.note_correction(connection, listing=listing, field=field, on_day=today)
    _statements.close_corrections(connection, listing=listing, reason=said.cause, done_on=today)
    what = Move("correct", said.cause, note=said.note)
    trace(connection, row, Written(what, today, article, target), signed, detail)
    return target


def _check_kind(said: Correction, row: Mapping[str, Any]) -> None:
    if said.field not in CORRECTABLE:
        raise Invalid(f"{said.field} cannot be corrected here.")
    if said.field in OF_PEOPLE:
        refuse_bodies([row])
    if said.cause not in _CAUSES and (said.cause, said.field) != ("term_completed", "term_ends_on"):
        raise Invalid(f"{said.field} is not corrected for {said.cause}.")


def _set(connection: Connection, row: Mapping[str, Any], said: Correction, today: date) -> dict[str, str | None]:
    value = _checked(said, today)
    if said.field == "term_ends_on":
        _refuse_showing_again(row, today)
        _check_term(connection, row, _day(value))
    if said.field == "sex":
        _statements.correct_sex(connection, entity=row["entity_id"], sex=value)
        return {"field": said.field}
    before = _statements.find_corrected(connection, listing=row["id"], field=said.field)
    _statements.correct_listing(connection, listing=row["id"], field=said.field, value=value, on_day=today)
    return {"field": said.field, "before": before, "after": value}


def _checked(said: Correction, today: date) -> str:
    if not said.value.strip():
        raise Invalid("A correction says what is right.")
    if said.field in _VALUES and said.value not in _VALUES[said.field]:
        raise Invalid(f"{said.field} is one of {', '.join(_VALUES[said.field])}.")
    if said.field in _TEXTS and redact(said.value).withheld is not None:
        raise Invalid("The text holds a number or an address that must not be shown: take it out.")
    if said.field == "filed_on" and not EARLIEST <= _day(said.value) <= today:
        raise Invalid("The day lies in the future, or before there were such courts.")
    return said.value


def _refuse_showing_again(row: Mapping[str, Any], today: date) -> None:
    """See that a correction shows nobody who is gone by date: closed, and listed again, it has two signatures."""
    if row["state"] == "published" and row["term_ends_on"] and row["term_ends_on"] < today:
        raise NotPossible("The term has ended.")


def _check_term(connection: Connection, row: Mapping[str, Any], day: date) -> None:
    """See that a term can be what a decision states; one that began long before the publication may end sooner."""
    if not row["ground_mask"] & TERM_GROUNDS:
        raise Invalid("Ground 1 alone has no term (Article 2).")
    if day <= row["published_on"]:
        raise Invalid("The term must end after the publication.")
    if day > bounds_of(connection, "term", row["published_on"]).latest:
        raise Invalid("The term is longer than the law knows (Article 2).")


def _first_shown(connection: Connection, row: Mapping[str, Any]) -> date:
    """When the first of a person's listings that have not ended was published: it may show them as a minor."""
    days = [other["published_on"] for other in lock_unended(connection, row["entity_id"])]
    first: date = min([row["published_on"], *filter(None, days)])
    return first


def _band(text: str, published_on: date, today: date) -> str | None:
    """The age band at publication; None for somebody who is, or then was, under 18."""
    born_on = _day(text)
    if born_on > today:
        raise Invalid("The day lies in the future.")
    age = age_on(born_on, min(published_on, today))
    if age > OLDEST:
        raise Invalid(f"Nobody is {age} years old.")
    return None if age < ADULT else age_band(age)


def _day(text: str) -> date:
    try:
        day: date | None = date.fromisoformat(text)
    except ValueError:
        day = None
    # Python reads weeks as well, which the database does not.
    if day is None or day.isoformat() != text:
        raise Invalid("A day is written as 2026-03-01.")
    return day


def keep_listed(connection: Connection, listing: UUID, signed: Signatures, note: str = "") -> None:
    """Record the court's decision not to delete before the term ends (Article 2).

    Raises:
        NotFound, Forbidden: as `life.move`.
        NothingToDecide: no such decision is open.
    """
    row = lock(connection, listing)
    check_officers(row["court_id"], signed)
    if not _statements.holds_open_task(connection, listing=listing, kind="decide_early_deletion"):
        raise NothingToDecide
    today: date = _statements.find_today(connection)
    what = Move("keep", "kept_to_term", note=note)
    article = article_of(connection, what, today)
    _statements.close_tasks(connection, listing=listing, kinds=["decide_early_deletion"], done_on=today)
    trace(connection, row, Written(what, today, article, row["state"]), signed)


def clear_finding(connection: Connection, entity: UUID, finding: Literal["minor", "death"], signed: Signatures) -> None:
    """Take back that somebody is a minor, or has died; shows nothing by itself, and needs a second officer.

    Raises:
        NotFound: nobody noted that, or the officer's court has no listing of theirs.
        Forbidden, Conflict: as `life.move`.
    """
    found = _statements.lock_finding(connection, entity=entity)
    if found is None or not found["is_minor" if finding == MINOR else "is_deceased"]:
        raise NotFound
    if signed.officer.court_id not in {
        row["court_id"] for row in _statements.list_courts_of(connection, entity=entity)
    }:
        raise NotFound
    check_officers(signed.officer.court_id, signed)
    check_approval("resume", finding, signed.officer.id, signed.approver and signed.approver.id)
    if finding == MINOR:
        _statements.update_adult_noted_on(connection, entity=entity)
    else:
        _statements.update_deceased_on(connection, entity=entity, died_on=None)
    _statements.delete_never_shown(connection, entity=entity)
    body = {"entity": entity, "officer": signed.officer.id, "approver": signed.approver and signed.approver.id}
    append(connection, [Record(f"entity.clear_{finding}", body, signed.officer.court_id)])
