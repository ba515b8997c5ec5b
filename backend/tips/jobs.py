"""What is done about tips every day: letting their term begin once their case has ended."""

from __future__ import annotations

from backend.core.jobs import Job, Work
from backend.tips.service import close_tips


def _close(work: Work) -> str:
    closed = close_tips(work.database)
    return f"{closed} 条开始计期 {closed} tips closed"


def _preview(work: Work) -> list[str]:
    closed = close_tips(work.database, dry_run=True)
    return [f"{closed} 条会开始计期 {closed} tips would be closed"]


# Before `retention` forgets a case and before `shred-filings`.
JOBS = (Job("close-tips", "50 16 * * *", "lets the term of tips begin whose case has ended", _close, _preview),)
