"""The table of a court's objections, the nearest clock first; row-level security narrows it to the acting court's."""

from __future__ import annotations

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Date, DateTime, Integer, MetaData, Text, Uuid, case, func, select
from sqlalchemy import Table as SqlTable

from backend.core.desk import Column, Table, worded
from backend.objections import wording

_register, _sealed = MetaData(schema="register"), MetaData(schema="sealed")
_objection = SqlTable(
    "objection", _register, SqlColumn("filing_id", Uuid), SqlColumn("due_on", Date), SqlColumn("outcome", Text),
    SqlColumn("decided_on", Date),
)  # fmt: skip
_filing = SqlTable(
    "filing", _sealed, SqlColumn("id", Uuid), SqlColumn("number", Integer), SqlColumn("hour", DateTime),
    SqlColumn("state", Text), SqlColumn("target_kind", Text),
)  # fmt: skip
_link = SqlTable("objection_listing", _register, SqlColumn("filing_id", Uuid), SqlColumn("listing_id", Uuid))
_listing = SqlTable("listing", _register, SqlColumn("id", Uuid), SqlColumn("case_number", Text))
_cases = (
    select(func.string_agg(_listing.c.case_number, "、"))
    .join(_link, _link.c.listing_id == _listing.c.id)
    .where(_link.c.filing_id == _objection.c.filing_id)
    .correlate(_objection)
    .scalar_subquery()
)
# Those still to be decided stand before all others.
_clock = case((_objection.c.decided_on.is_(None), _objection.c.due_on))


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", "编号", "No.", _filing.c.number),
        Column("hour", "收到", "Received", _filing.c.hour),
        Column("clock", "应答复日", "Answer by", _clock),
        Column("cases", "案号", "Cases", _cases),
        Column("outcome", "结果", "Decision", worded(_objection.c.outcome, wording.OUTCOMES)),
        Column("decided_on", "决定日", "Decided", _objection.c.decided_on),
    )


def table_of(*, open_only: bool) -> Table:
    """Objections by their clock."""
    columns = _columns()
    shown = [column.shown.label(column.key) for column in columns]
    statement = (
        select(_filing.c.state, (_objection.c.due_on < func.serving.today()).label("late"), *shown)
        .select_from(_objection)
        .join(_filing, _filing.c.id == _objection.c.filing_id)
    )
    if open_only:
        statement = statement.where(_objection.c.decided_on.is_(None))
    return Table(columns, statement, "clock")
