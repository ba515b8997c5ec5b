"""`flask --app backend recipients …` and `flask --app backend changes …`"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from backend.changes import service
from backend.core.clock import CHINA
from backend.core.http import database, settings

recipients_cli = AppGroup("recipients", help="Who may mirror the list (名单同步接收方).")
changes_cli = AppGroup("changes", help="The change feed (变更记录).")


@recipients_cli.command("add")
@click.argument("name")
def add(name: str) -> None:
    """Let NAME mirror the list; their key is shown once."""
    key = service.add_recipient(database(), name.strip())
    click.echo(f"密钥只显示这一次。 The key is shown this once:\n{key}")


@recipients_cli.command("end")
@click.argument("name")
def end(name: str) -> None:
    """End NAME's key; removals stay readable, so that their copy can forget."""
    service.end_recipient(database(), name)
    click.echo(f"{name} 的密钥已失效。 The key of {name} has ended.")


@recipients_cli.command("list")
def show() -> None:
    """List every recipient, with the days in China on which their keys were made and ended."""
    for row in service.list_recipients(database()):
        added, ended = (at and at.astimezone(CHINA).date() for at in (row["added_at"], row["ended_at"]))
        click.echo(f"{row['name']}\t{added}\t{ended or '—'}")


@changes_cli.command("enter")
def enter() -> None:
    """Enter what has begun or ended by its date; readers do the same when nobody has."""
    click.echo(f"已记入 {service.enter_day(database()):,} 条。 Entered.")


@changes_cli.command("prune")
@click.option("--dry-run", is_flag=True, help="Show how many would go, and keep them.")
def prune(*, dry_run: bool) -> None:
    """Forget changes older than CHANGES_KEPT_DAYS."""
    days = settings().changes_kept_days
    pruned = service.prune_changes(database(), days, dry_run=dry_run)
    said = ("试运行:会删除", "would go") if dry_run else ("已删除", "forgotten")
    click.echo(f"{said[0]} {pruned:,} 条早于 {days} 天的变更。 Changes older than {days} days {said[1]}: {pruned:,}.")
