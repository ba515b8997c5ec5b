"""The audit head, signed every ten minutes: what is signed cannot be cut off unnoticed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from backend.config import Settings
from backend.core.audit import RESTORE, Head, Record, append, find_head, list_held, verify
from backend.core.audit_heads import HeadFile
from backend.core.clock import now
from backend.core.db import Database
from backend.core.errors import OperatorError
from backend.core.jobs import Job, Work

_NOTHING_LOST = "Every signed head lies in the trail: there is nothing to put aside."


def head_file(settings: Settings) -> HeadFile:
    """The signed heads and their key, both outside the database."""
    return HeadFile(settings.var_dir / "audit-heads.jsonl", settings.var_dir / "audit.key")


def sign_head(database: Database, settings: Settings) -> Head:
    """Sign the present head; one that is signed already is not signed again."""
    with database.transaction("operator") as connection:
        head = find_head(connection)
    head_file(settings).sign(head, now())
    return head


def note_restore(database: Database, settings: Settings, reason: str) -> Path:
    """Note in the trail that the database is a backup's, and go on signing; where all heads lie from then on.

    Signed heads that lie in the trail stay; the others are told in the entry that notes it, with the file's digest.

    Raises:
        OperatorError: every signed head lies in the trail, or the trail is broken before the first that does not.
    """
    file = head_file(settings)
    signed = file.read()
    with database.transaction("operator") as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        kept = list_held(connection, signed)
        broken = verify(connection, kept)
    lost = [head for head in signed if head not in kept]
    if broken or not lost:
        raise OperatorError(f"Broken at entry {broken.sequence}: {broken.reason}." if broken else _NOTHING_LOST)
    last = max(lost, key=lambda head: head.sequence)
    said = {
        "reason": reason, "lost": len(lost), "last_lost": last.sequence, "last_lost_digest": last.digest.hex(),
        "heads_sha256": sha256(file.path.read_bytes()).hexdigest(),
    }  # fmt: skip
    with database.transaction("operator") as connection:
        append(connection, [Record(RESTORE, said)])
    aside = file.put_aside(kept, now())
    sign_head(database, settings)
    return aside


def _sign(work: Work) -> str:
    head = sign_head(work.database, work.settings)
    return f"链头 {head.sequence} head {head.sequence} {head.digest.hex()[:16]}"


JOBS = (Job("sign-audit-head", "*/10 * * * *", "signs the audit trail's head outside the database", _sign),)
