"""The page of one of the listed: one statement by its id, and the texts that depend on a listing's terms.

The answer is put together as text, in the contract's order of keys: `json.dumps` of the same takes as long as all the
rest. What the law says of a ground, and what ends a listing, is the same for thousands and kept ready.
"""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from backend.core.db import Connection, fetch_texts
from backend.entities.domain import grounds_of
from backend.entities.duties import OBJECTION, most_pressing, read_duties
from backend.entities.queries import fixed
from backend.entities.statements import array_text
from backend.entities.wording import HOW_TO_OBJECT, ListingTerms, how_it_ends

# A corrected text of a ground is shown everywhere within so many seconds.
GROUND_SECONDS = 5
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_OBJECTING = f'"how_to_object":{_encode(HOW_TO_OBJECT)}'
_NO_DUTIES = '"objection_open":false,"due":null,"due_in_working_days":null'
_LIST_DETAILS: str = fixed.list_details.sql
_LIST_DETAILS_AT_COURT: str = fixed.list_details_at_court.sql


class _Row(NamedTuple):
    """A row of `list_details`, as PostgreSQL writes it; the order is the statement's."""

    kind: str
    summary: str
    uscc: str | None
    representative: str | None
    registered_address: str | None
    as_of: str | None
    court_id: str
    court_name: str
    case_number: str
    basis_issuer: str | None
    basis_number: str | None
    duty: str | None
    performance: str
    performed_part: str | None
    unperformed_part: str | None
    ground_mask: str
    filed_on: str | None
    published_on: str
    term_ends_on: str | None
    notice_id: str | None
    corrected_on: str | None
    corrected_field: str | None
    source_file_on: str | None
    listing_id: str
    duties: str | None


@dataclass(frozen=True)
class _Grounds:
    """The grounds as JSON by mask, filled as they are asked for, and when to ask the database anew."""

    rows: Sequence[dict[str, Any]]
    until: float
    by_mask: dict[str, str]


# By connection, so that what is kept of one database never answers for another.
_grounds: WeakKeyDictionary[Connection, _Grounds] = WeakKeyDictionary()


def find_detail(connection: Connection, entity_id: UUID) -> str | None:
    """The answer as JSON; None when nothing of theirs is current, whatever the reason."""
    rows = [_Row._make(row) for row in fetch_texts(connection, _LIST_DETAILS, [str(entity_id)])]
    return _detail(connection, rows) if rows else None


def list_details_at_court(connection: Connection, entity_ids: Collection[UUID], court: UUID) -> list[str]:
    """The answers of several, each with the listings of one court only.

    The grounds are asked for whatever is found, so that the statements tell nothing of that.
    """
    found = fetch_texts(connection, _LIST_DETAILS_AT_COURT, [array_text(map(str, entity_ids)), str(court)])
    _renew_grounds(connection)
    by_entity = groupby((_Row._make(row) for row in found), key=lambda row: row.summary)
    return [_detail(connection, list(rows)) for _, rows in by_entity]


def _detail(connection: Connection, rows: Sequence[_Row]) -> str:
    first = rows[0]
    as_of = min((row.as_of for row in rows if row.as_of), default=None)
    # What is known of bodies alone is not even named for people.
    return (
        f"{first.summary}{_instant(as_of)}{'' if first.kind == 'person' else _body(first)}"
        f',"listings":[{",".join([_listing(connection, row, several=len(rows) > 1) for row in rows])}]}}'
    )


def _body(row: _Row) -> str:
    return (
        f',"uscc":{_text(row.uscc)},"representative":{_text(row.representative)}'
        f',"registered_address":{_text(row.registered_address)}'
    )


def _listing(connection: Connection, row: _Row, *, several: bool) -> str:
    ends = _how_it_ends(row.ground_mask, row.term_ends_on, row.performance, row.duties, several=several)
    pending = _NO_DUTIES if row.duties is None else _pending(row.duties)
    return (
        f'{{"id":"{row.listing_id}","court":{{"id":"{row.court_id}","name":{_encode(row.court_name)}}},"case_number":{_encode(row.case_number)}'
        f',"basis":{{"issuer":{_text(row.basis_issuer)},"number":{_text(row.basis_number)}}},"duty":{_text(row.duty)}'
        f',"performance":"{row.performance}","performed_part":{_text(row.performed_part)}'
        f',"unperformed_part":{_text(row.unperformed_part)},"grounds":{_ground_texts(connection, row.ground_mask)}'
        f',"filed_on":{_plain(row.filed_on)},"published_on":"{row.published_on}","term_ends_on":{_plain(row.term_ends_on)}'
        f',"how_it_ends":{ends},{_OBJECTING},{pending},"notice_id":{_plain(row.notice_id)},"corrected":{_corrected(row)}'
        f',"source_file_on":{_plain(row.source_file_on)}}}'
    )


def _corrected(row: _Row) -> str:
    if row.corrected_on is None:
        return "null"
    return f'{{"on":"{row.corrected_on}","field":{_text(row.corrected_field)}}}'


@lru_cache(maxsize=4096)
def _how_it_ends(
    ground_mask: str, term_ends_on: str | None, performance: str, duties: str | None, *, several: bool
) -> str:
    term = date.fromisoformat(term_ends_on) if term_ends_on else None
    terms = ListingTerms(grounds_of(int(ground_mask)), term, performance, several)
    return _encode(how_it_ends(terms, read_duties(duties)))


@lru_cache(maxsize=4096)
def _pending(duties: str) -> str:
    open_duties = read_duties(duties)
    objecting = any(duty.kind == OBJECTION for duty in open_duties)
    due = most_pressing(open_duties)
    said = None if due is None else {"what": due.kind, "on": due.on and due.on.isoformat()}
    left = None if due is None else due.working_days
    return f'"objection_open":{_encode(objecting)},"due":{_encode(said)},"due_in_working_days":{_encode(left)}'


def _ground_texts(connection: Connection, ground_mask: str) -> str:
    kept = _grounds.get(connection)
    if kept is None or kept.until < time.monotonic():
        kept = _renew_grounds(connection)
    text = kept.by_mask.get(ground_mask)
    if text is None:
        wanted = grounds_of(int(ground_mask))
        text = kept.by_mask[ground_mask] = _encode([_ground(row) for row in kept.rows if row["id"] in wanted])
    return text


def _renew_grounds(connection: Connection) -> _Grounds:
    rows = list(fixed.list_grounds(connection))
    kept = _grounds[connection] = _Grounds(rows, time.monotonic() + GROUND_SECONDS, {})
    return kept


def _ground(row: dict[str, Any]) -> dict[str, Any]:
    plain = {"zh": row["plain_zh"], "en": row["plain_en"]}
    return {"id": row["id"], "text": row["text"], "plain": plain, "article": row["article"]}


def _text(value: str | None) -> str:
    return "null" if value is None else _encode(value)


def _plain(value: str | None) -> str:
    """A date or an id, in which nothing needs escaping."""
    return "null" if value is None else f'"{value}"'


def _instant(value: str | None) -> str:
    """PostgreSQL's `2026-02-25 10:00:00.5`, UTC, as RFC 3339 in whole seconds."""
    return "null" if value is None else f'"{value[:10]}T{value[11:19]}Z"'
