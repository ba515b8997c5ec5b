"""Notices in the database: composed filters and named constraints here, fixed statements in `queries.sql`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Column, Date, DateTime, MetaData, Numeric, Table, Text, Uuid, func, select, tuple_

from backend.core.db import Connection, fetch_all, load_queries
from backend.core.errors import Invalid, ProductError
from backend.notices.domain import Filters, ListingNotShown, NotPossible, Place, SameOfficer

queries = load_queries(__file__)
_running = Table(
    "running_notice",
    MetaData(schema="serving"),
    *(Column(name, Uuid) for name in ("id", "court_id", "entity_id")),
    *(Column(name, Text) for name in ("kind", "basis", "funder", "source", "court_name", "case_number")),
    *(Column(name, Text) for name in ("entity_kind", "entity_name", "area_code", "area_name")),
    *(Column(name, Numeric) for name in ("amount", "percent", "cap")),
    *(Column(name, Date) for name in ("published_on", "ends_on")),
    Column("as_of", DateTime(timezone=True)),
)
# The rules check all of these first; the database has the last word, also against two officers at once.
_VIOLATIONS: dict[str, type[ProductError]] = {
    "notice_transition_known": NotPossible,
    "notice_of_shown_listing": ListingNotShown,
    "notice_two_officers": SameOfficer,
    "notice_event_two_people": SameOfficer,
    "notice_approved_before_public": SameOfficer,
    "notice_reward_by_basis": Invalid,
    "notice_amount_positive": Invalid,
    "notice_percent_range": Invalid,
    "notice_cap_positive": Invalid,
    "notice_cap_of_percent": Invalid,
    "notice_ends_after_start": Invalid,
    "notice_kind_known": Invalid,
    "notice_funder_known": Invalid,
}


def list_running(connection: Connection, filters: Filters, *, limit: int, after: Place | None) -> list[dict[str, Any]]:
    """Notices that run today, the newest first."""
    row = _running.c
    statement = select(*row).order_by(row.published_on.desc(), row.id.desc()).limit(limit)
    if filters.area:
        statement = statement.where(func.starts_with(row.area_code, filters.area))
    if filters.court:
        statement = statement.where(row.court_id == filters.court)
    if after:
        statement = statement.where(tuple_(row.published_on, row.id) < tuple_(after.published_on, after.id))
    return list(fetch_all(connection, statement))


@contextmanager
def named_violations() -> Iterator[None]:
    """Turns a violated constraint into the error it stands for."""
    try:
        yield
    except psycopg.errors.CheckViolation as error:
        known = _VIOLATIONS.get(error.diag.constraint_name or "")
        if known is None:
            raise
        raise known from None
