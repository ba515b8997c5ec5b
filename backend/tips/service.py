"""Filing a tip, following it by its receipt, and what officers decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Connection, Database, load_queries
from backend.core.errors import FieldError, Invalid, NotFound
from backend.core.filings import reading
from backend.core.filings.filing import Beside, Filing, Target, statements, writing
from backend.core.filings.messages import Part, store_part
from backend.core.filings.readers import check_reader
from backend.core.filings.reading import Desk, Opened
from backend.core.officers import Officer, find_officer
from backend.core.sealing.claims import Award, box_award
from backend.core.sealing.receipts import row_key
from backend.tips.domain import (
    DECIDERS,
    PURPOSE,
    READERS,
    AlreadyDecided,
    Decision,
    NoRewardKey,
    Standing,
)

queries: Any = load_queries(__file__)


def find_target(database: Database, court: UUID, target: UUID) -> Target:
    """Raises Invalid for an id that names nothing public at this court."""
    with writing(database) as connection:
        kind = queries.find_target(connection, court=court, target=target)
    if kind is None:
        wrong = "is neither the court nor a running notice, a listing or an entity of it"
        raise Invalid(errors=(FieldError("/body/target", wrong),))
    return Target(kind, target)


def opening_tip(court: UUID) -> Beside:
    """What opens a tip in the transaction that stores it."""

    def open_tip(connection: Connection, filing: UUID) -> None:
        queries.file_tip(connection, filing=filing, court=court)

    return open_tip


def find_standing(database: Database, lookup: bytes) -> Standing:
    """What has become of a tip and its claim, by what its receipt is looked up by. Raises NotFound."""
    with writing(database) as connection:
        row = queries.find_tip(connection, rowkey=row_key(lookup))
        claim = queries.find_claim(connection, rowkey=row_key(lookup))
    if row is None:
        raise NotFound
    sent = {"claim": claim["number"], **{name: claim[name] for name in ("waits", "paid", "told")}} if claim else {}
    return Standing(row["outcome"], row["reason"], bool(row["awarded"]), **sent)


def list_tips(database: Database, login: str) -> list[dict[str, Any]]:
    """The tips of an officer's court. Raises NotFound for no such acting officer."""
    with database.transaction("operator") as connection:
        return list(queries.list_tips(connection, court=find_officer(connection, login).court_id))


def open_tip(desk: Desk, number: int) -> Opened:
    """Raises Forbidden without a role that reads, and what `Desk.open` raises."""
    desk.reader.check_role(*READERS)
    return desk.open(partial(record_loan, number=number))


def record_loan(connection: Connection, officer: Officer, number: int) -> tuple[Filing, Target]:
    """Record that an officer opens a tip: who does so first has it in hand. Raises as `reading.record_loan`."""
    filing, target = reading.record_loan(connection, officer, PURPOSE, number)
    queries.take_tip(connection, filing=filing.id, officer=officer.id)
    return filing, target


def answer(desk: Desk, number: int, text: str) -> int:
    """Write to whoever sent a tip; the number of the answer. Raises as `open_tip`."""
    opened = open_tip(desk, number)
    with desk.database.transaction("operator") as connection:
        queries.lock_tip(connection, filing=opened.filing.id)
        n = desk.answer(connection, opened, text)
        desk.trace(connection, "tip.answer", opened.filing, {"n": n})
    return n


def decide(desk: Desk, number: int, decision: Decision) -> None:
    """Decide a tip: its award where a reward was promised, and its entry in the trail, all or nothing.

    Raises:
        Invalid: there is no such decision.
        AlreadyDecided: it is decided.
        NoRewardKey: a reward was promised, and the court has no valid key to claim it.
        Forbidden: not a clerk.
        NotFound, NotAReader, Destroyed, CannotOpen: as `open_tip`.
    """
    decision.check()
    desk.reader.check_role(*DECIDERS)
    opened = open_tip(desk, number)
    filing = opened.filing

    def award(connection: Connection) -> None:
        _award(connection, desk, opened, decision.rank)

    with desk.database.transaction("operator") as connection:
        record_decision(connection, desk.reader.officer, filing, decision, award)


def record_decision(
    connection: Connection, officer: UUID, filing: Filing, decision: Decision, award: Callable[[Connection], None]
) -> None:
    """Write a decision and its entry in the trail; `award` lays down the award where a reward was promised.

    Raises:
        AlreadyDecided: it is decided.
    """
    _lock_undecided(connection, filing)
    today: date = queries.find_today(connection)
    queries.update_decision(
        connection, filing=filing.id, outcome=decision.outcome, reason=decision.reason, today=today, officer=officer
    )
    if decision.outcome == "useful" and queries.count_notices(connection, filing=filing.id):
        award(connection)
    if queries.find_case_closed_on(connection, filing=filing.id):
        statements.mark_closed(connection, filing=filing.id, today=today)
    said = {"outcome": decision.outcome, "reason": decision.reason}
    trace(connection, "tip.decide", filing, officer, said)


def hand_over(connection: Connection, officer: UUID, number: int, to: UUID) -> None:
    """Let another officer look into a tip of the acting court.

    Raises:
        NotFound: no such tip.
        AlreadyDecided: it is decided.
        Invalid: the other is no officer of the court who can open it.
    """
    filing = find_filing(connection, number)
    _lock_undecided(connection, filing)
    check_reader(connection, to, "box")
    queries.hand_over(connection, filing=filing.id, officer=to)
    trace(connection, "tip.hand_over", filing, officer, {"to": to})


def mark_urgent(connection: Connection, officer: UUID, filing: Filing, *, urgent: bool) -> None:
    """Let an opened tip be verified by the clock for urgent ones, or by the ordinary one again.

    No reason is kept: it would tell what the tip says.

    Raises:
        AlreadyDecided: it is decided.
    """
    _lock_undecided(connection, filing)
    queries.update_urgent(connection, filing=filing.id, urgent=urgent)
    trace(connection, "tip.urgent", filing, officer, {"urgent": urgent})


def find_filing(connection: Connection, number: int) -> Filing:
    """A tip of the acting court. Raises NotFound."""
    row = queries.find_desk_filing(connection, number=number)
    if row is None:
        raise NotFound
    return Filing(**row)


def _lock_undecided(connection: Connection, filing: Filing) -> None:
    """Hold a tip until the transaction ends. Raises AlreadyDecided."""
    if queries.lock_tip(connection, filing=filing.id)["decided_on"] is not None:
        raise AlreadyDecided


def trace(connection: Connection, action: str, filing: Filing, officer: UUID, more: dict[str, Any]) -> None:
    """Record what an officer did with a tip, in the caller's transaction."""
    append(connection, [Record(action, {"number": filing.number, "officer": officer, **more}, filing.court_id)])


def close_tips(database: Database, *, dry_run: bool = False) -> int:
    """Let the term of every tip begin whose case has ended; how many, also in a dry run, which changes nothing."""
    with database.transaction("operator") as connection:
        closed: int = queries.close_tips(connection)
        if dry_run:
            connection.rollback()
    return closed


def _award(connection: Connection, desk: Desk, opened: Opened, rank: int) -> None:
    """Tell the reward officers, who cannot read the tip, its number and rank and what proves a claim."""
    reward = queries.find_reward_key(connection, court=opened.filing.court_id)
    if reward is None:
        raise NoRewardKey
    key_id, secret = desk.reader.newest("box")
    award = Award(opened.filing.number, rank, opened.letter.answering.claim_tag)
    boxed = Part("award", key_id, box_award(award, reward["key"], secret))
    store_part(connection, desk.store, opened.filing, boxed)
