"""The second signature: what one officer prepared is done only when another approves it, once.

A feature states its steps as `STEPS`; `app.py` gathers them. A view asks with `ask`; approving runs
the step in the same transaction that marks it approved, with both officers as `Signatures`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import psycopg
from flask import Flask, current_app
from psycopg.types.json import Jsonb

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict, Forbidden, Invalid, NotFound
from backend.core.officers import Officer, Signatures

_statements: Any = aiosql.from_path(Path(__file__).with_name("approvals_queries.sql"), "psycopg")


class NoSuchRequest(NotFound):
    """There is no such request"""


class AlreadyDecided(Conflict):
    """This request was decided already"""


class AlreadyAsked(Conflict):
    """This waits for a second signature already"""


class OwnRequest(Forbidden):
    """You made this request yourself; another officer must approve it"""


class CountNotTyped(Invalid):
    """The number typed is not how many records will be changed"""


class DifferencesNotOpened(Conflict):
    """Open what would be changed first; then type how many records"""


@dataclass(frozen=True)
class Step:
    """Something that needs two officers.

    Attributes:
        kind: e.g. `listing.withdraw`.
        role: which role the second officer needs.
        run: does it, with what was asked for; raises when it can no longer be done.
        fresh: the approver must have shown a second factor just now: paying, withdrawing, keys.
    """

    kind: str
    role: str
    run: Callable[[Connection, Signatures, Mapping[str, Any]], None]
    fresh: bool = False


@dataclass(frozen=True)
class Difference:
    """One thing that would change, as the approver reads it."""

    what: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Request:
    """What is asked for.

    Attributes:
        subject: the listing, notice … it is about; one request of a kind waits for one subject.
        request: what the step's `run` is given; only what JSON holds.
        count: how many records it changes.
        due_on: the legal clock that runs meanwhile.
    """

    kind: str
    subject: UUID | None
    title: str
    reason: str
    request: Mapping[str, Any]
    differences: Sequence[Difference]
    count: int = 1
    due_on: date | None = None


@dataclass(frozen=True)
class Waiting:
    """A request as it is kept."""

    id: UUID
    court_id: UUID
    kind: str
    subject: UUID | None
    title: str
    request: Mapping[str, Any]
    differences: Sequence[Mapping[str, Any]]
    count: int
    reason: str
    asked_by: UUID
    asked_by_name: str
    asked_by_roles: Sequence[str]
    asked_at: datetime
    due_on: date | None
    state: str
    decided_by_name: str | None
    decided_at: datetime | None
    answer: str | None
    put_aside_at: datetime | None


def register_steps(app: Flask, steps: Sequence[Step]) -> None:
    """Let the application know all steps, by kind."""
    app.extensions["steps"] = {step.kind: step for step in steps}


def step_of(kind: str) -> Step:
    found: Step = current_app.extensions["steps"][kind]
    return found


def kinds_signed_by(roles: Iterable[str]) -> list[str]:
    """The kinds of steps that an officer with these roles signs."""
    steps: Mapping[str, Step] = current_app.extensions["steps"]
    return [kind for kind, step in steps.items() if step.role in set(roles)]


def ask(connection: Connection, officer: Officer, wanted: Request) -> UUID:
    """Put a request before the approvers.

    Raises:
        AlreadyAsked: one of this kind waits for this subject.
    """
    try:
        with connection.transaction():
            row = _statements.insert_approval(
                connection, court=officer.court_id, kind=wanted.kind, subject=wanted.subject, title=wanted.title,
                request=Jsonb(dict(wanted.request)), count=wanted.count, reason=wanted.reason, asked_by=officer.id,
                differences=Jsonb([vars(difference) for difference in wanted.differences]), due_on=wanted.due_on,
            )  # fmt: skip
    except psycopg.errors.UniqueViolation:
        raise AlreadyAsked from None
    identifier: UUID = row["id"]
    _record(connection, "ask", officer, identifier, wanted.kind)
    return identifier


def list_waiting(connection: Connection) -> list[Waiting]:
    """What waits for a second signature at this court, oldest clock first."""
    return [Waiting(**row) for row in _statements.list_waiting(connection)]


def find_request(connection: Connection, identifier: UUID) -> Waiting:
    """A request of this court, decided or not.

    Raises:
        NoSuchRequest: there is none.
    """
    row = _statements.find_approval(connection, id=identifier)
    if row is None:
        raise NoSuchRequest
    return Waiting(**row)


def open_differences(connection: Connection, officer: Officer, identifier: UUID) -> None:
    """Note that an officer who may sign a request has opened what it would change.

    Raises:
        NoSuchRequest, AlreadyDecided, OwnRequest, RoleMissing: as `approve`.
    """
    waiting = _to_be_signed(connection, officer, identifier)
    _statements.note_opening(connection, approval=waiting.id, officer=officer.id)


def has_opened(connection: Connection, officer: Officer, identifier: UUID) -> bool:
    """Whether an officer has opened what a request would change."""
    opened: bool = _statements.has_opened(connection, approval=identifier, officer=officer.id)
    return opened


def approve(connection: Connection, officer: Officer, identifier: UUID, typed_count: int | None = None) -> Waiting:
    """Sign a request and do what it asks for, in this transaction; of several at once, one does.

    Raises:
        NoSuchRequest, AlreadyDecided, OwnRequest, RoleMissing: it may not be signed now, or not by them.
        DifferencesNotOpened, CountNotTyped: it changes several records, which they have not opened, or not counted.
    """
    waiting = _to_be_signed(connection, officer, identifier)
    if waiting.count > 1 and not has_opened(connection, officer, identifier):
        raise DifferencesNotOpened
    if waiting.count > 1 and typed_count != waiting.count:
        raise CountNotTyped
    asker = Officer(waiting.asked_by, waiting.court_id, tuple(waiting.asked_by_roles))
    step_of(waiting.kind).run(connection, Signatures(asker, officer), waiting.request)
    _decide(connection, officer, waiting, "approved", None)
    return waiting


def send_back(connection: Connection, officer: Officer, identifier: UUID, answer: str) -> None:
    """Refuse a request, with a reason for whoever made it.

    Raises:
        NoSuchRequest, AlreadyDecided, OwnRequest, RoleMissing: as `approve`.
    """
    waiting = _to_be_signed(connection, officer, identifier)
    _decide(connection, officer, waiting, "sent_back", answer)


def take_back(connection: Connection, officer: Officer, identifier: UUID) -> None:
    """Let whoever made a request withdraw it.

    Raises:
        NoSuchRequest: it is not theirs, or there is none.
        AlreadyDecided: it was decided already.
    """
    waiting = _take(connection, identifier)
    if waiting.asked_by != officer.id:
        raise NoSuchRequest
    _decide(connection, officer, waiting, "taken_back", None)


def put_aside(connection: Connection, officer: Officer, identifier: UUID) -> None:
    """Let whoever made a request that was sent back be told of it no more.

    Raises:
        NoSuchRequest: it is not theirs, or was not sent back.
    """
    if _statements.put_aside(connection, id=identifier, officer=officer.id) is None:
        raise NoSuchRequest


def _take(connection: Connection, identifier: UUID) -> Waiting:
    """The request, locked until this transaction ends."""
    if _statements.lock_approval(connection, id=identifier) is None:
        raise NoSuchRequest
    waiting = find_request(connection, identifier)
    if waiting.state != "waiting":
        raise AlreadyDecided
    return waiting


def _to_be_signed(connection: Connection, officer: Officer, identifier: UUID) -> Waiting:
    """The request, locked, for an officer who may sign it."""
    waiting = _take(connection, identifier)
    if waiting.asked_by == officer.id:
        raise OwnRequest
    officer.must_be(step_of(waiting.kind).role, waiting.court_id)
    return waiting


def _decide(connection: Connection, officer: Officer, waiting: Waiting, state: str, answer: str | None) -> None:
    _statements.decide_approval(connection, id=waiting.id, state=state, officer=officer.id, answer=answer)
    _record(connection, state, officer, waiting.id, waiting.kind)


def _record(connection: Connection, verb: str, officer: Officer, identifier: UUID, kind: str) -> None:
    said = {"officer": officer.id, "approval": identifier, "kind": kind}
    append(connection, [Record(f"approval.{verb}", said, officer.court_id)])
