"""Listings, notices and lists for the matrix: of the own court, another's, ended and unknown."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from psycopg.types.json import Jsonb

from backend.core.clock import now
from tests.integration.console.matrix_objects import Caller, Objects
from tests.integration.desk import Console
from tests.integration.register import TODAY

# To whom a listing is handed over: a clerk of the first court.
CLERK = uuid.UUID("00000000-0000-4000-8000-000000000002")


def _listing(console: Console, court: int = 0, state: str = "current", **fields: Any) -> uuid.UUID:
    register = console.register
    values = {"court_id": register.courts[court], "term_ends_on": None, **fields}
    return register.listing(register.entity(), state, **values)


def _listings(console: Console, _: Caller, *, grounds: tuple[int, ...] = (1,)) -> Objects:
    console.connection.execute(
        "INSERT INTO register.officer (id, court_id, login, name, roles)"
        " VALUES (%s, %s, 'm.clerk', '虚构人员', '{clerk}') ON CONFLICT DO NOTHING",
        (CLERK, console.register.courts[0]),
    )
    own, other = (_listing(console, court, grounds=grounds) for court in (0, 1))
    ended = _listing(console, state="ended")
    for listing in (own, other, ended):
        _furnish(console, listing)
    return Objects(str(own), str(other), str(ended), str(uuid.uuid4()))


def _furnish(console: Console, listing: uuid.UUID) -> None:
    """A text that is withheld and, as long as it is shown, the duty to decide an early deletion."""
    console.connection.execute(
        "INSERT INTO register.withheld_text (listing_id, field, original) VALUES (%s, 'duty', '虚构的原文')", (listing,)
    )
    console.connection.execute(
        "INSERT INTO register.task (court_id, listing_id, kind, begun_on)"
        " SELECT court_id, id, 'decide_early_deletion', %s FROM register.listing WHERE id = %s AND state = 'published'",
        (TODAY, listing),
    )


def _papers(console: Console, _: Caller) -> Objects:
    """Events of listings, as an address names them: the listing's id and the event's number."""
    own, other, ended = (_listing(console), _listing(console, 1), _listing(console, state="ended"))
    return Objects(_paper(console, own), _paper(console, other), _paper(console, ended), f"{uuid.uuid4()}/1")


def _paper(console: Console, listing: uuid.UUID) -> str:
    row = console.connection.execute(
        "INSERT INTO register.listing_event"
        " (listing_id, action, from_state, to_state, cause, article, effective_on, import_file_id)"
        " VALUES (%s, 'correct', 'published', 'published', 'wrong_data', '第十一条', %s, %s) RETURNING id",
        (listing, TODAY, console.register.import_file),
    ).fetchone()
    assert row
    return f"{listing}/{row['id']}"


_NOTICES: Mapping[str, Mapping[str, Any]] = {
    "draft": {"state": "draft", "approved_by": None, "published_on": None},
    "approved": {"state": "approved", "published_on": None},
    "published": {},
    "closed": {"state": "closed", "closed_on": TODAY, "closed_cause": "performed"},
}


def _notices(console: Console, _: Caller, *, state: str) -> Objects:
    def notice(court: int, state: str) -> str:
        return str(console.register.notice(_listing(console, court), **_NOTICES[state]))

    return Objects(notice(0, state), notice(1, state), notice(0, "closed"), str(uuid.uuid4()))


_COUNTS = {
    "rows": 1, "quarantined": {}, "new": 0, "changed": 0, "unchanged": 0, "republished": 0, "removed": 0,
    "withdrawn": 0, "unknown": 0, "dropped": 1, "kept": 0, "guarded": False,
}  # fmt: skip


def _lists(console: Console, _: Caller, *, state: str = "checked") -> Objects:
    console.connection.execute(
        "INSERT INTO register.court_name (court_id, name_folded) SELECT id, name FROM register.court"
        " ON CONFLICT DO NOTHING"
    )
    own, other, ended = _list(console, 0, state), _list(console, 1, state), _list(console, 0, "discarded")
    return Objects(str(own), str(other), str(ended), str(uuid.uuid4()))


def _list(console: Console, court: int, state: str) -> uuid.UUID:
    """A list that lacks one person, for a cause that is stated; with rows in quarantine as long as it is checked."""
    listing = _listing(console, court)
    officer = console.register.officer(console.register.courts[court], f"m.{secrets.token_hex(6)}", "clerk")
    applied = state == "applied"
    file = _import_file(console, court) if applied else None
    identifier = console.register.insert(
        "court_list", court_id=console.register.courts[court], name="虚构.json", sha256=b"x", whole=True, state=state,
        uploaded_by=officer, digest=b"x" * 32, quarantine=b"x" if state == "checked" else None, import_file_id=file,
        applied_at=now() if applied else None, counts=Jsonb(_COUNTS),
    )  # fmt: skip
    console.register.insert(
        "court_list_change", list_id=identifier, action="dropped", listing_id=listing, name="甄虚构", cause="performed",
        case_number="（2025）虚9999执1号",
    )  # fmt: skip
    return identifier


def _import_file(console: Console, court: int) -> uuid.UUID:
    return console.register.insert(
        "import_file", name="list.json", sha256=secrets.token_bytes(32), source="court", counts="{}",
        imported_at="2026-03-01T00:00:00Z", court_id=console.register.courts[court],
    )  # fmt: skip


def _trail_checks(console: Console, _: Caller) -> Objects:
    own, other, ended = (_trail_check(console, court, ended=ended) for court, ended in ((0, 0), (1, 0), (0, 1)))
    return Objects(str(own), str(other), str(ended), str(uuid.uuid4()))


def _trail_check(console: Console, court: int, *, ended: int) -> uuid.UUID:
    officer = console.register.officer(console.register.courts[court], f"m.{secrets.token_hex(6)}", "auditor")
    found = {"ended_at": now(), "walked": 1, "total": 1, "signed": 0, "head": b"x" * 32} if ended else {}
    return console.register.insert("trail_check", court_id=console.register.courts[court], asked_by=officer, **found)


RECORDS: Mapping[str, Callable[[Console, Caller], Objects]] = {
    "listing": _listings,
    "termless_listing": partial(_listings, grounds=(4,)),
    "paper": _papers,
    **{f"{state}_notice": partial(_notices, state=state) for state in ("draft", "approved", "published")},
    "list": _lists,
    "trail_check": _trail_checks,
    "applied_list": partial(_lists, state="applied"),
}
