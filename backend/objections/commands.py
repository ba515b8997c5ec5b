"""`flask --app backend objections …`: officers' work on objections until the console has its pages.

Run it where the shred store is, as the officer; the phrase opens the officer's keys in this process only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from backend.core.clock import CHINA
from backend.core.errors import OperatorError, ProductError
from backend.core.filings.desk import shred_store
from backend.core.filings.keyring import open_keyring
from backend.core.filings.reading import Desk, Opened
from backend.core.http import database
from backend.core.sealing.wire import canonical
from backend.objections import service
from backend.objections.domain import ACTS, OUTCOMES, Decision

objections_cli = AppGroup("objections", help="Sealed objections to listings (纠正申请).")
_officer = click.option("--officer", required=True, help="Login of the officer who acts.")
_phrase = click.option("--phrase", envvar="OFFICER_PHRASE", prompt="口令 Phrase", hide_input=True)
_number = click.argument("number", type=click.IntRange(1))


@objections_cli.command("list")
@_officer
def show_list(officer: str) -> None:
    """List the objections of the officer's court: number, hour, last day, cases, how it stands."""
    with _telling():
        rows = service.list_objections(database(), officer)
    for row in rows:
        due = f"{row['due_on']}{' 逾期 overdue' if row['overdue'] else ''}"
        hour = f"{row['hour'].astimezone(CHINA):%Y-%m-%d %H}时"
        click.echo(f"{row['number']}\t{hour}\t{due}\t{row['outcome'] or row['state']}\t{row['case_numbers'] or '—'}")


@objections_cli.command("open")
@_number
@_officer
@_phrase
@click.option("--photos", type=click.Path(path_type=Path), help="A folder to write the photos into.")
def show(number: int, officer: str, phrase: str, photos: Path | None) -> None:
    """Show what objection NUMBER says; recorded, and limited to 30 in ten minutes."""
    with _telling():
        opened = service.open_objection(_desk(officer, phrase), number)
    _say(opened)
    for n, jpeg in enumerate(opened.photos if photos else (), start=1):
        target = (photos or Path()) / f"objection-{number}-{n}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_bytes(jpeg)


@objections_cli.command("answer")
@_number
@click.option("--text", required=True)
@_officer
@_phrase
def answer(number: int, text: str, officer: str, phrase: str) -> None:
    """Write to whoever filed objection NUMBER; only the receipt opens it."""
    with _telling():
        n = service.answer(_desk(officer, phrase), number, text)
    click.echo(f"已答复(第 {n} 条)。 Answered ({n}).")


@objections_cli.command("decide")
@_number
@click.option("--outcome", required=True, type=click.Choice(OUTCOMES))
@click.option("--act", type=click.Choice(ACTS), help="With founded: what follows within three working days.")
@click.option("--reasons", default="", help="Told to whoever filed; required unless founded.")
@click.option("--listing", "listings", type=click.UUID, multiple=True, help="Found to be meant; may be repeated.")
@_officer
@_phrase
def decide(number: int, officer: str, phrase: str, **decided: Any) -> None:
    """Decide objection NUMBER; the answer tells the reasons and, unless founded, the way to review (复议)."""
    with _telling():
        service.decide(_desk(officer, phrase), number, Decision(**decided))
    click.echo(f"{number}: {decided['outcome']}")


@objections_cli.command("review")
@_number
@_officer
def review(number: int, officer: str) -> None:
    """Record that the next higher court was asked to review (复议) the decision on objection NUMBER."""
    with _telling():
        service.ask_for_review(database(), officer, number)
    click.echo(f"{number}: 已申请复议 review asked for")


def _desk(officer: str, phrase: str) -> Desk:
    with database().transaction("operator") as connection:
        return Desk(database(), shred_store(), open_keyring(connection, officer, phrase))


def _say(opened: Opened) -> None:
    filing, letter = opened.filing, opened.letter
    until = filing.hour.astimezone(CHINA) + timedelta(hours=1)
    click.echo(f"{filing.number}\t{filing.hour.astimezone(CHINA):%Y-%m-%d %H}–{until:%H}时\t{letter.kind}")
    click.echo(letter.text)
    click.echo(canonical(letter.more).decode())
    for message in opened.words:
        click.echo(f"[{message.n}] {message.text}")
    click.echo(f"照片 photos: {len(opened.photos)}")


@contextmanager
def _telling() -> Iterator[None]:
    """A refusal is told in a sentence."""
    try:
        yield
    except ProductError as error:
        raise OperatorError(": ".join(filter(None, (error.title, error.detail)))) from None
