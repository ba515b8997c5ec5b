"""What the first page of the console shows: what is due, overdue, new, and waiting for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Date,
    DateTime,
    MetaData,
    Select,
    Text,
    Uuid,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Column as Field
from sqlalchemy import Table as Relation

from backend.console.wording import DECISIONS, KINDS
from backend.core.clock import CHINA
from backend.core.db import Connection, fetch_all, load_queries
from backend.core.desk_tables import Column, Table, worded

statements: Any = load_queries(__file__)
_META = MetaData(schema="register")
_duty = Relation(
    "desk_duty",
    _META,
    *(Field(name, Uuid) for name in ("subject", "holder_id")),
    *(Field(name, Text) for name in ("source", "kind", "case_number")),
    Field("number", BigInteger),
    Field("came_at", DateTime(timezone=True)),
    Field("due_on", Date),
)
_approval = Relation(
    "approval",
    _META,
    *(Field(name, Uuid) for name in ("id", "subject", "asked_by", "decided_by")),
    *(Field(name, Text) for name in ("title", "state", "kind", "answer")),
    *(Field(name, DateTime(timezone=True)) for name in ("asked_at", "decided_at", "put_aside_at")),
    Field("due_on", Date),
)
_officer = Relation("officer", _META, Field("id", Uuid), Field("name", Text))
_decider = _officer.alias("decider")
# More stand behind the count.
FIRST_ROWS = 8
# The blocks of the first page, in order; of what waits for a signature, only whoever signs anything has one.
BLOCKS = ("due", "overdue", "new", "undated", "sign", "back", "waiting")
# Of these nothing is said where they are empty.
_SILENT = ("undated", "back")
_APPROVALS = ("sign", "back", "waiting")


@dataclass(frozen=True)
class Scope:
    """Whose work is meant.

    Attributes:
        officer: only what this officer holds, and what nobody does; None for the whole court.
        since: what came later is new.
        signer: who looks; nobody signs what they asked for themselves.
        signs: the kinds of requests that they may sign.
    """

    officer: UUID | None
    since: datetime
    signer: UUID
    signs: tuple[str, ...] = ()

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks that this officer has."""
        return tuple(block for block in BLOCKS if block != "sign" or self.signs)


def block_table(block: str, scope: Scope) -> Table:
    """All rows of one block."""
    if block == "back":
        return back_table(scope.officer)
    if block in _APPROVALS:
        return Table(_WAITING, _waiting(block, scope), "due_on")
    columns = _duty_columns()
    return Table(columns, _duties(block, scope, columns), "due_on")


def count_blocks(connection: Connection, scope: Scope) -> dict[str, int]:
    """How many rows each block has that is told of."""
    counts = {}
    for block in scope.blocks:
        found = count_rows(connection, block_table(block, scope))
        if found or block not in _SILENT:
            counts[block] = found
    return counts


def count_rows(connection: Connection, table: Table) -> int:
    """How many rows a table has in all."""
    [row] = fetch_all(connection, select(func.count().label("n")).select_from(table.statement.subquery()))
    return int(row["n"])


def list_first(connection: Connection, block: str, scope: Scope) -> list[dict[str, Any]]:
    """The first rows of a block, the nearest clock first; of what was sent back the latest."""
    row = _approval.c if block in _APPROVALS else _duty.c
    by = _approval.c.decided_at.desc() if block == "back" else row.due_on.asc().nulls_last()
    shown = block_table(block, scope).statement.order_by(by).limit(FIRST_ROWS)
    return list(fetch_all(connection, shown))


def _duty_columns() -> tuple[Column, ...]:
    row = _duty.c
    return (
        Column("what", "事项", "What", worded(row.kind, KINDS)),
        Column("number", "编号", "No.", row.number),
        Column("case_number", "案号", "Case", row.case_number),
        Column("due_on", "期限", "Due", row.due_on),
        Column("left", "剩余工作日", "Working days left", func.register.working_days_left(row.due_on)),
        Column("holder", "承办", "Held by", _officer.c.name),
        Column("came", "收到", "Came", func.to_char(func.timezone(CHINA.key, row.came_at), "YYYY-MM-DD HH24:MI")),
    )


def _duties(block: str, scope: Scope, columns: tuple[Column, ...]) -> Select[Any]:
    row, today = _duty.c, func.serving.today()
    condition = {
        "due": row.due_on == today, "overdue": row.due_on < today, "new": row.came_at > scope.since,
        "undated": row.due_on.is_(None),
    }[block]  # fmt: skip
    shown = (column.shown.label(column.key) for column in columns)
    statement = select(row.source, row.subject, row.kind, *shown).select_from(
        _duty.outerjoin(_officer, _officer.c.id == row.holder_id)
    )
    if scope.officer:
        statement = statement.where(or_(row.holder_id == scope.officer, row.holder_id.is_(None)))
    return statement.where(condition)


_WAITING = (
    Column("title", "事项", "What", _approval.c.title),
    Column("asker", "提交人", "Asked by", _officer.c.name),
    Column("asked_at", "提交时间", "Asked at", _approval.c.asked_at),
    Column("due_on", "期限", "Due", _approval.c.due_on),
    Column("left", "剩余工作日", "Working days left", func.register.working_days_left(_approval.c.due_on)),
)


def decided_table() -> Table:
    """What was signed, sent back or taken back, the latest first."""
    columns = _decided_columns()
    return Table(columns, _decided(columns).where(_approval.c.state != "waiting"), "decided_at", default_down=True)


def back_table(officer: UUID | None) -> Table:
    """What an officer, or anybody, has asked for and got back, until it is asked again or put aside."""
    row, later, columns = _approval.c, _approval.alias("later"), _decided_columns()
    again = select(later.c.id).where(
        later.c.kind == row.kind, later.c.subject == row.subject, later.c.asked_at > row.decided_at
    )
    statement = _decided(columns).where(row.state == "sent_back", row.put_aside_at.is_(None), ~again.exists())
    return Table(
        columns, statement.where(row.asked_by == officer) if officer else statement, "decided_at", default_down=True
    )


def _decided_columns() -> tuple[Column, ...]:
    row = _approval.c
    return (
        Column("title", "事项", "What", row.title),
        Column("asker", "提交人", "Asked by", _officer.c.name),
        Column("decision", "结果", "Decision", worded(row.state, DECISIONS)),
        Column("decider", "决定人", "Decided by", _decider.c.name),
        Column("decided_at", "决定时间", "Decided at", row.decided_at),
        Column("answer", "退回的理由", "Why sent back", row.answer),
    )


def _decided(columns: tuple[Column, ...]) -> Select[Any]:
    row = _approval.c
    return (
        select(row.id, row.due_on, *(column.shown.label(column.key) for column in columns))
        .join(_officer, _officer.c.id == row.asked_by)
        .outerjoin(_decider, _decider.c.id == row.decided_by)
    )


def _waiting(block: str, scope: Scope) -> Select[Any]:
    row = _approval.c
    statement = select(row.id, *(column.shown.label(column.key) for column in _WAITING)).join(
        _officer, _officer.c.id == row.asked_by
    )
    if block == "sign":
        statement = statement.where(
            row.kind == func.any(literal(list(scope.signs), ARRAY(Text))), row.asked_by != scope.signer
        )
    elif scope.officer:
        statement = statement.where(row.asked_by == scope.officer)
    return statement.where(row.state == "waiting")
