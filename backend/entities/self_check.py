"""Whether somebody is listed by a court: asked with a masked number and a name, of which nothing stays (docs/adr/0015).

Whatever is asked, the same statements run: the answer is all that tells found from not found.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

from backend.core.budgets import Window
from backend.core.db import Database
from backend.core.errors import FieldError, Invalid, Overloaded
from backend.core.identities import SOURCES, IdentityHasher, check_of
from backend.core.limits import Brakes
from backend.core.names import fold
from backend.entities.details import list_details_at_court
from backend.entities.queries import fixed

_log = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Asked:
    """What somebody asks about; shown in no trace, since it has no `repr`.

    Attributes:
        mask_form: the official one, first ten digits, four stars, last four.
        name: as it was typed.
    """

    court: UUID
    mask_form: str
    name: str


@dataclass(frozen=True)
class Answer:
    """Details as JSON texts, and of how many listings that can be said."""

    items: Sequence[str]
    comparable: int
    total: int


def seconds_to_wait(brakes: Brakes, asked: Asked) -> int:
    """Count an attempt by address, name and masked number: 0, or seconds until the next is allowed."""
    limits = brakes.limits
    if not limits.on:
        return 0
    name, number = (_mark(brakes, *parts) for parts in (("name", fold(asked.name)), ("number", asked.mask_form)))
    return brakes.budgets.attempt(
        [
            Window(f"self-check:address:{brakes.address()}", limits.self_checks_an_hour_per_address),
            Window(f"self-check:name:{name}", limits.self_checks_an_hour_per_name),
            Window(f"self-check:number:{number}", limits.self_checks_an_hour_per_number),
        ]
    )


def check(database: Database, key: bytes, asked: Asked) -> Answer:
    """Look for somebody among a court's current listings; `key` is the installation's identity key.

    Raises:
        Invalid: there is no such court.
        Overloaded: the database is away, or `key` is not the register's, so that nobody could be found.
    """
    with database.read_as("self_checker") as connection:
        row = fixed.self_check(
            connection, court=asked.court, identities=_identities(key, asked), key_check=check_of(key)
        )
    with database.read() as connection:
        items = list_details_at_court(connection, row["found"], asked.court)
    _refuse(row)
    return Answer(items, row["comparable"], row["total"])


def _identities(key: bytes, asked: Asked) -> list[bytes]:
    hasher = IdentityHasher(key)
    return [hasher.digest((source, "person", fold(asked.name), asked.mask_form)) for source in SOURCES]


def _refuse(row: dict[str, Any]) -> None:
    if not row["key_fits"]:
        # An honest "not found" would need the right key.
        _log.error("self-checks cannot be answered: IDENTITY_KEY is not the key with which the lists were imported")
        raise Overloaded("Self-checks cannot be answered at present.")
    if not row["court_known"]:
        raise Invalid(errors=(FieldError("/body/court", "there is no such court"),))


def _mark(brakes: Brakes, kind: str, text: str) -> str:
    """A keyed hash under which attempts are counted, of a name or a masked number."""
    key = brakes.keys.of("self-check")
    return blake2b(text.encode(), key=key, person=kind.encode(), digest_size=12).hexdigest()
