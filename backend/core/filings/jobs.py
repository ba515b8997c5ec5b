"""What is done about filings every day: destroying, sweeping, and putting the heads of the chains into the trail."""

from __future__ import annotations

from backend.core.filings.shred_store import ShredStore
from backend.core.filings.shredding import list_keyless, record_heads, shred_due, sweep
from backend.core.jobs import Job, Work


def _store(work: Work) -> ShredStore:
    filings = work.settings.filings
    return ShredStore(filings.shred_dir, filings.shred_mirror_dir)


def _shred(work: Work) -> str:
    shredded = shred_due(work.database, _store(work), work.settings.filings.shred_days)
    return f"已销毁 {shredded} 件 {shredded} filings destroyed"


def _sweep(work: Work) -> str:
    swept = sweep(work.database, _store(work))
    keyless = len(list_keyless(work.database, _store(work)))
    return f"清理 {swept} 把钥匙 {swept} keys swept; 缺钥匙 {keyless} 件 {keyless} filings without their key"


def _record_heads(work: Work) -> str:
    heads = record_heads(work.database)
    return f"{heads} 条链头 {heads} heads recorded"


JOBS = (
    Job("shred-filings", "10 17 * * *", "destroys the keys of filings closed long enough ago", _shred),
    Job("sweep-filing-keys", "20 17 * * *", "erases keys that no filing came to", _sweep),
    Job("record-filing-heads", "30 17 * * *", "puts the heads of courts' chains into the audit trail", _record_heads),
)
