"""What the routes of every kind of filing share: where its keys lie, whether a court is open, how an answer looks."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any, Literal
from uuid import UUID

from flask import g, request

from backend.core.clock import rfc3339
from backend.core.errors import FieldError, Invalid, OperatorError
from backend.core.filings.braking import count_guess, refuse_guessing
from backend.core.filings.cert_key import read_cert_key
from backend.core.filings.filing import Filing, find, statements
from backend.core.filings.keyring import statement_of
from backend.core.filings.messages import Part
from backend.core.filings.refusals import KeyReplaced, NotOpen, UnknownReceipt
from backend.core.filings.shred_store import ShredStore
from backend.core.http import database, settings
from backend.core.sealing.signatures import verify_key_of
from backend.core.sealing.wire import to_text

Acceptance = Literal["accepts_objections", "accepts_tips"]
# A lookup, or a message of 4,144 bytes, in base64url with its JSON.
SMALL_BODY = 16_384
# A form has twenty values at most. What is sealed has none of these signs, and Python takes a hundred bytes for two
# of them: eight megabytes of nothing but `{},` would be three hundred in memory.
MOST_SIGNS = 200
_SIGNS = (b",", b"[", b"{")


def take_body(largest: int) -> None:
    """Before each request that files or asks: no counter counts it, and its body is read into memory.

    Raises:
        Invalid: it holds more values than any form here.
    """
    g.unmetered = True
    request.max_content_length = largest
    data = request.get_data()
    if sum(map(data.count, _SIGNS)) > MOST_SIGNS:
        raise Invalid(errors=(FieldError("/body", "holds more values than any form here"),))


def shred_store() -> ShredStore:
    """The store of the running application."""
    return ShredStore.of(settings().filings)


def present_key(court: UUID, acceptance: Acceptance) -> int:
    """Number of the box key that a court's senders seal to now.

    Raises:
        NotOpen: the court has no valid key, nobody who can read, or this server holds another certificate key than
            the one the court certified.
    """
    with database().read() as connection:
        keys = {row["use"]: row for row in statements.find_court_keys(connection, court=court)}
        accepted = statements.find_acceptance(connection, court=court)
    if accepted is None or not accepted[acceptance]:
        raise NotOpen("Call or write to the court; its phone and address are at /v1/courts/{id}.")
    if bytes(keys["cert"]["key"]) != verify_key_of(cert_seed()):
        raise NotOpen("This server cannot certify filings of the court at the moment.")
    number: int = keys["box"]["number"]
    return number


def refuse_old_key(key_id: int, present: int) -> None:
    if key_id != present:
        raise KeyReplaced(f"Its number is {present}.")


def cert_seed() -> bytes:
    """Raises NotOpen where this server has no key to certify with."""
    try:
        return read_cert_key(settings().var_dir / "cert.key")
    except OperatorError:
        raise NotOpen("This server cannot certify filings at the moment.") from None


def find_by_lookup(lookup: bytes, purpose: str) -> Filing:
    """The filing of a bearer. Raises UnknownReceipt, always the same, and Exceeded for whoever guesses.

    A receipt does not say what it is of, so phones ask for each purpose: the wrong one is no guess.
    """
    refuse_guessing()
    filing = find(database(), lookup)
    if filing is None:
        count_guess()
    if filing is None or filing.purpose != purpose:
        raise UnknownReceipt
    return filing


def described(filing: Filing) -> dict[str, Any]:
    """What every answer about a filing says, its certificate included."""
    return {
        "number": filing.number,
        "court": str(filing.court_id),
        "hour": rfc3339(filing.hour.astimezone(UTC)),
        "certificate": filing.certificate(cert_seed()).to_json(),
    }


def expires_on(filing: Filing) -> str | None:
    """Day on which its contents are destroyed; None while it is open."""
    if filing.closed_on is None:
        return None
    return (filing.closed_on + timedelta(days=settings().filings.shred_days)).isoformat()


def boxed(parts: list[Part]) -> list[dict[str, Any]]:
    return [{"n": part.n, "key_id": part.key_id, "boxed": to_text(part.data)} for part in parts]


def box_statements(filing: Filing, parts: list[Part]) -> list[dict[str, Any]]:
    """The statements by which a phone checks whose answers these are, also behind a rotation."""
    numbers = sorted({part.key_id for part in parts})
    with database().read() as connection:
        rows = statements.list_box_statements(connection, court=filing.court_id, numbers=numbers)
        return [dict(statement_of(row).to_json()) for row in rows]
