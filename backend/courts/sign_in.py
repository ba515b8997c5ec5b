"""Passwords of officers: given, changed and compared (argon2id)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import aiosql
import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from backend.core.audit import Record, append
from backend.core.clock import now
from backend.core.db import Connection, Database
from backend.core.errors import Invalid, OperatorError
from backend.core.sessions import end_sessions
from backend.courts.officer_rules import OperatorLetsIn, check_handing_out
from backend.courts.sign_in_rules import check_new_password, folded

statements: Any = aiosql.from_path(Path(__file__).with_name("sign_in_queries.sql"), "psycopg")
# RFC 9106 section 4, second recommendation: 64 MiB, three passes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
# Compared with when there is no such officer, so that both answers cost the same work.
_NOBODY = _HASHER.hash("nobody has this password")
# No 0, 1, O, I, L: it is read from one screen and typed at another.
_HANDED_OUT_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_HANDED_OUT_FOR = timedelta(hours=24)


class WrongPassword(Invalid):
    """The present password is not right"""


@dataclass(frozen=True)
class Known:
    """An officer as sign-in knows one."""

    id: UUID
    court_id: UUID


def set_password(database: Database, login: str, password: str) -> None:
    """Give an officer a new password; all their sessions end.

    Raises:
        PasswordTooShort, PasswordTooLong, PasswordGuessable: it is not good enough.
        OperatorError: there is no such active officer.
    """
    with database.transaction("doorkeeper") as connection:
        officer = _officer(connection, login)
        check_new_password(password, _about(officer))
        _keep(connection, officer, password, None)
        append(connection, [Record("officer.password", {"officer": officer["id"]}, officer["court_id"])])


def hand_out_password(connection: Connection, login: str, by: UUID) -> str:
    """A password for an officer to enter with within a day and then to change; their sessions and factors are gone.

    Raises:
        OperatorError: there is no such active officer.
        OperatorLetsIn: a keeper must not know this officer's password.
    """
    officer = _officer(connection, login)
    check_handing_out(officer["roles"])
    signs = "".join(secrets.choice(_HANDED_OUT_SIGNS) for _ in range(20))
    password = "-".join(signs[at : at + 5] for at in range(0, 20, 5))
    _keep(connection, officer, password, _HANDED_OUT_FOR)
    forget_factors(connection, officer["id"])
    append(connection, [Record("officer.invite", {"officer": officer["id"], "by": by}, officer["court_id"])])
    return password


def change_password(connection: Connection, login: str, present: str, wanted: str) -> None:
    """Let officers choose a new password, who know the present one; all their sessions end.

    Raises:
        WrongPassword: the present one is not right.
        PasswordTooShort, PasswordTooLong, PasswordGuessable: the new one is not good enough.
    """
    if check_password(connection, login, present) is None:
        raise WrongPassword
    officer = _officer(connection, login)
    check_new_password(wanted, _about(officer))
    _keep(connection, officer, wanted, None)
    append(connection, [Record("officer.password", {"officer": officer["id"]}, officer["court_id"])])


def check_password(connection: Connection, login: str, password: str) -> Known | None:
    """The officer whose login and password these are; None, for the same work, for a wrong and an unknown one."""
    row = statements.find_credential(connection, login=login)
    try:
        _HASHER.verify(row["password_hash"] if row else _NOBODY, folded(password))
    except VerificationError:
        return None
    over = row is not None and row["provisional_until"] is not None and row["provisional_until"] < now()
    return Known(row["id"], row["court_id"]) if row and not over else None


def forget_all_factors(database: Database, login: str) -> None:
    """For an officer who has lost them all, recovery codes too.

    Raises:
        OperatorError: there is no such active officer.
    """
    with database.transaction("doorkeeper") as connection:
        officer = _officer(connection, login)
        forget_factors(connection, officer["id"])
        append(connection, [Record("officer.factors_forgotten", {"officer": officer["id"]}, officer["court_id"])])


def forget_factors(connection: Connection, officer: UUID) -> None:
    """Take an officer's second factors away, who is led to make new ones at the next sign-in."""
    statements.delete_passkeys(connection, officer=officer)
    statements.delete_recovery_codes(connection, officer=officer)
    statements.set_totp(connection, officer=officer, secret=None)
    end_sessions(connection, officer)


def _officer(connection: Connection, login: str) -> dict[str, Any]:
    found: dict[str, Any] | None = statements.find_login(connection, login=login)
    if found is None:
        raise OperatorError(f"There is no active officer {login}.")
    return found


def _about(officer: dict[str, Any]) -> tuple[str, ...]:
    return (officer["login"], officer["name"], officer["court_name"], officer["court_code"])


def _keep(connection: Connection, officer: dict[str, Any], password: str, handed_out: timedelta | None) -> None:
    until = now() + handed_out if handed_out else None
    hashed = _HASHER.hash(folded(password))
    try:
        with connection.transaction():
            statements.upsert_password(connection, officer=officer["id"], hash=hashed, until=until)
    except psycopg.errors.CheckViolation:  # the roles changed at this moment
        raise OperatorLetsIn from None
    end_sessions(connection, officer["id"])
