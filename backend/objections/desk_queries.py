"""The tables of a court's objections and reviews, the nearest clock first; row-level security narrows them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Date, DateTime, Integer, MetaData, Text, Uuid, case, func, select
from sqlalchemy import Table as SqlTable

from backend.core.desk import t
from backend.core.desk_tables import Column, Table, worded
from backend.objections import wording

_register, _sealed = MetaData(schema="register"), MetaData(schema="sealed")
_objection = SqlTable(
    "objection", _register, SqlColumn("filing_id", Uuid), SqlColumn("due_on", Date), SqlColumn("outcome", Text),
    SqlColumn("decided_on", Date), SqlColumn("holder_id", Uuid),
)  # fmt: skip
_filing = SqlTable(
    "filing", _sealed, SqlColumn("id", Uuid), SqlColumn("number", Integer), SqlColumn("hour", DateTime),
    SqlColumn("state", Text), SqlColumn("target_kind", Text),
)  # fmt: skip
_link = SqlTable("objection_listing", _register, SqlColumn("filing_id", Uuid), SqlColumn("listing_id", Uuid))
_listing = SqlTable("listing", _register, SqlColumn("id", Uuid), SqlColumn("case_number", Text))
_officer = SqlTable("officer", _register, SqlColumn("id", Uuid), SqlColumn("name", Text))
_review = SqlTable(
    "review_desk", _register, *(SqlColumn(name, Uuid) for name in ("id", "filing_id")),
    *(SqlColumn(name, Text) for name in ("court", "reviewing_court", "case_numbers", "outcome")),
    SqlColumn("number", Integer), *(SqlColumn(name, Date) for name in ("asked_on", "due_on", "decided_on")),
)  # fmt: skip
_kept_review = SqlTable("review", _register, SqlColumn("id", Uuid), SqlColumn("filing_id", Uuid))
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
        Column("holder", "承办", "Held by", _officer.c.name),
        Column("outcome", "结果", "Decision", worded(_objection.c.outcome, wording.OUTCOMES)),
        Column("decided_on", "决定日", "Decided", _objection.c.decided_on),
    )


def table_of(*, open_only: bool, holder: UUID | None = None) -> Table:
    """Objections by their clock; those that one officer holds, or all."""
    columns = _columns()
    shown = [column.shown.label(column.key) for column in columns]
    late = (_objection.c.due_on < func.serving.today()).label("late")
    statement = (
        select(_filing.c.state, late, _kept_review.c.id.label("review"), _objection.c.outcome.label("code"), *shown)
        .select_from(_objection)
        .join(_filing, _filing.c.id == _objection.c.filing_id)
        .outerjoin(_officer, _officer.c.id == _objection.c.holder_id)
        .outerjoin(_kept_review, _kept_review.c.filing_id == _objection.c.filing_id)
    )
    if open_only:
        statement = statement.where(_objection.c.decided_on.is_(None))
    if holder:
        statement = statement.where(_objection.c.holder_id == holder)
    return Table(columns, statement, "clock")


def review_table(*, open_only: bool) -> Table:
    """Reviews that concern the acting court, by their clock."""
    row = _review.c
    ended = worded(row.outcome, wording.REVIEW_OUTCOMES)
    # The court itself where the one above it does not work here, and is only told about.
    elsewhere = t("上一级人民法院(由本院录入)", "the next higher court, recorded here")
    reviewed_by = case((row.court == row.reviewing_court, elsewhere), else_=row.reviewing_court)
    columns = (
        Column("number", "纠正申请编号", "Objection", row.number),
        Column("court", "原决定法院", "Decided by", row.court),
        Column("reviewing_court", "复议法院", "Reviewed by", reviewed_by),
        Column("cases", "案号", "Cases", row.case_numbers),
        Column("asked_on", "申请日", "Asked on", row.asked_on),
        Column("clock", "应决定日", "Decide by", case((row.decided_on.is_(None), row.due_on))),
        Column("outcome", "结果", "How it ended", ended),
        Column("decided_on", "决定日", "Decided", row.decided_on),
    )
    late = (row.due_on < func.serving.today()).label("late")
    statement = select(row.id, late, *(column.shown.label(column.key) for column in columns))
    if open_only:
        statement = statement.where(row.decided_on.is_(None))
    return Table(columns, statement, "clock")
