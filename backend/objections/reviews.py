"""Reviews (复议) of decisions on objections: how they ended, and what follows where they name no listing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import NotFound
from backend.core.officers import Officer
from backend.objections.domain import NothingToFind, ReviewDecided, ReviewDecision
from backend.objections.service import link_found, queries


def find_review(connection: Connection, review: UUID) -> dict[str, Any]:
    """A review that concerns the acting court: of its own decision, or for it to decide. Raises NotFound."""
    row: dict[str, Any] | None = queries.find_desk_review(connection, review=review)
    if row is None:
        raise NotFound
    return row


def decide_review(connection: Connection, officer: Officer, review: UUID, decision: ReviewDecision) -> None:
    """Record how a review ended, which ends its duty; a reversal opens the other court's duty to act on its listings.

    Raises:
        NotFound: no such review is the acting court's to decide.
        Invalid: the law knows no such ending.
        ReviewDecided: it has ended.
    """
    row = find_review(connection, review)
    if not row["deciding"]:
        raise NotFound
    decision.check()
    today = queries.find_today(connection)
    if not queries.decide_review(connection, review=review, officer=officer.id, today=today, **vars(decision)):
        raise ReviewDecided
    said = {"review": review, "number": row["number"], "outcome": decision.outcome, "act": decision.act}
    # Both courts' trails tell it; only the deciding court's names its officer.
    records = [Record("review.decide", {"officer": officer.id, **said}, officer.court_id)]
    if row["court_id"] != officer.court_id:
        records.append(Record("review.decide", said, row["court_id"]))
    append(connection, records)


def name_listings(connection: Connection, officer: Officer, review: UUID, listings: Sequence[UUID]) -> None:
    """Say which listings a reversal means, which opens the duty to act on each, by the clock of the reversal.

    Raises:
        NotFound: no such review concerns the acting court.
        NothingToFind: it was not reversed, or its listings are known.
        Invalid: a listing is not the court's.
    """
    row = find_review(connection, review)
    if row["finding"] is None:
        raise NothingToFind
    queries.lock_objection(connection, filing=row["filing_id"])
    found = link_found(connection, row["filing_id"], officer.court_id, listings)
    for listing in found:
        queries.take_listing(connection, listing=listing, officer=officer.id)
        queries.open_duty_to_act(
            connection, listing=listing, court=officer.court_id, act=row["act"], today=row["decided_on"]
        )
    queries.close_duty(connection, task=row["finding"], today=queries.find_today(connection))
    said = {"review": review, "number": row["number"], "officer": officer.id, "listings": found}
    append(connection, [Record("review.find", said, officer.court_id)])
