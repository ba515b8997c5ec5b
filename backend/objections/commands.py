"""`flask --app backend objections …`: officers' work on objections.

Run it where the shred store is, as the officer; the phrase opens the officer's keys in this process only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from backend.core.clock import CHINA
from backend.core.filings.officers import (
    desk_of,
    number_argument,
    officer_option,
    phrase_option,
    say,
    write_photos,
)
from backend.core.http import database
from backend.objections import service
from backend.objections.domain import ACTS, OUTCOMES, Decision

objections_cli = AppGroup("objections", help="Sealed objections to listings (纠正申请).")


@objections_cli.command("list")
@officer_option
def show_list(officer: str) -> None:
    """List the objections of the officer's court: number, hour, last day, cases, how it stands."""
    rows = service.list_objections(database(), officer)
    for row in rows:
        due = f"{row['due_on']}{' 逾期 overdue' if row['overdue'] else ''}"
        hour = f"{row['hour'].astimezone(CHINA):%Y-%m-%d %H}时"
        click.echo(f"{row['number']}\t{hour}\t{due}\t{row['outcome'] or row['state']}\t{row['case_numbers'] or '—'}")


@objections_cli.command("open")
@number_argument
@officer_option
@phrase_option
@click.option("--photos", type=click.Path(path_type=Path), help="A folder to write the photos into.")
def show(number: int, officer: str, phrase: str, photos: Path | None) -> None:
    """Show what objection NUMBER says; recorded, and limited to 30 in ten minutes."""
    opened = service.open_objection(desk_of(officer, phrase), number)
    say(opened)
    if photos:
        write_photos(opened, photos)


@objections_cli.command("answer")
@number_argument
@click.option("--text", required=True, help="The answer, at most 1,000 characters.")
@officer_option
@phrase_option
def answer(number: int, text: str, officer: str, phrase: str) -> None:
    """Write to whoever filed objection NUMBER; only the receipt opens it."""
    n = service.answer(desk_of(officer, phrase), number, text)
    click.echo(f"已答复(第 {n} 条)。 Answered ({n}).")


@objections_cli.command("decide")
@number_argument
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES), help="How it is decided.")
@click.option("--act", type=click.Choice(ACTS), help="With founded: what follows within three working days.")
@click.option("--reasons", default="", help="Told to whoever filed; required unless founded.")
@click.option("--listing", "listings", type=click.UUID, multiple=True, help="Found to be meant; may be repeated.")
@officer_option
@phrase_option
def decide(number: int, officer: str, phrase: str, **decided: Any) -> None:
    """Decide objection NUMBER; the answer tells the reasons and, unless founded, the way to review (复议)."""
    service.decide(desk_of(officer, phrase), number, Decision(**decided))
    click.echo(f"{number}: {decided['outcome']}")


@objections_cli.command("review")
@number_argument
@officer_option
def review(number: int, officer: str) -> None:
    """Record that the next higher court was asked to review (复议) the decision on objection NUMBER."""
    service.ask_for_review(database(), officer, number)
    click.echo(f"{number}: 已申请复议 review asked for")
