"""Courts in the database: bulk writes and composed filters here, fixed statements in `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Integer, MetaData, Table, Text, Uuid, func, literal, or_, select
from sqlalchemy.sql import case, tuple_

from backend.core.db import Connection, fetch_all, load_queries
from backend.courts.domain import Court, Filters, Place, court_id

_serving = MetaData(schema="serving")
_court = Table(
    "court",
    _serving,
    Column("id", Uuid),
    Column("code", Text),
    Column("name", Text),
    Column("level", Text),
    Column("area_code", Text),
    Column("phone", Text),
    Column("address", Text),
    Column("by_rule", Boolean),
    Column("as_of", DateTime(timezone=True)),
)
_court_name = Table("court_name", _serving, Column("name_folded", Text), Column("court_id", Uuid))
_acceptance = Table(
    "court_acceptance",
    _serving,
    Column("court_id", Uuid),
    Column("accepts_tips", Boolean),
    Column("accepts_objections", Boolean),
)
_area = Table("area", _serving, *(Column(name, Text) for name in ("code", "name", "name_en")))

queries = load_queries(__file__)

_COPY_COURTS = """
COPY staged_court (id, code, name, level, area_code, superior_id, phone, address, by_rule) FROM STDIN
"""
_COPY_NAMES = "COPY staged_court_name (name_folded, court_id) FROM STDIN"


def replace_courts(
    connection: Connection, courts: Sequence[Court], names: Iterable[tuple[str, Court]]
) -> dict[str, int]:
    """Make the register's rows of these courts equal to them; how many were added and changed.

    Args:
        names: every folded name of every court, each pair once.
    """
    queries.create_staged_court(connection)
    with connection.cursor() as cursor:
        with cursor.copy(_COPY_COURTS) as copy:
            for court in courts:
                copy.write_row(_row(court))
        with cursor.copy(_COPY_NAMES) as copy:
            for name_folded, court in names:
                copy.write_row((name_folded, court.id))
    counts: dict[str, int] = queries.apply_staged_court(connection)
    queries.delete_other_names(connection)
    queries.insert_staged_names(connection)
    queries.drop_staged_court(connection)
    return counts


def _row(court: Court) -> tuple[Any, ...]:
    superior = None if court.superior is None else court_id(court.superior)
    return (
        court.id, court.code, court.name, court.level, court.area_code, superior,
        court.phone, court.address, court.by_rule,
    )  # fmt: skip


def list_courts(connection: Connection, filters: Filters, *, limit: int, after: Place | None) -> list[dict[str, Any]]:
    """Courts by how well the term names them, then by code; `rank` is 0 without a term."""
    listed = _ranked(filters.term)
    statement = (
        select(
            *_court.columns,
            _area.c.name.label("area_name"),
            _area.c.name_en.label("area_name_en"),
            listed.c.rank,
            _acceptance.c.accepts_tips,
            _acceptance.c.accepts_objections,
        )
        .join_from(_court, listed, listed.c.court_id == _court.c.id)
        .join(_area, _area.c.code == _court.c.area_code)
        .join(_acceptance, _acceptance.c.court_id == _court.c.id)
        .order_by(listed.c.rank, _court.c.code)
        .limit(limit)
    )
    if filters.area:
        statement = statement.where(func.starts_with(_court.c.area_code, filters.area))
    if after:
        statement = statement.where(tuple_(listed.c.rank, _court.c.code) > tuple_(after.rank, after.code))
    return list(fetch_all(connection, statement))


def _ranked(term: str | None) -> Any:
    if term is None:
        return select(_court.c.id.label("court_id"), literal(0, Integer).label("rank")).subquery()
    rank = case(
        (or_(_court_name.c.name_folded == term, func.lower(_court.c.code) == term), 0),
        (func.starts_with(_court_name.c.name_folded, term), 1),
        else_=2,
    )
    return (
        select(_court_name.c.court_id, func.min(rank).label("rank"))
        .join_from(_court_name, _court, _court.c.id == _court_name.c.court_id)
        .where(or_(func.strpos(_court_name.c.name_folded, term) > 0, func.lower(_court.c.code) == term))
        .group_by(_court_name.c.court_id)
        .subquery()
    )
