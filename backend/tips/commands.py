"""`flask --app backend tips …`: officers' work on tips.

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
from backend.tips import service
from backend.tips.domain import OUTCOMES, REASONS, Decision

tips_cli = AppGroup("tips", help="Sealed tips (线索举报).")


@tips_cli.command("list")
@officer_option
def show_list(officer: str) -> None:
    """List the tips of the officer's court: number, hour, what they are about, how they stand."""
    rows = service.list_tips(database(), officer)
    for row in rows:
        hour = f"{row['hour'].astimezone(CHINA):%Y-%m-%d %H}时"
        click.echo(f"{row['number']}\t{hour}\t{row['target_kind']}\t{row['reason'] or row['outcome'] or row['state']}")


@tips_cli.command("open")
@number_argument
@officer_option
@phrase_option
@click.option("--photos", type=click.Path(path_type=Path), help="A folder to write the photos into.")
def show(number: int, officer: str, phrase: str, photos: Path | None) -> None:
    """Show what tip NUMBER says; recorded, and limited to 30 in ten minutes."""
    opened = service.open_tip(desk_of(officer, phrase), number)
    say(opened)
    if photos:
        write_photos(opened, photos)


@tips_cli.command("answer")
@number_argument
@click.option("--text", required=True, help="The answer, at most 1,000 characters.")
@officer_option
@phrase_option
def answer(number: int, text: str, officer: str, phrase: str) -> None:
    """Write to whoever sent tip NUMBER; only the receipt opens it."""
    n = service.answer(desk_of(officer, phrase), number, text)
    click.echo(f"已答复(第 {n} 条)。 Answered ({n}).")


@tips_cli.command("decide")
@number_argument
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES), help="How it is decided.")
@click.option("--reason", type=click.Choice(REASONS), help="Of a tip that is not used; the sender is told.")
@click.option("--rank", type=click.IntRange(1), default=1, help="Of a useful one among those with the same clue.")
@officer_option
@phrase_option
def decide(number: int, officer: str, phrase: str, **decided: Any) -> None:
    """Decide tip NUMBER; where a reward was promised, a useful one can then be claimed for."""
    service.decide(desk_of(officer, phrase), number, Decision(**decided))
    click.echo(f"{number}: {decided['outcome']}")


@tips_cli.command("close")
def close() -> None:
    """Let the term of every tip begin whose case has ended; once a day, before `filings shred`."""
    click.echo(f"{service.close_tips(database())} tips closed.")
