"""What the audit page shows: the acting court's own entries, filtered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    DateTime,
    MetaData,
    Select,
    Table,
    Text,
    Uuid,
    case,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from backend.console.audit_words import ABOUT_OFFICERS, OBJECTS, VERBS
from backend.core import desk_tables
from backend.core.clock import CHINA

_audit = MetaData("audit")
_entry = Table(
    "entry",
    _audit,
    Column("sequence", BigInteger),
    Column("recorded_at", DateTime(timezone=True)),
    Column("action", Text),
)
_body = Table("body", _audit, Column("sequence", BigInteger), Column("content", Text))
_officer = Table("officer", MetaData("register"), Column("id", Uuid), Column("login", Text), Column("name", Text))
_said = func.audit.said(_body.c.content, type_=JSONB)
# What did it, in some entries: an officer, or the kind of a second factor.
_by = _said.op("->>")("by")
# Whoever did it; nobody where an entry names an officer only as the one it was done to.
_who = func.coalesce(
    _said.op("->>")("keeper"), case((_by.op("~")("^[0-9a-f]{8}-"), _by)),
    case((_entry.c.action != func.all(literal(list(ABOUT_OFFICERS), ARRAY(Text))), _said.op("->>")("officer"))),
).label("who")  # fmt: skip


def _columns() -> tuple[desk_tables.Column, ...]:
    action = _entry.c.action
    what = func.concat_ws(
        " · ",
        desk_tables.worded(func.split_part(action, ".", 1), OBJECTS),
        desk_tables.worded(func.split_part(action, ".", 2), VERBS),
    )
    return (
        desk_tables.Column("sequence", "序号", "Number", _entry.c.sequence),
        desk_tables.Column("recorded_at", "时间", "When", _entry.c.recorded_at),
        desk_tables.Column("what", "事项", "What", what),
        desk_tables.Column("action", "代码", "Code", action),
        desk_tables.Column("officer", "经办人", "Officer", _officer.c.name),
        desk_tables.Column("content", "内容", "Said", _body.c.content),
    )


@dataclass(frozen=True)
class Filters:
    """Which entries: an action or the object it begins with, a login, and days in China."""

    action: str = ""
    login: str = ""
    since: date | None = None
    until: date | None = None


def entries(filters: Filters) -> desk_tables.Table:
    """The court's entries; row-level security lets no other court's through."""
    columns = _columns()
    statement = _narrowed(select(*(column.shown.label(column.key) for column in columns)), filters)
    joined = statement.select_from(
        _entry.outerjoin(_body, _body.c.sequence == _entry.c.sequence).outerjoin(
            _officer, cast(_officer.c.id, Text) == _who.element
        )
    )
    return desk_tables.Table(columns, joined, "sequence", default_down=True)


def _narrowed(statement: Select[Any], filters: Filters) -> Select[Any]:
    if filters.action:
        named = _entry.c.action == filters.action
        statement = statement.where(named | _entry.c.action.startswith(f"{filters.action}.", autoescape=True))
    if filters.login:
        statement = statement.where(_officer.c.login == filters.login)
    if filters.since:
        statement = statement.where(_entry.c.recorded_at >= _midnight(filters.since))
    if filters.until:
        statement = statement.where(_entry.c.recorded_at < _midnight(filters.until + timedelta(days=1)))
    return statement


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)
