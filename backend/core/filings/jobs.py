"""What is done about filings every day: destroying, sweeping, and putting the heads of the chains into the trail."""

from __future__ import annotations

from backend.core.filings.shred_store import ShredStore
from backend.core.filings.shredding import (
    count_kept,
    list_claims_due,
    list_due,
    list_keyless,
    record_heads,
    shred_claims,
    shred_due,
    sweep,
)
from backend.core.jobs import Job, Work


def _store(work: Work) -> ShredStore:
    return ShredStore.of(work.settings.filings)


def _shred(work: Work) -> str:
    days = work.settings.filings.shred_days
    shredded, kept = shred_due(work.database, _store(work), days), count_kept(work.database, days)
    destroyed = f"已销毁 {shredded} 件 {shredded} filings destroyed"
    return f"{destroyed}; 领奖或复议未办结保留 {kept} 件 {kept} kept for claims or reviews"


def _preview_shredding(work: Work) -> list[str]:
    days = work.settings.filings.shred_days
    due, kept = len(list_due(work.database, days)), count_kept(work.database, days)
    return [
        f"{due} 件会被销毁 {due} filings would be destroyed",
        f"{kept} 件因领奖或复议未办结而保留 {kept} would be kept for claims or reviews",
    ]


def _shred_claims(work: Work) -> str:
    shredded = shred_claims(work.database, _store(work), work.settings.filings.claim_shred_days)
    return f"已销毁 {shredded} 件 {shredded} claims destroyed"


def _preview_claims(work: Work) -> list[str]:
    due = len(list_claims_due(work.database, work.settings.filings.claim_shred_days))
    return [f"{due} 件会被销毁 {due} claims would be destroyed"]


def _sweep(work: Work) -> str:
    swept = sweep(work.database, _store(work))
    keyless = len(list_keyless(work.database, _store(work)))
    return f"清理 {swept} 把钥匙 {swept} keys swept; 缺钥匙 {keyless} 件 {keyless} filings without their key"


def _record_heads(work: Work) -> str:
    heads = record_heads(work.database)
    return f"{heads} 条链头 {heads} heads recorded"


JOBS = (
    Job(
        "shred-filings",
        "10 17 * * *",
        "destroys the keys of filings closed long enough ago",
        _shred,
        _preview_shredding,
    ),
    Job(
        "shred-claims",
        "15 17 * * *",
        "destroys the keys of claims past the ledger's term",
        _shred_claims,
        _preview_claims,
    ),
    Job("sweep-filing-keys", "20 17 * * *", "erases keys that no filing came to", _sweep),
    Job("record-filing-heads", "30 17 * * *", "puts the heads of courts' chains into the audit trail", _record_heads),
)
