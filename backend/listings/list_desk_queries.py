"""What the console reads of uploaded lists; row-level security narrows each statement to the acting court's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column as SqlColumn
from sqlalchemy import DateTime, MetaData, Text, Uuid, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects.postgresql import JSONB

from backend.core.db import Connection
from backend.core.desk import Column, Table
from backend.core.errors import NotFound
from backend.listings.lists import statements

Found = Mapping[str, Any]
_register = MetaData(schema="register")
_list = SqlTable(
    "court_list", _register, SqlColumn("id", Uuid), SqlColumn("name", Text), SqlColumn("state", Text),
    SqlColumn("uploaded_at", DateTime), SqlColumn("applied_at", DateTime), SqlColumn("uploaded_by", Uuid),
    SqlColumn("counts", JSONB),
)  # fmt: skip
_officer = SqlTable("officer", _register, SqlColumn("id", Uuid), SqlColumn("name", Text))
_change = SqlTable(
    "court_list_change", _register, SqlColumn("id", Uuid), SqlColumn("list_id", Uuid), SqlColumn("action", Text),
    SqlColumn("name", Text), SqlColumn("case_number", Text), SqlColumn("cause", Text), SqlColumn("differences", JSONB),
)  # fmt: skip
_LIST_COLUMNS = (
    Column("name", "文件", "File", _list.c.name),
    Column("uploaded_at", "上传时间", "Uploaded", _list.c.uploaded_at),
    Column("officer", "上传人", "Uploaded by", _officer.c.name),
    Column("state", "状态", "State", _list.c.state),
    Column("applied_at", "生效时间", "Applied", _list.c.applied_at),
)
_CHANGE_COLUMNS = (
    Column("action", "变化", "What", _change.c.action),
    Column("name", "姓名或名称", "Name", _change.c.name),
    Column("case_number", "案号", "Case number", _change.c.case_number),
    Column("cause", "事由", "Cause", _change.c.cause),
)


def table_of_lists() -> Table:
    shown = [column.shown.label(column.key) for column in _LIST_COLUMNS]
    statement = select(_list.c.id, _list.c.counts, *shown).join(_officer, _officer.c.id == _list.c.uploaded_by)
    return Table(_LIST_COLUMNS, statement, "uploaded_at")


def table_of_changes(identifier: UUID, action: str) -> Table:
    """What a list would do, of one kind or of all."""
    shown = [column.shown.label(column.key) for column in _CHANGE_COLUMNS]
    statement = select(_change.c.id, _change.c.differences, *shown).where(_change.c.list_id == identifier)
    if action:
        statement = statement.where(_change.c.action == action)
    return Table(_CHANGE_COLUMNS, statement, "action")


def find_list(connection: Connection, identifier: UUID) -> Found:
    """Raises NotFound for what is not there or another court's."""
    row: Found | None = statements.find_list(connection, list=identifier)
    if row is None:
        raise NotFound
    return row


def discard(connection: Connection, identifier: UUID) -> None:
    """The worker forgets what is kept of it."""
    statements.discard_list(connection, list=identifier)
