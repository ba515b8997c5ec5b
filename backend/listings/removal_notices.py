"""Removal notices (移出告知书): that a listing has ended, signed, for banks and for copies elsewhere."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
from nacl.signing import SigningKey

from backend.core.audit import Record, append
from backend.core.db import Connection
from backend.core.errors import Conflict
from backend.core.officers import Signatures
from backend.core.sealing.receipts import ALPHABET
from backend.listings.domain.life import ENDED
from backend.listings.writing import check_officers, lock

_statements: Any = aiosql.from_path(Path(__file__).with_name("life_queries.sql"), "psycopg")
# Sixteen of Crockford's signs are 80 bits, which nobody guesses.
_CODE_LENGTH = 16
# What is signed begins with this, so that no other signature can pass for one.
PURPOSE = b"court listings removal notice\n"


class NotEnded(Conflict):
    """The listing has not been withdrawn, deleted or closed"""


def issue_notice(connection: Connection, listing: UUID, signed: Signatures, key: SigningKey) -> str:
    """Issue the notice of a listing that has ended; its code. One that was issued stays as it is.

    Names court, case number, day and cause, never the person: whoever shows it says by that who they are.

    Raises:
        NotFound: no such listing.
        Forbidden: another court's, or the officer is no clerk.
        NotEnded: it is still shown, or was never ended by an act.
    """
    row = lock(connection, listing)
    check_officers(row["court_id"], signed)
    known: str | None = _statements.find_removal_code(connection, listing=listing)
    if known:
        return known
    if row["state"] not in ENDED or row["published_on"] is None:
        raise NotEnded
    code = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LENGTH))
    text = _text(code, _statements.find_removal(connection, listing=listing))
    _statements.insert_removal_notice(
        connection, code=code, listing=listing, court=row["court_id"], officer=signed.officer.id, signed_text=text,
        signature=key.sign(PURPOSE + text.encode()).signature, public_key=bytes(key.verify_key),
    )  # fmt: skip
    said = {"listing": listing, "officer": signed.officer.id}
    append(connection, [Record("listing.removal_notice", said, row["court_id"])])
    return code


def _text(code: str, removal: Mapping[str, Any]) -> str:
    """What is signed: JSON with sorted keys."""
    said = {
        "code": code,
        "court": removal["court"],
        "case_number": removal["case_number"],
        "removed_on": removal["ended_on"].isoformat(),
        "cause": removal["cause"],
        "cause_zh": removal["zh"],
        "cause_en": removal["en"],
        "article": removal["article"],
        "issued_on": removal["today"].isoformat(),
        "demo": removal["demo"],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
