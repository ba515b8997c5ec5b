"""Destroying filings, sweeping keys that no filing came to, and looking for filings whose key is missing."""

from __future__ import annotations

from uuid import UUID

from backend.core.audit import Record, append
from backend.core.db import Database
from backend.core.filings.filing import statements
from backend.core.filings.shred_store import ShredStore

# A filing is entered seconds after its key is made, or never.
SWEPT_AFTER_SECONDS = 86_400


def shred(database: Database, store: ShredStore, filing: UUID) -> None:
    """Destroy a filing's key, and then whatever it would open; begun once, it is finished by the next run.

    What is left: number, hour, state, target and the fingerprint of what was sent.
    """
    with database.transaction("operator") as connection:
        statements.mark_shredding(connection, filing=filing)
    store.erase(filing)
    with database.transaction("operator") as connection:
        statements.forget_bearer(connection, filing=filing)
        statements.forget_parts(connection, filing=filing)
        statements.forget_unwrapping(connection, filing=filing)
        row = statements.mark_shredded(connection, filing=filing)
        said = {"purpose": row["purpose"], "number": row["number"]}
        append(connection, [Record("filing.shred", said, row["court_id"])])


def list_due(database: Database, days: int) -> list[UUID]:
    """Filings that were closed `days` days ago or earlier, but for those that a claim or a review still needs."""
    with database.transaction("operator") as connection:
        return [row["id"] for row in statements.list_to_shred(connection, days=days)]


def count_kept(database: Database, days: int) -> int:
    """Filings that would be destroyed, did no claim that they prove, and no review of them, wait for its end."""
    with database.transaction("operator") as connection:
        kept: int = statements.count_kept(connection, days=days)
    return kept


def list_claims_due(database: Database, days: int) -> list[UUID]:
    """Claims that were closed `days` days ago or earlier."""
    with database.transaction("operator") as connection:
        return [row["id"] for row in statements.list_claims_to_shred(connection, days=days)]


def shred_due(database: Database, store: ShredStore, days: int) -> int:
    """Destroy every filing that was closed `days` days ago or earlier; how many."""
    due = list_due(database, days)
    for filing in due:
        shred(database, store, filing)
    with database.transaction("operator") as connection:
        statements.forget_unused_secrets(connection)
    return len(due)


def shred_claims(database: Database, store: ShredStore, days: int) -> int:
    """Destroy every claim that was closed `days` days ago or earlier; what is left names nobody. How many."""
    due = list_claims_due(database, days)
    for claim in due:
        with database.transaction("operator") as connection:
            statements.mark_claim_shredding(connection, claim=claim)
        store.erase(claim)
        with database.transaction("operator") as connection:
            row = statements.forget_claim(connection, claim=claim)
            append(connection, [Record("claim.shred", {"number": row["number"]}, row["court_id"])])
    return len(due)


def sweep(database: Database, store: ShredStore, older_than_seconds: float = SWEPT_AFTER_SECONDS) -> int:
    """Erase keys that no filing came to, after a day; how many."""
    found = list(store.list_filings(older_than_seconds))
    with database.transaction("operator") as connection:
        known = {row["id"] for row in statements.list_known(connection, filings=found)}
    for filing in (swept := [filing for filing in found if filing not in known]):
        store.erase(filing)
    return len(swept)


def list_keyless(database: Database, store: ShredStore) -> list[UUID]:
    """Filings that should have a key and have none: lost for everybody."""
    with database.transaction("operator") as connection:
        living = [row["id"] for row in statements.list_living(connection)]
    return [filing for filing in living if store.find(filing) is None]


def record_heads(database: Database) -> int:
    """Put the heads of the courts' chains into the audit trail, without their numbers; once a day. How many.

    Neighbours' times in the trail would date a filing, so nothing of it stands there by itself.
    """
    with database.transaction("operator") as connection:
        rows = list(statements.list_heads(connection))
        append(
            connection,
            [
                Record("filing.head", {"purpose": row["purpose"], "head": row["head"].hex()}, row["court_id"])
                for row in rows
            ],
        )
    return len(rows)
