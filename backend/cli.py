"""The command line: `flask --app backend …`.

Every command that cannot go on ends with one sentence (`OperatorError`), never with a stack trace.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

import click
import psycopg
from flask import Flask, current_app

from backend.core.db import Database, connect, database_url
from backend.core.errors import NotFound, OperatorError, Overloaded, ProductError
from backend.core.http import database
from backend.core.jobs import Job
from backend.core.migrations import migrate as migrate_database
from backend.core.migrations import pending_migrations

# Arguments of commands that name one thing.
_ASKED_FOR = ("listing", "entity", "notice", "number")


@click.command("migrate")
def migrate() -> None:
    """Bring the database to this version's schema, and say what is to be loaded into it."""
    migrate_database(database_url(current_app.extensions["settings"]))
    click.echo("The database has this version's schema.")
    missing = _list_missing(database())
    if missing:
        click.echo(f"还缺数据,请运行 Still to be loaded, run: {'; '.join(missing)}")


def _list_missing(database: Database) -> list[str]:
    """The commands that load what this version needs and the database lacks."""
    from backend.clocks.service import lacks_rows
    from backend.run import find_held

    held = find_held(database)
    needed = {"areas load": not held["areas"], "courts load": not held["courts"], "clocks load": lacks_rows(database)}
    return [f"flask --app backend {command}" for command, lacking in needed.items() if lacking]


def register_commands(app: Flask) -> None:
    """Add every feature's commands to `flask`."""
    from backend.areas.commands import areas_cli
    from backend.changes.commands import changes_cli, recipients_cli
    from backend.clocks.commands import clocks_cli
    from backend.core.audit_commands import audit_cli
    from backend.core.filings.commands import filings_cli
    from backend.core.jobs_commands import jobs_cli
    from backend.courts.commands import courts_cli, demo_desk, officers_cli
    from backend.courts.key_commands import keys_cli
    from backend.listings.commands import demo_cli, serving_cli
    from backend.listings.life_commands import listings_cli
    from backend.notices.commands import notices_cli
    from backend.objections.commands import objections_cli
    from backend.run import serve
    from backend.tips.claim_commands import claims_cli
    from backend.tips.commands import tips_cli

    app.extensions["jobs"] = _jobs()
    demo_cli.add_command(serve)
    demo_cli.add_command(demo_desk)
    groups = [areas_cli, courts_cli, officers_cli, clocks_cli, listings_cli, demo_cli, serving_cli, audit_cli]
    groups += [keys_cli, filings_cli, objections_cli, jobs_cli, recipients_cli, changes_cli, notices_cli]
    groups += [tips_cli, claims_cli]
    for command in (migrate, *groups):
        _end_with_a_sentence(command)
        app.cli.add_command(command)


def _jobs() -> tuple[Job, ...]:
    """Every feature's jobs."""
    from backend.changes import jobs as changes_jobs
    from backend.console import trail_checks
    from backend.core import audit_jobs, jobs
    from backend.core.filings import jobs as filings_jobs
    from backend.listings import jobs as listings_jobs
    from backend.notices import jobs as notices_jobs
    from backend.objections import jobs as objections_jobs
    from backend.tips import jobs as tips_jobs

    gathered = (
        audit_jobs, trail_checks, listings_jobs, notices_jobs, objections_jobs, tips_jobs, filings_jobs, changes_jobs,
        jobs,
    )  # fmt: skip
    return tuple(job for module in gathered for job in module.JOBS)


def _end_with_a_sentence(command: click.Command) -> None:
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _end_with_a_sentence(below)
    if command.callback and not hasattr(command.callback, "__ends_with_a_sentence__"):
        command.callback = _wrapped(command.callback)


def _wrapped(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        if any(isinstance(value, str) and not _is_text(value) for value in kwargs.values()):
            raise click.ClickException("An argument is no text in UTF-8.")
        try:
            return callback(*args, **kwargs)
        except BrokenPipeError:
            raise  # whoever read what is printed has gone: click ends quietly
        except (OperatorError, ProductError, psycopg.Error, OSError) as error:
            raise click.ClickException(_sentence(error, kwargs)) from None

    run.__ends_with_a_sentence__ = True  # type: ignore[attr-defined]
    return run


def _sentence(error: Exception, arguments: Mapping[str, Any]) -> str:
    """What an operator can act on; of a database that is away, or of another version, just that."""
    if isinstance(error, OperatorError):
        return str(error)
    if isinstance(error, Overloaded | psycopg.Error):
        wrong = _wrong_with_the_database()
        if wrong:
            return wrong
    if isinstance(error, ProductError):
        if type(error) is NotFound:
            asked = " or ".join(f"{name} {arguments[name]}" for name in _ASKED_FOR if arguments.get(name) is not None)
            return error.detail or f"There is no {asked or 'such thing'}, or it is another court's."
        return ": ".join(filter(None, (error.title, error.detail)))
    if isinstance(error, psycopg.Error):
        return f"The database refused this: {error.diag.message_primary or error}"
    return (
        f"{getattr(error, 'filename', None) or 'A file'} cannot be used: {getattr(error, 'strerror', None) or error}."
    )


def _wrong_with_the_database() -> str:
    """Why the database serves no command: it is away, or its schema is an older one; empty where neither is so."""
    try:
        with connect(database_url(current_app.extensions["settings"])) as connection:
            lacking = len(pending_migrations(connection))
    except OperatorError as error:
        return str(error)
    return f"The database lacks {lacking} steps of this version's schema: run `migrate` first." if lacking else ""


def _is_text(value: str) -> bool:
    """Whether a database can hold it: no bytes that are no UTF-8, no NUL."""
    return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)
