"""A claim as a phone sends it: under a key of its own, once for a tip."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any
from uuid import UUID

from backend.core.db import Connection, Database
from backend.core.filings.desk import refuse_old_key
from backend.core.filings.filing import Filing, StorageError, commit, writing
from backend.core.filings.refusals import NotStored, UnknownReceipt
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.receipts import row_key
from backend.core.sealing.rows import Place, wrap_row
from backend.tips.domain import ClaimedOtherwise, NoRewardKey, NotClaimable
from backend.tips.service import queries


@dataclass(frozen=True)
class ClaimSent:
    """What a phone sent; `key_id` is the number of the court's reward key."""

    lookup: bytes = field(repr=False)
    key_id: int
    sealed: bytes = field(repr=False)


def file_claim(database: Database, store: ShredStore, filing: Filing, sent: ClaimSent) -> dict[str, Any]:
    """Store a claim under a key of its own; sent again as it is, it is stored once.

    Raises:
        NotClaimable: the tip is not useful, or nothing was promised for it.
        ClaimedOtherwise: another claim was sent before.
        NoRewardKey, KeyReplaced: the court has no valid reward key, or another one.
        NotStored: whether it is stored is not certain.
    """
    claim = uuid.uuid4()
    _refuse_old_key(database, filing, sent)
    try:
        key = store.make(claim)
        with writing(database) as connection:
            result = _put(connection, filing, claim, sent, key)
            commit(connection)
    except StorageError:
        raise NotStored from None
    if result != "stored":
        with suppress(OSError):
            store.erase(claim)
    return _answer(database, filing, sent, result)


def _put(connection: Connection, filing: Filing, claim: UUID, sent: ClaimSent, key: bytes) -> str:
    place = Place(str(filing.court_id), str(claim), sent.key_id, "claim")
    result: str = queries.put_claim(
        connection, rowkey=row_key(sent.lookup), claim=claim, key_id=sent.key_id,
        content=wrap_row(sent.sealed, place, key), digest=_digest(sent),
    )  # fmt: skip
    return result


def _refuse_old_key(database: Database, filing: Filing, sent: ClaimSent) -> None:
    """A claim that was stored before is answered after a rotation as well."""
    with writing(database) as connection:
        known = queries.find_claim(connection, rowkey=row_key(sent.lookup))
    if known is not None:
        return
    with database.read() as connection:
        present = queries.find_reward_key(connection, court=filing.court_id)
    if present is None:
        raise NoRewardKey
    refuse_old_key(sent.key_id, present["number"])


def _digest(sent: ClaimSent) -> bytes:
    return blake2b(sent.sealed, digest_size=32).digest()


def _answer(database: Database, filing: Filing, sent: ClaimSent, result: str) -> dict[str, Any]:
    refusals = {"unknown": UnknownReceipt, "other": ClaimedOtherwise, "closed": NotClaimable}
    if result in refusals:
        raise refusals[result]
    with writing(database) as connection:
        row = queries.find_claim(connection, rowkey=row_key(sent.lookup))
    return {"court": str(filing.court_id), "number": row["number"]}
