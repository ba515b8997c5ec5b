"""Work in the background: what a job is, how one runs, and the worker that runs them (procrastinate).

A feature states its jobs as `JOBS` in its own `jobs.py`; `cli.py` gathers them. A job runs alone, is harmless when it
runs twice, and says in one line what it did.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosql
import click
import procrastinate
from croniter import croniter
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job as QueuedJob
from procrastinate.signals import on_stop

from backend.config import Settings
from backend.core.clock import now
from backend.core.db import Database
from backend.core.errors import OperatorError

_statements: Any = aiosql.from_path(Path(__file__).with_name("jobs_queries.sql"), "psycopg")
# The worker's role reaches the queue and nothing else.
_OPTIONS = "-c role=job_worker -c search_path=jobs"
# Five more tries, after 1, 2, 4 … minutes: a database that restarts is back by then.
_RETRY = procrastinate.RetryStrategy(max_attempts=5, exponential_wait=60)
# Time that a job has to end in after the worker was told to stop; `demo serve` waits a little longer.
STOP_SECONDS = 8
# What was done is told for so long.
REPORT_DAYS = 90


@dataclass(frozen=True)
class Work:
    """What a job works with."""

    database: Database
    settings: Settings


@dataclass(frozen=True)
class Job:
    """Something done again and again.

    Attributes:
        name: as operators type it, e.g. `fold-counts`.
        cron: when, in UTC; China is eight hours ahead.
        about: for `jobs list`, a few words.
        run: does it; the line that says what was done, which names nobody.
        preview: what it would do, line by line, changing nothing; None where that tells nothing.
    """

    name: str
    cron: str
    about: str
    run: Callable[[Work], str]
    preview: Callable[[Work], Iterable[str]] | None = None

    def last_time(self, before: datetime) -> datetime:
        """The last instant at which it should have begun."""
        found: datetime = croniter(self.cron, before).get_prev(datetime)
        return found


def run_job(job: Job, work: Work) -> str:
    """Run a job now, unless it is running already, and keep what it says."""
    began_at = now()
    with work.database.transaction("operator") as alone:
        if not _statements.try_alone(alone, name=job.name):
            return f"{job.name}: 正在运行 already running"
        try:
            said = job.run(work)
        except Exception as error:
            _report(work.database, job, began_at, type(error).__name__, succeeded=False)
            raise
        _report(work.database, job, began_at, said, succeeded=True)
    return f"{job.name}: {said}"


def _report(database: Database, job: Job, began_at: datetime, said: str, *, succeeded: bool) -> None:
    with database.transaction("operator") as connection:
        _statements.insert_report(connection, job=job.name, began_at=began_at, succeeded=succeeded, said=said)


def list_reports(database: Database) -> dict[str, dict[str, Any]]:
    """The last run of each job, by its name."""
    with database.transaction("operator") as connection:
        return {row["job"]: row for row in _statements.list_last_reports(connection)}


def missed(jobs: Sequence[Job], database: Database) -> list[Job]:
    """Jobs that have not succeeded since they last should have run: nobody was there to run them."""
    with database.transaction("operator") as connection:
        done = {row["job"]: row["began_at"] for row in _statements.list_last_successes(connection)}
    never = datetime.min.replace(tzinfo=UTC)
    return [job for job in jobs if done.get(job.name, never) < job.last_time(now())]


def work_on(jobs: Sequence[Job], work: Work, *, quiet: bool = False) -> None:
    """Run jobs when they are due, and at once those that were missed, until told to stop.

    Raises:
        OperatorError: the queue broke off, as when the database restarts.
    """
    app = make_app(jobs, work, quiet=quiet)
    late = missed(jobs, work.database)  # asked first: the queue would try for ever to reach a database that is away
    with app.open():
        for job in late:
            with suppress(AlreadyEnqueued):  # it waits in the queue already
                app.tasks[job.name].defer(timestamp=0)
    if not asyncio.run(_work_until_told(app)):
        # Procrastinate ends as if all were well, and whoever watches over the process would not start it again.
        raise OperatorError("The worker lost its connection to the database; start it again.")


async def _work_until_told(app: procrastinate.App) -> bool:
    """Whether the worker ended because it was told to."""
    told = False

    def stop() -> None:
        nonlocal told
        told = True
        working.cancel()

    async with app.open_async():
        working = asyncio.create_task(
            app.run_worker_async(
                wait=True,
                concurrency=1,
                delete_jobs="successful",
                shutdown_graceful_timeout=STOP_SECONDS,
                install_signal_handlers=False,
            )
        )
        with on_stop(stop), suppress(asyncio.CancelledError):
            await working
    return told


def make_app(jobs: Sequence[Job], work: Work, *, quiet: bool = False) -> procrastinate.App:
    """The queue of a database with these jobs as its tasks."""
    connector = procrastinate.PsycopgConnector(
        conninfo=work.database.url, kwargs={"options": _OPTIONS}, min_size=1, max_size=4
    )
    app = procrastinate.App(connector=connector)
    for job in jobs:
        task = app.task(name=job.name, lock=job.name, queueing_lock=job.name, retry=_RETRY)(
            _task(job, work, quiet=quiet)
        )
        app.periodic(cron=job.cron)(task)
    _retry_stalled(app)
    return app


def _task(job: Job, work: Work, *, quiet: bool) -> Callable[..., None]:
    def run(**_: int) -> None:  # the time at which it was due
        said = run_job(job, work)
        if not quiet:
            click.echo(said)

    return run


def _retry_stalled(app: procrastinate.App) -> None:
    """Let jobs of a worker that died be done again; they are harmless when they run twice."""

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="retry-stalled", queueing_lock="retry-stalled", pass_context=True)
    async def retry(context: procrastinate.JobContext, timestamp: int) -> None:
        del timestamp  # told to every periodic task
        await retry_stalled(context.app)


async def retry_stalled(app: procrastinate.App) -> list[QueuedJob]:
    """Put jobs back into the queue whose worker has not been heard of for half a minute; which those were."""
    stalled = list(await app.job_manager.get_stalled_jobs())
    for job in stalled:
        await app.job_manager.retry_job(job)
    return stalled


def _forget_reports(work: Work) -> str:
    with work.database.transaction("operator") as connection:
        gone = _statements.delete_old_reports(connection, days=REPORT_DAYS)
    return f"删除 {gone} 条旧记录 {gone} old reports deleted"


JOBS = (Job("forget-reports", "50 17 * * *", "what jobs did long ago", _forget_reports),)
