"""Jobs and their worker, in a database of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import procrastinate
import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from backend.app import create_app
from backend.config import ROOT, Settings
from backend.core import audit_jobs
from backend.core.db import Database
from backend.core.errors import OperatorError
from backend.core.jobs import Job, Work, list_reports, make_app, missed, retry_stalled, run_job, work_on
from tests.databases import database_of_its_own

HOURLY = "0 * * * *"


@pytest.fixture(scope="module")
def own_url(database_url: str) -> Iterator[str]:
    with database_of_its_own(database_url, "jobs") as url:
        yield url


@pytest.fixture
def work(own_url: str, tmp_path: Path) -> Work:
    with psycopg.connect(own_url) as connection:
        connection.execute("TRUNCATE jobs.report, jobs.procrastinate_jobs CASCADE")
    return Work(Database(own_url), Settings.from_environment({"VAR_DIR": str(tmp_path)}))


def test_the_queue_is_procrastinates_own_schema_word_for_word() -> None:
    theirs = files("procrastinate").joinpath("sql/schema.sql").read_text("utf-8")
    ours = (ROOT / "sql" / "migrations" / "0026_jobs.sql").read_text("utf-8")
    assert theirs[theirs.index("-- Enums") :].strip() in ours, "a new version needs a migration of its own"


def test_a_run_says_in_one_line_what_it_did_and_is_kept(work: Work) -> None:
    assert run_job(Job("count", HOURLY, "", lambda _: "7 counted"), work) == "count: 7 counted"
    report = list_reports(work.database)["count"]
    assert (report["succeeded"], report["said"]) == (True, "7 counted")


def test_a_run_that_fails_is_kept_without_its_words(work: Work) -> None:
    def fail(_: Work) -> str:
        raise LookupError("甄虚构")

    with pytest.raises(LookupError):
        run_job(Job("fail", HOURLY, "", fail), work)
    report = list_reports(work.database)["fail"]
    assert (report["succeeded"], report["said"]) == (False, "LookupError")


def test_a_job_never_runs_beside_itself(work: Work) -> None:
    inner: list[str] = []

    def nested(given: Work) -> str:
        inner.append(run_job(job, given))
        return "done"

    job = Job("alone", HOURLY, "", nested)
    assert run_job(job, work) == "alone: done"
    assert inner == ["alone: 正在运行 already running"]
    assert run_job(job, work) == "alone: done"  # the control: afterwards it may


def test_what_nobody_ran_in_time_is_missed_and_what_ran_is_not(work: Work) -> None:
    ran, waiting = (Job(name, HOURLY, "", lambda _: "") for name in ("ran", "waiting"))
    run_job(ran, work)
    assert missed([ran, waiting], work.database) == [waiting]
    with psycopg.connect(work.database.url) as connection:
        connection.execute("UPDATE jobs.report SET began_at = began_at - interval '61 minutes'")
    assert missed([ran, waiting], work.database) == [ran, waiting]


def test_a_job_of_a_worker_that_died_is_done_again(work: Work) -> None:
    with psycopg.connect(work.database.url, options="-c search_path=jobs") as connection:
        connection.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour'), (now())"
        )
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, args)"
            " SELECT 'default', 'one', 'doing', id, '{\"timestamp\": 0}' FROM procrastinate_workers"
        )

    async def mend() -> int:
        app = make_app([Job("one", HOURLY, "", lambda _: "")], work)
        async with app.open_async():
            return len(await retry_stalled(app))

    with ThreadPoolExecutor(1) as apart:  # this thread may hold the event loop of a browser test's Playwright
        mended = apart.submit(lambda: asyncio.run(mend())).result()
    assert mended == 1  # not the one of the worker that lives
    with psycopg.connect(work.database.url) as connection:
        states = connection.execute("SELECT status::text FROM jobs.procrastinate_jobs ORDER BY 1").fetchall()
    assert states == [("doing",), ("todo",)]


def test_the_worker_runs_what_was_missed_and_stops_when_told(work: Work) -> None:
    environment = {**os.environ, "DATABASE_URL": work.database.url, "VAR_DIR": str(work.settings.var_dir)}
    command = [sys.executable, "-m", "flask", "--app", "backend", "jobs", "work"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        names = {"sign-audit-head", "fold-counts", "sweep-names", "forget-reports"}
        deadline = time.monotonic() + 60
        while not names <= list_reports(work.database).keys():
            assert time.monotonic() < deadline
            assert worker.poll() is None
            time.sleep(0.2)
    finally:
        worker.send_signal(signal.SIGTERM)
        said = worker.communicate(timeout=60)[0].decode()
    assert worker.returncode == 0, said
    assert "sign-audit-head: 链头 0" in said
    assert (work.settings.var_dir / "audit-heads.jsonl").exists()
    assert all(report["succeeded"] for report in list_reports(work.database).values())


def test_a_worker_that_loses_the_database_fails_so_that_it_is_started_again(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lose(*_: object) -> None:
        raise ConnectorException

    monkeypatch.setattr(procrastinate.PsycopgConnector, "listen_notify", lose)
    # in a thread of its own: the browser's loop may be running in this one
    with ThreadPoolExecutor(1) as thread, pytest.raises(OperatorError, match="lost its connection"):
        thread.submit(work_on, [], work).result()


def test_the_workers_role_reaches_the_queue_alone(own_url: str) -> None:
    with psycopg.connect(own_url, options="-c role=job_worker", autocommit=True) as connection:
        connection.execute("SELECT count(*) FROM jobs.procrastinate_jobs")
        for table in ("register.listing", "register.entity", "audit.body", "jobs.report", "serving.entity"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT count(*) FROM {table}")


def test_jobs_are_listed_and_run_by_name(work: Work) -> None:
    runner = create_app(work.settings, work.database).test_cli_runner()
    assert runner.invoke(args=["jobs", "run", "fold-counts"]).output.startswith("fold-counts: ")
    listed = runner.invoke(args=["jobs", "list"]).output
    assert "today is counted" in next(line for line in listed.splitlines() if line.startswith("fold-counts\t"))
    nothing = runner.invoke(args=["jobs", "run", "retention", "--dry-run"])
    assert nothing.output == "没有要做的事。 Nothing to do.\n"
    for arguments in (["nothing"], ["fold-counts", "--dry-run"]):
        refused = runner.invoke(args=["jobs", "run", *arguments])
        assert refused.exit_code == 1
        assert refused.output.startswith("Error: ")


def test_the_trails_head_is_signed_every_ten_minutes() -> None:
    (job,) = audit_jobs.JOBS
    for minute in range(60):
        asked = datetime(2026, 11, 23, 5, minute, 30, tzinfo=UTC)
        assert asked - job.last_time(asked) < timedelta(minutes=10)
