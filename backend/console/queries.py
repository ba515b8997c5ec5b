"""What the first page of the console shows: what is due, overdue, new, and waiting for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    MetaData,
    Select,
    Text,
    Uuid,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Column as Field
from sqlalchemy import Table as Relation

from backend.console.wording import KINDS
from backend.core.db import Connection, fetch_all, load_queries
from backend.core.desk import Column, Table, t

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
    *(Field(name, Uuid) for name in ("id", "asked_by")),
    *(Field(name, Text) for name in ("title", "state", "kind")),
    Field("asked_at", DateTime(timezone=True)),
    Field("due_on", Date),
)
_officer = Relation("officer", _META, Field("id", Uuid), Field("name", Text))
# More stand behind the count.
FIRST_ROWS = 8
# The blocks of the first page, in order; of what waits for a signature, only whoever signs anything has one.
BLOCKS = ("due", "overdue", "new", "sign", "waiting")
_APPROVALS = ("sign", "waiting")


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
    if block in _APPROVALS:
        return Table(_WAITING, _waiting(block, scope), "asked_at")
    columns = _duty_columns()
    return Table(columns, _duties(block, scope, columns), "due_on")


def count_blocks(connection: Connection, scope: Scope) -> dict[str, int]:
    """How many rows each block has."""
    counts = {}
    for block in scope.blocks:
        counted = select(func.count().label("n")).select_from(block_table(block, scope).statement.subquery())
        [row] = fetch_all(connection, counted)
        counts[block] = row["n"]
    return counts


def list_first(connection: Connection, block: str, scope: Scope) -> list[dict[str, Any]]:
    """The first rows of a block, the nearest clock first."""
    row = _approval.c if block in _APPROVALS else _duty.c
    shown = block_table(block, scope).statement.order_by(row.due_on.asc().nulls_last()).limit(FIRST_ROWS)
    return list(fetch_all(connection, shown))


def _duty_columns() -> tuple[Column, ...]:
    row = _duty.c
    kind: ColumnElement[str] = case(
        {code: t(zh, en) for code, (zh, en) in KINDS.items()}, value=row.kind, else_=row.kind
    )
    return (
        Column("what", "事项", "What", kind),
        Column("number", "编号", "No.", row.number),
        Column("case_number", "案号", "Case", row.case_number),
        Column("due_on", "期限", "Due", row.due_on),
        Column("left", "剩余工作日", "Working days left", func.register.working_days_left(row.due_on)),
        Column("holder", "承办", "Held by", _officer.c.name),
        Column("came", "收到", "Came", func.to_char(func.timezone("Asia/Shanghai", row.came_at), "YYYY-MM-DD HH24:MI")),
    )


def _duties(block: str, scope: Scope, columns: tuple[Column, ...]) -> Select[Any]:
    row, today = _duty.c, func.serving.today()
    condition = {"due": row.due_on == today, "overdue": row.due_on < today, "new": row.came_at > scope.since}[block]
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
