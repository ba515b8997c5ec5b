"""A court's own decisions begin as drafts: rows in the form of a list, checked like every row, shown to nobody."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiosql

from backend.config import Settings
from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid
from backend.core.officers import Officer, Signatures
from backend.listings import holders, queries
from backend.listings.domain.record import Register
from backend.listings.domain.rejection import Reason
from backend.listings.importing import Progress, find_identity_key, follow
from backend.listings.intake import Intake
from backend.listings.keys import Hasher, RowHasher
from backend.listings.mapping import HeaderMapping
from backend.listings.readers import NumberedRecord, open_rows
from backend.listings.sniff import sniff
from backend.listings.traces import read_refused
from backend.listings.writing import check_officers

_statements: Any = aiosql.from_path(Path(__file__).with_name("draft_queries.sql"), "psycopg")
_planned: Any = aiosql.from_path(Path(__file__).with_name("import_queries"), "psycopg")
SOURCE = "court"
# A day's decisions; a whole list is imported.
MOST_DRAFTS = 1000


class ListedAlready(Conflict):
    """One of these is listed, or drafted, already"""


@dataclass(frozen=True)
class Drafted:
    """A draft and the case that it is about."""

    id: uuid.UUID
    case_number: str


@dataclass
class _Refusals:
    """Rows that cannot be drafted, each told in a few words that hold nothing of the row."""

    said: list[str] = field(default_factory=list)

    def add(self, number: int, record: Any, header: str, reason: Reason) -> None:
        del record  # may hold a full ID
        self.said.append(f"row {number}, {header or '—'}: {reason.zh} {reason.en}")


def draft_file(
    connection: Connection, settings: Settings, source: tuple[Path, HeaderMapping], officer: Officer
) -> list[Drafted]:
    """Draft every row of a file for the officer's court, or none.

    A draft has no day of publication and no term: the decision states the term. Ages are as of today.

    Raises:
        OperatorError: the file is no list.
        Forbidden: the officer is no clerk.
        Invalid: a row breaks a rule, a minor's or that of somebody who has died among them; says which and why.
        ListedAlready: one of them is listed, or drafted, already.
    """
    check_officers(officer.court_id, Signatures(officer))
    queries.lock_imports(connection, lambda: None)
    path, mapping = source
    with open_rows(sniff(path), mapping) as (_, records):
        staged = _check(connection, settings, records, (officer, mapping))
    queries.create_staging(connection)
    queries.stage(connection, staged)
    actions = queries.plan(connection, uuid.uuid4())
    if actions.total() != len(staged) or set(actions) != {"new"}:
        raise ListedAlready
    drafted = _insert(connection, officer)
    follow(connection, len(drafted), Progress())
    for one in drafted:
        holders.take(connection, one.id, officer.id)
    said = {"action": "draft", "cause": "drafted", "officer": officer.id}
    append(connection, [Record("listing.draft", {"listing": one.id, **said}, officer.court_id) for one in drafted])
    return drafted


def _insert(connection: Connection, officer: Officer) -> list[Drafted]:
    """What is planned, with its events and whoever it is about."""
    _planned.plan_entities(connection)
    _planned.insert_entities(connection, source=SOURCE)
    rows = list(_statements.insert_drafts(connection, officer=officer.id, source=SOURCE))
    _planned.insert_withheld_texts(connection)
    return [Drafted(row["id"], row["case_number"]) for row in rows]


def _check(
    connection: Connection, settings: Settings, records: Iterable[NumberedRecord], by: tuple[Officer, HeaderMapping]
) -> list[tuple[Any, ...]]:
    """The rows as they may be stored."""
    officer, mapping = by
    register = queries.read_register(connection, _statements.find_court_code(connection, court=officer.court_id))
    key = find_identity_key(connection, settings, make=True)
    refusals = _Refusals()
    intake = Intake(register, Hasher(key, SOURCE), RowHasher(key, SOURCE, register), mapping, refusals)
    intake.refused = read_refused(connection)
    staged = list(intake.staged(_dated(records, mapping, register)))
    if refusals.said:
        raise Invalid("; ".join(refusals.said[:5]))
    if not 0 < len(staged) <= MOST_DRAFTS:
        raise Invalid(f"A file of drafts holds 1 to {MOST_DRAFTS} rows.")
    return staged


def _dated(records: Iterable[NumberedRecord], mapping: HeaderMapping, register: Register) -> Iterator[NumberedRecord]:
    """Rows as of today, whatever day they name: nothing of a draft is published yet."""
    for number, record in records:
        if type(record) is not dict:
            yield number, record
            continue
        known = {name: value for name, value in record.items() if "published_on" not in mapping.known([name])}
        yield number, {**known, "publishDate": register.today.isoformat()}
