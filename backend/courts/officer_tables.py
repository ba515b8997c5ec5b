"""The table of a court's officers at the console."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ColumnElement, MetaData, Table, Text, Uuid, case, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from backend.core import desk_tables
from backend.core.desk import t

_officer = Table(
    "officer",
    MetaData("register"),
    Column("id", Uuid),
    Column("login", Text),
    Column("name", Text),
    Column("roles", ARRAY(Text)),
    Column("active", Boolean),
)
ROLES = {
    "clerk": ("书记员", "clerk"), "approver": ("批准人", "approver"),
    "reward_officer": ("奖励经办人", "reward officer"), "keeper": ("管理员", "keeper"),
    "auditor": ("审计员", "auditor"),
}  # fmt: skip


def officers_table() -> desk_tables.Table:
    """Everybody who acts or acted for the acting court."""
    columns = (
        desk_tables.Column("name", "姓名", "Name", _officer.c.name),
        desk_tables.Column("login", "登录名", "Login", _officer.c.login),
        desk_tables.Column("roles", "角色", "Roles", _roles_in_words()),
        desk_tables.Column(
            "state", "状态", "State", case((_officer.c.active, t("在用", "acts")), else_=t("已停用", "ended"))
        ),
    )
    shown = (column.shown.label(column.key) for column in columns)
    return desk_tables.Table(columns, select(_officer.c.id, _officer.c.active, *shown), "name")


def _roles_in_words() -> ColumnElement[str]:
    role = func.unnest(_officer.c.roles).table_valued(Column("code", Text)).render_derived()
    said = func.string_agg(desk_tables.worded(role.c.code, ROLES), literal(t("、", ", "), Text))
    return select(said).select_from(role).correlate(_officer).scalar_subquery()
