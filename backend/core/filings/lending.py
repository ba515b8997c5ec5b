"""What the console lends an officer's browser of a filing: ciphertexts without their row's layer, and never a key.

Only the browser's worker can open them, with keys that the server keeps wrapped. Each loan is recorded before it is
made and limited, so that nobody empties the store; so `reading.record_loan` and `lent` stand in two transactions.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.core.db import Connection
from backend.core.errors import Conflict, Invalid, NotFound, Unauthorized
from backend.core.filings import messages
from backend.core.filings.filing import Filing, Target, statements
from backend.core.filings.keyring import statement_of
from backend.core.filings.messages import Part, unwrap_parts
from backend.core.filings.reading import UNWRAPPING_SECONDS
from backend.core.filings.refusals import Destroyed
from backend.core.filings.shred_store import ShredStore
from backend.core.sealing.wire import to_text
from backend.core.sessions import Session

Json = dict[str, Any]


class NotFresh(Unauthorized):
    """Show your second factor again before you read more"""


class AnsweredMeanwhile(Conflict):
    """Somebody else has answered meanwhile; open it again"""


class NoKeyYet(NotFound):
    """You have no key yet"""


def keyfile(connection: Connection, session: Session) -> Json:
    """What an officer's phrase opens in the worker, and the statements of the court's keys that awards are made to.

    Raises:
        NoKeyYet: no keeper has given the officer a key.
    """
    row = statements.find_officer_key(connection, login=session.login)
    if row is None:
        raise NoKeyYet
    held = statements.list_secrets(connection, officer=session.officer.id)
    secrets = [{"use": one["use"], "number": one["number"], "sealed": to_text(one["sealed"])} for one in held]
    said = statements.list_present_statements(connection, court=session.officer.court_id)
    return {
        "public_key": to_text(row["public_key"]),
        "wrapped": to_text(row["wrapped"]),
        "secrets": secrets,
        "statements": [dict(statement_of(one).to_json()) for one in said],
    }


def refuse_bulk(connection: Connection, session: Session, filing: UUID, most: int) -> None:
    """Ask for a fresh second factor of whoever has opened `most` other filings in the last ten minutes.

    Raises:
        NotFresh: it was shown too long ago.
    """
    opened = statements.count_unwrapped(
        connection, officer=session.officer.id, filing=filing, seconds=UNWRAPPING_SECONDS
    )
    if opened >= most and not session.is_fresh:
        raise NotFresh


def lent(connection: Connection, store: ShredStore, filing: Filing, target: Target) -> Json:
    """A filing as the worker opens it. Raises Destroyed."""
    key = store.find(filing.id)
    if key is None:
        raise Destroyed
    parts = unwrap_parts(filing, list(statements.list_all_parts(connection, filing=filing.id)), key)
    return {
        "filing": {
            "id": str(filing.id),
            "court": str(filing.court_id),
            "target": str(target.id),
            "key_id": filing.key_id,
            "number": filing.number,
        },
        "parts": [{"part": part.name, "key_id": part.key_id, "data": to_text(part.data)} for part in parts],
    }


def store_part(connection: Connection, store: ShredStore, filing: Filing, part: Part) -> None:
    """Lay what the worker made under a filing's own key beside it.

    Raises:
        Destroyed: the filing's key is gone.
        Invalid: the officer's key number is none of the court's.
    """
    if not statements.find_box_number(connection, court=filing.court_id, number=part.key_id):
        raise Invalid("The court has no such key.")
    messages.store_part(connection, store, filing, part)


def store_answer(connection: Connection, store: ShredStore, filing: Filing, part: Part) -> int:
    """Keep an answer that the worker boxed; its number.

    Raises:
        AnsweredMeanwhile: its number is taken, or leaves a gap.
        Destroyed, Invalid: as `store_part`.
    """
    names = [row["part"] for row in statements.list_part_names(connection, filing=filing.id)]
    n = 1 + max((messages.number_of(name) for name in names if name.startswith("c/")), default=0)
    if part.name != f"c/{n}":
        raise AnsweredMeanwhile
    store_part(connection, store, filing, part)
    return n
