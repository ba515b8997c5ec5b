"""The audit head, signed every ten minutes: what is signed cannot be cut off unnoticed."""

from __future__ import annotations

from backend.config import Settings
from backend.core.audit import Head, find_head
from backend.core.audit_heads import HeadFile
from backend.core.clock import now
from backend.core.db import Database
from backend.core.jobs import Job, Work


def head_file(settings: Settings) -> HeadFile:
    """The signed heads and their key, both outside the database."""
    return HeadFile(settings.var_dir / "audit-heads.jsonl", settings.var_dir / "audit.key")


def sign_head(database: Database, settings: Settings) -> Head:
    """Sign the present head; one that is signed already is not signed again."""
    with database.transaction("operator") as connection:
        head = find_head(connection)
    head_file(settings).sign(head, now())
    return head


def _sign(work: Work) -> str:
    head = sign_head(work.database, work.settings)
    return f"链头 {head.sequence} head {head.sequence} {head.digest.hex()[:16]}"


JOBS = (Job("sign-audit-head", "*/10 * * * *", "signs the audit trail's head outside the database", _sign),)
