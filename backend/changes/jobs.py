"""What is done about the feed every day: entering what the date has changed, and forgetting old changes."""

from __future__ import annotations

from backend.changes import service
from backend.core.jobs import Job, Work


def _enter(work: Work) -> str:
    entered = service.enter_day(work.database)
    return f"记入 {entered} 条 {entered} entered"


def _prune(work: Work) -> str:
    pruned = service.prune_changes(work.database, work.settings.changes_kept_days, dry_run=False)
    return f"删除 {pruned} 条 {pruned} forgotten"


def _preview_pruning(work: Work) -> list[str]:
    pruned = service.prune_changes(work.database, work.settings.changes_kept_days, dry_run=True)
    return [f"{pruned} 条变更会删除 {pruned} changes would be forgotten"]


JOBS = (
    Job("enter-changes", "1 16 * * *", "enters into the change feed what the new day begins and ends", _enter),
    Job("prune-changes", "40 17 * * *", "forgets old changes", _prune, _preview_pruning),
)
