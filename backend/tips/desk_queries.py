"""The console's tables of tips and claims: which rows, and what their columns show."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    MetaData,
    Numeric,
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

from backend.core.clock import CHINA
from backend.core.desk_tables import Column, Table, said
from backend.tips import wording

_tip = Relation(
    "tip_desk",
    MetaData(schema="register"),
    *(Field(name, Uuid) for name in ("filing_id", "holder_id")),
    *(Field(name, Text) for name in ("target_kind", "status", "reason", "holder", "case_numbers")),
    Field("number", Integer),
    Field("hour", DateTime(timezone=True)),
    Field("opened", Boolean),
    *(Field(name, Date) for name in ("due_on", "decided_on")),
)
_kept = Relation("tip", MetaData(schema="register"), Field("filing_id", Uuid), Field("urgent", Boolean))
_claim = Relation(
    "claim_desk",
    MetaData(schema="register"),
    Field("id", Uuid),
    *(Field(name, Integer) for name in ("number", "tip_rank")),
    Field("status", Text),
    Field("amount", Numeric),
    *(Field(name, Date) for name in ("filed_on", "proposed_on", "approved_on", "exported_on")),
)
_held = Relation("claim", MetaData(schema="sealed"), Field("id", Uuid), Field("holder_id", Uuid))
_officer = Relation("officer", MetaData(schema="register"), Field("id", Uuid), Field("name", Text))
OPEN = ("received", "checking")
AGES = ("late", "due")


@dataclass(frozen=True)
class Filters:
    """Which tips are meant.

    Attributes:
        state: one of `wording.STATUS`, or `open` for those to be decided; None for all.
        notice: one that promised a reward for it.
        age: `late` behind the last day to verify it, `due` within three days of it.
        holder: whoever looks into it.
    """

    state: str | None = None
    notice: UUID | None = None
    age: str | None = None
    holder: UUID | None = None


def inbox_table(filters: Filters) -> Table:
    """Tips of the acting court."""
    row = _tip.c
    hour = func.to_char(func.timezone(CHINA.key, row.hour), "YYYY-MM-DD HH24")
    columns = (
        Column("number", "编号", "No.", row.number),
        Column("hour", "时间(时)", "Hour", hour),
        Column("target", "关于", "About", said(row.target_kind, wording.TARGET)),
        Column("status", "状态", "State", said(row.status, wording.STATUS)),
        Column("reason", "理由", "Reason", said(row.reason, wording.REASON)),
        Column("case_numbers", "案号", "Case", row.case_numbers),
        Column("due_on", "核实期限", "Verify by", row.due_on),
        Column("holder", "承办", "Held by", row.holder),
    )
    shown = [_for_opened(column) for column in columns]
    late = func.coalesce(row.due_on < func.serving.today(), False).label("late")
    statement: Select[tuple[object, ...]] = select(row.opened, late, _kept.c.urgent, *shown).join(
        _kept, _kept.c.filing_id == row.filing_id
    )
    return Table(columns, statement.where(*_conditions(filters)), "number", default_down=True)


def claim_table(state: str | None) -> Table:
    """Claims of the acting court with their ledger; never who claims."""
    row = _claim.c
    holder = select(_officer.c.name).join(_held, _held.c.holder_id == _officer.c.id).where(_held.c.id == row.id)
    columns = (
        Column("number", "领奖号", "Claim", row.number),
        Column("filed_on", "收到", "Came", row.filed_on),
        Column("status", "状态", "State", said(row.status, wording.CLAIM)),
        Column("tip_rank", "顺位", "Rank", row.tip_rank),
        Column("amount", "金额(元)", "Amount (yuan)", row.amount),
        Column("proposed_on", "提出", "Proposed", row.proposed_on),
        Column("approved_on", "批准", "Approved", row.approved_on),
        Column("exported_on", "交出纳", "To the cashier", row.exported_on),
        Column("holder", "承办", "Held by", holder.correlate(_claim).scalar_subquery()),
    )
    refused = (row.status == "refused").label("refused")
    statement: Select[tuple[object, ...]] = select(refused, *(column.shown.label(column.key) for column in columns))
    if state in wording.CLAIM:
        statement = statement.where(row.status == state)
    return Table(columns, statement, "number", default_down=True)


def _for_opened(column: Column) -> ColumnElement[object]:
    """An unopened tip shows number, hour and kind of target only; the view itself keeps its case back."""
    if column.key in ("number", "hour", "target"):
        return column.shown.label(column.key)
    return case((_tip.c.opened, column.shown)).label(column.key)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    row = _tip.c
    found: list[ColumnElement[bool]] = []
    if filters.state == "open":
        found.append(or_(*(row.status == state for state in OPEN)))
    elif filters.state in wording.STATUS:
        found.append(row.status == filters.state)
    if filters.notice:
        promised = select(func.register.tip_notices(row.filing_id)).correlate(_tip)
        found.append(literal(filters.notice, Uuid).in_(promised))
    if filters.age == "late":
        found.append(row.due_on < func.serving.today())
    elif filters.age == "due":
        found.append(row.due_on.between(func.serving.today(), func.serving.today() + 3))
    if filters.holder:
        found.append(row.holder_id == filters.holder)
    return found
