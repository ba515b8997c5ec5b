"""What the console reads of uploaded lists; row-level security narrows each statement to the acting court's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column as SqlColumn
from sqlalchemy import ColumnElement, Date, DateTime, Integer, MetaData, Text, Uuid, case, cast, func, literal, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from backend.core.db import Connection
from backend.core.desk import language, t
from backend.core.desk_tables import Column, Table, worded
from backend.core.errors import NotFound
from backend.listings import console_words as words
from backend.listings.desk_queries import ground_names
from backend.listings.lists import statements

Found = Mapping[str, Any]
_register = MetaData(schema="register")
_list = SqlTable(
    "court_list", _register, SqlColumn("id", Uuid), SqlColumn("name", Text), SqlColumn("state", Text),
    SqlColumn("uploaded_at", DateTime), SqlColumn("applied_at", DateTime), SqlColumn("uploaded_by", Uuid),
)  # fmt: skip
_officer = SqlTable("officer", _register, SqlColumn("id", Uuid), SqlColumn("name", Text))
_change = SqlTable(
    "court_list_change", _register, SqlColumn("id", Uuid), SqlColumn("list_id", Uuid), SqlColumn("action", Text),
    SqlColumn("name", Text), SqlColumn("case_number", Text), SqlColumn("cause", Text), SqlColumn("differences", JSONB),
)  # fmt: skip
_cause = SqlTable(
    "cause", _register, SqlColumn("code", Text), SqlColumn("zh", Text), SqlColumn("en", Text),
    SqlColumn("valid_from", Date),
)  # fmt: skip


def table_of_lists() -> Table:
    columns = (
        Column("name", "文件", "File", _list.c.name),
        Column("uploaded_at", "上传时间", "Uploaded", _list.c.uploaded_at),
        Column("officer", "上传人", "Uploaded by", _officer.c.name),
        Column("state", "状态", "State", worded(_list.c.state, words.LIST_STATES)),
        Column("applied_at", "生效时间", "Applied", _list.c.applied_at),
    )
    shown = [column.shown.label(column.key) for column in columns]
    statement = select(_list.c.id, *shown).join(_officer, _officer.c.id == _list.c.uploaded_by)
    return Table(columns, statement, "uploaded_at", default_down=True)


def table_of_changes(identifier: UUID, action: str) -> Table:
    """What a list would do, of one kind or of all."""
    columns = (
        Column("action", "变化", "What", worded(_change.c.action, words.CHANGES)),
        Column("name", "姓名或名称", "Name", _change.c.name),
        Column("case_number", "案号", "Case number", _change.c.case_number),
        Column("cause", "事由", "Cause", _cause_in_words()),
        Column("differences", "差异", "Differences", _differences_in_words()),
    )
    shown = [column.shown.label(column.key) for column in columns]
    dropped = (_change.c.action == "dropped").label("dropped")
    statement = select(_change.c.id, dropped, *shown).where(_change.c.list_id == identifier)
    if action:
        statement = statement.where(_change.c.action == action)
    return Table(columns, statement, "action")


def _cause_in_words() -> ColumnElement[str]:
    named = (
        select(_cause.c.en if language() == "en" else _cause.c.zh)
        .where(_cause.c.code == _change.c.cause)
        .order_by(_cause.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    unsaid = t("不在新名单中,未写明事由", "not in the new list, no cause stated")
    return case(
        (_change.c.cause.is_not(None), func.coalesce(named, _change.c.cause)), (_change.c.action == "dropped", unsaid)
    )


def _differences_in_words() -> ColumnElement[str]:
    """`field: now → then; …` of a changed listing; NULL of any other."""
    each = func.jsonb_each(_change.c.differences).table_valued(SqlColumn("key", Text), SqlColumn("value", JSONB))
    pair = [_value_in_words(each.c.key, each.c.value.op("->>")(side)) for side in (0, 1)]
    said = worded(each.c.key, words.FIELDS).op("||")(": ").op("||")(pair[0]).op("||")(" → ").op("||")(pair[1])
    listed = func.string_agg(cast(said, Text), aggregate_order_by(literal("; ", Text), each.c.key))
    return select(listed).select_from(each).correlate(_change).scalar_subquery()


def _value_in_words(field: ColumnElement[str], value: ColumnElement[str]) -> ColumnElement[str]:
    """Codes as a page calls them, free text as it is."""
    said = case(
        (field == "grounds", ground_names(cast(value, Integer))),
        (field == "performance", worded(value, words.PERFORMANCES)),
        (field == "sex", worded(value, words.SEXES)),
        else_=value,
    )
    return func.coalesce(said, "—")


def find_list(connection: Connection, identifier: UUID) -> Found:
    """Raises NotFound for what is not there or another court's."""
    row: Found | None = statements.find_list(connection, list=identifier)
    if row is None:
        raise NotFound
    return row


def discard(connection: Connection, identifier: UUID) -> None:
    """The worker forgets what is kept of it."""
    statements.discard_list(connection, list=identifier)
