"""`flask --app backend listings draft|move|cause|death|minor|clear|correct|keep|…`: what officers do by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import click

from backend.core.db import Connection
from backend.core.http import database, settings
from backend.core.key_files import signing_key
from backend.core.options import DAY
from backend.listings.commands import listings_cli
from backend.listings.domain.life import TRANSITIONS
from backend.listings.drafting import draft_file
from backend.listings.findings import CORRECTABLE, Correction, clear_finding, correct, keep_listed, record_minor
from backend.listings.life import (
    Found,
    Move,
    Signatures,
    find_officer,
    list_open_tasks,
    record_cause,
    record_death,
)
from backend.listings.life import move as move_listing
from backend.listings.mapping import load_mapping
from backend.listings.removal_notices import issue_notice

# The group of `commands`, with these added to it.
__all__ = ["listings_cli"]
# A correction has a command of its own, which says what it sets right.
_ACTIONS = sorted({action for action, _ in TRANSITIONS} - {"correct"})
_officer = click.option("--officer", required=True, help="Login of the officer who acts.")
_approver = click.option("--approved-by", help="Login of the second officer.")


@listings_cli.command("draft")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), help="TOML table of your own headers.")
@_officer
def draft(file: Path, mapping_file: Path | None, officer: str) -> None:
    """Draft the listings in FILE, in the form of a list, for the officer's court; nothing is shown yet."""
    mapping = load_mapping(mapping_file)
    with database().transaction("operator") as connection:
        drafted = draft_file(connection, settings(), (file, mapping), find_officer(connection, officer))
    for one in drafted:
        click.echo(f"{one.id}\t{one.case_number}")


@listings_cli.command("move")
@click.argument("listing", type=click.UUID)
@click.argument("action", type=click.Choice(_ACTIONS))
@click.option("--cause", required=True, help="Code of the reason, as in sql/seed/causes.csv.")
@click.option("--on", type=DAY, help="The day from which it holds; today where not given.")
@click.option("--term-ends-on", type=DAY, help="With decide, or relist: the last day of the term.")
@click.option("--grace-until", type=DAY, help="With grant_grace: its last day.")
@click.option("--note", default="", help="For the trail; never shown to the public.")
@_officer
@_approver
def move(listing: UUID, action: str, cause: str, officer: str, approved_by: str | None, **said: Any) -> None:
    """Let something happen to LISTING: decide, publish, suspend, withdraw, delete …"""
    dates = {name: said[name] for name in ("term_ends_on", "grace_until") if said[name]}
    with database().transaction("operator") as connection:
        what = Move(action, cause, said["on"], dates, said["note"])
        state = move_listing(connection, listing, what, _signed(connection, officer, approved_by))
    click.echo(f"{listing}: {state}")


@listings_cli.command("cause")
@click.argument("listing", type=click.UUID)
@click.argument("cause")
@click.option("--on", type=DAY, required=True, help="The day on which it came about.")
@_officer
def cause_of_deletion(listing: UUID, cause: str, on: date, officer: str) -> None:
    """Record that a CAUSE of Article 10 has come about for LISTING, which opens the court's duty."""
    with database().transaction("operator") as connection:
        kind = record_cause(connection, listing, Found(cause, on), _signed(connection, officer, None))
    click.echo(f"{listing}: {kind}")


@listings_cli.command("death")
@click.argument("entity", type=click.UUID)
@click.option("--on", type=DAY, required=True, help="The day of death, as verified.")
@_officer
def death(entity: UUID, on: date, officer: str) -> None:
    """Suspend whatever is shown of ENTITY, who has died, until each court decides."""
    with database().transaction("operator") as connection:
        suspended = record_death(connection, entity, on, _signed(connection, officer, None))
    click.echo(f"已暂停公示 {suspended} 条。 {suspended} listings suspended.")


@listings_cli.command("minor")
@click.argument("entity", type=click.UUID)
@_officer
def minor(entity: UUID, officer: str) -> None:
    """Withdraw whatever there is of ENTITY, who is under 18, and show nothing of theirs again."""
    with database().transaction("operator") as connection:
        withdrawn = record_minor(connection, entity, _signed(connection, officer, None))
    click.echo(f"已撤销 {withdrawn} 条。 {withdrawn} listings withdrawn.")


@listings_cli.command("clear")
@click.argument("entity", type=click.UUID)
@click.argument("finding", type=click.Choice(["minor", "death"]))
@_officer
@_approver
def clear(entity: UUID, finding: Literal["minor", "death"], officer: str, approved_by: str | None) -> None:
    """Take back that ENTITY is a minor, or has died; each listing is then resumed or listed again by itself."""
    with database().transaction("operator") as connection:
        clear_finding(connection, entity, finding, _signed(connection, officer, approved_by))
    click.echo(f"{entity}: {finding} 已撤回 taken back")


@listings_cli.command("correct")
@click.argument("listing", type=click.UUID)
@click.argument("field", type=click.Choice(CORRECTABLE))
@click.argument("value")
@click.option("--cause", default="wrong_data", help="wrong_data or objection_founded.")
@_officer
def correct_field(listing: UUID, field: str, value: str, cause: str, officer: str) -> None:
    """Set FIELD of LISTING to VALUE; a birth date is not stored, and one that shows a minor withdraws the listing."""
    with database().transaction("operator") as connection:
        state = correct(connection, listing, Correction(field, value, cause), _signed(connection, officer, None))
    click.echo(f"{listing}: {state}")


@listings_cli.command("keep")
@click.argument("listing", type=click.UUID)
@_officer
def keep(listing: UUID, officer: str) -> None:
    """Record that the court does not delete LISTING before its term ends."""
    with database().transaction("operator") as connection:
        keep_listed(connection, listing, _signed(connection, officer, None))
    click.echo(f"{listing}: kept")


@listings_cli.command("removal-notice")
@click.argument("listing", type=click.UUID)
@_officer
def removal_notice(listing: UUID, officer: str) -> None:
    """Issue the signed notice that LISTING has ended, and print where it can be read and checked."""
    key = signing_key(settings().var_dir / "removal.key")
    with database().transaction("operator") as connection:
        code = issue_notice(connection, listing, _signed(connection, officer, None), key)
    click.echo(f"{code}\t/v1/removal-notices/{code}.html\t公钥 public key {bytes(key.verify_key).hex()}")


@listings_cli.command("tasks")
@_officer
def tasks(officer: str) -> None:
    """List what the officer's court has to do, with what is overdue first."""
    with database().transaction("operator") as connection:
        rows = list_open_tasks(connection, find_officer(connection, officer).court_id)
    for row in rows:
        due = f"{row['due_on']}{' 逾期 overdue' if row['overdue'] else ''}" if row["due_on"] else "—"
        click.echo(f"{due}\t{row['kind']}\t{row['case_number'] or ''}\t{row['listing_id'] or ''}")


def _signed(connection: Connection, officer: str, approver: str | None) -> Signatures:
    return Signatures(find_officer(connection, officer), find_officer(connection, approver) if approver else None)
