"""Filing an objection, following it by its receipt, and what officers decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection, Database, load_queries
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.filings import reading
from backend.core.filings.filing import Beside, Filing, Target, statements, writing
from backend.core.filings.keyring import check_roles
from backend.core.filings.readers import check_reader
from backend.core.filings.reading import Desk, Opened
from backend.core.filings.refusals import Destroyed
from backend.core.officers import Officer, find_officer
from backend.core.sealing.receipts import row_key
from backend.objections.domain import (
    PURPOSE,
    READERS,
    REVIEWABLE,
    AlreadyDecided,
    Decision,
    NotDecided,
    Review,
    ReviewAsked,
    told,
)

queries: Any = load_queries(__file__)


@dataclass(frozen=True)
class Aim:
    """What an objection is about, and the listings that are meant."""

    target: Target
    listings: Sequence[UUID] = field(default=())


@dataclass(frozen=True)
class Standing:
    """How an objection stands.

    Attributes:
        due_on: last day to decide.
        removal_code: of the removal notice, where one was issued.
        working_days_left: after today up to `due_on`; None once it is past, or decided.
        stopped_at: when the last of the listings meant went off view; None while one is shown.
        review_asked_on: when the next higher court was asked for review; None where it was not.
        review_due_on: last day to decide the review.
        review_act: what a reversal asks of the court.
    """

    due_on: date
    outcome: str | None
    decided_on: date | None
    acted: bool
    removal_code: str | None
    working_days_left: int | None
    stopped_at: datetime | None
    review_asked_on: date | None
    review_due_on: date | None
    review_decided_on: date | None
    review_outcome: str | None
    review_act: str | None


def find_aim(database: Database, court: UUID, target: UUID) -> Aim:
    """Raises Invalid for an id that names nothing at this court."""
    with writing(database) as connection:
        row = queries.find_target(connection, court=court, target=target)
    if row["kind"] is None:
        raise Invalid(errors=(FieldError("/body/target", "is neither the court nor a listing or entity of it"),))
    return Aim(Target(row["kind"], target), () if row["kind"] == "court" else row["listings"])


def opening_duty(court: UUID, aim: Aim) -> Beside:
    """What opens the court's duty to decide in the transaction that stores an objection, both or neither."""

    def open_duty(connection: Connection, filing: UUID) -> None:
        queries.file_objection(connection, filing=filing, court=court, listings=list(aim.listings))

    return open_duty


def find_standing(database: Database, lookup: bytes) -> Standing:
    with writing(database) as connection:
        row = queries.find_objection(connection, rowkey=row_key(lookup))
    if row is None:
        raise NotFound
    return Standing(**row | {"acted": bool(row["acted"])})


def list_objections(database: Database, login: str) -> list[dict[str, Any]]:
    """The objections of an officer's court. Raises NotFound for no such acting officer."""
    with database.transaction("operator") as connection:
        return list(queries.list_objections(connection, court=find_officer(connection, login).court_id))


def open_objection(desk: Desk, number: int) -> Opened:
    """Raises Forbidden without a role that reads, and what `Desk.open` raises."""
    desk.reader.check_role(*READERS)
    return desk.open(partial(record_loan, number=number))


def record_loan(connection: Connection, officer: Officer, number: int) -> tuple[Filing, Target]:
    """Record that an officer opens an objection: who does so first has it in hand. Raises as `reading.record_loan`."""
    filing, target = reading.record_loan(connection, officer, PURPOSE, number)
    queries.take_objection(connection, filing=filing.id, officer=officer.id)
    return filing, target


def answer(desk: Desk, number: int, text: str) -> int:
    """Write to whoever filed; the number of the answer. Raises as `open_objection`."""
    opened = open_objection(desk, number)
    with desk.database.transaction("operator") as connection:
        queries.lock_objection(connection, filing=opened.filing.id)
        n = desk.answer(connection, opened, text)
        desk.trace(connection, "objection.answer", opened.filing, {"n": n})
    return n


def decide(desk: Desk, number: int, decision: Decision) -> None:
    """Decide an objection: its answer, what follows for its listings, and its entry in the trail, all or nothing.

    Raises:
        Invalid: the law does not know such a decision.
        AlreadyDecided: it is decided.
        Forbidden, NotFound, NotAReader, Destroyed, CannotOpen: as `open_objection`.
    """
    decision.check()
    opened = open_objection(desk, number)
    by = Decider(desk.reader.officer, desk.reader.court_id)
    with desk.database.transaction("operator") as connection:

        def tell(review: Review) -> None:
            desk.answer(connection, opened, told(decision, review))

        record_decision(connection, opened.filing, decision, by, tell)


@dataclass(frozen=True)
class Decider:
    """The officer who decides, and the court."""

    officer: UUID
    court_id: UUID


def record_decision(
    connection: Connection, filing: Filing, decision: Decision, by: Decider, tell: Callable[[Review], None]
) -> None:
    """Write a decision, what follows for its listings, and its entry in the trail; `tell` stores the sealed answer.

    Raises:
        Invalid: the law does not know such a decision, a listing that was found is not the court's, or it is founded
            and no listing is meant.
        AlreadyDecided: it is decided.
    """
    held = queries.lock_objection(connection, filing=filing.id)
    if held["decided_on"] is not None:
        raise AlreadyDecided
    held = _with_found(connection, by, held, decision)
    if decision.outcome != "not_founded" and not held["listings"]:
        raise Invalid("Say which listings are meant: without one nothing would follow from this decision.")
    today: date = queries.find_today(connection)
    queries.lock_listings(connection, listings=held["listings"])
    queries.update_decision(connection, filing=filing.id, outcome=decision.outcome, today=today, officer=by.officer)
    follow = _follow(connection, by, decision, held["listings"], today)
    _close_duties(connection, held, today)
    tell(find_review(connection, filing.court_id))
    statements.mark_closed(connection, filing=filing.id, today=today)
    said = {"outcome": decision.outcome, "act": decision.act, **follow}
    trace(connection, "objection.decide", filing, by.officer, said)


def find_review(connection: Connection, court: UUID, decided_on: date | None = None) -> Review:
    """Where a decision of a day, or None of today, can be taken, and until when."""
    day = decided_on or queries.find_today(connection)
    row = queries.find_review(connection, court=court, decided_on=day)
    return Review(row["court"], row["phone"], row["address"], row["until"])


def trace(connection: Connection, action: str, filing: Filing, officer: UUID, more: dict[str, Any]) -> None:
    """Record what an officer did with an objection, in the caller's transaction."""
    append(connection, [Record(action, {"number": filing.number, "officer": officer, **more}, filing.court_id)])


def find_filing(connection: Connection, court: UUID, number: int) -> Filing:
    """An objection of a court that can still be read. Raises NotFound."""
    row = statements.find_filing_of_court(connection, court=court, purpose=PURPOSE, number=number)
    if row is None or row["state"] in ("shredding", "shredded"):
        raise NotFound
    row.pop("target_kind")
    row.pop("target_id")
    return Filing(**row)


def find_desk_objection(connection: Connection, number: int) -> dict[str, Any]:
    """What is known of an objection of the acting court beside what it says. Raises NotFound."""
    row: dict[str, Any] | None = queries.find_desk_objection(connection, number=number)
    if row is None:
        raise NotFound
    return row


def hand_over(connection: Connection, officer: UUID, number: int, to: UUID) -> None:
    """Let another officer look into an objection of the acting court.

    Raises:
        NotFound: no such objection.
        AlreadyDecided: it is decided.
        Invalid: the other is no officer of the court who can open it.
    """
    filing = find_filing(connection, find_desk_objection(connection, number)["court_id"], number)
    if queries.lock_objection(connection, filing=filing.id)["decided_on"] is not None:
        raise AlreadyDecided
    check_reader(connection, to, "box")
    queries.hand_over(connection, filing=filing.id, officer=to)
    trace(connection, "objection.hand_over", filing, officer, {"to": to})


def ask_for_review(database: Database, login: str, number: int) -> None:
    """Record that whoever filed asked the next higher court for review, which opens its duty to decide.

    Raises:
        NotFound: no such officer or objection, or what was filed is destroyed, long after the days to ask.
        Forbidden: without a role that reads.
        NotDecided: it was not decided, or founded in whole.
    """
    with database.transaction("operator") as connection:
        officer = find_officer(connection, login)
        filing = queries.find_filing_id(connection, court=officer.court_id, number=number)
        if not filing:
            raise NotFound
        check_roles(officer.roles, READERS)
        record_review(connection, filing, number, officer.id)


def record_review(connection: Connection, filing: UUID, number: int, officer: UUID) -> None:
    """Record in the caller's transaction that the higher court was asked. Raises NotDecided, ReviewAsked, NotFound."""
    held = queries.lock_objection(connection, filing=filing)
    if held["destroyed"]:
        raise Destroyed
    if held["outcome"] not in REVIEWABLE:
        raise NotDecided
    if queries.find_review_of(connection, filing=filing):
        raise ReviewAsked
    higher = queries.open_reviews(connection, filing=filing, today=queries.find_today(connection))
    said = {"number": number, "officer": officer, "higher_court": higher}
    append(connection, [Record("objection.review", said, held["court_id"])])


def _with_found(connection: Connection, by: Decider, held: dict[str, Any], decision: Decision) -> dict[str, Any]:
    """The objection with the listings that the court has found; each must be its own."""
    if not decision.listings:
        return held
    if held["listings"]:
        raise Invalid("Whoever filed named the listings; no others can be decided about here.")
    return {**held, "listings": link_found(connection, held["filing_id"], by.court_id, decision.listings)}


def link_found(connection: Connection, filing: UUID, court: UUID, listings: Sequence[UUID]) -> list[UUID]:
    """Note which listings an objection that names none is about, in their order. Raises Invalid for another court's."""
    wanted = sorted(set(listings))
    if queries.link_listings(connection, filing=filing, court=court, listings=wanted) != len(wanted):
        raise Invalid("A listing that was found is not this court's.")
    return wanted


def _follow(
    connection: Connection, by: Decider, decision: Decision, listings: Sequence[UUID], today: date
) -> dict[str, Any]:
    """What a decision does to the listings that it is about; for the trail, which were suspended."""
    suspended = []
    for listing in listings:
        if decision.outcome == "founded":
            queries.take_listing(connection, listing=listing, officer=by.officer)
            queries.open_duty_to_act(connection, listing=listing, court=by.court_id, act=decision.act, today=today)
        elif decision.outcome == "founded_in_part" and queries.suspend_listing(
            connection, listing=listing, officer=by.officer, today=today
        ):
            queries.take_listing(connection, listing=listing, officer=by.officer)
            suspended.append(listing)
    return {"listings": list(listings), "suspended": suspended}


def _close_duties(connection: Connection, held: dict[str, Any], today: date) -> None:
    if held["task_id"]:
        queries.close_duty(connection, task=held["task_id"], today=today)
    queries.close_duties(connection, listings=held["listings"], today=today)
