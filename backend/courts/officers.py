"""Officers of courts, as the command line makes and changes them; the console's changes are `officer_changes`'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosql
import psycopg

from backend.core.audit import Record, append
from backend.core.db import Database
from backend.core.errors import OperatorError
from backend.courts.officer_rules import KeeperNeverSigns, check_roles

_statements: Any = aiosql.from_path(Path(__file__).with_name("officer_queries.sql"), "psycopg")


@dataclass(frozen=True)
class NewOfficer:
    """Who is to act for a court; `court` is its sign in case numbers, e.g. 冀0108."""

    court: str
    login: str
    name: str
    roles: Sequence[str]


def add_officer(database: Database, new: NewOfficer) -> None:
    """Add an officer, and say so in the audit trail.

    Raises:
        OperatorError: no such court, the roles do not go together, or the login is taken or malformed.
    """
    if not new.name.strip():
        raise OperatorError("An officer has a name, as it stands in the trail.")
    try:
        roles = check_roles(new.roles)
    except KeeperNeverSigns as error:
        raise OperatorError(f"{error.title}.") from None
    with database.transaction("operator") as connection:
        court = _statements.find_court_by_code(connection, code=new.court)
        if court is None:
            raise OperatorError(f"There is no court {new.court}.")
        try:
            officer = _statements.insert_officer(
                connection, court=court["id"], login=new.login, name=new.name, roles=roles
            )
        except psycopg.errors.UniqueViolation:
            raise OperatorError(f"The login {new.login} is taken.") from None
        except psycopg.errors.CheckViolation:
            raise OperatorError("A login has 2 to 32 of a-z, 0-9, dot, hyphen and underscore.") from None
        said = {"officer": officer["id"], "login": new.login, "roles": roles}
        append(connection, [Record("officer.add", said, court["id"])])


def end_officer(database: Database, login: str) -> None:
    """Let an officer act no more; the row stays, since the trail names it.

    Raises:
        OperatorError: there is no such active officer.
    """
    with database.transaction("operator") as connection:
        officer = _statements.end_officer(connection, login=login)
        if officer is None:
            raise OperatorError(f"There is no active officer {login}.")
        append(connection, [Record("officer.end", {"officer": officer["id"], "login": login}, officer["court_id"])])


def list_officers(database: Database) -> list[dict[str, Any]]:
    """Every officer, by court and login."""
    with database.transaction("operator") as connection:
        return list(_statements.list_officers(connection))
