"""How an officer comes to a court's secret keys: by a phrase to the own key, by the own key to the court's.

Whoever calls this holds secrets in memory. It runs on the officer's or keeper's machine, never in the public server.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from uuid import UUID

from backend.core.db import Connection
from backend.core.errors import Forbidden, NotFound
from backend.core.filings.filing import statements
from backend.core.filings.refusals import NotAReader
from backend.core.officers import Officer
from backend.core.sealing.envelopes import KeyPair, unseal
from backend.core.sealing.statements import Statement
from backend.core.sealing.wraps import unwrap_secret

_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aiou"
_WORDS = 6


@dataclass(frozen=True)
class Reader:
    """An officer with the own key open, and with what it opens: secrets by use and number."""

    officer: UUID
    court_id: UUID
    roles: tuple[str, ...]
    secrets: dict[tuple[str, int], bytes] = field(repr=False)

    @property
    def acting(self) -> Officer:
        return Officer(self.officer, self.court_id, self.roles)

    def check_role(self, *roles: str) -> None:
        """Raises Forbidden without one of the roles."""
        check_roles(self.roles, roles)

    def pair(self, use: str, number: int) -> KeyPair:
        """Raises NotAReader."""
        secret = self.secrets.get((use, number))
        if secret is None:
            raise NotAReader
        return KeyPair.of(secret)

    def newest(self, use: str) -> tuple[int, bytes]:
        """Number and secret of the newest key of a use. Raises NotAReader."""
        held = [number for known, number in self.secrets if known == use]
        if not held:
            raise NotAReader
        return max(held), self.secrets[use, max(held)]


def check_roles(held: Iterable[str], needed: Iterable[str]) -> None:
    """Raises Forbidden where an officer has none of the roles that are needed."""
    if not set(held) & set(needed):
        raise Forbidden(f"This needs one of the roles {', '.join(needed)}.")


def make_phrase() -> str:
    """Six words that can be said and written down: 16 random bits each, consonants and vowels in turn."""
    return " ".join(_word(secrets.randbits(16)) for _ in range(_WORDS))


def statement_of(row: Mapping[str, Any]) -> Statement:
    """A stored statement as it is served."""
    not_after = row["not_after"].astimezone(UTC)
    return Statement(str(row["court_id"]), row["use"], row["number"], row["key"], not_after, row["signature"])


def open_keyring(connection: Connection, login: str, phrase: str) -> Reader:
    """An acting officer's keys.

    Raises:
        NotFound: no such acting officer with a key.
        CannotOpen: another phrase.
    """
    row = statements.find_officer_key(connection, login=login)
    if row is None:
        raise NotFound(f"There is no acting officer {login} with a key.")
    own = KeyPair.of(unwrap_secret(row["wrapped"], phrase))
    held = {
        (one["use"], one["number"]): unseal(one["sealed"], own)
        for one in statements.list_secrets(connection, officer=row["id"])
    }
    return Reader(row["id"], row["court_id"], tuple(row["roles"]), held)


def _word(bits: int) -> str:
    letters = [_CONSONANTS[bits >> 12 & 15], _VOWELS[bits >> 10 & 3], _CONSONANTS[bits >> 6 & 15]]
    return "".join([*letters, _VOWELS[bits >> 4 & 3], _CONSONANTS[bits & 15]])
