"""Delays for whoever guesses at sign-in: by login, officer and address; nobody is locked out.

An address may fail with a login five times, a login from wherever fifty times: whoever spends those holds up only
browsers in which its owner never signed in. In a known one (known_browsers.py) its own tries alone count.

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
A_LOGIN, AN_ADDRESS, FROM_ANYWHERE = 5, 20, 50
_SWEPT_AFTER = timedelta(hours=1)


class TooManyTries(Exceeded):
    """Too many attempts; wait before the next one"""


@dataclass(frozen=True)
class Subjects:
    """Whose tries are counted, as keyed hashes, so that the table names neither officers nor addresses."""

    allowed: Mapping[bytes, int]

    @classmethod
    def of_login(cls, keys: Keys, login: str, address: str, browser: str | None) -> Subjects:
        """A password tried for a login, whether there is one or not.

        Args:
            browser: what tells a browser from others in which this login has signed in before; None in any other.
        """
        key, login = keys.of("sign-in-tries"), login.casefold()
        if browser:
            return cls({_hash(key, f"browser {browser} login {login}"): A_LOGIN})
        return cls(
            {
                _hash(key, f"from {address} login {login}"): A_LOGIN,
                _hash(key, f"address {address}"): AN_ADDRESS,
                _hash(key, f"login {login}"): FROM_ANYWHERE,
            }
        )

    @classmethod
    def of_officer(cls, keys: Keys, officer: UUID, address: str, browser: str | None = None) -> Subjects:
        """A code, key or password tried by somebody who has given an officer's password: five in all, from wherever.

        A code has six digits only. `browser` as in `of_login`.
        """
        key = keys.of("sign-in-tries")
        if browser:
            return cls({_hash(key, f"browser {browser} officer {officer}"): A_LOGIN})
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
