"""Objections, tips and claims for the matrix: sealed in name only, since no view of the server opens them."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from backend.config import Settings
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.rows import Place, wrap_row
from tests.integration.console.matrix_objects import Caller, Objects
from tests.integration.desk import Console
from tests.integration.register import TODAY

# To whom a tip is handed over: a reader of the first court.
READER = uuid.UUID("00000000-0000-4000-8000-000000000001")
# To whom a claim is handed over.
REWARDER = uuid.UUID("00000000-0000-4000-8000-000000000003")
_UNKNOWN = "999999"


def _filings(console: Console, caller: Caller, *, purpose: str) -> Objects:
    _give_keys(console, caller)
    own, other = _filing(console, purpose, 0), _filing(console, purpose, 1)
    return Objects(own, other, _filing(console, purpose, 0, decided=True), _UNKNOWN)


def _give_keys(console: Console, caller: Caller) -> None:
    """Keys for both courts; the caller and another reader of the first can open what is sealed to it."""
    execute = console.connection.execute
    for court in console.register.courts[:2]:
        for use, signed_by in (("sign", None), ("box", 1), ("reward", 1)):
            execute(
                "INSERT INTO register.court_key"
                " VALUES (%s, %s, 1, %s, date_trunc('second', now()) + interval '1 year', %s, %s)",
                (court, use, secrets.token_bytes(32), secrets.token_bytes(64), signed_by),
            )
    first = console.register.courts[0]
    for officer, role in ((READER, "clerk"), (REWARDER, "reward_officer")):
        console.register.insert(
            "officer", id=officer, court_id=first, login=f"m.{secrets.token_hex(6)}", name="虚构人员", roles=[role]
        )
    for officer in (caller.id, READER, REWARDER):
        execute("INSERT INTO register.officer_key VALUES (%s, %s, %s)", (officer, secrets.token_bytes(32), b"w" * 88))
        for use in ("box", "reward"):
            execute(
                "INSERT INTO register.court_secret (court_id, use, number, officer_id, sealed)"
                " VALUES (%s, %s, 1, %s, %s)",
                (first, use, officer, b"s" * 80),
            )


def _filing(console: Console, purpose: str, court: int, *, decided: bool = False) -> str:
    """A filing that an officer has opened and, where it is decided, refused; its number."""
    owner, identifier = console.register.courts[court], uuid.uuid4()
    number = _next_number(console)
    listing = console.register.listing(console.register.entity(), court_id=owner)
    console.register.notice(listing)
    console.connection.execute(
        "INSERT INTO sealed.filing VALUES (%s, %s, %s, 'listing', %s, 1, %s, %s, %s, %s, %s, %s)",
        (
            identifier, purpose, owner, listing, number, "2026-03-01T00:00:00Z", b"e" * 32, b"h" * 32,
            "closed" if decided else "checking", TODAY if decided else None,
        ),
    )  # fmt: skip
    for part in ("sealed", "award"):
        _store(console, owner, identifier, part)
    officer = console.register.officer(owner, f"m.{secrets.token_hex(6)}", "clerk")
    said = ("not_founded" if purpose == "objection" else "not_used", TODAY, officer) if decided else (None,) * 3
    {"objection": _file_objection, "tip": _file_tip}[purpose](console, (identifier, owner, listing), said)
    return str(number)


def _next_number(console: Console) -> int:
    """One that no court has given: the same number of another court is another filing."""
    row = console.connection.execute("SELECT coalesce(max(number), 0) + 1 AS n FROM sealed.filing").fetchone()
    assert row
    return int(row["n"])


def _store(console: Console, court: uuid.UUID, filing: uuid.UUID, part: str) -> None:
    settings: Settings = console.app.extensions["settings"]
    store = ShredStore(settings.filings.shred_dir, settings.filings.shred_mirror_dir)
    key = store.find(filing) or store.make(filing)
    content = wrap_row(b"sealed", Place(str(court), str(filing), 1, part), key)
    if part == "claim":
        console.connection.execute("UPDATE sealed.claim SET data = %s WHERE id = %s", (content, filing))
    else:
        console.connection.execute("INSERT INTO sealed.part VALUES (%s, %s, 1, %s)", (filing, part, content))


def _file_objection(console: Console, about: tuple[uuid.UUID, ...], said: tuple[Any, ...]) -> None:
    filing, court, listing = about
    console.connection.execute(
        "INSERT INTO register.objection (filing_id, court_id, filed_on, due_on, outcome, decided_on, officer_id)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (filing, court, TODAY, TODAY, *said),
    )
    console.connection.execute("INSERT INTO register.objection_listing VALUES (%s, %s)", (filing, listing))


def _file_tip(console: Console, about: tuple[uuid.UUID, ...], said: tuple[Any, ...]) -> None:
    filing, court, _ = about
    console.connection.execute(
        "INSERT INTO register.tip (filing_id, court_id, outcome, decided_on, officer_id, reason)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (filing, court, *said, "known" if said[0] == "not_used" else None),
    )


def _reviews(console: Console, _: Caller) -> Objects:
    """Reviews that the first court decides about the second, that others decide about others, and one that ended."""
    own, other, ended = _review(console, 1, 0), _review(console, 1, 2), _review(console, 1, 0)
    officer = console.register.officer(console.register.courts[0], f"m.{secrets.token_hex(6)}", "clerk")
    console.connection.execute(
        "UPDATE register.review SET outcome = 'upheld', reason = '虚构的理由', decided_on = %s, officer_id = %s"
        " WHERE id = %s",
        (TODAY, officer, ended),
    )
    return Objects(str(own), str(other), str(ended), str(uuid.uuid4()))


def _review(console: Console, of: int, by: int) -> uuid.UUID:
    courts = console.register.courts
    number = _filing(console, "objection", of, decided=True)
    [filing] = console.connection.execute(
        "SELECT id FROM sealed.filing WHERE court_id = %s AND number = %s", (courts[of], number)
    ).fetchall()
    return console.register.insert(
        "review", filing_id=filing["id"], court_id=courts[of], reviewing_court_id=courts[by], asked_on=TODAY,
        due_on=TODAY,
    )  # fmt: skip


def _claims(console: Console, caller: Caller, *, paid: bool = False) -> Objects:
    """Claims of useful tips; where `paid`, two officers have signed all of them."""
    _give_keys(console, caller)
    own, other = _claim(console, 0, paid=paid), _claim(console, 1, paid=paid)
    ended = _claim(console, 0, paid=True)
    # The caller has made the cashier's file.
    console.connection.execute(
        "UPDATE register.reward SET exporting_by = %s, exporting_at = now() WHERE approved_on IS NOT NULL", (caller.id,)
    )
    return Objects(own, other, ended, _UNKNOWN)


def _claim(console: Console, court: int, *, paid: bool) -> str:
    owner, identifier = console.register.courts[court], uuid.uuid4()
    number = _filing(console, "tip", court)
    [filing] = console.connection.execute(
        "SELECT filing.id, filing.target_id FROM sealed.filing WHERE court_id = %s AND number = %s", (owner, number)
    ).fetchall()
    console.connection.execute(
        "INSERT INTO sealed.claim (id, filing_id, court_id, number, key_id, filed_on, data, digest, opened_by)"
        " VALUES (%s, %s, %s, %s, 1, %s, '', %s, ARRAY(SELECT id FROM register.officer))",
        (identifier, filing["id"], owner, number, TODAY, b"d" * 32),
    )
    console.connection.execute(
        "UPDATE register.tip SET outcome = 'useful', decided_on = %s, officer_id = officer.id FROM register.officer"
        " WHERE tip.filing_id = %s AND officer.court_id = tip.court_id",
        (TODAY, filing["id"]),
    )
    _store(console, owner, identifier, "claim")
    if paid:
        _pay(console, (identifier, filing["id"], owner), filing["target_id"])
    return number


def _pay(console: Console, about: tuple[uuid.UUID, ...], listing: uuid.UUID) -> None:
    _, _, court = about
    by = [console.register.officer(court, f"m.{secrets.token_hex(6)}", "reward_officer") for _ in range(2)]
    console.connection.execute(
        "INSERT INTO register.reward SELECT %s, %s, %s, id, 1, 1, 1, true, true, true, true, %s, %s, %s, %s"
        " FROM register.notice WHERE listing_id = %s",
        (*about, by[0], TODAY, by[1], TODAY, listing),
    )
    console.connection.execute(
        "UPDATE sealed.claim SET state = 'approved', closed_on = %s WHERE id = %s", (TODAY, about[0])
    )


FILED: Mapping[str, Callable[[Console, Caller], Objects]] = {
    "objection": partial(_filings, purpose="objection"),
    "review": _reviews,
    "tip": partial(_filings, purpose="tip"),
    "claim": _claims,
    "paid_claim": partial(_claims, paid=True),
}
