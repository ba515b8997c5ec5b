"""What is done about objections by itself: the reminders of those that a court has answered."""

from __future__ import annotations

from backend.core.filings.shred_store import ShredStore
from backend.core.jobs import Job, Work
from backend.objections.reminders import send_due


def _send_reminders(work: Work) -> str:
    done = send_due(work.database, ShredStore.of(work.settings.filings), work.settings.wechat)
    return (
        f"发出 {done.sent} 条,无法送达 {done.undeliverable} 条,待发 {done.waiting} 条 "
        f"{done.sent} sent, {done.undeliverable} undeliverable, {done.waiting} waiting"
    )


# One job for all of them, never one each: its time would date a filing.
JOBS = (
    Job("send-reminders", "*/10 * * * *", "reminds objectors in WeChat that a court has answered", _send_reminders),
)
