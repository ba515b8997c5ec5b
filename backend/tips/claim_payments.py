"""What the cashier is told: each reward by one officer at a time, and once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.core.db import Connection
from backend.core.filings.reading import Desk
from backend.core.filings.refusals import Destroyed, NotAReader
from backend.core.sealing.refusals import CannotOpen, Malformed, Misdirected
from backend.tips.claims import lock_claim, open_claim, trace_claim
from backend.tips.domain import EXPORT_BATCH, RESERVED_SECONDS, REWARDERS, AlreadyExported, NotApproved
from backend.tips.service import queries

# What is wrong with one claim, and no reason to keep back the others.
_OWN_FAULTS = (Destroyed, CannotOpen, Malformed, Misdirected, NotAReader)


@dataclass(frozen=True)
class Payments:
    """For the cashier; no case and no tip.

    Attributes:
        rows: payee, account, amount in yuan, number of the claim.
        skipped: numbers of claims that do not open, with why.
    """

    rows: list[tuple[str, str, Decimal, int]]
    skipped: list[tuple[int, str]]


def reserve_payments(connection: Connection, officer: UUID, court: UUID) -> list[dict[str, Any]]:
    """Number and amount of what the cashier was not told yet, for an hour this officer's alone to tell.

    Those that nobody has tried come first, so that what does not open is in nobody's way.
    """
    rows = queries.reserve_payments(
        connection, court=court, officer=officer, most=EXPORT_BATCH, seconds=RESERVED_SECONDS
    )
    return sorted(rows, key=lambda row: int(row["number"]))


def open_payments(desk: Desk) -> Payments:
    """Reserve payments and open who is paid; each that is opened is recorded. Raises Forbidden without the role."""
    desk.reader.check_role(*REWARDERS)
    with desk.database.transaction("operator") as connection:
        reserved = reserve_payments(connection, desk.reader.officer, desk.reader.court_id)
    payments = Payments([], [])
    for row in reserved:
        try:
            claim = open_claim(desk, row["number"], "export").claim
        except _OWN_FAULTS as error:
            payments.skipped.append((row["number"], error.title))
        else:
            payments.rows.append((claim.name, claim.account, row["amount"], row["number"]))
    return payments


def note_exported(desk: Desk, numbers: Sequence[int]) -> int:
    """Record that the cashier has what these claims need to be paid; how many still wait for it.

    Raises:
        Forbidden: without the role. Else as `record_exported`.
    """
    desk.reader.check_role(*REWARDERS)
    with desk.database.transaction("operator") as connection:
        return record_exported(connection, desk.reader.officer, desk.reader.court_id, numbers)


def record_exported(connection: Connection, officer: UUID, court: UUID, numbers: Sequence[int]) -> int:
    """Write into the ledger what the cashier was given, all or nothing; how many approved claims still wait for that.

    Raises:
        NotFound: no such claim. NotApproved: one of them was never signed by two.
        AlreadyExported: the cashier has one of them, or another officer is about to give it.
    """
    for number in numbers:
        held = lock_claim(connection, court, number)
        today = queries.find_today(connection)
        if not queries.mark_exported(connection, claim=held["id"], officer=officer, today=today):
            reward = queries.find_reward(connection, claim=held["id"])
            is_signed = reward is not None and reward["approved_on"] is not None
            raise (AlreadyExported if is_signed else NotApproved)(f"Number {number}.")
        trace_claim(connection, officer, "claim.export", held, {})
    waiting: int = queries.count_approved(connection, court=court)
    return waiting
