"""A claim as the worker of a reward officer's browser opens it: sealed, with the award that it must fit."""

from __future__ import annotations

from typing import Any

from backend.core.db import Connection
from backend.core.filings.desk import box_statements
from backend.core.filings.filing import Filing
from backend.core.filings.messages import Part, unwrap_parts
from backend.core.filings.refusals import Destroyed
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.rows import Place, unwrap_row
from backend.core.sealing.wire import to_text
from backend.tips.service import queries


def lent_claim(connection: Connection, store: ShredStore, held: dict[str, Any]) -> dict[str, Any]:
    """Who claims, sealed to the reward key, and the award, boxed to it; their rows' own layers are taken off.

    Raises:
        Destroyed: its key or the tip's is gone.
    """
    key = store.find(held["id"])
    if key is None or held["data"] is None:
        raise Destroyed
    place = Place(str(held["court_id"]), str(held["id"]), held["key_id"], "claim")
    sealed = unwrap_row(held["data"], place, key)
    tip, award = _award(connection, store, held)
    return {
        "claim": {
            "id": str(held["id"]),
            "court": str(held["court_id"]),
            "key_id": held["key_id"],
            "data": to_text(sealed),
        },
        "award": {"tip": str(tip.id), "key_id": award.key_id, "data": to_text(award.data)},
        "statements": box_statements(tip, [award]),
    }


def _award(connection: Connection, store: ShredStore, held: dict[str, Any]) -> tuple[Filing, Part]:
    key = store.find(held["filing_id"])
    if key is None:
        raise Destroyed
    tip = Filing(**queries.find_claimed_filing(connection, filing=held["filing_id"]))
    (part,) = unwrap_parts(tip, [queries.find_award(connection, filing=tip.id)], key)
    return tip, part
