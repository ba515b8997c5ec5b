"""What the listings need done again and again."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.jobs import Job, Work
from backend.core.name_index import remove_unused_names
from backend.listings.list_checks import end_lost
from backend.listings.lists_applying import apply_approved, forget_closed
from backend.listings.retention import forget, list_forgettable
from backend.listings.service import fold_counts


def _fold(work: Work) -> str:
    fold_counts(work.database)
    return "已计入今天 today is counted"


def _forget(work: Work) -> str:
    return ", ".join(f"{number} {what}" for what, number in forget(work.database).items())


def _forgettable(work: Work) -> Iterator[str]:
    yield from list_forgettable(work.database)


def _sweep_names(work: Work) -> str:
    with work.database.transaction("operator") as connection:
        removed = remove_unused_names(connection)
    return f"删除 {removed} 个已无人使用的名字 {removed} names that nobody bears any more removed"


def _apply_lists(work: Work) -> str:
    applied = apply_approved(work.database, work.settings)
    forget_closed(work.database, work.settings)
    end_lost(work.database)
    return f"已应用 {applied} 份名单 {applied} lists applied"


JOBS = (
    # deferred the moment a list is approved; by the clock for one whose worker has died
    Job("apply-lists", "*/10 * * * *", "applies lists that two officers approved", _apply_lists),
    # just behind midnight in China
    Job("fold-counts", "5 16 * * *", "counts the new day; changes no answer", _fold),
    Job("retention", "0 17 * * *", "reduces what is past its legal life to tombstones", _forget, _forgettable),
    Job("sweep-names", "30 17 * * *", "forgets names that nobody in the register bears", _sweep_names),
)
