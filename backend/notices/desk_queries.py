"""The console's table of notices: which rows, and what its columns show."""

from __future__ import annotations

from sqlalchemy import Column as Field
from sqlalchemy import Date, MetaData, Select, Text, Uuid, func, select
from sqlalchemy import Table as Relation

from backend.core.desk_tables import Column, Table, said
from backend.notices import wording

_META = MetaData(schema="register")
_notice = Relation(
    "notice",
    _META,
    *(Field(name, Uuid) for name in ("id", "listing_id")),
    *(Field(name, Text) for name in ("kind", "state", "closed_cause")),
    *(Field(name, Date) for name in ("requested_on", "answer_due_on", "published_on", "ends_on")),
)
_listing = Relation("listing", _META, Field("id", Uuid), Field("case_number", Text))
OPEN = ("draft", "approved", "published")


def notice_table(state: str | None) -> Table:
    """Notices of the acting court, in one state or `open` for all that are not over."""
    row = _notice.c
    columns = (
        Column("case_number", "案号", "Case", _listing.c.case_number),
        Column("kind", "种类", "Kind", said(row.kind, wording.NAMES)),
        Column("state", "状态", "State", said(row.state, wording.STATES)),
        Column("requested_on", "申请日", "Requested", row.requested_on),
        Column("answer_due_on", "答复期限", "Answer due", row.answer_due_on),
        Column("published_on", "起", "From", row.published_on),
        Column("ends_on", "止", "Until", row.ends_on),
        Column("closed_cause", "结束原因", "Over because", said(row.closed_cause, wording.CAUSES)),
    )
    shown = [column.shown.label(column.key) for column in columns]
    statement: Select[tuple[object, ...]] = select(
        row.id, (row.state == "draft").label("is_draft"), func.serving.today().label("today"), *shown
    ).join(_listing, _listing.c.id == row.listing_id)
    if state == "open":
        statement = statement.where(row.state.in_(OPEN))
    elif state in wording.STATES:
        statement = statement.where(row.state == state)
    return Table(columns, statement, "answer_due_on", default_down=True)
