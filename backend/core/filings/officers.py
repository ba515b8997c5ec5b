"""What the command lines of every kind of filing share: an officer's options, and how an opened filing is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from backend.core.clock import CHINA
from backend.core.filings.desk import shred_store
from backend.core.filings.keyring import open_keyring
from backend.core.filings.reading import Desk, Opened
from backend.core.http import database
from backend.core.sealing.conversations import survey
from backend.core.sealing.wire import canonical

officer_option = click.option("--officer", required=True, help="Login of the officer who acts.")
phrase_option = click.option(
    "--phrase",
    envvar="OFFICER_PHRASE",
    prompt="口令 Phrase",
    hide_input=True,
    help="The officer's six words; better typed when asked.",
)
number_argument = click.argument("number", type=click.IntRange(1))


def desk_of(officer: str, phrase: str) -> Desk:
    with database().transaction("operator") as connection:
        return Desk(database(), shred_store(), open_keyring(connection, officer, phrase))


def say(opened: Opened) -> None:
    filing, letter = opened.filing, opened.letter
    until = filing.hour.astimezone(CHINA) + timedelta(hours=1)
    click.echo(f"{filing.number}\t{filing.hour.astimezone(CHINA):%Y-%m-%d %H}–{until:%H}时\t{letter.kind}")
    click.echo(letter.text)
    click.echo(canonical(letter.more).decode())
    for message in opened.words:
        click.echo(f"[{message.n}] {message.text}")
    if opened.refused:
        click.echo(f"第 {', '.join(map(str, opened.refused))} 条无法证明来自原提交人。 Not proved to be the sender's.")
    _say_gaps([*(message.n for message in opened.words), *opened.refused])
    click.echo(f"照片 photos: {len(opened.photos)}")


def _say_gaps(numbers: list[int]) -> None:
    """What somebody between sender and court has left out, or sent once more."""
    found = survey(numbers)
    if found.missing:
        click.echo(f"缺少第 {', '.join(map(str, found.missing))} 条,可能被拦截。 Missing, perhaps withheld.")
    if found.repeated:
        click.echo(f"第 {', '.join(map(str, found.repeated))} 条重复,可能被重放。 Repeated, perhaps replayed.")


def write_photos(opened: Opened, folder: Path) -> None:
    """As they came, readable by the officer only."""
    for n, jpeg in enumerate(opened.photos, start=1):
        target = folder / f"{opened.filing.purpose}-{opened.filing.number}-{n}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_bytes(jpeg)
