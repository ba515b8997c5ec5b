"""Free text in which private details were found: a clerk shows it, or decides that it stays withheld."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import aiosql

from backend.core.db import Connection
from backend.core.errors import NotFound
from backend.listings.life import Move, Signatures, find_today
from backend.listings.writing import Written, article_of, check_officers, lock, trace

_statements: Any = aiosql.from_path(Path(__file__).with_name("desk_queries.sql"), "psycopg")
Verdict = Literal["release_text", "keep_text"]
_CAUSES: dict[Verdict, str] = {"release_text": "nothing_private", "keep_text": "private"}


def decide_withheld(
    connection: Connection, listing: UUID, field: str, said: tuple[Verdict, str], signed: Signatures
) -> None:
    """Show a withheld text, or leave its mark; either way the original is not kept any longer.

    Args:
        connection: the caller's transaction.
        field: `duty`, `performed_part` or `unperformed_part`.
        said: what is decided, and the note for the trail, which never quotes the text.

    Raises:
        NotFound: no such listing, or nothing of it is withheld there.
        Forbidden: as `life.move`.
    """
    row = lock(connection, listing)
    check_officers(row["court_id"], signed)
    held = _statements.find_withheld(connection, listing=listing, field=field)
    if held is None:
        raise NotFound
    verdict, note = said
    today = find_today(connection)
    what = Move(verdict, _CAUSES[verdict], note=note)
    article = article_of(connection, what, today)
    if verdict == "release_text":
        _statements.show_withheld(connection, listing=listing, field=field, original=held["original"])
    _statements.forget_withheld(connection, listing=listing, field=field)
    trace(connection, row, Written(what, today, article, row["state"]), signed, {"field": field})
