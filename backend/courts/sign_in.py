"""Signing in at the console: a password, then a second factor."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from nacl.secret import SecretBox

from backend.core.access import begin_session, end_session, end_sessions
from backend.core.audit import Record, append
from backend.core.db import Connection, Database
from backend.core.errors import Invalid, OperatorError
from backend.core.keys import Keys

_statements: Any = aiosql.from_path(Path(__file__).with_name("sign_in_queries.sql"), "psycopg")
# RFC 9106 section 4, second recommendation: 64 MiB, three passes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# Compared with when there is no such officer, so that both answers take the same time.
_NOBODY = _HASHER.hash("nobody has this password")
MIN_PASSWORD = 15


class PasswordTooShort(Invalid):
    """A password has at least 15 characters"""


@dataclass(frozen=True)
class Known:
    """An officer as sign-in knows one."""

    id: UUID
    court_id: UUID
    password_hash: str
    totp_secret: bytes | None
    totp_last_step: int | None


def set_password(database: Database, login: str, password: str) -> None:
    """Give an officer a new password; all their sessions end.

    Raises:
        PasswordTooShort: it has fewer than 15 characters.
        OperatorError: there is no such active officer.
    """
    if len(password) < MIN_PASSWORD:
        raise PasswordTooShort
    with database.transaction("doorkeeper") as connection:
        officer = _statements.find_login(connection, login=login)
        if officer is None:
            raise OperatorError(f"There is no active officer {login}.")
        _statements.upsert_password(connection, officer=officer["id"], hash=_HASHER.hash(password))
        end_sessions(connection, officer["id"])
        append(connection, [Record("officer.password", {"officer": officer["id"]}, officer["court_id"])])


def check_password(connection: Connection, login: str, password: str) -> Known | None:
    """The officer whose login and password these are; None in the same time for a wrong and an unknown one."""
    row = _statements.find_credential(connection, login=login)
    try:
        _HASHER.verify(row["password_hash"] if row else _NOBODY, password)
    except VerificationError:
        return None
    return Known(**row) if row else None


def make_totp(connection: Connection, keys: Keys, officer: UUID) -> str:
    """A new secret for time-based codes (RFC 6238), kept sealed; the former one is gone."""
    secret = pyotp.random_base32()
    _statements.set_totp(connection, officer=officer, secret=bytes(_box(keys).encrypt(secret.encode())))
    return secret


def take_code(connection: Connection, keys: Keys, officer: UUID, code: str) -> bool:
    """Whether this code is right and was not used before; it is used up now."""
    row = _statements.lock_totp(connection, officer=officer)
    if row is None or row["totp_secret"] is None:
        return False
    totp = pyotp.TOTP(_box(keys).decrypt(row["totp_secret"]).decode())
    step = int(time.time()) // totp.interval
    for one in (step - 1, step, step + 1):
        # pyotp takes the same code twice; a step that was used, and every earlier one, is used up.
        if one > (row["totp_last_step"] or 0) and pyotp.utils.strings_equal(totp.generate_otp(one), code):
            _statements.use_step(connection, officer=officer, step=one)
            return True
    return False


def rotate(connection: Connection, former: str, officer: UUID, agent: str) -> str:
    """The session after a second factor: a new token, so that one known before is worth nothing."""
    end_session(connection, former)
    return begin_session(connection, officer, proved=True, agent=agent)


def _box(keys: Keys) -> SecretBox:
    return SecretBox(keys.of("officer-totp"))
