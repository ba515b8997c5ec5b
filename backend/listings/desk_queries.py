"""What the console reads of the acting court's listings; row-level security narrows each statement to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
from sqlalchemy import Column as SqlColumn
from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    MetaData,
    Select,
    SmallInteger,
    Text,
    Uuid,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy import Table as SqlTable
from sqlalchemy.dialects.postgresql import aggregate_order_by

from backend.core.db import Connection
from backend.core.desk import language
from backend.core.desk_tables import Column, Table, worded
from backend.core.errors import NotFound
from backend.core.names import fold, fold_case_number
from backend.listings import console_words as words

_statements: Any = aiosql.from_path(Path(__file__).with_name("desk_queries.sql"), "psycopg")
_register = MetaData(schema="register")
_listing = SqlTable(
    "listing", _register, SqlColumn("id", Uuid), SqlColumn("entity_id", Uuid), SqlColumn("case_number", Text),
    SqlColumn("case_key", Text), SqlColumn("state", Text), SqlColumn("ground_mask", SmallInteger),
    SqlColumn("performance", Text), SqlColumn("published_on", Date), SqlColumn("term_ends_on", Date),
    SqlColumn("ended_on", Date), SqlColumn("source", Text),
)  # fmt: skip
_entity = SqlTable(
    "entity", _register, SqlColumn("id", Uuid), SqlColumn("name", Text), SqlColumn("name_folded", Text),
    SqlColumn("kind", Text),
)  # fmt: skip
_ground = SqlTable(
    "ground", _register, SqlColumn("id", SmallInteger), SqlColumn("short_zh", Text), SqlColumn("short_en", Text)
)
_task = SqlTable("open_task", _register, SqlColumn("listing_id", Uuid), SqlColumn("due_on", Date))
_gap = SqlTable("listing_gap", _register, SqlColumn("listing_id", Uuid), SqlColumn("lacks", Text))
# The nearest last day of what is still to be done about a listing.
_due_on = (
    select(func.min(_task.c.due_on)).where(_task.c.listing_id == _listing.c.id).correlate(_listing).scalar_subquery()
)


def _columns() -> tuple[Column, ...]:
    row = _listing.c
    return (
        Column("name", "姓名或名称", "Name", _entity.c.name),
        Column("case_number", "案号", "Case number", row.case_number),
        Column("state", "状态", "State", worded(row.state, words.STATES)),
        Column("grounds", "情形", "Grounds", ground_names(row.ground_mask)),
        Column("performance", "履行情况", "Performance", worded(row.performance, words.PERFORMANCES)),
        Column("published_on", "公布日期", "Published", row.published_on),
        Column("term_ends_on", "期限至", "Term ends", row.term_ends_on),
        Column("due_on", "办理期限", "Due", _due_on),
    )


def ground_names(mask: ColumnElement[int]) -> ColumnElement[str]:
    """The short names of the grounds that a mask holds, in the order of the law."""
    ground = _ground.alias()
    name = ground.c.short_en if language() == "en" else ground.c.short_zh
    bit = literal(1, Integer).op("<<")(cast(ground.c.id, Integer) - 1)
    named = select(func.string_agg(name, aggregate_order_by(literal(" · ", Text), ground.c.id)))
    return named.where(mask.op("&")(bit) != 0).scalar_subquery()


@dataclass(frozen=True)
class Sought:
    """What is looked for: part of a name or case number, a state, a ground, what it lacks (`term`, `text`)."""

    text: str = ""
    state: str = ""
    ground: int | None = None
    lacks: str = ""


def table_of(sought: Sought) -> Table:
    """The table of the court's listings that fit."""
    columns = _columns()
    shown = [column.shown.label(column.key) for column in columns]
    statement = select(_listing.c.id, _listing.c.source, *shown).join(_entity, _entity.c.id == _listing.c.entity_id)
    return Table(columns, _narrowed(statement, sought), "published_on", default_down=True)


def _narrowed(statement: Select[Any], sought: Sought) -> Select[Any]:
    if sought.text:
        name, case = fold(sought.text), fold_case_number(sought.text)
        found = [_entity.c.name_folded.contains(name, autoescape=True)] if name else []
        found += [_listing.c.case_key.contains(case, autoescape=True)] if case else []
        statement = statement.where(or_(*found)) if found else statement
    if sought.state:
        statement = statement.where(_listing.c.state == sought.state)
    if sought.ground:
        statement = statement.where(_listing.c.ground_mask.op("&")(1 << (sought.ground - 1)) != 0)
    if sought.lacks:
        lacking = select(_gap.c.listing_id).where(_gap.c.lacks == sought.lacks)
        statement = statement.where(_listing.c.id.in_(lacking))
    return statement


def count_gaps(connection: Connection) -> dict[str, int]:
    """How many listings lack what, by `term` and `text`."""
    return {row["lacks"]: row["n"] for row in _statements.count_gaps(connection)}


def find_listing(connection: Connection, listing: UUID) -> dict[str, Any]:
    """Raises NotFound for what is not there or another court's."""
    row: dict[str, Any] | None = _statements.find_listing(connection, listing=listing)
    if row is None:
        raise NotFound
    return row


def list_history(connection: Connection, listing: UUID) -> list[dict[str, Any]]:
    return list(_statements.list_history(connection, listing=listing))


def find_event(connection: Connection, listing: UUID, event: int) -> dict[str, Any]:
    """Raises NotFound for what did not happen to this listing."""
    row: dict[str, Any] | None = _statements.find_event(connection, listing=listing, event=event)
    if row is None:
        raise NotFound
    return row


def list_duties(connection: Connection, listing: UUID) -> list[dict[str, Any]]:
    return list(_statements.list_duties(connection, listing=listing))


def list_causes(connection: Connection, action: str) -> list[dict[str, Any]]:
    """Why an act may be done today: code, zh, en, article."""
    return list(_statements.list_causes(connection, action=action))


def list_grounds(connection: Connection) -> list[dict[str, Any]]:
    return list(_statements.list_grounds(connection))


def list_withheld(connection: Connection, listing: UUID) -> list[dict[str, Any]]:
    return list(_statements.list_withheld(connection, listing=listing))


def list_waiting_of(connection: Connection, listing: UUID) -> list[dict[str, Any]]:
    return list(_statements.list_waiting_of(connection, listing=listing))


def list_chosen(connection: Connection, listings: Iterable[UUID]) -> list[dict[str, Any]]:
    """Raises NotFound where one is not there or another court's."""
    wanted: Sequence[UUID] = list(dict.fromkeys(listings))
    rows = list(_statements.list_chosen(connection, listings=wanted))
    if not rows or len(rows) != len(wanted):
        raise NotFound
    return rows


def nearest_due(connection: Connection, listing: UUID) -> date | None:
    """The nearest last day of what is to be done about a listing."""
    days = [row["due_on"] for row in list_duties(connection, listing) if row["due_on"]]
    return min(days, default=None)
