"""What officers do to reward notices: each act with its event and its entry in the audit trail, or none of it.

The caller brings the transaction. What is public follows by triggers, the moment it is committed and never before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Invalid, NotFound
from backend.core.officers import Officer, Signatures
from backend.notices.domain import (
    CLOSING_CAUSES,
    FUNDERS,
    KINDS,
    ListingNotShown,
    Reward,
    check_claim_text,
    check_request,
    check_second,
    next_state,
)
from backend.notices.queries import named_violations, queries

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Draft:
    """What a creditor has asked for in writing.

    Attributes:
        requested_on: the day on which the written request came in.
        ends_on: last day of the notice.
        how_to_claim: what the court adds to the words under every notice; None for nothing.
    """

    kind: str
    reward: Reward
    requested_on: date
    ends_on: date
    funder: str = "creditor"
    how_to_claim: str | None = None


@dataclass(frozen=True)
class _Act:
    action: str
    cause: str
    changes: Mapping[str, Any]


def draft(connection: Connection, listing: UUID, wanted: Draft, officer: Officer) -> tuple[UUID, date]:
    """Prepare a notice for a listing; its id, and the last day for the court's answer to the creditor.

    Raises:
        NotFound: no such listing.
        Forbidden: it is another court's, or the officer is no clerk.
        ListingNotShown: it has ended or is suspended.
        Invalid: the reward, the days or the words make no sense.
    """
    row = queries.lock_listing(connection, listing=listing)
    if row is None:
        raise NotFound
    officer.must_be("clerk", row["court_id"])
    if row["state"] != "published":
        raise ListingNotShown
    _check(wanted, row["name"], queries.find_today(connection))
    with named_violations():
        made = queries.insert_notice(
            connection, listing=listing, kind=wanted.kind, basis=wanted.reward.basis, amount=wanted.reward.amount,
            percent=wanted.reward.percent, cap=wanted.reward.cap, funder=wanted.funder,
            how_to_claim=wanted.how_to_claim, requested_on=wanted.requested_on, ends_on=wanted.ends_on,
            officer=officer.id,
        )  # fmt: skip
    notice = {"id": made["id"], "court_id": row["court_id"], "state": None}
    _trace(connection, notice, _Act("draft", "creditor_request", {"state": "draft"}), Signatures(officer))
    return made["id"], made["answer_due_on"]


def approve(connection: Connection, notice: UUID, approver: Officer) -> None:
    """Sign a draft second, which answers the creditor; of whoever's whereabouts, nobody else can.

    Raises:
        NotFound, Forbidden, Conflict: as `draft`; or the same officer has drafted it.
    """
    row = _lock(connection, notice)
    approver.must_be("approver", row["court_id"])
    target = next_state(row["state"], "approve")
    check_second(row["drafted_by"], approver.id)
    changes = {"state": target, "approved_by": approver.id}
    _write(connection, row, _Act("approve", "creditor_request", changes), Signatures(approver))


def publish(connection: Connection, notice: UUID, officer: Officer, on: date | None = None) -> None:
    """Let an approved notice run, from today or a later day on.

    Raises:
        NotFound, Forbidden, Conflict: as `draft`; or nobody has approved it.
        Invalid: the first day is past, or behind the last.
    """
    row = _lock(connection, notice)
    officer.must_be("clerk", row["court_id"])
    target = next_state(row["state"], "publish")
    today: date = queries.find_today(connection)
    first = on or today
    if not today <= first <= row["ends_on"]:
        raise Invalid("The first day is today or later, and not behind the last.")
    changes = {"state": target, "published_on": first}
    _write(connection, row, _Act("publish", "creditor_request", changes), Signatures(officer))


def extend(connection: Connection, notice: UUID, ends_on: date, signed: Signatures) -> None:
    """Move the last day of a notice that runs, at the creditor's request and signed by two.

    Raises:
        NotFound, Forbidden, Conflict: as `draft`; or the second signature is missing.
        Invalid: the new last day is not behind the present one.
    """
    row = _lock(connection, notice)
    _check_both(row, signed, "clerk")
    target = next_state(row["state"], "extend")
    if ends_on <= row["ends_on"]:
        raise Invalid(f"The notice runs until {row['ends_on']} already.")
    _write(connection, row, _Act("extend", "creditor_request", {"state": target, "ends_on": ends_on}), signed)


def close(connection: Connection, notice: UUID, cause: str, officer: Officer) -> None:
    """End a notice that is not over.

    Raises:
        NotFound, Forbidden, Conflict: as `draft`.
        Invalid: an unknown cause.
    """
    row = _lock(connection, notice)
    officer.must_be("clerk", row["court_id"])
    if cause not in CLOSING_CAUSES:
        raise Invalid(f"The cause is one of {', '.join(CLOSING_CAUSES)}.")
    changes = {
        "state": next_state(row["state"], "close"),
        "closed_on": queries.find_today(connection),
        "closed_cause": cause,
    }
    _write(connection, row, _Act("close", cause, changes), Signatures(officer))


def pay(connection: Connection, notice: UUID, signed: Signatures) -> None:
    """Note that the reward of a published notice has been paid, also where it closed meanwhile.

    Raises:
        NotFound, Forbidden, Conflict: as `draft`; or it was never published, or the second signature is missing.
    """
    row = _lock(connection, notice)
    _check_both(row, signed, "reward_officer")
    target = next_state(row["state"], "pay")
    if row["published_on"] is None:
        raise Invalid("It was never published, so nobody can have earned its reward.")
    # One that closed before keeps that day: until then tips were promised its reward.
    closed_on = row["closed_on"] or queries.find_today(connection)
    changes = {"state": target, "closed_on": closed_on, "closed_cause": "paid"}
    _write(connection, row, _Act("pay", "paid", changes), signed)


def close_ended(connection: Connection) -> int:
    """Close whatever is past its last day, or its listing's; how many. Changes no public answer."""
    closed: int = queries.close_ended(connection, listing=None)
    return closed


def list_notices(connection: Connection, officer: Officer) -> list[Row]:
    """Every notice of an officer's court, drafts that wait for an answer first."""
    return list(queries.list_of_court(connection, court=officer.court_id))


def _check(wanted: Draft, name: str, today: date) -> None:
    if wanted.kind not in KINDS or wanted.funder not in FUNDERS:
        raise Invalid(f"The kind is one of {', '.join(KINDS)}, who pays one of {', '.join(FUNDERS)}.")
    wanted.reward.check()
    check_request(wanted.requested_on, wanted.ends_on, today)
    check_claim_text(wanted.how_to_claim, name)


def _check_both(row: Row, signed: Signatures, role: str) -> None:
    signed.officer.must_be(role, row["court_id"])
    if signed.approver is not None:
        signed.approver.must_be("approver", row["court_id"])
    check_second(signed.officer.id, signed.approver.id if signed.approver else None)


def _lock(connection: Connection, notice: UUID) -> Row:
    """One notice as it stands now, behind its listing: whoever ends the listing takes the two in the same order."""
    listing = queries.find_listing_of(connection, notice=notice)
    if listing is not None:
        queries.lock_listing(connection, listing=listing)
        queries.close_ended(connection, listing=listing)
    row: Row | None = queries.lock_notice(connection, notice=notice)
    if row is None:
        raise NotFound
    return row


def _write(connection: Connection, row: Row, act: _Act, signed: Signatures) -> None:
    names = ("approved_by", "published_on", "ends_on", "closed_on", "closed_cause")
    with named_violations():
        queries.update_notice(
            connection, notice=row["id"], state=act.changes["state"], **{name: act.changes.get(name) for name in names}
        )
        _trace(connection, row, act, signed)


def _trace(connection: Connection, row: Row, act: _Act, signed: Signatures) -> None:
    said = {
        "action": act.action,
        "from_state": row["state"],
        "to_state": act.changes["state"],
        "cause": act.cause,
        "effective_on": act.changes.get("published_on") or queries.find_today(connection),
        "officer": signed.officer.id,
        "approver": signed.approver.id if signed.approver else None,
    }
    queries.insert_event(connection, notice=row["id"], **said)
    content = {"notice": row["id"], **said, **act.changes}
    append(connection, [Record(f"notice.{act.action}", content, row["court_id"])])
