"""What is done about notices every day: closing those that are over, which changes no answer."""

from __future__ import annotations

from backend.core.jobs import Job, Work
from backend.notices import service


def _close(work: Work) -> str:
    with work.database.transaction("operator") as connection:
        closed = service.close_ended(connection)
    return f"已关闭 {closed} 条 {closed} notices closed"


def _preview(work: Work) -> list[str]:
    with work.database.transaction("operator") as connection:
        closed = service.close_ended(connection)
        connection.rollback()
    return [f"{closed} 条会关闭 {closed} notices would be closed"]


JOBS = (Job("close-notices", "10 16 * * *", "closes notices past their last day", _close, _preview),)
