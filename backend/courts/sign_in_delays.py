"""Delays for whoever guesses at sign-in: by login, officer and address; nobody is locked out.

Each try is noted in a transaction of its own before it is looked at, and taken out again when it turns out right: of
a hundred at once, too, no more than allowed are looked at. What is not looked at costs no hashing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from uuid import UUID

from backend.core.clock import now
from backend.core.db import Connection, Database
from backend.core.errors import Exceeded
from backend.core.keys import Keys
from backend.courts.sign_in import statements
from backend.courts.sign_in_rules import waiting_time

# In a quarter of an hour; a whole court sits behind one address.
A_LOGIN, AN_ADDRESS = 5, 20
_SWEPT_AFTER = timedelta(hours=1)


class TooManyTries(Exceeded):
    """Too many attempts; wait before the next one"""


@dataclass(frozen=True)
class Subjects:
    """Whose tries are counted, as keyed hashes, so that the table names neither officers nor addresses."""

    allowed: Mapping[bytes, int]

    @classmethod
    def of_login(cls, keys: Keys, login: str, address: str) -> Subjects:
        """A password tried for a login, whether there is one or not."""
        key = keys.of("sign-in-tries")
        return cls({_hash(key, f"login {login.casefold()}"): A_LOGIN, _hash(key, f"address {address}"): AN_ADDRESS})

    @classmethod
    def of_officer(cls, keys: Keys, officer: UUID, address: str) -> Subjects:
        """A code, key or password tried by somebody who has given an officer's password."""
        key = keys.of("sign-in-tries")
        return cls({_hash(key, f"officer {officer}"): A_LOGIN, _hash(key, f"address {address}"): AN_ADDRESS})


def begin_try(database: Database, subjects: Subjects) -> Sequence[int]:
    """Note a try; what `end_try` takes it out by.

    Raises:
        TooManyTries: it is not to be looked at yet; says after how many seconds.
    """
    present = now()
    with database.transaction("doorkeeper") as connection:
        for subject in sorted(subjects.allowed):
            statements.lock_subject(connection, subject=subject)
        statements.sweep_attempts(connection, before=present - _SWEPT_AFTER)
        wait = max(_wait(connection, subject, allowed) for subject, allowed in subjects.allowed.items())
        if wait:
            raise TooManyTries(int(wait.total_seconds()) + 1)
        return [
            statements.insert_attempt(connection, subject=subject, at=present)["id"] for subject in subjects.allowed
        ]


def end_try(connection: Connection, noted: Sequence[int]) -> None:
    """Take out a try that turned out right."""
    statements.delete_attempts(connection, ids=list(noted))


def _wait(connection: Connection, subject: bytes, allowed: int) -> timedelta:
    failures = [row["failed_at"] for row in statements.list_attempts(connection, subject=subject)]
    return waiting_time(failures, allowed, now())


def _hash(key: bytes, subject: str) -> bytes:
    return blake2b(subject.encode(), key=key, digest_size=16).digest()
