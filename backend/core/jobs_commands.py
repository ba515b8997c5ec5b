"""`flask --app backend jobs …`"""

from __future__ import annotations

from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import AppGroup

from backend.core.clock import rfc3339
from backend.core.errors import OperatorError
from backend.core.http import database, settings
from backend.core.jobs import Job, Work, list_reports, run_job, work_on

jobs_cli = AppGroup("jobs", help="Work in the background (后台任务).")


@jobs_cli.command("list")
def show() -> None:
    """List every job: when it runs (UTC), and what its last run did."""
    last = list_reports(database())
    for job in _jobs():
        report = last.get(job.name)
        said = (
            f"{rfc3339(report['began_at'])} {'' if report['succeeded'] else '失败 failed: '}{report['said']}"
            if report
            else "—"
        )
        click.echo(f"{job.name}\t{job.cron}\t{job.about}\t{said}")


@jobs_cli.command("run")
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Show what it would do and change nothing.")
def run(name: str, *, dry_run: bool) -> None:
    """Run the job NAME now."""
    job = next((job for job in _jobs() if job.name == name), None)
    if job is None:
        raise OperatorError(f"There is no job {name}: see `jobs list`.")
    work = Work(database(), settings())
    if not dry_run:
        click.echo(run_job(job, work))
        return
    if job.preview is None:
        raise OperatorError(f"{name} has no dry run.")
    for line in list(job.preview(work)) or ["没有要做的事。 Nothing to do."]:
        click.echo(line)


@jobs_cli.command("work")
@click.option("--quiet", is_flag=True, help="Say what failed only; `jobs list` has the rest.")
def work(*, quiet: bool) -> None:
    """Run jobs when they are due, until stopped; one such process is enough, several do no harm."""
    work_on(_jobs(), Work(database(), settings()), quiet=quiet)


def _jobs() -> Sequence[Job]:
    jobs: Sequence[Job] = current_app.extensions["jobs"]
    return jobs
