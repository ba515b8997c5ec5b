"""The table of a court's officers at the console."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, MetaData, Table, Text, Uuid, case, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from backend.core import desk

_officer = Table(
    "officer",
    MetaData("register"),
    Column("id", Uuid),
    Column("login", Text),
    Column("name", Text),
    Column("roles", ARRAY(Text)),
    Column("active", Boolean),
)
_columns = (
    desk.Column("name", "姓名", "Name", _officer.c.name),
    desk.Column("login", "登录名", "Login", _officer.c.login),
    desk.Column("roles", "角色", "Roles", func.array_to_string(_officer.c.roles, ", ")),
    desk.Column(
        "state", "状态", "State", case((_officer.c.active, literal("在用 acts")), else_=literal("已停用 ended"))
    ),
)
OFFICERS = desk.Table(
    _columns,
    select(_officer.c.id, _officer.c.active, *(column.shown.label(column.key) for column in _columns)),
    "name",
)
