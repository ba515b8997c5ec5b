"""Reviews (复议) of decisions on objections, as the court that decides them records how they ended (Article 12)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import NotFound
from backend.core.officers import Officer
from backend.objections.domain import ReviewDecided, ReviewDecision
from backend.objections.service import queries


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
